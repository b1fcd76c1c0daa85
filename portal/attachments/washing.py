"""Having a document washed: it goes into a process of its own, and what comes out is what we keep."""

import os
import subprocess
import sys
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from types import TracebackType
from typing import IO

from portal.attachments.kinds import HEAD, KINDS, how_to_wash
from portal.attachments.rules import Refused
from portal.attachments.wash.room import REFUSED

#: Seconds on the wall that one document may take, and that one waits for a place.
PATIENCE, IN_LINE = 12.0, 20.0
#: So many at a time in one process of ours, as each takes a processor and some hundred megabytes.
_PLACES = BoundedSemaphore(2)
#: Reasons that the room may give; anything else it says is its own trouble.
REASONS = frozenset({"acting", "inside", "locked", "long", "unpacks", "dots", "broken", "kind"})


@dataclass(frozen=True)
class Washed:
    """A clean document: its kind, its size in bytes, and a file to read it from. Close it, or use it in `with`."""

    kind: str
    size: int
    file: IO[bytes]

    def __enter__(self) -> "Washed":
        return self

    def __exit__(self, *_fault: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.file.close()


def way_of(source: IO[bytes]) -> str:
    """How a file is washed. Raises `Refused` (`kind`) for what we do not take. Leaves it at its beginning."""
    source.seek(0)
    head = source.read(HEAD)
    source.seek(0)
    way = how_to_wash(head)
    if way is None:
        raise Refused("kind")
    return way


def wash(source: IO[bytes]) -> Washed:
    """A clean document of the same content. Raises `Refused`. `source` is a real file, or one that can become it."""
    way, out = way_of(source), TemporaryFile()  # noqa: SIM115 (`Washed` closes it)
    try:
        kind = _in_the_room(way, source, out)
        size = out.seek(0, os.SEEK_END)
        out.seek(0)
        return Washed(kind, size, out)
    except BaseException:
        out.close()
        raise


def _in_the_room(way: str, source: IO[bytes], out: IO[bytes]) -> str:
    if not _PLACES.acquire(timeout=IN_LINE):
        raise Refused("busy")
    try:
        os.lseek(source.fileno(), 0, os.SEEK_SET)
        command = [sys.executable, "-I", "-m", "portal.attachments.wash.room", way]
        done = subprocess.run(
            command, stdin=source.fileno(), stdout=out, stderr=subprocess.PIPE, timeout=PATIENCE, env={}, check=False
        )
    except subprocess.TimeoutExpired as fault:
        raise Refused("broken") from fault
    finally:
        _PLACES.release()
    said = done.stderr[-200:].decode("ascii", "replace").strip()
    if done.returncode == 0 and said in KINDS:
        return said
    raise Refused(said if done.returncode == REFUSED and said in REASONS else "broken")
