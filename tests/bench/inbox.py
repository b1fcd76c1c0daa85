"""How fast the inbox is over 50,000 open requests: `python -m tests.bench.inbox`, or `make bench-inbox`.

A coordinator of two teams sees them all. Measured is the whole answer over a connection to the server, on the clock,
with SQLite and PostgreSQL in turn. That the questions to the database do not grow is a test, not a measurement.
"""

import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import insert

from portal.accounts.models import Staff
from portal.accounts.roles import Role
from portal.accounts.services import StaffAccounts
from portal.accounts.sessions import StaffSessions
from portal.cases.models import NEVER, Case, Contact
from portal.cases.references import ALPHABET
from portal.cleaning.kind import CLEANING
from portal.foundation.db import make_engine, writing
from tests.postgres import beside
from tests.served import Portal, Served

MANY = 50_000
TIMES, WARMING = 60, 5
LIMIT_MS = 60
TEAMS = ("holtenbroek", "diezerpoort")
PATHS = (
    "/nl/werk/aanvragen", "/nl/werk/aanvragen?due=late", "/nl/werk/aanvragen?owner=me&state=offered",
    "/nl/werk/aanvragen?team=diezerpoort&due=soon&page=20", "/nl/werk/aanvragen?asks=yes",
    "/nl/werk/aanvragen?page=400", "/nl/werk/aanvragen?done=yes", "/nl/werk/vandaag",
)  # fmt: skip
OPEN = sorted(CLEANING.states - CLEANING.closed)


def rows(count: int, staff: list[int], start: int = 0) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    """Requests as a town has them: some late, most not; some in hand; in two teams, and a few without one."""
    chance = random.Random(start)
    now, today = datetime.now(UTC), date.today()
    for number in range(start, start + count):
        code, left = "", number
        for _ in range(8):
            left, at = divmod(left, len(ALPHABET))
            code = ALPHABET[at] + code
        due = today + timedelta(days=chance.randint(-5, 40)) if chance.random() < 0.9 else None
        yield (
            {
                "id": f"bench-{number}", "reference": code, "send_key": f"bench-{number}", "kind": "cleaning",
                "state": chance.choice(OPEN), "team_slug": chance.choice((*TEAMS * 20, None)), "channel": "web",
                "locale": "nl", "answers": {}, "received_at": now - timedelta(minutes=number), "moved_at": now,
                "owner_id": chance.choice((*staff, None)), "due_from": due and today - timedelta(days=6),
                "due_on": due, "sort_on": due or NEVER, "head": "", "version": 1,
                "asks_since": now if chance.random() < 0.05 else None,
            },
            {
                "case_id": f"bench-{number}", "name": f"Bewoner {number}", "postcode": "8031AB", "house": "1",
                "way": "phone", "phone": "0612345678", "voicemail": False, "interpreter": False,
            },
        )  # fmt: skip


def coordinator(database: str) -> tuple[str, list[int]]:
    """Somebody signed in who sees both teams, and the ids of three colleagues."""
    engine, now = make_engine(database), datetime.now(UTC)
    with writing(engine) as session:
        accounts = StaffAccounts(session, now, date.today())
        people: list[Staff] = [accounts.add(f"bench{n}@example.nl", f"Collega {n}", "Gemeente") for n in range(3)]
        for team in TEAMS:
            accounts.grant(people[0], Role.TEAM_COORDINATOR, team)
        token = StaffSessions(session, now, date.today()).start(people[0].id, second_factor=True)
        ids = [one.id for one in people]
    engine.dispose()
    return token, ids


def fill(database: str, count: int, staff: list[int], start: int = 0) -> None:
    """Put requests straight into the database."""
    engine = make_engine(database)
    with writing(engine) as session:
        cases, contacts = zip(*rows(count, staff, start), strict=True)
        session.execute(insert(Case), list(cases))
        session.execute(insert(Contact), list(contacts))
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def ask(server: Served, token: str) -> dict[str, list[float]]:
    """Milliseconds of every answer, per address."""
    client = server.client(timeout=60)
    times: dict[str, list[float]] = {}
    for path in PATHS:
        taken = []
        for _ in range(TIMES + WARMING):
            started = perf_counter()
            reply = client.get(path, {"Cookie": f"staff={token}; __Host-staff={token}"})
            taken.append((perf_counter() - started) * 1000)
            if reply.status != 200:
                raise RuntimeError(f"{path}: {reply.status}")
        times[path] = sorted(taken[WARMING:])
    client.close()
    return times


def measure(name: str, portal: Portal) -> bool:
    """Fill, ask, print; whether it is quick enough."""
    token, staff = coordinator(portal.database)
    fill(portal.database, MANY, staff)
    with portal.serving() as server:
        times = ask(server, token)
    worst = 0.0
    print(f"\n{name}: {MANY:,} open requests, ms on the clock")
    for path, taken in times.items():
        p95 = taken[int(len(taken) * 0.95)]
        worst = max(worst, p95)
        print(f"  {path:56} p50 {statistics.median(taken):6.1f}   p95 {p95:6.1f}")
    print(f"  worst p95 {worst:.1f}   limit {LIMIT_MS}   {'ok' if worst <= LIMIT_MS else 'short'}")
    return worst <= LIMIT_MS


def main() -> int:
    """Measure and print. 1 when it is too slow."""
    good = []
    with tempfile.TemporaryDirectory(prefix="portal-inbox-") as folder:
        good.append(measure("SQLite", Portal(Path(folder)).prepare()))
    with tempfile.TemporaryDirectory(prefix="portal-inbox-") as folder, beside() as postgres:
        if postgres:
            portal = Portal(Path(folder))
            portal.database = postgres["PORTAL_TEST_POSTGRES"].format(database="postgres")
            portal.environ["PORTAL_SITE_ZWOLLE_DATABASE"] = portal.database
            good.append(measure("PostgreSQL", portal.prepare()))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
