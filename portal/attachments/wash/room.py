"""The process in which a document is washed: `python -I -m portal.attachments.wash.room pdf < in > out`.

It bounds itself before it looks at anything: time, memory, what it writes. It ends with 0 and the kind of the document
on its other output, or with `REFUSED` and the reason. Whatever else becomes of it, the document was not readable.
"""

import logging
import resource
import sys
from typing import IO

from portal.attachments.rules import Refused

REFUSED = 3
#: Seconds of work; bytes of memory that it may ask for, and that it may write.
SECONDS, MEMORY, WRITES = 4, 512 * 1024 * 1024, 48 * 1024 * 1024


def bound() -> None:
    """From here on there is no more than this."""
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, WRITES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def wash(way: str, source: IO[bytes], out: IO[bytes]) -> str:
    """Wash one document; returns its kind. Raises `Refused`."""
    if way == "pdf":
        from portal.attachments.wash.pdf import wash_pdf

        wash_pdf(source, out)
        return way
    if way == "office":
        return _wash_office(source, out)
    from portal.attachments.wash.pictures import wash_picture

    wash_picture(source, way, out)
    return way


def _wash_office(source: IO[bytes], out: IO[bytes]) -> str:
    from portal.attachments.wash import archive, docx, odt

    parts = archive.unpack(source)
    if parts.get(odt.MIMETYPE, b"").strip() == odt.ODT:
        archive.pack(odt.wash_odt(parts), out, odt.MIMETYPE)
        return "odt"
    if docx.TYPES not in parts:
        raise Refused("kind")
    archive.pack(docx.wash_docx(parts), out)
    return "docx"


def main(way: str) -> int:
    """Wash what comes in."""
    bound()
    logging.disable()  # what a library says of a file may quote it
    try:
        print(wash(way, sys.stdin.buffer, sys.stdout.buffer), file=sys.stderr)
        sys.stdout.buffer.flush()
    except Refused as refused:
        print(refused.reason, file=sys.stderr)
        return REFUSED
    except Exception:  # also MemoryError and RecursionError
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
