"""Files that are certainly on disk, and certainly as they were written."""

import os
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

_CHUNK = 1 << 16


def checksums(directory: Path) -> dict[str, int]:
    """Return the CRC-32 per file name; against damage, not against malice."""
    return {path.name: _checksum(path) for path in sorted(directory.iterdir())}


def damaged_file(directory: Path, expected: Mapping[str, int]) -> str:
    """Return the name of a file that is missing or is not as it was written, or an empty string."""
    for name, code in expected.items():
        try:
            found = _checksum(directory / name)
        except OSError:
            return name
        if found != code:
            return name
    return ""


def _checksum(path: Path) -> int:
    code = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            code = crc32(chunk, code)
    return code


def flush(directory: Path) -> None:
    """Make sure new files survive a power cut; those with a second name were flushed before."""
    for path in directory.iterdir():
        if path.stat().st_nlink == 1:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    flush_directory(directory)


def flush_directory(directory: Path) -> None:
    """Make sure that names made or moved in a directory survive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
