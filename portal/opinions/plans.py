"""Which plan of ours somebody may ask a second opinion of: the newest report of the talk that this browser opened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.request import Request
from sqlalchemy.orm import Session

from portal.accounts.models import Staff
from portal.cases import cookies
from portal.cases.models import Case
from portal.cases.tracking import TrackDesk
from portal.conversations.kind import CONVERSATION
from portal.conversations.plan import newest_report
from portal.foundation.clock import local_date
from portal.opinions.services import Asked


@dataclass(frozen=True)
class OurPlan:
    """A report that was sent: of which case, its number, and its day."""

    case_id: str
    number: int
    on: date


def visited_plan(request: Request) -> OurPlan | None:
    """The plan that is open in this browser; None without a visit, without the code, or without a report."""
    visit = TrackDesk(request.looking, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None or not visit.full or visit.case.kind != CONVERSATION.code:
        return None
    report = newest_report(request.looking, visit.case.id)
    return OurPlan(visit.case.id, report.number, local_date(report.written_at)) if report else None


def asked_of_ours(session: Session, case_id: str, decision_on: date | None) -> Asked:
    """What is known of a plan of ours: who wrote it, who employs them, and their team.

    A talk that was thrown away meanwhile leaves nothing to know.
    """
    case, report = session.get(Case, case_id), newest_report(session, case_id)
    if case is None or report is None:
        return Asked(decision_on=decision_on)
    author = session.get(Staff, report.staff_id)
    written: dict[str, Any] = {"author_name": author.name, "author_employer": author.employer} if author else {}
    return Asked(
        plan_case_id=case.id, plan_number=report.number, plan_on=local_date(report.written_at), team=case.team_slug,
        author_id=report.staff_id, decision_on=decision_on, **written,
    )  # fmt: skip
