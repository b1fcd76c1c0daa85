"""The real portal in a process of its own: `pserve` on a random loopback port, a temporary database and index.

For what cannot be seen inside one process: speed, memory, kills, slow connections. Everything goes when it is stopped.
"""

import os
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPTS = Path(sys.executable).parent
#: Seconds to wait for a server's first answer.
PATIENCE = 30.0
QUIET = "ignore::UserWarning:pkg_resources,ignore::DeprecationWarning:webob"


@dataclass(frozen=True)
class Reply:
    """What came back; names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    #: Everything that went over the wire towards us, status line and headers included.
    bytes: int


class Client:
    """One keep-alive connection, as a browser has."""

    def __init__(self, port: int, timeout: float = 10.0) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=timeout)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        self._connection.request("GET", path, headers=dict(headers or {}))
        answer = self._connection.getresponse()
        body = answer.read()
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        line = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n\r\n")
        headers_by_name = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, headers_by_name, body, line + head + len(body))

    def close(self) -> None:
        self._connection.close()


class Served:
    """A server process that we started; `ready_after` is the time to its first good answer, in seconds."""

    def __init__(self, command: list[str], port: int, first: str, environ: Mapping[str, str], log: Path) -> None:
        self.port = port
        started = time.perf_counter()
        with log.open("ab") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, env=dict(environ), stdout=out, stderr=out)
        try:
            self._wait_for(first, log)
        except BaseException:
            self.stop()
            raise
        self.ready_after = time.perf_counter() - started

    @property
    def pid(self) -> int:
        return self.process.pid

    def client(self, timeout: float = 10.0) -> Client:
        return Client(self.port, timeout)

    def stop(self, with_signal: int = signal.SIGTERM) -> None:
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _wait_for(self, path: str, log: Path) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            client = self.client()
            with suppress(OSError, HTTPException):
                if client.get(path).status == 200:
                    client.close()
                    return
            client.close()
            time.sleep(0.005)
        raise RuntimeError(f"no answer of {path}; the log ends with:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def free_port() -> int:
    """A port on the loopback address that nobody uses just now.

    Below the range the kernel takes ports for clients from: there, whoever knocks before the server is up may by chance
    be given the very port it knocks at, and answer itself.
    """
    for port in random.sample(range(20_000, 32_000), 50):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


class Portal:
    """The portal of `development.ini` with a database and an index in `folder`, development off."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = f"sqlite:///{folder}/zwolle.sqlite"
        self.environ = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            # Compiled once, as on any machine where it is installed; not again at each start.
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "PYTHONWARNINGS": QUIET,
            "PORTAL_DEVELOPMENT": "false",
            "PORTAL_SECRET": secrets.token_urlsafe(32),
            "PORTAL_SITE_ZWOLLE_DATABASE": self.database,
            "PORTAL_SITE_ZWOLLE_ATTACHMENT_KEYS": secrets.token_urlsafe(32),
            "PORTAL_MAIL": f"folder:{folder / 'post'}",
            "PORTAL_SMS": f"folder:{folder / 'post'}",
            "PORTAL_SITE_ZWOLLE_INDEX": str(folder / "index"),
        }

    def run(self, *verb: str) -> None:
        """One verb of the `portal` command, to its end."""
        done = subprocess.run(
            [str(SCRIPTS / "portal"), *verb], cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"portal {' '.join(verb)} failed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")

    def prepare(self) -> "Portal":
        """Database at the newest migration, content seeded, index built. Catalogs and assets come from `make build`."""
        self.run("db", "upgrade")
        self.run("seed")
        self.run("index", "rebuild")
        return self

    def start(self, **settings: str) -> Served:
        """Serve it; `settings` overrule the .ini file, by their names in the environment."""
        port = free_port()
        ini = (ROOT / "development.ini").read_text("utf-8").replace("%(here)s", str(ROOT))
        ini, found = re.subn(r"^listen *=.*$", f"listen = 127.0.0.1:{port}", ini, flags=re.MULTILINE)
        if found != 1:
            raise RuntimeError("development.ini should say listen = … once")
        path = self.folder / f"{port}.ini"
        path.write_text(ini, "utf-8")
        command = [str(SCRIPTS / "pserve"), str(path)]
        return Served(command, port, "/nl/", {**self.environ, **settings}, self.folder / "server.log")

    def start_worker(self) -> "subprocess.Popen[bytes]":
        """The worker beside it."""
        with (self.folder / "worker.log").open("ab") as out:
            return subprocess.Popen(
                [str(SCRIPTS / "portal"), "worker"], cwd=ROOT, env=self.environ, stdout=out, stderr=out
            )

    @contextmanager
    def serving(self, **settings: str) -> Iterator[Served]:
        """Serve it for as long as the block lasts."""
        served = self.start(**settings)
        try:
            yield served
        finally:
            served.stop()
