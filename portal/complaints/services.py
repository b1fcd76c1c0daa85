"""Complaints: told, kept from whom they are about, passed on, or left with a reason. Their end stands in `outcomes`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.entry import Entry
from portal.cases.models import Case, Contact, Representative
from portal.cases.services import CaseDesk, Opened
from portal.cases.walls import Walls, behind
from portal.cases.workflow import Author, NotSo
from portal.complaints.concerned import Concerned
from portal.complaints.kind import COMPLAINT
from portal.complaints.models import Complaint, ComplaintPart
from portal.complaints.reading_back import is_read_back
from portal.complaints.telling import Telling
from portal.complaints.terms import Terms
from portal.foundation.clock import local_date
from portal.foundation.i18n import Locale
from portal.foundation.policies import Policy


@dataclass(frozen=True)
class Filed:
    """What a complaint is about. `team` is kept out of it; `parts` are the things somebody complains of, one each."""

    about: str
    parts: Sequence[str]
    team: str | None = None
    anonymous: bool = False
    decision_on: date | None = None


class Complaints:
    """What happens to complaints. Flushes; who calls it commits."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], now: datetime, telling: Telling,
        staff_id: int | None = None,
    ) -> None:  # fmt: skip
        self._session, self._policies, self._now = session, policies, now
        self._telling, self._staff_id = telling, staff_id
        self.desk = CaseDesk(session, COMPLAINT, policies, now, staff_id)
        self.terms = Terms(session, self.desk, policies, now)
        self._walls = Walls(session, now, local_date(now))
        self.concerned = Concerned(session, policies, telling.site, now, staff_id)

    def file(
        self, send_key: str, answers: dict[str, Any], filed: Filed, contact: Contact, entry: Entry,
        representative: Representative | None = None,
    ) -> Opened:  # fmt: skip
        """Open a complaint, once per `send_key`. The weeks of the law begin; the team it is about never sees it."""
        opened = self.desk.open(send_key, answers, contact, entry.locale, entry.channel, representative)
        if not opened.new:
            return opened
        case = opened.case
        complaint = Complaint(
            case_id=case.id, about=filed.about, received_on=local_date(self._now), anonymous=filed.anonymous,
            decision_on=filed.decision_on,
        )  # fmt: skip
        self._session.add(complaint)
        self._session.add_all(
            ComplaintPart(case_id=case.id, number=number, said=said) for number, said in enumerate(filed.parts, 1)
        )
        self._session.flush()
        if filed.team:
            self._walls.build(case, team=filed.team)
        self.desk.take(case, "begin", Author.SYSTEM)
        moment = "spoken" if is_read_back(case.channel, anonymous=filed.anonymous) else "received"
        due = self.terms.due(complaint)
        self._telling.tell(case, complaint, moment, due, token=opened.token, said=filed.parts)
        return opened

    def of(self, case: Case) -> Complaint:
        """The facts of a complaint."""
        return self._session.get_one(Complaint, case.id)

    def parts(self, case: Case) -> list[ComplaintPart]:
        """The things it is about, in order."""
        query = select(ComplaintPart).where(ComplaintPart.case_id == case.id).order_by(ComplaintPart.number)
        return list(self._session.scalars(query))

    def step(self, case: Case, action: str) -> None:
        """Take a plain step of the staff and tell who complained. Raises `StepRefused`."""
        self.desk.take(case, action, Author.STAFF)
        self.told(case, action)

    def after_step(self, case: Case, action: str) -> None:
        """What follows a step that who complained took on their own page."""
        self.told(case, action)

    def shown(self, case: Case, reader: Locale) -> dict[str, str]:
        """What the texts about a complaint may name, for who reads them in this language."""
        complaint = self.of(case)
        facts = self._telling.facts(case, complaint, reader, self.terms.promised(case, complaint))
        asks = self.terms.asked(case.id) is not None and self.terms.runs(case)
        return {**facts, "asks_more": "yes" if asks else ""}

    def told(self, case: Case, action: str, **more: Any) -> None:
        """Tell who complained what happened; the words are those of the action, or else of the state it led to."""
        complaint = self.of(case)
        self._telling.after(case, complaint, action, due=self.terms.promised(case, complaint), **more)

    def objection_until(self, case: Case) -> date | None:
        """The last day for objection to the decision that it also is about; None when it is about none we know."""
        return self._telling.objection_until(self.of(case).decision_on)

    def extend(self, case: Case, why: str) -> None:
        """Take four weeks more, once; both sides are told in writing. Raises `NotSo` and `StepRefused`."""
        self.terms.extend(case, self.of(case), why)
        self.told(case, "extend", why=why)
        self.concerned.say(case, "extended", {"due": self.terms.due(self.of(case))})

    def ask_more(self, case: Case, until: date, why: str, first: date | None = None) -> None:
        """Ask for more time, or for days that do not count. Raises `NotSo` and `StepRefused`."""
        self.terms.ask(case, self.of(case), until, why, first)
        self.told(case, "ask_more", why=why, until=until)

    def with_committee(self, case: Case) -> None:
        """A committee gives advice: the term of the law is longer, and who complained hears it. Raises `NotSo`."""
        self.terms.with_committee(case, self.of(case))
        self.told(case, "committee")

    def answer_more(self, case: Case, author: Author, *, agreed: bool) -> None:
        """What who complained says to that. Raises `NotSo` and `StepRefused`."""
        self.terms.answer(case, self.of(case), author, agreed=agreed)
        self.told(case, "agree_more" if agreed else "refuse_more")

    def keep_from(self, case: Case, *, staff_id: int | None = None, team: str | None = None) -> None:
        """Keep it from somebody who turns out to be involved, or from their team. Raises `NotSo("self")`."""
        self._keep_from(case, staff_id, team)
        self.desk.take(case, "keep_from", Author.STAFF)

    def _keep_from(self, case: Case, staff_id: int | None, team: str | None) -> None:
        names, teams = {staff_id} if staff_id is not None else set(), {team} if team is not None else set()
        if self._staff_id in behind(self._session.connection(), names, teams, local_date(self._now)):
            raise NotSo("self")  # they would be outside at once, and nobody would know why it lies still
        self._walls.build(case, staff_id=staff_id, team=team)

    def tell_concerned(self, case: Case, *, staff_id: int | None = None, team: str | None = None) -> None:
        """Tell somebody, or who leads a team, that it is about them (article 9:9); from then on they never see it.

        Raises `NotSo`: `owner` when nobody has it in hand, `self`, `known` when they were told, `nobody` to tell.
        """
        if case.owner_id is None:
            raise NotSo("owner")
        people = {staff_id} if staff_id is not None else self.concerned.who_leads(str(team))
        self._keep_from(case, staff_id, team)
        self.concerned.tell(case, people, self.of(case), self.parts(case))
        self.desk.take(case, "tell_concerned", Author.STAFF)

    def leave(self, case: Case, ground: str, why: str) -> None:
        """Do not handle it, by article 9:8, within four weeks. Raises `NotSo("late")`: after that it is handled."""
        complaint = self.of(case)
        if local_date(self._now) > self._policies["complaint_not_handled_notice"].due(complaint.received_on):
            raise NotSo("late")
        complaint.ground, complaint.why = ground, why
        self.desk.take(case, "not_handle", Author.STAFF)
        self.told(case, "not_handle", why=why)

    def forward(self, case: Case, to: str, why: str) -> None:
        """Pass it on to who can handle it; who complained is told to whom, and why."""
        complaint = self.of(case)
        complaint.forwarded_to, complaint.why = to, why
        self.desk.take(case, "forward", Author.STAFF)
        self.told(case, "forward", to=to, why=why)
