"""Thousands of turns over HTTP on one team's diaries: nobody is in two places, and nothing that was told is untrue."""

import os
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text

from portal.bookings.models import Booking, BookingCell, BookingWorker, WorkPattern
from portal.cases.models import Case
from portal.foundation.clock import LOCAL, local_date
from portal.foundation.db import make_engine, writing
from tests.proof.amounts import BOOKING_TURNS
from tests.proof.bookings import PLACES, Crowd
from tests.served import Portal

TEAM, STAFF, MOST_A_DAY, SEED = "midden", list(range(9100, 9103)), 5, 2311


@pytest.fixture(params=["sqlite", "postgresql"])
def diaries(request, portal, never_skip):
    """A portal with three workers in one team, on this database; nobody else there can be met."""
    if request.param == "postgresql":
        address = os.environ.get("PORTAL_TEST_POSTGRES")
        if address is None:
            assert not never_skip, "PostgreSQL is not on this machine"
            pytest.skip("PostgreSQL is not on this machine")
        on_postgresql(portal, address)
    engine = make_engine(portal.database)
    with writing(engine) as session:
        session.execute(text("UPDATE booking_worker SET active = false"))
        for staff_id in STAFF:
            session.add(BookingWorker(staff_id=staff_id, team_slug=TEAM, most_a_day=MOST_A_DAY, skills=[],
                                      languages=["nl"], active=True))  # fmt: skip
            session.flush()
            session.add_all(hours(staff_id))
    yield portal, engine
    engine.dispose()


def hours(staff_id):
    since = local_date(datetime.now(UTC))
    return [
        WorkPattern(staff_id=staff_id, weekday=weekday, start="09:00", end="17:00", places=list(PLACES),
                    valid_from=since, valid_until=None, every=1)
        for weekday in range(5)
    ]  # fmt: skip


