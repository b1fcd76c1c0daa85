"""Office documents are a zip: unpacked with a limit on everything, and packed again with only what was chosen."""

import re
import stat
from collections.abc import Callable, Mapping
from typing import IO, Any
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from portal.attachments.rules import Refused

MOST_PARTS = 600
#: Bytes of one part, of one part that is XML, and of all parts, once unpacked.
MOST_A_PART, MOST_XML, MOST_TOGETHER = 20_000_000, 12_000_000, 60_000_000
#: A part above a megabyte may be pressed together so many times. Text is, some thirty times.
MOST_PRESSED = 200
#: Every part gets this moment: a zip says when each was made.
THEN = (1980, 1, 1, 0, 0, 0)
Parts = dict[str, bytes]
#: What an address in a document may begin with.
LEADS_TO = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)


def unpack(source: IO[bytes]) -> Parts:
    """Every part by its name. Raises `Refused`: `locked`, `unpacks`, `acting` for names that climb, or `broken`."""
    try:
        with ZipFile(source) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_TOGETHER:
                raise Refused("unpacks")
            parts: Parts = {}
            for info in infos:
                _sound(info, parts)
                parts[info.filename] = _read(archive, info, MOST_TOGETHER - sum(map(len, parts.values())))
            return parts
    except (BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as fault:
        raise Refused("broken") from fault


def _sound(info: ZipInfo, before: Mapping[str, Any]) -> None:
    name = info.filename
    climbs = name.startswith("/") or "\\" in name or "\0" in name or ":" in name or ".." in name.split("/")
    if climbs or name in before or info.orig_filename != name or stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("acting")
    if info.flag_bits & 0x41:
        raise Refused("locked")
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise Refused("broken")
    pressed = info.file_size / max(info.compress_size, 1)
    if info.file_size > MOST_A_PART or (info.file_size > 1_000_000 and pressed > MOST_PRESSED):
        raise Refused("unpacks")


def _read(archive: ZipFile, info: ZipInfo, most: int) -> bytes:
    """What is in a part, whatever it says of its size."""
    with archive.open(info) as part:
        data = part.read(min(MOST_A_PART, most) + 1)
    if len(data) > min(MOST_A_PART, most):
        raise Refused("unpacks")
    return data


def pack(parts: Mapping[str, bytes], out: IO[bytes], first: str | None = None) -> None:
    """A new zip. `first` comes before all others and is not pressed together."""
    with ZipFile(out, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            info = ZipInfo(name, THEN)
            info.compress_type = ZIP_STORED if name == first else ZIP_DEFLATED
            archive.writestr(info, parts[name])


def read_xml(
    data: bytes, begins: Callable[[str, dict[str, str]], None], text: Callable[[str], None] | None = None
) -> None:
    """Read a part as XML. `begins` gets each element as `namespace name` with its attributes.

    Raises `Refused`: `acting` when it declares something of its own or is in another writing than UTF-8.
    """
    if len(data) > MOST_XML:
        raise Refused("unpacks")
    head = data[:300].lower()
    written = re.search(rb"encoding\s*=\s*[\"']([^\"']*)", head)
    if b"\0" in data or (written and written.group(1) not in {b"utf-8", b"utf8", b"us-ascii"}):
        raise Refused("acting")
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _declares
    parser.StartElementHandler = begins
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        raise Refused("broken") from fault


def _declares(*_what: Any) -> None:
    raise Refused("acting")


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]
