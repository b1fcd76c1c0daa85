"""A team that is nearly full, in the database: 15 people, 8 weeks, 3,000 bookings; and looking for a moment."""

import os
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from time import perf_counter
from typing import Any

from sqlalchemy import insert

from portal.bookings.availability import Place, Wish
from portal.bookings.models import Booking, BookingWorker, WorkPattern
from portal.bookings.rules import shown_at
from portal.bookings.services import Bookings
from portal.bookings.thing_models import Thing, ThingCell
from portal.bookings.things import cells_of
from portal.cases.models import Case
from portal.foundation.clock import local_date
from portal.foundation.db import make_engine, reading, writing
from portal.foundation.policies import read_policies
from tests.bench.sending import Sends, server_processes, spent_by

TEAM, STAFF, WEEKS, BOOKINGS, SHOWN, ROOMS = "midden", 15, 8, 3_000, 20, 6
FIRST, A_DAY = 70_001, 6
OPENS, CLOSES = time(8, 30), time(17, 30)
TALK, TRAVEL = timedelta(hours=1), timedelta(minutes=15)
PLACES = ["home", "team", "phone", "video"]
#: At home, and at the team in one of its rooms, in turn.
WISHES = (Wish(Place.HOME, TALK, TRAVEL), Wish(Place.TEAM, TALK, timedelta()))
TIMES, WARMING = 400, 20


def fill_team(database: str) -> None:
    """Write the team down; the sooner moments are taken first, so that whoever looks has to look far."""
    chance, now = Random(1), datetime.now(UTC)
    monday = local_date(now) - timedelta(days=local_date(now).weekday())
    days = [monday + timedelta(days=number) for number in range(WEEKS * 7 + 7)]
    slots = [(day, at, who) for day in days if day.weekday() < 5 for at in range(A_DAY) for who in range(STAFF)]
    slots.sort(key=lambda slot: (slot[0] - monday).days + chance.uniform(0, 40))
    rows = [_talk(number, now, *slot) for number, slot in enumerate(slots[:BOOKINGS])]
    engine = make_engine(database)
    with writing(engine) as session:
        session.execute(insert(BookingWorker), [_worker(who) for who in range(STAFF)])
        session.execute(insert(WorkPattern), [_hours(who, day, monday) for who in range(STAFF) for day in range(5)])
        session.execute(insert(Case), [_case(row, now) for row in rows])
        session.execute(insert(Booking), rows)
        session.execute(
            insert(Thing),
            [{"id": FIRST + number, "team_slug": TEAM, "kind": "room", "name": f"Kamer {number}", "features": []}
             for number in range(ROOMS)],
        )  # fmt: skip
        session.execute(insert(ThingCell), _rooms(rows))
    engine.dispose()


def _worker(who: int) -> dict[str, Any]:
    return {"staff_id": FIRST + who, "team_slug": TEAM, "most_a_day": A_DAY, "skills": [], "languages": ["nl"],
            "active": True}  # fmt: skip


def _hours(who: int, weekday: int, since: date) -> dict[str, Any]:
    return {"staff_id": FIRST + who, "weekday": weekday, "start": f"{OPENS:%H:%M}", "end": f"{CLOSES:%H:%M}",
            "places": PLACES, "valid_from": since, "valid_until": None, "every": 1}  # fmt: skip


def _talk(number: int, now: datetime, day: date, at: int, who: int) -> dict[str, Any]:
    start = shown_at(day, OPENS) + TRAVEL + at * (TALK + 2 * TRAVEL)
    return {
        "id": f"full-{number}", "case_id": f"full-{number}", "hold_key": f"full-{number}", "staff_id": FIRST + who,
        "team_slug": TEAM, "place": PLACES[number % 2], "starts_at": start, "ends_at": start + TALK,
        "busy_from": start - TRAVEL, "busy_until": start + TALK + TRAVEL, "state": "booked", "hold_until": None,
        "sequence": 0, "made_at": now,
    }  # fmt: skip


def _case(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    number = int(row["id"].removeprefix("full-"))
    return {"id": row["id"], "reference": f"{number:08}", "send_key": row["id"], "kind": "conversation",
            "state": "booked", "channel": "web", "locale": "nl", "answers": {}, "received_at": now,
            "moved_at": now}  # fmt: skip


def _rooms(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rooms of the talks at the team, as long as there are some."""
    taken: dict[datetime, int] = {}
    found = []
    for row in rows:
        number = taken.get(row["starts_at"], 0)
        if row["place"] == "team" and number < ROOMS:
            taken[row["starts_at"]] = number + 1
            found += [{"thing_id": FIRST + number, "cell": cell, "booking_id": row["id"], "kind": "room"}
                      for cell in cells_of(row["starts_at"], row["ends_at"])]  # fmt: skip
    return found


def first_moments(database: str) -> Sends:
    """What it costs to find the first twenty, the work of the database counted in."""
    engine, spent, waited = make_engine(database), [], []
    with reading(engine) as connection:
        policies = read_policies(connection, local_date(datetime.now(UTC)))
        processes = [os.getpid(), *server_processes(database)]
        for turn in range(TIMES + WARMING):
            before, started = spent_by(processes), perf_counter()
            service = Bookings(connection, policies, datetime.now(UTC))  # type: ignore[arg-type]
            found = service.free(TEAM, WISHES[turn % len(WISHES)], SHOWN)
            waited.append((perf_counter() - started) * 1000)
            spent.append((spent_by(processes) - before) * 1000)
            if len(found) != SHOWN:
                raise RuntimeError(f"only {len(found)} moments")
    engine.dispose()
    return Sends(spent[WARMING:], waited[WARMING:])
