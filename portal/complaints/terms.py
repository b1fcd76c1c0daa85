"""The clock of one complaint in the database: what it stands at, and every change of it with its reason and letter."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.services import CaseDesk
from portal.cases.workflow import Author, NotSo, StepRefused
from portal.complaints.clock import Course, Pause, Weeks, last_day, may_agree, may_extend, may_pause
from portal.complaints.kind import AGAIN, COMPLAINT, DECIDE
from portal.complaints.models import Complaint, ComplaintWait
from portal.foundation.clock import local_date
from portal.foundation.policies import Policy


def weeks_of(policies: Mapping[str, Policy]) -> Weeks:
    """The weeks of the law as they hold on the day that the policies were read."""
    return Weeks(
        policies["complaint_decide"].value, policies["complaint_decide_committee"].value,
        policies["complaint_extend"].value,
    )  # fmt: skip


class Terms:
    """The clock of complaints. Flushes; who calls it tells the people and commits."""

    def __init__(self, session: Session, desk: CaseDesk, policies: Mapping[str, Policy], now: datetime) -> None:
        self._session, self._desk, self._now = session, desk, now
        self._weeks = weeks_of(policies)

    @property
    def _today(self) -> date:
        return local_date(self._now)

    def course(self, complaint: Complaint) -> Course:
        """Everything that decides on the last day; what the complainant did not agree to is no part of it."""
        waits = [wait for wait in self.waits(complaint.case_id) if wait.agreed]
        pauses = tuple(
            Pause(wait.first, wait.until, local_date(wait.answered_at))
            for wait in waits
            if wait.first is not None and wait.answered_at is not None
        )
        return Course(
            complaint.received_on, complaint.committee, complaint.extended_on is not None, pauses,
            max((wait.until for wait in waits if wait.first is None), default=None),
        )  # fmt: skip

    def due(self, complaint: Complaint) -> date:
        """The last day on which it is dealt with in time."""
        return last_day(self.course(complaint), self._weeks)

    def promised(self, case: Case, complaint: Complaint) -> date:
        """The last day that stands now: of the law, or, when we look once more, the one that we then promised."""
        again = (term.due_on for term in self._desk.open_terms(case) if term.key == AGAIN)
        return next(again, self.due(complaint))

    def runs(self, case: Case) -> bool:
        """Whether the weeks of the law still run; after our answer nothing makes them longer."""
        return any(term.key == DECIDE for term in self._desk.open_terms(case))

    def _must_run(self, case: Case) -> None:
        if not self.runs(case):
            raise NotSo("late")

    def waits(self, case_id: str) -> list[ComplaintWait]:
        """All the times that more time was asked for."""
        query = select(ComplaintWait).where(ComplaintWait.case_id == case_id).order_by(ComplaintWait.number)
        return list(self._session.scalars(query))

    def asked(self, case_id: str) -> ComplaintWait | None:
        """The question for more time that is not answered yet."""
        return next((wait for wait in self.waits(case_id) if wait.answered_at is None), None)

    def extend(self, case: Case, complaint: Complaint, why: str) -> date:
        """Take the four weeks of article 9:11(2); returns the new last day. Raises `NotSo` and `StepRefused`."""
        if case.state in COMPLAINT.closed:
            raise StepRefused("complaint: closed")
        self._must_run(case)
        may_extend(self.course(complaint), self._weeks, self._today)
        complaint.extended_on, complaint.extended_why = self._today, why
        self._desk.take(case, "extend", Author.STAFF)
        return self._renew(case, complaint)

    def with_committee(self, case: Case, complaint: Complaint) -> date:
        """An advisory committee gives advice: ten weeks in the place of six. Raises `NotSo("twice")`."""
        if complaint.committee:
            raise NotSo("twice")
        self._must_run(case)
        complaint.committee = True
        return self._renew(case, complaint)

    def ask(self, case: Case, complaint: Complaint, until: date, why: str, first: date | None = None) -> None:
        """Ask the complainant for more time; nothing changes before they agree. Raises `NotSo`, `twice` included."""
        course = self.course(complaint)
        self._must_run(case)
        if self.asked(case.id) is not None:
            raise NotSo("twice")
        if first is None:
            may_agree(course, self._weeks, until)
        else:
            may_pause(course, self._weeks, Pause(first, until, self._today), self._today)
        number = self._session.scalar(select(func.count()).where(ComplaintWait.case_id == case.id)) or 0
        self._session.add(
            ComplaintWait(case_id=case.id, number=number + 1, first=first, until=until, why=why, asked_at=self._now)
        )
        self._desk.take(case, "ask_more", Author.STAFF)

    def answer(self, case: Case, complaint: Complaint, author: Author, *, agreed: bool) -> date:
        """What the complainant says to it; returns the last day from now on. Raises `NotSo("none")`, or `late`.

        A pause that would begin before today begins today: days that went by have counted.
        """
        wait = self.asked(case.id)
        if wait is None:
            raise NotSo("none")
        self._must_run(case)
        if agreed and wait.first is not None:
            wait.first = max(wait.first, self._today)
            if wait.until < wait.first:
                raise NotSo("late")
        wait.answered_at, wait.agreed = self._now, agreed
        self._desk.take(case, "agree_more" if agreed else "refuse_more", author)
        return self._renew(case, complaint) if agreed else self.due(complaint)

    def _renew(self, case: Case, complaint: Complaint) -> date:
        """Write the new last day beside the old one, which stays readable."""
        self._session.flush()
        course = self.course(complaint)
        due = last_day(course, self._weeks)
        self._desk.renew(case, DECIDE, due, self._rule(course))
        self._session.flush()
        return due

    def _rule(self, course: Course) -> str:
        parts = [f"{self._weeks.committee if course.committee else self._weeks.plain} weken"]
        if course.extended:
            parts.append(f"{self._weeks.extension} weken verdaagd")
        if course.pauses:
            parts.append("gewacht met instemming")
        if course.agreed_until:
            parts.append(f"met instemming tot {course.agreed_until:%d-%m-%Y}")
        return ", ".join(parts)
