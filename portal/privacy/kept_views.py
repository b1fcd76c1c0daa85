"""What is kept about me, and who looked: for whoever holds a request of any kind and gave the code."""

from datetime import datetime
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.cases import cookies
from portal.cases.drafts import Drafts
from portal.cases.kept import as_text, kept_of
from portal.cases.looking import each_look
from portal.cases.pages import offer_exit_for
from portal.cases.references import spoken
from portal.cases.resources import FollowDesk
from portal.foundation.clock import LOCAL
from portal.foundation.security import Permission
from portal.privacy.follow_views import to_keep, with_code
from portal.privacy.kind import PRIVACY

_ = TranslationStringFactory("portal")
WHY = {
    "work": _("To work on your request"),
    "export": _("To give you a copy of it"),
}


@view_config(
    route_name="privacy.kept", renderer="privacy/kept.jinja2", permission=Permission.READ, request_method="GET"
)
def show_kept(context: FollowDesk, request: Request) -> dict[str, Any]:
    """Everything that is kept with this request, in plain words."""
    visit = with_code(request)
    offer_exit_for(request, visit.case.kind)
    return {"case": visit.case, "reference": spoken(visit.case.reference), "parts": kept_of(request, visit.case),
            "may_correct": visit.case.kind != PRIVACY.code}  # fmt: skip


@view_config(route_name="privacy.kept_file", permission=Permission.READ, request_method="GET")
def give_kept(context: FollowDesk, request: Request) -> Response:
    """The same, as a file of plain text."""
    case = with_code(request).case
    title = request.localizer.translate(_("What is kept about you"))
    text = as_text(f"{title}: {spoken(case.reference)}", kept_of(request, case))
    return to_keep(request, text.encode(), "text/plain", f"{case.reference}.txt")


@view_config(
    route_name="privacy.looked", renderer="privacy/looked.jinja2", permission=Permission.READ, request_method="GET"
)
def show_looked(context: FollowDesk, request: Request) -> dict[str, Any]:
    """Who of the staff opened this request, each time, and why."""
    case = with_code(request).case
    offer_exit_for(request, case.kind)
    looks = each_look(request.looking.connection(), case.id)
    return {"reference": spoken(case.reference), "looks": looks, "why": WHY, "here": _here}


def _here(at: datetime) -> datetime:
    return at.astimezone(LOCAL)


@view_config(route_name="privacy.correct", permission=Permission.FOLLOW, request_method="POST")
def correct(context: FollowDesk, request: Request) -> Any:
    """Something is not right: the form, with what is wanted and the number of this request filled in."""
    case = with_code(request).case
    keep = request.policies["draft_kept"]
    drafts = Drafts(request.db, PRIVACY.code, keep, request.clock.now())
    draft = drafts.make()
    drafts.answer(draft, "wants", {"wants": "correction"})
    drafts.answer(draft, "which", {"what": "", "numbers": spoken(case.reference)})
    path = request.route_path(f"{PRIVACY.code}.question", question="which")
    return cookies.keep(request, HTTPSeeOther(path), cookies.DRAFT, draft.code, keep.span())
