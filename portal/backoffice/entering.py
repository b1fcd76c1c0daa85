"""Write down a request for somebody who calls, comes by or writes: every form there is, with one question more."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from portal.backoffice.asked import kinds_of, teams_by_slug
from portal.cases import cookies
from portal.cases.models import Case
from portal.cases.references import read_reference, spoken
from portal.cases.resources import Inbox
from portal.cases.scope import visible_to
from portal.foundation.security import Permission


@view_config(
    route_name="desk.enter", renderer="backoffice/enter.jinja2", permission=Permission.CASE_LIST, request_method="GET"
)
def show_enter(context: Inbox, request: Request) -> dict[str, Any]:
    """Which form; and of a request that one does not see: its number, to tell, and who has it now."""
    number = read_reference(request.GET.get("nummer", ""))
    team = teams_by_slug(request).get(request.GET.get("team", ""))
    kind = kinds_of(request).get(request.GET.get("soort", ""))
    return {
        "doors": request.registry.desk_forms, "number": spoken(number) if number else None, "team": team,
        "apart": kind is not None and not kind.seen_in_team,
    }  # fmt: skip


@view_config(route_name="desk.enter", permission=Permission.CASE_ENTER, request_method="POST")
def begin(context: Inbox, request: Request) -> Any:
    """Begin with an empty form: whatever was written down before for another caller is left alone."""
    form = request.registry.desk_forms.get(request.POST.get("kind", ""))
    if form is None:
        raise HTTPNotFound()
    first = form.path(request, "question", question=form.questions[0].name)
    return cookies.drop(request, HTTPSeeOther(first), cookies.DESK_DRAFT)


def path_after_entering(request: Request, reference: str, done: str) -> str:
    """Where staff go on: to the case, or, when they do not see it, to its number and who has it now."""
    team, kind, seen = request.db.execute(
        select(Case.team_slug, Case.kind, visible_to(request.identity, kinds_of(request).values())).where(
            Case.reference == reference
        )
    ).one()
    if seen:
        return str(request.route_path("desk.case", reference=reference, _query={done: "1"}))
    return str(request.route_path("desk.enter", _query={"nummer": reference, "team": team or "", "soort": kind}))
