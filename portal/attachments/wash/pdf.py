"""PDF: what its catalogue leads to is written anew. What could act, or holds another file, is not taken at all.

Washed away are its details (author, title, program), the same as XMP, earlier versions of itself, what nothing leads to
and what stood before and behind it. Its text and pictures stay as they are, and so do the details inside its photos.
"""

import re
import zlib
from collections.abc import Iterator
from typing import IO, Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NullObject, StreamObject

from portal.attachments.rules import Refused

MOST_PAGES, MOST_OBJECTS = 1000, 50_000
#: Bytes that all that is pressed together may become.
MOST_UNPACKED = 300_000_000
#: Keys under which something lies that acts, or another file.
ACTING = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/RichMediaSettings", "/3DD"}
)
#: What an action may not be, and what cannot lie on a page.
ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
     "/GoTo3DView", "/RichMediaExecute"}
)  # fmt: skip
THINGS = frozenset({"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound", "/FileAttachment", "/EmbeddedFile"})
DETAILS = ("/Metadata", "/PieceInfo", "/LastModified")
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
LEADS_TO = frozenset({"http", "https", "mailto", "tel"})


def wash_pdf(source: IO[bytes], out: IO[bytes]) -> None:
    """Write it anew. Raises `Refused`: `acting`, `locked`, `long`, or `broken`."""
    try:
        if source.read().count(b"endobj") > MOST_OBJECTS:  # counted before they are read, which takes seconds
            raise Refused("long")
        reader = PdfReader(source, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("locked")
        if sum(map(len, reader.xref.values())) + len(reader.xref_objStm) > MOST_OBJECTS:
            raise Refused("long")
        writer = PdfWriter()
        writer.clone_reader_document_root(reader)
        _look_at(writer._objects)
        writer.metadata = None
        writer.write(out)
    except Refused:
        raise
    except Exception as fault:  # whatever is said of bytes that somebody chose
        raise Refused("broken") from fault


def _look_at(objects: list[Any]) -> None:
    """Refuse what acts, take the details away."""
    if len(objects) > MOST_OBJECTS:
        raise Refused("long")
    pages = unpacked = 0
    for place, thing in enumerate(objects):
        if isinstance(thing, StreamObject) and thing.get("/Type") == "/Metadata":
            objects[place] = NullObject()
            continue
        for one in _dictionaries(thing):
            if acts(one):
                raise Refused("acting")
            for key in DETAILS:
                one.pop(key, None)
            pages += one.get("/Type") == "/Page"
        if isinstance(thing, StreamObject):
            unpacked += _unpacked(thing, MOST_UNPACKED - unpacked)
    if pages == 0:
        raise Refused("broken")
    if pages > MOST_PAGES or unpacked > MOST_UNPACKED:
        raise Refused("long")


def _dictionaries(thing: Any) -> Iterator[Any]:
    """Every dictionary in an object; what it points at comes by itself."""
    found = [thing]
    while found:
        one = found.pop()
        if isinstance(one, DictionaryObject):
            yield one
            found.extend(one.values())
        elif isinstance(one, list):
            found.extend(one)


def acts(one: Any) -> bool:
    """Whether there is something in a dictionary that acts by itself, leads elsewhere, or holds a file."""
    if not ACTING.isdisjoint(one) or (isinstance(one, StreamObject) and "/F" in one):
        return True
    if _plain(one, "/S") in ACTIONS or _plain(one, "/Subtype") in THINGS:
        return True
    leads = _plain(one, "/URI")
    scheme = _SCHEME.match(leads) if isinstance(leads, str) else None
    return scheme is not None and scheme.group(1).lower() not in LEADS_TO


def _plain(one: Any, key: str) -> Any:
    found = one.get(key)
    return found.get_object() if hasattr(found, "get_object") else found


def _unpacked(stream: Any, most: int) -> int:
    """How many bytes it becomes, counted until they are too many; 0 for what is not pressed together in this way."""
    filters = _plain(stream, "/Filter")
    names = [filters] if isinstance(filters, str) else [one.get_object() for one in filters or []]
    if names.count("/FlateDecode") > 1:
        raise Refused("acting")
    if not names or names[0] != "/FlateDecode":
        return 0
    press, data, size = zlib.decompressobj(), stream._data, 0
    try:
        while data and size <= most:
            size += len(press.decompress(data, 1_000_000))
            data = press.unconsumed_tail
    except zlib.error:  # a reader shows what comes before the fault
        pass
    return size
