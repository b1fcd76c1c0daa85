"""Talks that are booked in the diaries of Zwolle, and what the worker does about them while time goes by."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from portal.bookings.availability import Moment
from portal.bookings.models import Booking, WorkDay, WorkPattern
from portal.cases.entry import Entry
from portal.cases.models import Case
from portal.cases.notices import surroundings
from portal.cases.workflow import Author
from portal.conversations.talks import Talks
from portal.conversations.wishes import wish_of, wish_of_case
from portal.conversations.words import TEXTS
from portal.foundation.clock import LOCAL, today
from portal.foundation.db import writing
from portal.foundation.policies import read_policies
from portal.foundation.tasks import paths
from tests.unit.cases.conftest import somebody
from tests.unit.cleaning.asking import Books
from tests.unit.conversations.talking import Diary, a_diary

AN_HOUR = timedelta(hours=1)
ANSWERS: dict[str, Any] = {
    "topics": [], "words": "", "place": "phone", "other_place": "", "supporter": "no", "interpreter": "none",
    "language": "", "needs": [], "note": "", "company": [], "chosen": True, "urgent": False,
}  # fmt: skip


def on(text: str) -> datetime:
    """A moment of the test's own days, as the clock on the wall shows it: `on("26 10:00")` is Thursday 26 November."""
    month = "11" if len(text.split("-")) == 1 else ""
    return datetime.strptime(f"2026-{month}{'-' if month else ''}{text}", "%Y-%m-%d %H:%M").replace(tzinfo=LOCAL)


class Team:
    """A team with one worker who talks from eight in the morning till ten in the evening, all week."""

    def __init__(self, registry: Any, site: Any, clock: Any, diary: Diary) -> None:
        self.site, self.clock, self.books = site, clock, Books(site)
        self.path = paths(registry, site)
        self.around = surroundings(site, self.path)
        diary.empty()
        self.worker = diary.worker("Sam Visser", days=range(7), hours=("08:00", "22:00"))

    def doing(self, act: Callable[[Talks, Any], Any]) -> Any:
        """Something happens, and stands."""
        with writing(self.site.engine) as session:
            return act(self.talks(session), session)

    def talks(self, session: Any) -> Talks:
        """The service as it is at this moment."""
        policies = read_policies(session.connection(), today(self.clock))
        return Talks(session, policies, TEXTS, self.clock.now(), self.around)

    def hold(self, name: str, start: datetime) -> None:
        """Somebody chooses a moment in the form."""

        def act(talks: Talks, session: Any) -> None:
            policies = read_policies(session.connection(), today(self.clock))
            wish = wish_of(session, policies, "midden", "phone", "8011PK", [])
            talks.bookings.hold("midden", wish, Moment(start, start + AN_HOUR, self.worker), name)

        self.doing(act)

    def send(self, name: str, answers: dict[str, Any] | None = None, locale: str = "nl", **contact: Any) -> str:
        """They send it; gives the id of their request."""

        def act(talks: Talks, _session: Any) -> str:
            who = somebody(**{"email": f"{name}@example.nl", **contact})
            return str(talks.request(name, {**ANSWERS, **(answers or {})}, who, Entry(locale), "midden").case.id)

        found: str = self.doing(act)
        return found

    def ask(self, name: str, start: datetime, answers: dict[str, Any] | None = None, **contact: Any) -> str:
        """Somebody asks for a talk at this moment; gives the id of their request."""
        self.hold(name, start)
        return self.send(name, answers, **contact)

    def only(self, start: datetime) -> None:
        """From now on the worker has time at this moment, and for what was booked before."""
        with writing(self.site.engine) as session:
            session.execute(delete(WorkPattern))
            session.execute(delete(WorkDay))
            session.add(
                WorkDay(
                    staff_id=self.worker, day=start.date(), start=f"{start:%H:%M}", end=f"{start + AN_HOUR:%H:%M}",
                    places=["phone"],
                )
            )  # fmt: skip

    def move(self, case_id: str, start: datetime) -> None:
        """They choose another moment."""

        def act(talks: Talks, session: Any) -> None:
            case = session.get_one(Case, case_id)
            policies = read_policies(session.connection(), today(self.clock))
            wish = wish_of_case(session, policies, case)
            talks.choose(case, wish, Moment(start, start + AN_HOUR, self.worker), Author.RESIDENT)

        self.doing(act)

    def step(self, case_id: str, action: str, author: Author = Author.RESIDENT) -> None:
        """They take a step."""

        def act(talks: Talks, session: Any) -> None:
            case = session.get_one(Case, case_id)
            talks._desk.take(case, action, author)
            talks.after_step(case, action)

        self.doing(act)

    def told(self, word: str = "") -> list[Any]:
        """The messages whose occasion holds this word, the oldest first."""
        return [row for row in self.books.messages() if f":{word}" in row.dedupe_key]

    def live(self, case_id: str) -> Any:
        """The appointment of a request; None when there is none."""
        rows = [row for row in self.books.rows(Booking) if row.case_id == case_id and row.state == "booked"]
        return rows[0] if rows else None


def a_team(registry: Any, zwolle: Any, clock: Any) -> Iterator[Team]:
    """For a fixture; nothing before, nothing stays behind."""
    around = a_diary(zwolle, clock)
    yield Team(registry, zwolle, clock, next(around))
    with writing(zwolle.engine) as session:
        session.execute(delete(WorkDay))
    for _nothing in around:
        pass
