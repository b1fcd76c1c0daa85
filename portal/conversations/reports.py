"""The report and the plan of a conversation: sent, answered by the resident, or written down as they told us.

Only who it is about agrees. Staff write down what they were told, and the resident reads that they did.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.notices import Notices, Surroundings
from portal.cases.services import LONGEST_MESSAGE, MOST_MESSAGES, CaseDesk, TooMuch
from portal.cases.texts import Texts
from portal.cases.workflow import Author
from portal.conversations.kind import CONVERSATION
from portal.conversations.models import Reply, Report
from portal.conversations.plan import last_reply, newest_report
from portal.conversations.telling import Telling
from portal.foundation.clock import local_date
from portal.foundation.i18n import LOCALES
from portal.foundation.policies import Policy

#: What a resident may say of a report: each is a step of the table by that name.
VIEWS = ("agree", "disagree", "remark")
#: What staff may have been told.
HEARD = ("agree", "disagree", "nothing")


class TooEarly(ValueError):
    """The plan is looked at again in the future, not today or before."""


class NotDiscussed(ValueError):
    """Without talking about a personal budget and showing who may help, the law knows no plan."""


class NewerReport(Exception):
    """Another report came since the one that was on the screen."""


class Reports:
    """Reports and what is said of them, in the transaction of the caller."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], texts: Texts, now: datetime, site: Surroundings,
        staff_id: int | None = None,
    ) -> None:  # fmt: skip
        self._session, self._texts, self._now, self._site = session, texts, now, site
        self._staff_id = staff_id
        self._desk = CaseDesk(session, CONVERSATION, policies, now, staff_id)
        self._telling = Telling(session, policies, texts, now, site)

    # Staff

    def send(
        self, case: Case, found: str, plan: str, costs: str, evaluate_on: date, budget_discussed: bool,
        choices_shown: bool,
    ) -> Report:  # fmt: skip
        """Send a report; the one before stays readable. The same once more is the one that is there.

        Raises `TooEarly`, `NotDiscussed`, and `StepRefused` where no report fits.
        """
        before = newest_report(self._session, case.id)
        if before is not None and self.is_sent(case, found, plan, costs, evaluate_on):
            return before
        if evaluate_on <= local_date(self._now):
            raise TooEarly(evaluate_on)
        if not (budget_discussed and choices_shown):
            raise NotDiscussed()
        self._desk.take(case, "report", Author.STAFF)
        report = Report(
            case_id=case.id, number=before.number + 1 if before else 1, staff_id=self._staff_id, written_at=self._now,
            found=found, plan=plan, costs=costs, evaluate_on=evaluate_on, budget_discussed=budget_discussed,
            choices_shown=choices_shown,
        )  # fmt: skip
        case.asks_since = None
        self._session.add(report)
        self._session.flush()
        self._tell(case, "report_sent", report, on_paper=True)
        return report

    def is_sent(self, case: Case, found: str, plan: str, costs: str, evaluate_on: date) -> bool:
        """Whether just this was sent by the same person already, and waits for an answer."""
        newest = newest_report(self._session, case.id)
        if newest is None or case.state != "report_sent" or newest.staff_id != self._staff_id:
            return False
        return (newest.found, newest.plan, newest.costs, newest.evaluate_on) == (found, plan, costs, evaluate_on)

    def heard(self, case: Case, view: str, text: str) -> None:
        """Write down what the resident told us of the newest report. They get a message that says so.

        `view` is one of `HEARD`. Written down twice is once. Raises `StepRefused` where it does not fit.
        """
        if self.is_heard(case, view, text):
            return
        self._desk.take(case, f"heard_{view}", Author.STAFF)
        newest = newest_report(self._session, case.id)
        if newest is not None:  # there is one: no other state leads here
            self._add(case, newest.number, view, text)
        self._tell(case, f"heard_{view}", newest)

    def is_heard(self, case: Case, view: str, text: str) -> bool:
        """Whether just this was the last that was written down, by the same person."""
        newest, said = newest_report(self._session, case.id), last_reply(self._session, case.id)
        return newest is not None and self._is_said(said, newest.number, view, text)

    # The resident

    def reply(self, case: Case, number: int, view: str, text: str, author: Author = Author.RESIDENT) -> None:
        """What the resident says of the report with this number; `view` is one of `VIEWS`. Said twice is once.

        Raises `NewerReport` when it is not the newest, `StepRefused` where the view does not fit or is not theirs to
        give, and `TooMuch`. Then nothing was written.
        """
        newest = newest_report(self._session, case.id)
        if newest is None or number != newest.number:
            raise NewerReport()
        if self._is_said(last_reply(self._session, case.id), number, view, text):
            return
        if self._count(case) >= MOST_MESSAGES:
            raise TooMuch()
        self._desk.take(case, view, author)
        self._add(case, number, view, text)
        if view == "remark":  # a plan that is not agreed is ours anyhow; a remark would wait unseen
            case.asks_since = case.asks_since or self._now
            self._session.flush()
            return
        self._tell(case, case.state, newest, on_paper=view == "agree")

    def _is_said(self, said: Reply | None, number: int, view: str, text: str) -> bool:
        now = (number, view, text[:LONGEST_MESSAGE], self._staff_id)
        return said is not None and (said.number, said.view, said.text, said.staff_id) == now

    def _count(self, case: Case) -> int:
        query = select(func.count()).select_from(Reply).where(Reply.case_id == case.id, Reply.staff_id.is_(None))
        return self._session.scalar(query) or 0

    def _add(self, case: Case, number: int, view: str, text: str) -> None:
        self._session.add(
            Reply(
                case_id=case.id, number=number, at=self._now, view=view, text=text[:LONGEST_MESSAGE],
                staff_id=self._staff_id,
            )
        )  # fmt: skip
        if self._staff_id is not None:
            case.asks_since = None
        self._session.flush()

    def _tell(self, case: Case, moment: str, report: Report | None, *, on_paper: bool = False) -> None:
        """A mail says that there is something to read; a letter, in its envelope, holds the words themselves."""
        reader = LOCALES[case.locale]
        link = self._site.base_url + self._site.path("cases.find", locale=reader.segment)
        facts = {**self._telling.facts(case, None, reader), "link": link}
        if report is not None:
            facts |= {"found": report.found, "plan": report.plan, "costs": report.costs}
        notices = Notices(self._session, self._texts, self._now)
        notices.tell(case, moment, facts, letter=f"{moment}_letter" if on_paper else None)
