"""The desk in a test: colleagues who are signed in, requests they work on, and nothing of it afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal.accounts.models import Staff
from portal.accounts.roles import Role
from portal.accounts.services import StaffAccounts
from portal.accounts.sessions import StaffIdentity, StaffSessions
from portal.backoffice.models import DeskEvent, Digest
from portal.backoffice.reading import DeskReader
from portal.cases.entry import Entry
from portal.cases.models import NEVER, Case, Representative
from portal.cases.scope import visible_to
from portal.cleaning.kind import CLEANING
from portal.cleaning.services import CleaningService, Place
from portal.cleaning.words import TEXTS
from portal.foundation.clock import local_date
from portal.foundation.db import writing
from portal.foundation.policies import read_policies
from portal.foundation.site import Site
from portal.foundation.tasks import paths
from tests.browser import Browser
from tests.clock import FixedClock
from tests.staff import forget_everybody
from tests.unit.cases.conftest import ANSWERS, somebody
from tests.unit.cleaning.asking import Books

ROOM = "/nl/werk"
TODAY, INBOX, FIND = f"{ROOM}/vandaag", f"{ROOM}/aanvragen", f"{ROOM}/zoeken"
ENTER, LETTERS, FILE = f"{ROOM}/invoeren", f"{ROOM}/brieven", f"{INBOX}/bestand"
FORM = f"{ENTER}/cleaning"
#: An address in each of these teams; the last is of no team, as nobody knows which.
MIDDEN, HOLTENBROEK, NOWHERE = "8011PK", "8031AB", "9999XX"
#: Where the next step is ours: (kind, state).
OURS = frozenset((CLEANING.code, state) for state in CLEANING.ours)
ADDRESSES = {"midden": MIDDEN, "holtenbroek": HOLTENBROEK, None: NOWHERE}


def works(team: str) -> tuple[Role, str]:
    """A worker of a team."""
    return Role.TEAM_WORKER, team


def leads(team: str) -> tuple[Role, str]:
    """The coordinator of a team."""
    return Role.TEAM_COORDINATOR, team


def hire(session: Session, now: datetime, name: str, *roles: tuple[Role, str | None]) -> int:
    """Somebody who works here from now on."""
    accounts = StaffAccounts(session, now, local_date(now))
    staff = accounts.add(f"{name.casefold().replace(' ', '.')}@staff.example", name, "Gemeente Zwolle")
    for role, team in roles:
        accounts.grant(staff, role, team)
    return staff.id


def identity_of(session: Session, now: datetime, staff_id: int) -> StaffIdentity:
    """Somebody as every request of theirs sees them."""
    sessions = StaffSessions(session, now, local_date(now))
    found = sessions.who(sessions.start(staff_id, second_factor=True))
    assert found is not None
    return found


def reader_of(session: Session, now: datetime, staff_id: int) -> DeskReader:
    """What somebody sees of the cases."""
    scope = visible_to(identity_of(session, now, staff_id), [CLEANING])
    return DeskReader(session.connection(), scope, staff_id, local_date(now), OURS)


def cleaning(session: Session, now: datetime, place: Place, staff_id: int | None = None) -> CleaningService:
    """The service of the one kind there is."""
    policies = read_policies(session.connection(), local_date(now))
    return CleaningService(session, policies, TEXTS, now, place, staff_id)


def ask(
    service: CleaningService, key: str, team: str | None = "midden", locale: str = "nl", provider: str = "de-bezem",
    helper: dict[str, Any] | None = None, **contact: Any,
) -> Case:  # fmt: skip
    """Somebody who lives where this team works asks for help with cleaning."""
    who = somebody(**{"postcode": ADDRESSES[team], **contact})
    speaks = Representative(**{"relation": "carer", "gets_messages": True, **helper}) if helper else None
    return service.request(key, {**ANSWERS, "provider": provider}, who, Entry(locale), speaks).case


def put(session: Session, case: Case, **columns: Any) -> None:
    """A case as it might be after weeks of work; `case` is read anew."""
    session.execute(update(Case).where(Case.id == case.id).values(**columns))
    session.refresh(case)


def due(day: date | None, since: date) -> dict[str, Any]:
    """The columns of a promise."""
    return {"due_from": since if day else None, "due_on": day, "sort_on": day or NEVER}


@dataclass(frozen=True)
class Colleague:
    """Somebody of the staff behind a screen."""

    staff_id: int
    name: str
    browser: Browser


class Office:
    """The staff of Zwolle and what is asked of them; every step stands at once."""

    def __init__(self, app: Any, site: Site, clock: FixedClock, registry: Any) -> None:
        self.app, self.site, self.clock, self.registry = app, site, clock, registry
        self.books = Books(site)
        self._asked = 0

    def colleague(self, name: str, *roles: tuple[Role, str | None]) -> Colleague:
        """Somebody who works here and is signed in."""
        with writing(self.site.engine) as session:
            staff_id = hire(session, self.clock.now(), name, *roles)
        colleague = Colleague(staff_id, name, Browser(self.app, "zwolle.test"))
        self.let_in(colleague)
        return colleague

    def let_in(self, colleague: Colleague) -> None:
        """Sign somebody in, or in again."""
        colleague.browser._app.set_cookie("staff", self.cookie(colleague.staff_id))

    def cookie(self, staff_id: int) -> str:
        """What the browser of somebody who is signed in holds."""
        with writing(self.site.engine) as session:
            sessions = StaffSessions(session, self.clock.now(), local_date(self.clock.now()))
            return sessions.start(staff_id, second_factor=True)

    def ask(self, team: str | None = "midden", **asked: Any) -> str:
        """Somebody asked something; gives the number of the request."""
        return self.doing(lambda service: ask(service, f"key-{self._next()}", team, **asked).reference)

    def doing(self, act: Callable[[CleaningService], Any]) -> Any:
        """Something happens to requests, with links as they are."""
        place = Place(self.site.base_url, str(self.site.profile.contact["phone"]), paths(self.registry, self.site))
        with writing(self.site.engine) as session:
            return act(cleaning(session, self.clock.now(), place))

    def change(self, reference: str, **columns: Any) -> None:
        """A request as it might be after weeks of work."""
        with writing(self.site.engine) as session:
            session.execute(update(Case).where(Case.reference == reference).values(**columns))

    def case(self, reference: str) -> Any:
        """What the books say of a request."""
        return next(row for row in self.books.rows(Case) if row.reference == reference)

    def about(self, table: Any, reference: str) -> list[Any]:
        """The rows of a table about a request."""
        case_id = self.case(reference).id
        return [row for row in self.books.rows(table) if case_id in {getattr(row, "case_id", ""), row[1]}]

    def post(self, reference: str) -> list[Any]:
        """The messages about a request to who asked and to providers, the oldest first."""
        case_id = self.case(reference).id
        return [row for row in self.books.messages() if row.about == case_id]

    def close(self) -> None:
        """Nobody works here and nobody asked anything."""
        self.books.empty()
        with writing(self.site.engine) as session:
            for table in (DeskEvent, Digest):
                session.execute(delete(table))
        forget_everybody(self.site)

    def leaves(self, colleague: Colleague) -> None:
        """Somebody works here no longer."""
        with writing(self.site.engine) as session:
            email = session.get_one(Staff, colleague.staff_id).email
            StaffAccounts(session, self.clock.now(), local_date(self.clock.now())).leave(email)

    def _next(self) -> int:
        self._asked += 1
        return self._asked


def an_office(app: Any, zwolle: Site, clock: FixedClock, registry: Any) -> Iterator[Office]:
    """For a fixture `office = pytest.fixture(an_office)`: nobody before, nothing stays behind."""
    office = Office(app, zwolle, clock, registry)
    office.close()
    yield office
    office.close()


def path_of(reference: str, tail: str = "") -> str:
    """The address of a request at the desk."""
    return f"{ROOM}/aanvraag/{reference}{tail}"


def numbers(page: Any) -> list[str]:
    """The numbers of the requests in the lists of a page, in their order."""
    return [link["href"].rsplit("/", 1)[-1] for link in page.html.select("table.lines a.lines__go")]
