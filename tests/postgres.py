"""Run a command with a private PostgreSQL beside it: `python tests/postgres.py pytest --db postgresql`.

The cluster lives in a temporary folder, listens on a socket there only, and goes when the command ends. PostgreSQL
refuses root, so root runs it as the user postgres. The command finds the address in PORTAL_TEST_POSTGRES.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PORT = 54329
#: Tests make and drop everything; a crash may take all of it, so waiting for the disk buys nothing.
OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=''", "max_connections=60")


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, the newest version first; None when PostgreSQL is not here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    return found[0].parent if found else Path(on_path).parent if on_path else None


class Cluster:
    """A private cluster in a folder of its own."""

    def __init__(self, tools: Path) -> None:
        self._tools = tools
        self.folder = Path(tempfile.mkdtemp(prefix="portal-pg-"))
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)

    def _run(self, tool: str, *arguments: str) -> None:
        command = [str(self._tools / tool), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def start(self) -> str:
        """Start it; returns its address, to which a database name is added."""
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = " ".join(f"-c {option}" for option in (*OPTIONS, f"unix_socket_directories={self.folder}"))
        self._run("pg_ctl", "-D", data, "-w", "-l", str(self.folder / "log"), "-o", f"-p {PORT} {options}", "start")
        return f"postgresql+psycopg://portal@/{{database}}?host={self.folder}&port={PORT}"

    def stop(self) -> None:
        """Stop it and leave nothing behind."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def beside() -> Iterator[dict[str, str]]:
    """A cluster for as long as the block lasts: the environment that tells of it, empty without PostgreSQL."""
    tools = binaries()
    if tools is None:
        yield {}
        return
    cluster = Cluster(tools)
    try:
        yield {"PORTAL_TEST_POSTGRES": cluster.start()}
    finally:
        cluster.stop()


def main(command: list[str]) -> int:
    """Run the command with the cluster. Without PostgreSQL: say so, and skip unless skipping is forbidden."""
    with beside() as environment:
        if not environment:
            print("PostgreSQL is not on this machine: the run on PostgreSQL is skipped.")
            return 1 if os.environ.get("PORTAL_NEVER_SKIP") else 0
        return subprocess.call(command, env={**os.environ, **environment})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
