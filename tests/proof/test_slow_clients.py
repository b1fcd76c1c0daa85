"""Many connections that hardly say anything (an attack, or a train in a tunnel) keep nobody else out."""

import socket
import time
from contextlib import suppress

from tests.proof.amounts import SLOW_CONNECTIONS

#: Seconds the slow ones go on, and seconds within which everybody else gets an answer.
LASTS, IN_TIME = 10.0, 2.0


def test_a_normal_request_is_answered_in_time(portal):
    with portal.serving() as server:
        slow = []
        took = []
        try:
            for _ in range(SLOW_CONNECTIONS):
                one = socket.create_connection(("127.0.0.1", server.port), timeout=5)
                one.sendall(b"GET /nl/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
                slow.append(one)
            until = time.monotonic() + LASTS
            while time.monotonic() < until:
                for one in slow:
                    with suppress(OSError):  # the server may well hang up on them
                        one.sendall(b"a")
                for path in ("/nl/klacht", "/nl/zoeken?q=schulden"):
                    started = time.monotonic()
                    client = server.client(timeout=LASTS)
                    assert client.get(path).status == 200
                    client.close()
                    took.append(time.monotonic() - started)
                time.sleep(0.5)
        finally:
            for one in slow:
                one.close()
        assert max(took) <= IN_TIME, f"{max(took):.2f} s"
        print(f"{len(slow)} slow connections, {len(took)} normal requests, the slowest in {max(took) * 1000:.0f} ms")