def on_postgresql(portal: Portal, address: str) -> None:
    """The same portal on an empty database of a cluster."""
    server = create_engine(address.format(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS proof"))
        connection.execute(text("CREATE DATABASE proof"))
    server.dispose()
    portal.database = portal.environ["PORTAL_SITE_ZWOLLE_DATABASE"] = address.format(database="proof")
    portal.run("db", "upgrade")
    portal.run("seed")


def test_whoever_was_told_of_a_moment_has_it_and_nobody_is_in_two_places(diaries):
    portal, engine = diaries
    began = time.monotonic()
    with portal.serving() as server:
        crowd = Crowd(lambda: server.port, engine, STAFF, SEED)
        crowd.run(BOOKING_TURNS)
        served = cpu_seconds(server.pid)
    found = Found(engine, crowd)
    print(f"{engine.dialect.name}: {sum(crowd.told.values())} operations by {len(crowd.visitors)} people")
    for what, count in [*crowd.told.most_common(), *((f"answers {one}", n) for one, n in crowd.statuses.items())]:
        print(f"  {what:36}{count}")
    print(f"  in the end: {dict(Counter(row.state for row in found.rows))}, {len(found.cells)} quarters taken")
    print(f"  {time.monotonic() - began:.0f} s, of which the server took {served:.0f} s of CPU")
    assert crowd.wrong == []
    assert sum(crowd.told.values()) == BOOKING_TURNS
    assert [status for status in crowd.statuses if status >= 500] == []
    assert found.in_two_places() == found.outside_hours() == found.in_vain() == []
    assert {(cell.staff_id, cell.cell) for cell in found.cells} == found.quarters()
    assert max(Counter((row.staff_id, day_of(row)) for row in found.live).values()) <= MOST_A_DAY
    assert found.lost() == found.untold() == []
    assert found.counts() == found.counts_told()


def day_of(row):
    return row.starts_at.astimezone(LOCAL).date()


def cpu_seconds(pid):
    """What a process has taken, of its own and for the system."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


class Found:
    """What the database holds in the end, beside what everybody was told; by no rule of the portal's."""

    def __init__(self, engine, crowd):
        self.crowd, self.told = crowd, crowd.told
        with engine.connect() as connection:
            self.rows = connection.execute(select(Booking.__table__).order_by(Booking.starts_at)).all()
            self.cells = connection.execute(select(BookingCell.__table__)).all()
            self.cases = {row.send_key: row for row in connection.execute(select(Case.__table__))}
        self.live = [row for row in self.rows if row.state in {"held", "booked"}]
        self.now = datetime.now(UTC)

    def in_two_places(self):
        """Pairs of a worker with less time in between than it takes to come and go."""
        return [
            (one.id, other.id)
            for one, other in combinations(self.live, 2)
            if one.staff_id == other.staff_id
            and other.starts_at - one.ends_at < timedelta(minutes=PLACES[one.place] + PLACES[other.place])
        ]

    def outside_hours(self):
        """What was ever promised outside nine to five on a weekday, or not on a quarter of an hour."""
        walls = [(row.id, row.starts_at.astimezone(LOCAL), row.ends_at.astimezone(LOCAL)) for row in self.rows]
        return [
            name
            for name, begin, end in walls
            if begin.weekday() > 4 or begin.hour < 9 or (end.hour, end.minute) > (17, 0) or begin.minute % 15
        ]

    def in_vain(self):
        """What was promised of somebody who was away, after that was known."""
        return [
            row.id
            for row in self.rows
            for staff_id, day, known in self.crowd.absences
            if (row.staff_id, day_of(row)) == (staff_id, day) and row.made_at > known
        ]

    def quarters(self):
        """The quarters that what stands takes with its travel, counted minute by minute."""
        found = set()
        for row in self.live:
            way = timedelta(minutes=PLACES[row.place])
            minutes = range(int((row.starts_at - way).timestamp()) // 60, int((row.ends_at + way).timestamp()) // 60)
            found |= {(row.staff_id, minute // 15) for minute in minutes}
        return found

    def lost(self):
        """Who was told of a moment and has it no longer, though nobody could take it from them."""
        return [who for who in self.crowd.visitors if not self._has(who)]

    def _has(self, who):
        case, mine = self.cases.get(who.key), [row for row in self.rows if row.hold_key == who.key]
        standing = [row for row in self.live if case is not None and row.case_id == case.id]
        at = [f"{row.starts_at:%Y%m%dT%H%MZ}" for row in standing]
        if who.stand == "booked":
            return case is not None and (case.reference, case.state, at) == (who.reference, "booked", [who.moment])
        if who.stand == "cancelled":
            return (case.reference, case.state, at) == (who.reference, "received", [])
        return case is None and (who.stand == "nothing" or who.lapsed or any(self._is_kept(row, who) for row in mine))

    def _is_kept(self, row, who):
        """Whether it is held, or was until its time was over or its worker was away."""
        away = {(staff_id, day) for staff_id, day, _known in self.crowd.absences}
        over = row.hold_until <= self.now or (row.staff_id, day_of(row)) in away
        return f"{row.starts_at:%Y%m%dT%H%MZ}" == who.moment and (row.state == "held" or over)

    def untold(self):
        """What stands and nobody was told of."""
        believed = {(who.key, who.moment) for who in self.crowd.visitors if who.stand in {"held", "booked"}}
        by_case = {case.id: key for key, case in self.cases.items()}
        return [
            row.id
            for row in self.live
            if (by_case.get(row.case_id, row.hold_key), f"{row.starts_at:%Y%m%dT%H%MZ}") not in believed
        ]

    def counts(self):
        """How many requests there are, and how many of their bookings are in each state."""
        states = Counter(row.state for row in self.rows if row.case_id is not None)
        return {"requests": len(self.cases), **{name: states[name] for name in ("booked", "moved", "cancelled")}}

    def counts_told(self):
        """The same by what everybody was told."""
        told = self.told
        standing = told["booked"] + told["booked again"] - told["cancelled"]
        return {"requests": told["booked"], "booked": standing, "moved": told["moved"], "cancelled": told["cancelled"]}
