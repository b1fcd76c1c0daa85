"""Sending a document along with one's request, and taking it away again."""

from contextlib import suppress
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy.orm import Session

from portal.attachments.kinds import HEAD, how_to_wash
from portal.attachments.labels import NOTHING_CHOSEN, why_not
from portal.attachments.places import shown_to_resident
from portal.attachments.rules import Limits, Refused
from portal.attachments.scanner import Scanner
from portal.attachments.services import Attachments
from portal.attachments.vault import Vault
from portal.attachments.washing import Washed, wash, way_of
from portal.cases import cookies, limits
from portal.cases.resources import FollowDesk
from portal.cases.tracking import TrackDesk, Visit
from portal.cases.workflow import Actor, Author, StepRefused
from portal.foundation.db import reading, writing
from portal.foundation.security import Permission
from portal.foundation.uploads import Upload

#: Documents that may be tried a quarter of an hour for one request: each costs us seconds of work.
TRIES = 20
RESIDENT = Actor(Author.RESIDENT)


def vault_of(request: Request) -> Vault:
    """The keys of this municipality."""
    return Vault(request.site.settings.attachment_keys)


def visit_of(request: Request, session: Session | None = None) -> Visit:
    """The visit of this browser, to a request that takes documents; without one, back to where a request is found."""
    token = cookies.read(request, cookies.VISIT)
    visit = TrackDesk(session or request.looking, request.clock.now()).current(token)
    if visit is None:
        raise HTTPSeeOther(request.route_path("cases.find"))
    if not request.registry.case_kinds[visit.case.kind].documents:
        raise HTTPSeeOther(request.route_path("cases.status"))
    return visit


def _back(request: Request) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("cases.status", _anchor="documents"))


@view_config(
    route_name="attachments.documents", renderer="attachments/documents.jinja2", permission=Permission.READ,
    request_method="GET",
)  # fmt: skip
def show_documents(context: FollowDesk, request: Request) -> dict[str, Any]:
    """What was sent, and the form for more."""
    visit = visit_of(request)
    return shown_to_resident(request, visit.case, full=visit.full)


@view_config(
    route_name="attachments.documents", renderer="attachments/documents.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def send_document(context: FollowDesk, request: Request) -> Any:
    """Keep one document with the request, or say why not; what was sent before stays either way."""
    upload = request.POST.get("document")
    _may_send(request)
    try:
        if not isinstance(upload, Upload) or not upload.filename:
            return _once_more(request, NOTHING_CHOSEN)
        with _taken_in(request, upload) as washed:
            return _kept(request, upload, washed)
    except Refused as refused:
        upload.file.seek(0)
        way = how_to_wash(upload.file.read(HEAD))
        return _once_more(request, why_not(refused.reason, way, Limits.of(request.policies)))


def _may_send(request: Request) -> None:
    """Whether somebody is here at all. Looked at apart, as SQLite has one lock to write, and washing takes seconds."""
    with reading(request.site.engine) as connection, Session(connection) as session:
        visit_of(request, session)


def _taken_in(request: Request, upload: Upload) -> Washed:
    """Scanned and washed; nothing of it is written down yet. Raises `Refused`."""
    Limits.of(request.policies).one(upload.size)
    way_of(upload.file)
    token = cookies.read(request, cookies.VISIT) or ""
    with writing(request.site.engine) as session:  # counted whatever becomes of it
        if not limits.Limits(session, request.clock.now()).allows("document", token, TRIES):
            raise Refused("often")
    scanner = Scanner(request.registry.portal.scanner)
    if scanner.is_there:
        scanner.look(upload.file)
    return wash(upload.file)


def _kept(request: Request, upload: Upload, washed: Washed) -> HTTPSeeOther:
    case = visit_of(request).case
    if case.state in request.registry.case_kinds[case.kind].closed:  # it was closed meanwhile: the page says so
        return _back(request)
    state = "clean" if Scanner(request.registry.portal.scanner).is_there else "unscanned"
    documents = Attachments(request.db, vault_of(request), request.clock.now())
    documents.add(case, washed, upload.filename, Limits.of(request.policies), state, RESIDENT)
    return _back(request)


def _once_more(request: Request, fault: Any) -> dict[str, Any]:
    request.response.status_int = 422
    visit = visit_of(request)
    return shown_to_resident(request, visit.case, full=visit.full, fault=fault)


@view_config(route_name="attachments.remove", permission=Permission.FOLLOW, request_method="POST")
def remove_document(context: FollowDesk, request: Request) -> HTTPSeeOther:
    """Take a document away, as long as the request is open; only for who gave the code."""
    visit = visit_of(request)
    if not visit.full:
        raise HTTPForbidden()
    kind = request.registry.case_kinds[visit.case.kind]
    documents = Attachments(request.db, vault_of(request), request.clock.now())
    with suppress(StepRefused):  # it was closed meanwhile: the page says so
        if not documents.remove(visit.case, kind, request.matchdict["id"], RESIDENT):
            raise HTTPNotFound()
    return _back(request)
