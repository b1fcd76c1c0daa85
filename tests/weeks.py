"""Diaries with talks in a test: colleagues who are signed in, requests with their moment, and nothing of it after."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from portal.accounts.roles import Role
from portal.bookings.availability import Moment, Place, Wish
from portal.bookings.models import Booking, BookingCell, BookingWorker, Closure, Feed, Leave, WorkDay, WorkPattern
from portal.bookings.services import Bookings
from portal.bookings.thing_models import Thing, ThingCell
from portal.cases.models import Contact
from portal.cases.services import CaseDesk
from portal.cases.workflow import Author
from portal.conversations.kind import CONVERSATION
from portal.foundation.clock import LOCAL, local_date
from portal.foundation.db import writing
from portal.foundation.policies import read_policies
from tests.browser import Browser
from tests.desk import ROOM, Colleague, Office, works
from tests.unit.conversations.talking import PLACES

WEEK, FEED = f"{ROOM}/agenda", f"{ROOM}/agenda/abonnement"
ANSWERS = {
    "topics": ["money"], "words": "Ik red het niet meer met de kanarie", "other_place": "", "supporter": "no",
    "interpreter": "none", "language": "", "needs": [], "note": "", "company": [], "chosen": True,
}  # fmt: skip
TABLES = (ThingCell, Thing, BookingCell, Booking, WorkPattern, WorkDay, Leave, Closure, BookingWorker, Feed)


def at(written: str) -> datetime:
    """A moment as the clock here shows it: `at("24 10:00")` is Tuesday 24 November 2026; a month may stand before."""
    month = "" if written.count("-") else "11-"
    return datetime.strptime(f"2026-{month}{written}", "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)


def a_talk(
    session: Any, now: datetime, staff_id: int, team: str, start: datetime, place: str = "home", minutes: int = 60,
    travel: int = 15, **contact: Any,
) -> Any:  # fmt: skip
    """Somebody asked for a conversation and has a moment; gives the case."""
    policies = read_policies(session.connection(), local_date(now))
    desk, key = CaseDesk(session, CONVERSATION, policies, now), f"talk-{staff_id}-{start.isoformat()}"
    who = Contact(**{
        "name": "Mevrouw Zonneveld-Kanarie", "postcode": "8011PK", "house": "127", "street": "Melkmarkt",
        "way": "phone", "phone": "0612349876", "voicemail": False, "interpreter": False, **contact,
    })  # fmt: skip
    case = desk.open(key, {**ANSWERS, "place": place}, who, "nl", team=team).case
    desk.take(case, "begin", Author.SYSTEM)
    bookings = Bookings(session, policies, now)
    wish = Wish(Place(place), timedelta(minutes=minutes), timedelta(minutes=travel if place == "home" else 0))
    bookings.hold(team, wish, Moment(start, start + wish.length, staff_id), key)
    bookings.book(key, case.id)
    desk.take(case, "book", Author.RESIDENT)
    return case


class Weeks:
    """The staff of Zwolle with their diaries; every step stands at once."""

    def __init__(self, app: Any, site: Any, clock: Any, registry: Any) -> None:
        self.office, self.site, self.clock, self.registry = Office(app, site, clock, registry), site, clock, registry
        self.app = app

    def worker(
        self, name: str, team: str = "midden", *more: tuple[Role, str | None], days: Any = range(5)
    ) -> Colleague:
        """Somebody of a team with a diary, from nine to five."""
        colleague = self.office.colleague(name, works(team), *more)
        with writing(self.site.engine) as session:
            session.add(BookingWorker(staff_id=colleague.staff_id, team_slug=team, most_a_day=8, skills=[],
                                      languages=["nl"], active=True))  # fmt: skip
            session.flush()
            for weekday in days:
                session.add(WorkPattern(staff_id=colleague.staff_id, weekday=weekday, start="09:00", end="17:00",
                                        places=PLACES, valid_from=at("10-05 00:00").date(), valid_until=None,
                                        every=1))  # fmt: skip
        return colleague

    def talk(self, worker: Colleague, start: str, team: str = "midden", **more: Any) -> str:
        """A request with a moment; gives its number."""
        with writing(self.site.engine) as session:
            return str(a_talk(session, self.clock.now(), worker.staff_id, team, at(start), **more).reference)

    def add(self, *rows: Any) -> None:
        """Something else that stands in the diaries."""
        with writing(self.site.engine) as session:
            session.add_all(rows)

    def thing(self, reference: str, kind: str, name: str, team: str = "midden") -> None:
        """A room or a car that is taken for a talk."""
        case_id = self.office.case(reference).id
        with writing(self.site.engine) as session:
            thing = Thing(team_slug=team, kind=kind, name=name, features=[])
            session.add(thing)
            session.flush()
            booking = session.query(Booking).filter_by(case_id=case_id).one()
            for cell in (1, 2):
                session.add(ThingCell(thing_id=thing.id, cell=cell, booking_id=booking.id, kind=kind))

    def a_calendar(self) -> Browser:
        """A calendar: it holds no cookie."""
        return Browser(self.app, "zwolle.test")

    def close(self) -> None:
        """Nobody works, nothing is booked, nobody asked anything."""
        with writing(self.site.engine) as session:
            for table in TABLES:
                session.execute(delete(table))
        self.office.close()


def a_week(app: Any, zwolle: Any, clock: Any, registry: Any) -> Iterator[Weeks]:
    """For a fixture `weeks = pytest.fixture(a_week)`: nothing before, nothing stays behind."""
    weeks = Weeks(app, zwolle, clock, registry)
    weeks.close()
    yield weeks
    weeks.close()
