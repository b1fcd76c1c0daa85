"""Many at once on few rooms and one car: none is ever had by two talks, and each talk at the team has a room."""

from collections import Counter
from datetime import timedelta
from random import Random
from threading import Lock, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal.bookings.availability import Place
from portal.bookings.models import Booking
from portal.bookings.services import AlreadyBooked, BookingIsOver, Bookings, MomentTaken
from portal.bookings.thing_models import Thing, ThingCell
from portal.bookings.things import Things, ThingTaken
from portal.foundation.db import reading, writing
from portal.foundation.policies import read_policies
from portal.foundation.policy_files import seed as seed_policies
from portal.teams.models import Team
from tests.clock import START, FixedClock
from tests.unit.bookings.conftest import TEAM, a_case, a_worker, at, hours, wish
from tests.unit.bookings.crowd import TRIES, says_try_again

WORKERS, FORMS, THREADS, TURNS = 6, 30, 6, 60
WISHES = (wish(Place.TEAM, 0), wish(Place.TEAM, 0, features=frozenset({"lift"})), wish())
PROMISED = (AlreadyBooked, BookingIsOver, MomentTaken, ThingTaken)


class Crowd:
    """People hold, book, move and cancel talks, and staff take rooms and cars for them, each in a thread."""

    def __init__(self, site, policies):
        self.site, self.policies, self.clock, self._lock = site, policies, FixedClock(), Lock()
        self.counts, self.unexpected = Counter(), []

    def run(self):
        threads = [Thread(target=self._thread, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _thread(self, number):
        chance = Random(number)
        for _turn in range(TURNS):
            act = chance.choices((self.book, self.move, self.cancel, self.take), (40, 25, 15, 20))[0]
            with self._lock:
                self.clock.forward(seconds=chance.choice((0, 5, 90)))
            try:
                self._tried(act, chance, chance.random())
            except PROMISED as fault:
                self._count(type(fault).__name__)
            except Exception as fault:  # whatever it is, it was not promised
                self.unexpected.append(repr(fault))
            else:
                self._count(act.__name__)

    def _tried(self, act, chance, seed):
        for turn in range(TRIES):
            try:
                with writing(self.site.engine) as session:
                    return act(session, Bookings(session, self.policies, self.clock.now()), Random(seed))
            except OperationalError as fault:
                if turn == TRIES - 1 or not says_try_again(fault):
                    raise
                self._count("try again")
        raise AssertionError

    def _count(self, what):
        with self._lock:
            self.counts[what] += 1

    def _moment(self, chance):
        return at(f"2{chance.choice('56')} {chance.randrange(9, 12)}:{chance.choice(('00', '30'))}",
                  9100 + chance.randrange(WORKERS))  # fmt: skip

    def book(self, _session, bookings, chance):
        form = chance.randrange(FORMS)
        bookings.hold(TEAM, WISHES[form % len(WISHES)], self._moment(chance), f"key-{form}")
        if chance.random() < 0.8:
            bookings.book(f"key-{form}", f"case-{form}")

    def _booked(self, bookings, form):
        found = bookings.of_case(f"case-{form}")
        if found is None or found.state != "booked":
            raise BookingIsOver()
        return found

    def move(self, _session, bookings, chance):
        form = chance.randrange(FORMS)
        bookings.move(self._booked(bookings, form), WISHES[form % len(WISHES)], self._moment(chance))

    def cancel(self, _session, bookings, chance):
        bookings.cancel(self._booked(bookings, chance.randrange(FORMS)))

    def take(self, session, bookings, chance):
        booking = self._booked(bookings, chance.randrange(FORMS))
        things = session.scalars(select(Thing.id).order_by(Thing.id)).all()
        Things(session, self.clock.now()).take(booking.id, chance.choice(things))


@pytest.fixture
def crowd(new_site):
    """A team with two rooms and a car in a municipality of its own."""
    with writing(new_site.engine) as session:
        session.add(
            Team(
                slug=TEAM, district="Midden", position=1, example=True, phone="1", email="a@b.example", address="A 1",
                postcode="8011 AA", city="Zwolle", lat=52.5, lon=6.1, languages=[], building={}, hours=[], closed=[],
            )
        )  # fmt: skip
        session.flush()
        seed_policies(session, new_site)
        for staff_id in range(9100, 9100 + WORKERS):
            a_worker(session, staff_id)
            hours(session, staff_id)
        for form in range(FORMS):
            a_case(session, f"case-{form}")
        for name, kind, features in (("Blauw", "room", ["lift"]), ("Groen", "room", []), ("Auto", "car", [])):
            session.add(Thing(team_slug=TEAM, kind=kind, name=name, features=features))
    with reading(new_site.engine) as connection:
        policies = read_policies(connection, START.date())
    return Crowd(new_site, policies)


def test_a_crowd_never_shares_a_room_or_a_car(crowd):
    crowd.run()
    with reading(crowd.site.engine) as connection:
        bookings = {row.id: row for row in connection.execute(select(Booking.__table__))}
        cells = connection.execute(select(ThingCell.__table__)).all()
        kinds = dict(connection.execute(select(Thing.id, Thing.kind)).all())
    print(dict(crowd.counts), Counter(row.state for row in bookings.values()), len(cells), "quarters")
    assert crowd.unexpected == []
    assert min(crowd.counts[act] for act in ("book", "move", "cancel", "take")) > 0
    live = {key: row for key, row in bookings.items() if row.state in {"held", "booked"}}
    assert {cell.booking_id for cell in cells} <= set(live)
    had = {}
    for cell in cells:
        had.setdefault((cell.booking_id, kinds[cell.thing_id]), []).append(cell)
    # by the minutes of the talks, not by the rule of the portal
    spans = {}
    for (booking_id, kind), taken in had.items():
        row = live[booking_id]
        begin, end = (row.starts_at, row.ends_at) if kind == "room" else (row.busy_from, row.busy_until)
        assert len({cell.thing_id for cell in taken}) == 1
        assert len(taken) == (end - begin) / timedelta(minutes=15)
        assert {cell.cell for cell in taken} == {int(begin.timestamp()) // 900 + n for n in range(len(taken))}
        spans.setdefault(taken[0].thing_id, []).append((begin, end))
    doubles = [
        (one, other)
        for taken in spans.values()
        for number, one in enumerate(taken)
        for other in taken[number + 1 :]
        if one[0] < other[1] and other[0] < one[1]
    ]
    assert doubles == []
    assert {row.id for row in live.values() if row.place == "team"} == {key for key, kind in had if kind == "room"} & {
        row.id for row in live.values() if row.place == "team"
    }
