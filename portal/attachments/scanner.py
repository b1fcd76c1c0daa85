"""The scanner of viruses beside the portal: clamd, by the INSTREAM command over its socket.

It gets the document as it was sent. What does not answer in time is away, and then nothing is taken in.
"""

import logging
import socket
import struct
from contextlib import closing
from time import monotonic
from typing import IO

from portal.attachments.rules import Refused

log = logging.getLogger(__name__)
#: Seconds to reach it, for each step after that, and for all of it together.
REACH, STEP, TOGETHER = 2.0, 8.0, 20.0
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096
NONE = "none"


class Scanner:
    """Looks at documents. `address` is `unix:/path`, `tcp:host:port`, or `none` where there is no scanner."""

    def __init__(self, address: str) -> None:
        self._address = address

    @property
    def is_there(self) -> bool:
        """Whether this portal has one."""
        return self._address != NONE

    def look(self, source: IO[bytes]) -> None:
        """Have a whole file looked at. Raises `Refused`: `virus`, or `away` without an answer that we can trust."""
        source.seek(0)
        try:
            with closing(self._reach()) as line:
                answer = _ask(line, source)
        except OSError as fault:
            log.error("scanner: away: %s", type(fault).__name__)
            raise Refused("away") from fault
        if answer.endswith(" FOUND"):
            log.warning("scanner: a document was stopped")  # not which: a name is somebody's words
            raise Refused("virus")
        if not answer.endswith(": OK"):
            log.error("scanner: an answer that is no verdict")
            raise Refused("away")

    def _reach(self) -> socket.socket:
        kind, _colon, place = self._address.partition(":")
        if kind == "unix":
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(REACH)
            try:
                line.connect(place)
            except OSError:
                line.close()
                raise
            return line
        host, _colon, port = place.rpartition(":")
        return socket.create_connection((host, int(port)), REACH)


def _ask(line: socket.socket, source: IO[bytes]) -> str:
    """Send the file, give the answer. Raises OSError when it takes too long or the line breaks."""
    until = monotonic() + TOGETHER
    line.settimeout(STEP)
    line.sendall(b"zINSTREAM\0")
    while piece := source.read(_PIECE):
        line.sendall(struct.pack("!L", len(piece)) + piece)
        if monotonic() > until:
            raise TimeoutError
    line.sendall(struct.pack("!L", 0))
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        line.settimeout(max(0.1, min(STEP, until - monotonic())))
        more = line.recv(_LONGEST_ANSWER)
        if not more or monotonic() > until:
            break
        said += more
    return said.rstrip(b"\0").decode("ascii", "replace").strip()
