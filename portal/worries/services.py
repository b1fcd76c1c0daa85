"""Worries about somebody else: told without names, advised, named by who wants to go on, and gone when we are too late.

How the person is told, and what comes after it, stands in `informing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.entry import Entry
from portal.cases.models import Case, CaseMessage, Contact
from portal.cases.notices import about_for_staff
from portal.cases.retention import throw_away_messages
from portal.cases.services import CaseDesk, Opened
from portal.cases.workflow import Author
from portal.foundation.clock import local_date
from portal.foundation.i18n import Locale
from portal.foundation.policies import Policy
from portal.messaging.models import Message
from portal.teams.placing import team_at
from portal.worries.kind import WORRY
from portal.worries.models import WorryPerson, WorryShare
from portal.worries.telling import NOTHING, Telling


@dataclass(frozen=True)
class Named:
    """Somebody as they are named to us. `said` they will read; `hidden_why` is empty when they may hear who said it."""

    name: str
    postcode: str
    house: str
    said: str
    phone: str | None = None
    hidden_why: str = ""


class Worries:
    """What happens to worries. Flushes; who calls it commits."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], now: datetime, telling: Telling,
        staff_id: int | None = None,
    ) -> None:  # fmt: skip
        self._session, self._policies, self._now = session, policies, now
        self._telling, self._staff_id = telling, staff_id
        self.desk = CaseDesk(session, WORRY, policies, now, staff_id)

    def file(
        self, send_key: str, answers: dict[str, Any], contact: Contact, entry: Entry, *, danger: bool = False,
        named: Named | None = None,
    ) -> Opened:  # fmt: skip
        """Open a worry, once per `send_key`. Without `named` nothing of the person is kept.

        In danger it stands in the list as one who waits for an answer, and the promise is shorter.
        """
        area = self._team(answers.get("area", ""))
        opened = self.desk.open(send_key, answers, contact, entry.locale, entry.channel, team=area)
        if not opened.new:
            return opened
        case = opened.case
        self.desk.take(case, "begin_danger" if danger else "begin", Author.SYSTEM)
        if danger:
            case.asks_since = self._now
        if named is None:
            self._telling.tell(case, "received", opened.token)
        else:
            self._name(case, named, Author.STAFF if self._staff_id else Author.RESIDENT, opened.token)
        return opened

    def person(self, case: Case) -> WorryPerson | None:
        """Who it is about; None as long as nobody was named, and after the name was thrown away."""
        person = self._session.get(WorryPerson, case.id)
        return person if person is not None and person.erased_at is None else None

    def shares(self, case: Case) -> list[WorryShare]:
        """Who else was told of the person, in order."""
        query = select(WorryShare).where(WorryShare.case_id == case.id).order_by(WorryShare.number)
        return list(self._session.scalars(query))

    def advise(self, case: Case, words: str) -> bool:
        """Give advice. The words stand on the page of who asked, behind a code; what goes out says that they are there.

        Returns whether a message goes out, else somebody has to call. Raises `StepRefused`.
        """
        self.desk.take(case, "advise", Author.STAFF)
        case.asks_since = None
        self._session.add(
            CaseMessage(case_id=case.id, author=str(Author.STAFF), staff_id=self._staff_id, note=False, at=self._now,
                        text=words)
        )  # fmt: skip
        return self._telling.tell(case, "advised")

    def name(self, case: Case, named: Named, author: Author) -> None:
        """Go on with a name: from now on the person has to be told in time. Raises `StepRefused`."""
        self._name(case, named, author)

    def step(self, case: Case, action: str) -> None:
        """What follows a plain step, taken on a page of its own."""
        if action == "withdraw":
            self.erase(case)
            self._telling.tell(case, "withdrawn")

    def erase(self, case: Case) -> None:
        """Throw away who it is about, with letters to them that did not leave and what was said to others."""
        person = self.person(case)
        if person is None:
            return
        person.name = person.postcode = person.house = person.said = ""
        person.source_hidden_why = person.safety_why = ""
        person.phone, person.erased_at = None, self._now
        for share in self.shares(case):
            share.what = NOTHING
        letters = select(Message.id).where(Message.about == about_for_staff(case.id), Message.channel == "letter")
        throw_away_messages(self._session, self._session.scalars(letters).all())
        self._session.flush()

    def lapse(self, case: Case) -> None:
        """We were too late: the name goes away by itself, and who gave it is told so. Raises `StepRefused`."""
        knew = self._knows(case)
        self.erase(case)
        self.desk.take(case, "lapse", Author.SYSTEM)
        self._telling.tell(case, "stopped" if knew else "lapsed")

    def shown(self, case: Case, reader: Locale) -> dict[str, str]:
        """What the texts for who came to us may name, in the reader's language."""
        return self._telling.facts(case, reader)

    def _knows(self, case: Case) -> bool:
        person = self.person(case)
        return person is not None and person.informed_on is not None

    def _name(self, case: Case, named: Named, author: Author, token: str = "") -> None:
        # Advice can be long ago, and its case put away: with a name it is work again.
        case.closed_at = None
        self.desk.take(case, "name", author)
        self._session.add(
            WorryPerson(
                case_id=case.id, name=named.name, postcode=named.postcode, house=named.house, phone=named.phone,
                said=named.said, source_shown=not named.hidden_why, source_hidden_why=named.hidden_why,
            )
        )  # fmt: skip
        case.team_slug = self._team(named.postcode, named.house) or case.team_slug
        self._session.flush()
        self._telling.tell(case, "named", token)

    def _team(self, postcode: str, house: str = "") -> str | None:
        """The one team at an address, or in an area of four digits."""
        return team_at(self._session.connection(), postcode, house, local_date(self._now)) if postcode else None
