"""A small scanner that speaks the protocol of clamd, on a real socket."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class LittleScanner:
    """Finds what holds the word `VIRUS`. `mood` makes it behave: fine, silent, hangs up, full, nonsense."""

    def __init__(self, path: str) -> None:
        self.mood, self.seen = "fine", b""
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(path)
        self._listening.listen(4)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                line, _who = self._listening.accept()
            except OSError:
                return
            with line, suppress(OSError, struct.error):
                self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        if self.mood == "hangs up":
            return
        assert self._take(line, 10) == b"zINSTREAM\0"
        self.seen = b""
        while size := struct.unpack("!L", self._take(line, 4))[0]:
            self.seen += self._take(line, size)
        if self.mood == "silent":
            self._over.wait(3)
            return
        said = {
            "fine": b"stream: Eicar-Test-Signature FOUND\0" if b"VIRUS" in self.seen else b"stream: OK\0",
            "full": b"INSTREAM size limit exceeded. ERROR\0", "nonsense": b"hello\0", "half": b"stream: O",
        }  # fmt: skip
        line.sendall(said[self.mood])

    @staticmethod
    def _take(line: socket.socket, size: int) -> bytes:
        found = b""
        while len(found) < size:
            more = line.recv(size - len(found))
            if not more:
                raise OSError
            found += more
        return found


@contextmanager
def a_scanner(path: str) -> Iterator[LittleScanner]:
    """One that listens for as long as the block lasts."""
    scanner = LittleScanner(path)
    try:
        yield scanner
    finally:
        scanner.close()
