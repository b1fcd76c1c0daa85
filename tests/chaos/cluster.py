"""A private PostgreSQL that can be killed: all of it at once, without a word."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests.postgres import Cluster

PORT = 54331
#: As a municipality runs it: nothing that PostgreSQL does for safety is turned off.
OPTIONS = ("listen_addresses=", "max_connections=60")
#: Seconds a crashed cluster may take to mend itself.
PATIENCE = 60.0


class CrashingCluster(Cluster):
    """A cluster of which we hold the first process ourselves."""

    process: "subprocess.Popen[bytes]"

    def start(self) -> str:
        """Make and start it; returns its address, to which a database name is added."""
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.address = f"postgresql+psycopg://portal@/{{database}}?host={self.folder}&port={PORT}"
        self.serve()
        return self.address

    def serve(self) -> float:
        """Start it, after a crash with whatever it has to mend; returns the seconds until it answers."""
        started = time.monotonic()
        options = [part for option in OPTIONS for part in ("-c", option)]
        command = [str(self._tools / "postgres"), "-D", str(self.folder / "data"), "-p", str(PORT), "-k",
                   str(self.folder), *options]  # fmt: skip
        user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        rights = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        with (self.folder / "log").open("ab") as out:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=out, stderr=out, **rights)
        engine = create_engine(self.address.format(database="postgres"), poolclass=NullPool)
        while time.monotonic() - started < PATIENCE:
            with suppress(OperationalError), engine.connect():
                return time.monotonic() - started
            time.sleep(0.02)
        raise RuntimeError(f"PostgreSQL does not come back; its log ends with:\n{self.log()[-2000:]}")

    def make(self, database: str) -> str:
        """An empty database; returns its address."""
        engine = create_engine(self.address.format(database="postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{database}"'))
        engine.dispose()
        return self.address.format(database=database)

    def kill(self) -> int:
        """SIGKILL for all its processes; returns how many. The first is stopped before, so that it makes no more."""
        first, others = self.process.pid, set[int]()
        os.kill(first, signal.SIGSTOP)
        while more := set(children(first)) - others:
            for pid in more:
                os.kill(pid, signal.SIGKILL)  # dead or not, it is there until its parent is
            others |= more
        os.kill(first, signal.SIGKILL)
        self.process.wait(timeout=10)
        until = time.monotonic() + 10
        while any(alive(pid) for pid in others):
            if time.monotonic() > until:
                raise RuntimeError("a process of PostgreSQL outlives SIGKILL")
            time.sleep(0.001)
        return 1 + len(others)

    def stop(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "process") and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self) -> str:
        """What it said."""
        return (self.folder / "log").read_text("utf-8", "replace")


def status(pid: int) -> list[str]:
    """State and parent of a process; nothing when there is none."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[:2]
    return []


def alive(pid: int) -> bool:
    """Whether a process still runs; one that is dead but not yet buried does not."""
    found = status(pid)
    return bool(found) and found[0] not in {"Z", "X"}


def children(parent: int) -> list[int]:
    """The processes that a process of one thread started."""
    known = Path(f"/proc/{parent}/task/{parent}/children")
    if known.exists():  # at once, where the kernel keeps it
        return [int(pid) for pid in known.read_text("ascii").split()]
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if status(pid)[1:] == [str(parent)]]
