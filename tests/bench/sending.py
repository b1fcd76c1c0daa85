"""Drafts as residents leave them, and what it costs to send one."""

import re
import secrets
import statistics
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, sleep
from urllib.parse import urlencode

from portal.cases.form_views import SEND_KEY
from portal.cases.models import Draft
from portal.cases.references import hashed, new_token
from portal.foundation.db import make_engine, writing
from tests.served import Served
from tests.unit.cleaning.asking import FORM, ME
from tests.unit.conversations import talking

CHECK = f"{FORM['nl']}/controle"
#: All answers, as the portal keeps them.
ANSWERS = {
    **ME,
    "reach": {**ME["reach"], "voicemail": "no"},
    "language": {**ME["language"], "interpreter": "no"},
}
#: The same of each kind.
ALL_ANSWERS = {"cleaning": ANSWERS, "conversation": talking.ME}
#: Any will do, as long as cookie and form say the same.
TOKEN = "0123456789abcdef0123456789abcdef"
SENDS, WARMING = 250, 20
TOMORROW = datetime.now(UTC) + timedelta(days=1)


@dataclass(frozen=True)
class Written:
    """A draft: the cookies of whoever wrote it, and the key of its check page."""

    cookies: str
    send_key: str


@dataclass(frozen=True)
class Sends:
    """Milliseconds of many sends: on the processor, database included, and on the clock."""

    spent: list[float]
    waited: list[float]

    def __str__(self) -> str:
        return f"p50 {statistics.median(self.spent):6.1f}   p95 {p95(self.spent):6.1f}   waited {p95(self.waited):6.1f}"


def p95(values: list[float]) -> float:
    """What 95 of 100 stay below."""
    return sorted(values)[int(len(values) * 0.95)]


def write_drafts(
    database: str, count: int, questions: Iterable[str] = ANSWERS, kind: str = "cleaning"
) -> list[Written]:  # fmt: skip
    """Drafts in which these questions are answered, put straight into the database."""
    answers, engine = {name: ALL_ANSWERS[kind][name] for name in questions}, make_engine(database)
    written = []
    with writing(engine) as session:
        for _number in range(count):
            code, key = secrets.token_hex(6), new_token()
            session.add(Draft(hash=hashed(code), kind=kind, answers=answers, send_key=key, expires_at=TOMORROW))
            written.append(Written(f"csrf={TOKEN}; draft={code}", key))
    engine.dispose()
    return written


def send_all(server: Served, drafts: Sequence[Written], others: Iterable[int] = ()) -> Sends:
    """Send drafts one after another; the first only warm. `others` are processes that work for the server."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    spent, waited, processes = [], [], [server.pid, *others]
    for draft in drafts:
        before, started = spent_by(processes), perf_counter()
        body = urlencode({"csrf_token": TOKEN, SEND_KEY: draft.send_key})
        headers = {"Cookie": draft.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", CHECK, body, headers)
        reply = connection.getresponse()
        reply.read()
        waited.append((perf_counter() - started) * 1000)
        if reply.status != 303 or not reply.getheader("Location", "").endswith("/gelukt"):
            raise RuntimeError(f"sending answers {reply.status} {reply.getheader('Location')}")
        sleep(0.002)  # what it does after its answer counts too
        spent.append((spent_by(processes) - before) * 1000)
    connection.close()
    return Sends(spent[WARMING:], waited[WARMING:])


def spent_by(processes: Iterable[int]) -> float:
    """Seconds on the processor so far, of all threads of these processes: the scheduler counts in microseconds."""
    tasks = [path for pid in processes for path in Path(f"/proc/{pid}/task").iterdir()]
    return sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in tasks) / 1e9


def server_processes(address: str) -> list[int]:
    """The processes of the private PostgreSQL behind an address: the first, and one for each connection."""
    folder = re.search(r"host=([^&]+)", address)
    if folder is None:
        return []
    first = int((Path(folder[1]) / "data" / "postmaster.pid").read_text("ascii").split()[0])
    return [first, *(pid for pid, parent in _parents() if parent == first)]


def _parents() -> Iterator[tuple[int, int]]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            yield int(path.parent.name), int(path.read_text("ascii").rpartition(")")[2].split()[1])
