"""What is known of the report and the plan of a conversation: the newest, what was said of it, and which ways are open.

Reads only; who writes is `reports`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseEvent
from portal.conversations.models import Reply, Report
from portal.foundation.clock import local_date
from portal.foundation.i18n import Locale
from portal.foundation.policies import Policy
from portal.ui.dates import day_and_year

#: How long we may take to decide when somebody applies.
DECISION = "decision_on_application"
#: What happened when the six weeks were over.
MAY_APPLY = "may_apply"
#: A fact that is not there.
NOTHING = "–"


def reports_of(session: Session, case_id: str) -> Sequence[Report]:
    """Every report of a case, the newest first."""
    return session.scalars(select(Report).where(Report.case_id == case_id).order_by(Report.number.desc())).all()


def newest_report(session: Session, case_id: str) -> Report | None:
    """The report that counts: the last one that was sent."""
    query = select(Report).where(Report.case_id == case_id).order_by(Report.number.desc()).limit(1)
    return session.scalar(query)


def replies_of(session: Session, case_id: str) -> Sequence[Reply]:
    """All that was said of the reports of a case, the oldest first."""
    return session.scalars(select(Reply).where(Reply.case_id == case_id).order_by(Reply.id)).all()


def last_reply(session: Session, case_id: str) -> Reply | None:
    """What was said last."""
    query = select(Reply).where(Reply.case_id == case_id).order_by(Reply.id.desc()).limit(1)
    return session.scalar(query)


def may_apply(session: Session, case_id: str) -> bool:
    """Whether the six weeks went by without a report: from then on somebody may apply for help at once."""
    query = select(CaseEvent.id).where(CaseEvent.case_id == case_id, CaseEvent.action == MAY_APPLY)
    return session.scalar(query.limit(1)) is not None


def ways_are_open(session: Session, case: Case) -> bool:
    """Whether the page with the four ways on is theirs: the last they said is no, or we were too late.

    It stays when the request is finished: who does not agree has not lost anything by that.
    """
    said = last_reply(session, case.id)
    return (said is not None and said.view == "disagree") or may_apply(session, case.id)


def plan_facts(
    session: Session, policies: Mapping[str, Policy], case: Case, now: datetime, reader: Locale
) -> dict[str, str]:
    """What texts and pages may name of it, in the reader's language; nothing of what the report says.

    `report`, `late` and `ways` are empty where it is not so. `status_moment` names the words for the screen
    where the state alone does not know better.
    """
    report = newest_report(session, case.id)
    late = report is None and case.closed_at is None and may_apply(session, case.id)
    return {
        "today": day_and_year(local_date(now), reader),
        "decide_by": day_and_year(policies[DECISION].due(now), reader),
        "report_on": day_and_year(report.written_at, reader) if report else NOTHING,
        "evaluate_on": day_and_year(report.evaluate_on, reader) if report else NOTHING,
        "report": "yes" if report else "", "late": "yes" if late else "", "status_moment": MAY_APPLY if late else "",
        "ways": "yes" if ways_are_open(session, case) else "",
    }  # fmt: skip
