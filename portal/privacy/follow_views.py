"""What who asked about their data does and reads: that it is them, our answer, and the file; all with a code."""

import json
from contextlib import suppress
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.cases import cookies
from portal.cases.references import spoken
from portal.cases.resources import FollowDesk
from portal.cases.tracking import TrackDesk, Visit
from portal.cases.workflow import NotSo, StepRefused
from portal.foundation.headers import SANDBOX
from portal.foundation.security import Permission
from portal.privacy.kind import ENDED, PRIVACY
from portal.privacy.labels import BECAME
from portal.privacy.sending import service


def visited(request: Request) -> Visit:
    """The visit of this browser to a request; without one, back to where a request is found."""
    visit = TrackDesk(request.looking, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None:
        raise HTTPSeeOther(request.route_path("cases.find"))
    return visit


def with_code(request: Request) -> Visit:
    """The same; who has not given the code is asked for it."""
    visit = visited(request)
    if not visit.full:
        raise HTTPSeeOther(request.route_path("cases.code"))
    return visit


def to_keep(request: Request, body: bytes, media_type: str, name: str) -> Response:
    """A file that a browser keeps and never shows as a page of ours."""
    request.environ["portal.content_security_policy"] = SANDBOX
    return Response(
        body=body, content_type=media_type, charset="UTF-8" if media_type.startswith("text/") else None,
        content_disposition=f'attachment; filename="{name}"', cache_control="no-store",
    )  # fmt: skip


def _of_this_kind(visit: Visit, request: Request) -> Visit:
    if visit.case.kind != PRIVACY.code:
        raise HTTPSeeOther(request.route_path("cases.status"))
    return visit


@view_config(route_name="privacy.prove", permission=Permission.FOLLOW, request_method="POST")
def prove(context: FollowDesk, request: Request) -> Any:
    """Who gave the code says that they asked this themselves."""
    visit = _of_this_kind(with_code(request), request)
    with suppress(StepRefused, NotSo):  # somebody saw to it meanwhile
        service(request).prove(visit.case)
    return HTTPSeeOther(request.route_path("cases.status"))


@view_config(
    route_name="privacy.outcome", renderer="privacy/outcome.jinja2", permission=Permission.READ, request_method="GET"
)
def show_outcome(context: FollowDesk, request: Request) -> Any:
    """Our answer. It is personal: who has not given the code is asked for it."""
    visit = _of_this_kind(visited(request), request)
    if visit.case.state not in ENDED:
        return HTTPSeeOther(request.route_path("cases.status"))
    questions = service(request)
    items = questions.items.of(visit.case) if visit.full else []
    return {
        "case": visit.case, "reference": spoken(visit.case.reference), "full": visit.full, "spoken": spoken,
        "row": questions.of(visit.case), "facts": questions.shown(visit.case, request.locale), "became": BECAME,
        "items": [one for one in items if one.decision], "kinds": request.registry.case_kinds,
        "has_file": any(one.decision == "given" for one in items),
    }  # fmt: skip


@view_config(route_name="privacy.file", permission=Permission.READ, request_method="GET")
def give_file(context: FollowDesk, request: Request) -> Response:
    """Everything that is given, as a file that other organisations can read. Never by mail."""
    visit = _of_this_kind(with_code(request), request)
    if visit.case.state != "answered":
        raise HTTPNotFound()
    said = service(request).items.file(visit.case, request.site.profile.organisation)
    body = json.dumps(said, ensure_ascii=False, indent=2).encode()
    return to_keep(request, body, "application/json", "mijn-gegevens.json")
