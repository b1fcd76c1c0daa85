"""What the desk shows of the report and the plan: the newest, what was said of it, and the next step."""

from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.looking import names_of_staff
from portal.cases.models import Case
from portal.cases.workflow import Author
from portal.conversations.kind import CONVERSATION
from portal.conversations.plan import may_apply, newest_report, replies_of
from portal.conversations.reports import HEARD

_ = TranslationStringFactory("portal")
#: What was said, in words: by themselves, and written down by us.
SAID = {
    "agree": _("agrees with the plan"),
    "disagree": _("does not agree with the plan"),
    "remark": _("something is not right or is missing"),
    "nothing": _("did not say"),
}


def views_to_hear(case: Case) -> list[str]:
    """What a resident may have told us as the case stands."""
    return [one for one in HEARD if CONVERSATION.may(f"heard_{one}", case.state, Author.STAFF, case.answers)]


def plan_panel(request: Request, case: Case) -> dict[str, Any]:
    """The newest report with who wrote it, the replies, and which steps can be taken."""
    session = request.looking
    report, replies = newest_report(session, case.id), replies_of(session, case.id)
    ids = {one.staff_id for one in replies if one.staff_id} | ({report.staff_id} if report else set())
    names = names_of_staff(session.connection(), ids)
    return {
        "report": report, "author": names.get(report.staff_id, "–") if report else "",
        "replies": [(reply, SAID[reply.view], names.get(reply.staff_id or 0, "")) for reply in replies],
        "may_report": CONVERSATION.may("report", case.state, Author.STAFF, case.answers),
        "may_hear": bool(views_to_hear(case)), "late": may_apply(session, case.id) and report is None,
    }  # fmt: skip
