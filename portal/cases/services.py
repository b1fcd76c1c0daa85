"""Open a case and take its steps: the only place that changes one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.cases.events import add_event
from portal.cases.models import NEVER, AccessKey, Case, CaseMessage, Contact, Representative, Term
from portal.cases.references import hashed, new_id, new_reference, new_token
from portal.cases.workflow import Actor, Author, CaseKind, StepRefused
from portal.foundation.clock import local_date
from portal.foundation.policies import Policy

#: How long the link in a message opens the case; as long as a case may take.
LINK_LASTS = timedelta(days=400)
LONGEST_MESSAGE = 1000
#: As long as the words about a rule may be.
LONGEST_RULE = 60
MOST_MESSAGES = 20


class TooMuch(Exception):
    """More messages than one case can hold."""


@dataclass(frozen=True)
class Opened:
    """A case that was opened now, or that was there already; `token` is for the link and is told only once."""

    case: Case
    token: str
    new: bool


class CaseDesk:
    """Opens cases of one kind and moves them along."""

    def __init__(
        self, session: Session, kind: CaseKind, policies: Mapping[str, Policy], now: datetime,
        staff_id: int | None = None,
    ) -> None:  # fmt: skip
        self._session, self._kind, self._policies, self._now = session, kind, policies, now
        self._staff_id = staff_id

    @property
    def today(self) -> date:
        """The date here."""
        return local_date(self._now)

    def open(
        self, send_key: str, answers: dict[str, Any], contact: Contact, locale: str, channel: str = "web",
        representative: Representative | None = None, team: str | None = None,
    ) -> Opened:  # fmt: skip
        """Open a case, once per `send_key`: sent again, the same case comes back.

        `team` is the slug of the team at the address; without one the coordinators of all teams see it.
        """
        token = new_token()
        known = self._session.scalar(select(Case).where(Case.send_key == send_key))
        if known is not None:
            return Opened(known, "", new=False)
        case = Case(
            id=new_id(), reference=self._free_reference(), send_key=send_key, kind=self._kind.code,
            state=self._kind.first, channel=channel, locale=locale, answers=answers, received_at=self._now,
            moved_at=self._now, team_slug=team, sort_on=NEVER,
        )  # fmt: skip
        try:
            with self._session.begin_nested():
                self._session.add(case)
        except IntegrityError:  # the same form, sent twice in the same moment
            twin = self._session.scalar(select(Case).where(Case.send_key == send_key))
            if twin is None:
                raise
            return Opened(twin, "", new=False)
        contact.case_id = case.id
        self._session.add(contact)
        if representative is not None:
            representative.case_id = case.id
            self._session.add(representative)
        self._session.add(
            AccessKey(
                hash=hashed(token), case_id=case.id, purpose="follow", full=False, expires_at=self._now + LINK_LASTS
            )
        )
        author = Author.REPRESENTATIVE if representative else Author.RESIDENT
        self._note("open", case, Author.STAFF if self._staff_id else author, "")
        self._session.flush()
        return Opened(case, token, new=True)

    def take(self, case: Case, action: str, author: Author, reason: str | None = None) -> None:
        """Take a step. Raises `StepRefused`; two at once: the second gets StaleDataError and is tried again."""
        step = self._kind.step(action, case.state, author, case.answers)
        before, case.state, case.moved_at = case.state, step.to, self._now
        if step.to in self._kind.closed:
            case.closed_at, case.asks_since = self._now, None
            self._end_terms(case)
        self._end_terms(case, step.ends)
        for key in step.starts:
            self._start_term(case, key)
        self._set_due(case)
        self._note(action, case, author, before, reason)
        self._session.flush()

    def say(self, case: Case, author: Author, text: str) -> None:
        """Add a message of the resident's side to a case; it waits for an answer.

        Raises `TooMuch`, and `StepRefused` when the case is closed: nobody would read it.
        """
        if case.state in self._kind.closed:
            raise StepRefused(f"{self._kind.code}: closed")
        count = self._session.scalar(
            select(func.count()).select_from(CaseMessage).where(
                CaseMessage.case_id == case.id, CaseMessage.author != str(Author.STAFF)
            )
        )  # fmt: skip
        if (count or 0) >= MOST_MESSAGES:
            raise TooMuch()
        self._session.add(CaseMessage(case_id=case.id, author=str(author), at=self._now, text=text[:LONGEST_MESSAGE]))
        case.asks_since = case.asks_since or self._now
        self._note("message", case, author, case.state)
        self._session.flush()

    def renew(self, case: Case, key: str, due_on: date, rule: str) -> None:
        """Give a promise that is open another last day: the old one is ended and stays readable, the new one begins.

        Raises KeyError when no such promise is open: what is over is not made longer.
        """
        before = next((term for term in self.open_terms(case) if term.key == key), None)
        if before is None:
            raise KeyError(key)
        before.ended_on = self.today
        self._session.add(
            Term(
                case_id=case.id, key=key, number=before.number + 1, started_on=before.started_on, due_on=due_on,
                rule=rule[:LONGEST_RULE], legal_basis=before.legal_basis,
            )
        )  # fmt: skip
        self._set_due(case)

    def open_terms(self, case: Case) -> Sequence[Term]:
        """The promises that still have to be kept, the first due first."""
        query = select(Term).where(Term.case_id == case.id, Term.ended_on.is_(None)).order_by(Term.due_on)
        return self._session.scalars(query).all()

    def _start_term(self, case: Case, key: str) -> None:
        policy = self._policies[key]
        number = self._session.scalar(
            select(func.count()).select_from(Term).where(Term.case_id == case.id, Term.key == key)
        )
        self._session.add(
            Term(
                case_id=case.id, key=key, number=(number or 0) + 1, started_on=self.today, due_on=policy.due(self._now),
                rule=f"{policy.value} {policy.unit}", legal_basis=policy.legal_basis,
            )
        )  # fmt: skip

    def _end_terms(self, case: Case, keys: Sequence[str] | None = None) -> None:
        for term in self.open_terms(case):
            if keys is None or term.key in keys:
                term.ended_on = self.today

    def _set_due(self, case: Case) -> None:
        """What is promised first, beside the case: an inbox of thousands is sorted by it."""
        self._session.flush()
        first = next(iter(self.open_terms(case)), None)
        case.due_from, case.due_on = (first.started_on, first.due_on) if first else (None, None)
        case.sort_on = case.due_on or NEVER

    def _note(self, action: str, case: Case, author: Author, before: str, reason: str | None = None) -> None:
        add_event(self._session, case, action, Actor(author, self._staff_id), before, self._now, reason)

    def _free_reference(self) -> str:
        while True:
            reference = new_reference()
            if self._session.scalar(select(Case.id).where(Case.reference == reference)) is None:
                return reference
