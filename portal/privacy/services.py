"""Questions about somebody's data: asked, proved, extended, answered or refused. What was found stands in `items`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.entry import Entry
from portal.cases.models import Case, CaseEvent, Contact, Representative
from portal.cases.services import CaseDesk, Opened
from portal.cases.workflow import Author, NotSo
from portal.foundation.clock import local_date
from portal.foundation.i18n import Locale
from portal.foundation.policies import Policy
from portal.privacy.clock import last_day, may_extend
from portal.privacy.items import Items
from portal.privacy.kind import ANSWER, EXTEND, PRIVACY
from portal.privacy.models import PrivacyRequest
from portal.privacy.telling import Telling


@dataclass(frozen=True)
class Filed:
    """What somebody asks, one of `models.WANTS`, and about what in their own words."""

    wants: str
    what: str


class PrivacyRequests:
    """What happens to questions about data. Flushes; who calls it commits."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], now: datetime, telling: Telling,
        staff_id: int | None = None,
    ) -> None:  # fmt: skip
        self._session, self._policies, self._now = session, policies, now
        self._telling, self._staff_id = telling, staff_id
        self.desk = CaseDesk(session, PRIVACY, policies, now, staff_id)
        self.items = Items(session, self.desk, now, staff_id)

    @property
    def _today(self) -> date:
        return local_date(self._now)

    def file(
        self, send_key: str, answers: dict[str, Any], filed: Filed, contact: Contact, entry: Entry,
        representative: Representative | None = None,
    ) -> Opened:  # fmt: skip
        """Open a question, once per `send_key`. The month of the law begins."""
        opened = self.desk.open(send_key, answers, contact, entry.locale, entry.channel, representative)
        if not opened.new:
            return opened
        row = PrivacyRequest(
            case_id=opened.case.id, wants=filed.wants, what=filed.what, received_on=self._today, proved_at=None
        )
        self._session.add(row)
        self.desk.take(opened.case, "begin", Author.SYSTEM)
        self._telling.tell(opened.case, row, "received", self.due(row), opened.token)
        return opened

    def of(self, case: Case) -> PrivacyRequest:
        """The facts of a question."""
        return self._session.get_one(PrivacyRequest, case.id)

    def due(self, row: PrivacyRequest) -> date:
        """The last day on which it is answered in time."""
        months = self._policies[ANSWER].value + (self._policies[EXTEND].value if row.extended_on else 0)
        return last_day(row.received_on, months)

    def objection_until(self, row: PrivacyRequest) -> date:
        """The last day on which one can object to our answer; of an answer of today as long as there is none."""
        return self._policies["bezwaar_window"].due(row.answered_on or self._today)

    def prove(self, case: Case) -> None:
        """They gave the code that went to the phone or address of the question.

        Raises `StepRefused`, and `NotSo("read")` when a code was read aloud: then nobody knows to whom.
        """
        if self._was_read(case):
            raise NotSo("read")
        row = self.of(case)
        row.proved_at = row.proved_at or self._now
        self.desk.take(case, "prove", Author.RESIDENT)

    def check_identity(self, case: Case, how: str) -> None:
        """Write down how we know who it is; nothing of a paper is kept. Raises `NotSo("code")` and `StepRefused`."""
        row = self.of(case)
        if how == "code" and row.proved_at is None:
            raise NotSo("code")
        row.identity_how, row.identity_by, row.identity_on = how, self._staff_id, self._today
        self.desk.take(case, "check_identity", Author.STAFF)
        self._told(case, "check_identity")

    def extend(self, case: Case, why: str) -> None:
        """Take two months more, once, within the first; it is told with the reason. Raises `NotSo`, `StepRefused`."""
        row, first = self.of(case), self._policies[ANSWER].value
        may_extend(row.received_on, first, row.extended_on is not None, self._today)
        row.extended_on, row.extended_why = self._today, why
        self.desk.take(case, "extend", Author.STAFF)
        rule = f"{first} maand, {self._policies[EXTEND].value} maanden verlengd"
        self.desk.renew(case, ANSWER, self.due(row), rule)
        self._session.flush()
        self._told(case, "extend")

    def answer(self, case: Case, text: str) -> None:
        """Answer; what goes out says that it is there. Raises `NotSo` as `Items.close`, and `StepRefused`."""
        self.items.close(case)
        row = self.of(case)
        row.answer, row.answered_on = text, self._today
        self.desk.take(case, "answer", Author.STAFF)
        self._told(case, "answered")

    def refuse(self, case: Case, why: str) -> None:
        """Say no, with the reason and how to object. Raises `StepRefused`, also when something was thrown away."""
        row = self.of(case)
        if any(item.done_at for item in self.items.of(case)):
            raise NotSo("done")
        row.refused_why, row.answered_on = why, self._today
        self.desk.take(case, "refuse", Author.STAFF)
        self._told(case, "refused")

    def after_step(self, case: Case) -> None:
        """What follows when they take it back on their own page."""
        self._told(case, case.state)

    def shown(self, case: Case, reader: Locale) -> dict[str, str]:
        """What the texts may name, for who reads them in this language."""
        row = self.of(case)
        facts = self._telling.facts(case, row, reader, self.due(row), self.objection_until(row))
        return {**facts, "proved": "yes" if row.proved_at else "", "read": "yes" if self._was_read(case) else ""}

    def _was_read(self, case: Case) -> bool:
        """Whether somebody of the staff read a code of this question aloud."""
        query = select(CaseEvent.id).where(CaseEvent.case_id == case.id, CaseEvent.action == "code")
        return self._session.scalar(query.limit(1)) is not None

    def _told(self, case: Case, moment: str) -> None:
        row = self.of(case)
        self._telling.tell(case, row, moment, self.due(row), until=self.objection_until(row))
