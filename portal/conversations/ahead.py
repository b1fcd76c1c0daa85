"""What pages show of what cannot wait, of an earlier moment, and of our tries to reach somebody."""

from typing import Any

from pyramid.request import Request

from portal.cases.models import Case
from portal.cases.workflow import Author
from portal.conversations.choosing import written
from portal.conversations.kind import CONVERSATION
from portal.conversations.sending import service
from portal.conversations.talks import Talks
from portal.conversations.telling import shown
from portal.conversations.tries import WAYS, tries_of


def ahead_facts(request: Request, case: Case) -> dict[str, str]:
    """For who follows a request, in their language; what is not there is empty."""
    talks = service(request)
    urgent = talks.urgent_by(case) is not None
    return {
        "urgent": _yes(urgent),
        "may_urge": _yes(not urgent and CONVERSATION.may("urgent", case.state, Author.RESIDENT, case.answers)),
        **_earlier(request, talks, case),
    }


def _earlier(request: Request, talks: Talks, case: Case) -> dict[str, str]:
    kept = talks.waiting.kept(case.id)
    return {
        "may_wait": _yes(talks.may_wait(case)), "waits": _yes(talks.waiting.waits(case.id)),
        "earlier": shown(kept.starts_at, request.locale) if kept else "",
        "earlier_until": shown(kept.hold_until, request.locale) if kept and kept.hold_until else "",
        "earlier_value": written(kept.starts_at) if kept else "",
    }  # fmt: skip


def ahead_panel(request: Request, case: Case) -> dict[str, Any]:
    """For the desk."""
    talks = service(request)
    return {
        "urgent_by": talks.urgent_by(case), **_earlier(request, talks, case), "reached_by": talks.reached_by(case),
        "may_try": CONVERSATION.may("tried", case.state, Author.STAFF, case.answers),
        "tries": tries_of(request.looking, case.id), "ways": dict(WAYS),
    }  # fmt: skip


def _yes(found: bool) -> str:
    return "yes" if found else ""
