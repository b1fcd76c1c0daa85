"""Generations of an index on disk: one directory each, and one small file that says which is current.

A generation is complete before the pointer names it and is never changed after. Whatever moment a process is
killed, readers see the old one or the new one, whole. The price is a directory of hard links per change.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from search.engines.durable import flush, flush_directory
from search.index import IndexBusy, IndexDamaged

_POINTER = "CURRENT"
_LOCK = "write.lock"
_PREFIX = "generation-"
# Readers that have just read the pointer still find their directory; those too late read the pointer again.
_KEPT = 3
_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Pointer:
    """What the pointer file says. Generation 0 means there is no index.

    `built_at` is ISO 8601 with offset; `files` holds the CRC-32 of every file of the generation.
    """

    format_version: int = 0
    generation: int = 0
    directory: str = ""
    count: int = 0
    built_at: str = ""
    files: Mapping[str, int] = field(default_factory=dict)


class Generations:
    """The generations under one directory, for the portal's user only: whoosh files hold pickles."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def signature(self) -> tuple[int, int]:
        """Return a value that changes when the pointer does; costs one system call."""
        try:
            found = (self._root / _POINTER).stat()
        except OSError:
            return (0, 0)
        return (found.st_ino, found.st_mtime_ns)

    def current(self) -> Pointer:
        """Return the pointer, an empty one when there is no index. Raises IndexDamaged."""
        try:
            return Pointer(**json.loads((self._root / _POINTER).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return Pointer()
        except (OSError, ValueError, TypeError) as error:
            raise IndexDamaged(f"the pointer file cannot be read: {error}") from error

    def path(self, pointer: Pointer) -> Path:
        """Return the directory of a generation."""
        return self._root / pointer.directory

    @contextmanager
    def writing(self, patience: float) -> Iterator[None]:
        """Hold the right to write, also against other processes. Raises IndexBusy after `patience` seconds.

        The lock is the kernel's, so it ends with the process that held it.
        """
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._root / _LOCK).open("a") as file:
            _take(file.fileno(), time.monotonic() + patience)
            yield

    def prepare(self, number: int, source: Path | None) -> Path:
        """Return a new directory, with links to the files of `source`. Only while writing."""
        directory = self._root / f"{_PREFIX}{number:08d}"
        shutil.rmtree(directory, ignore_errors=True)  # what a killed writer left
        directory.mkdir(mode=0o700)
        for file in source.iterdir() if source else ():
            _share(file, directory / file.name)
        return directory

    def switch(self, pointer: Pointer) -> None:
        """Make a generation current, and clear away what nobody reads any more. Only while writing."""
        flush(self.path(pointer))
        new = self._root / f"{_POINTER}.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(pointer), file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._root / _POINTER)
        flush_directory(self._root)
        self._clear(pointer)

    def highest(self) -> int:
        """Return the highest number in use, also by a generation that was never finished."""
        names = (path.name.removeprefix(_PREFIX) for path in self._root.glob(f"{_PREFIX}*"))
        numbers = [int(name) for name in names if name.isdigit()]
        with suppress(IndexDamaged):
            numbers.append(self.current().generation)
        return max(numbers, default=0)

    def _clear(self, pointer: Pointer) -> None:
        directories = sorted(path.name for path in self._root.glob(f"{_PREFIX}*"))
        for name in directories[:-_KEPT]:
            if name != pointer.directory:
                shutil.rmtree(self._root / name, ignore_errors=True)


def built_at(pointer: Pointer) -> datetime | None:
    """Return when a generation was made, or None when the pointer does not say."""
    with suppress(ValueError):
        return datetime.fromisoformat(pointer.built_at)
    return None


def _share(file: Path, other: Path) -> None:
    """Give a file a second name, or copy it where the file system cannot."""
    try:
        os.link(file, other)
    except OSError:
        shutil.copyfile(file, other)


def _take(descriptor: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise IndexBusy("another process is writing this index") from None
            time.sleep(_POLL_SECONDS)
        else:
            return
