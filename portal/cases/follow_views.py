"""Following a request: finding it, its page, adding a message, taking it back, seeing one's own details with a code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from portal.cases import cookies
from portal.cases.limits import Limits, network_of
from portal.cases.looking import who_looked
from portal.cases.models import CaseMessage, Contact, Representative
from portal.cases.pages import offer_exit_for
from portal.cases.resources import FollowDesk
from portal.cases.schemas import CodeSchema, FindSchema, MessageSchema
from portal.cases.services import CaseDesk, TooMuch
from portal.cases.tracking import VISIT_LASTS, TrackDesk, Visit
from portal.cases.workflow import Author, StepRefused
from portal.foundation.db import writing
from portal.foundation.security import Permission
from portal.messaging.rules import mobile
from portal.messaging.services import Messages
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
CODES_A_CASE = 5
UNKNOWN = _(
    "We cannot find this. Look at the number and the postcode again. Tried often? Wait a quarter of an hour, or "
    "call us."
)
ENOUGH = _("You have sent us as many messages as we can keep here. Call us: we help you by phone.")
WRONG_CODE = _("This code is not right, or it is older than 10 minutes. Ask a new one.")


def _desk(request: Request) -> TrackDesk:
    return TrackDesk(request.db if request.method == "POST" else request.looking, request.clock.now())


@contextmanager
def _counted(request: Request) -> Iterator[TrackDesk]:
    """A desk in a transaction of its own, so that a wrong guess counts though its answer is an error.

    Not after `request.db` was asked something: SQLite has one lock to write.
    """
    with writing(request.site.engine) as session:
        yield TrackDesk(session, request.clock.now())


def _visit(request: Request, desk: TrackDesk | None = None) -> Visit:
    """The visit of this browser; without one, back to where a request is found."""
    visit = (desk or _desk(request)).current(cookies.read(request, cookies.VISIT))
    if visit is None:
        raise HTTPSeeOther(request.route_path("cases.find"))
    return visit


def _case_desk(request: Request, kind: str) -> CaseDesk:
    return CaseDesk(request.db, request.registry.case_kinds[kind], request.policies, request.clock.now())


def _here(request: Request) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("cases.status"))


def _enter(request: Request, token: str) -> Any:
    return cookies.keep(request, _here(request), cookies.VISIT, token, VISIT_LASTS)


@view_config(route_name="cases.find", renderer="cases/find.jinja2", permission=Permission.READ, request_method="GET")
def show_find(context: FollowDesk, request: Request) -> dict[str, Any]:
    """Where the number of a request is typed."""
    return {"form": request.form(FindSchema(), _("Look at my request"))}


@view_config(route_name="cases.find", renderer="cases/find.jinja2", permission=Permission.FOLLOW, request_method="POST")
def find(context: FollowDesk, request: Request) -> Any:
    """Let somebody in, or say the same of everything that is not right."""
    form = request.form(FindSchema(), _("Look at my request"))
    try:
        values = form.submit()
    except (Wrong, Trapped):
        request.response.status_int = 422
        return {"form": form}
    with _counted(request) as desk:
        token = desk.by_reference(values["reference"], values["known"], network_of(request.remote_addr))
    if token is None:
        request.response.status_int = 422
        form.refuse("reference", UNKNOWN)
        return {"form": form}
    return _enter(request, token)


@view_config(route_name="cases.link", renderer="cases/link.jinja2", permission=Permission.READ, request_method="GET")
def show_link(context: FollowDesk, request: Request) -> dict[str, Any]:
    """The door behind the link in a message: one button, so that what opens links by itself does not enter."""
    return {"token": request.matchdict["token"]}


@view_config(route_name="cases.link", permission=Permission.FOLLOW, request_method="POST")
def enter_by_link(context: FollowDesk, request: Request) -> Any:
    """Go in, and leave the address with the secret behind."""
    token = _desk(request).by_link(request.matchdict["token"])
    return _enter(request, token) if token else HTTPSeeOther(request.route_path("cases.find"))


def _own(request: Request, visit: Visit) -> dict[str, Any]:
    """What is personal, and who of the staff looked: only for who gave the code."""
    if not visit.full:
        return {"contact": None, "helper": None, "messages": [], "looked": []}
    session, case_id = request.looking, visit.case.id
    query = select(CaseMessage).where(CaseMessage.case_id == case_id).order_by(CaseMessage.id)
    if request.registry.case_kinds[visit.case.kind].about_another:
        query = query.where(CaseMessage.note.is_(False))
    messages = session.scalars(query).all()
    return {
        "contact": session.get(Contact, case_id),
        "helper": session.get(Representative, case_id),
        "messages": messages,
        "looked": who_looked(session.connection(), case_id),
    }


def _status(request: Request, visit: Visit, form: Form) -> dict[str, Any]:
    offer_exit_for(request, visit.case.kind)
    return {**request.case_page(visit.case), **_own(request, visit), "full": visit.full, "form": form}


@view_config(
    route_name="cases.status", renderer="cases/status.jinja2", permission=Permission.READ, request_method="GET"
)
def show_status(context: FollowDesk, request: Request) -> dict[str, Any]:
    """How far it is, who acts by when, what one can do."""
    visit = _visit(request)
    return _status(request, visit, request.form(MessageSchema(), _("Send my message")))


@view_config(
    route_name="cases.status", renderer="cases/status.jinja2", permission=Permission.FOLLOW, request_method="POST"
)
def add_message(context: FollowDesk, request: Request) -> Any:
    """Keep a message with the request."""
    visit = _visit(request)
    form = request.form(MessageSchema(), _("Send my message"))
    try:
        _case_desk(request, visit.case.kind).say(visit.case, Author.RESIDENT, form.submit()["text"])
        return _here(request)
    except TooMuch:
        form.refuse("text", ENOUGH)
    except StepRefused:  # it was closed meanwhile: the page says so
        return _here(request)
    except Wrong:
        pass
    except Trapped:
        return _here(request)
    request.response.status_int = 422
    return _status(request, visit, form)


@view_config(route_name="cases.step", renderer="cases/sure.jinja2", permission=Permission.READ, request_method="GET")
def show_step(context: FollowDesk, request: Request) -> Any:
    """Are you sure: what happens then, before a step that cannot be taken back."""
    visit, action = _visit(request), request.matchdict["action"]
    page = request.case_page(visit.case)
    if action not in page["can"] or (visit.case.kind, action) not in request.registry.case_steps:
        return _here(request)
    if request.missing_for(visit.case, action):
        return _here(request)
    return {**page, "action": action}


@view_config(route_name="cases.step", permission=Permission.FOLLOW, request_method="POST")
def take_step(context: FollowDesk, request: Request) -> Any:
    """Take a step that a resident may take; one that no longer fits leads back to the page that says why."""
    visit, action = _visit(request), request.matchdict["action"]
    after = request.registry.case_steps.get((visit.case.kind, action))
    if after is None:
        raise HTTPNotFound()
    if request.missing_for(visit.case, action):
        return _here(request)
    try:
        _case_desk(request, visit.case.kind).take(visit.case, action, Author.RESIDENT)
        after(request, visit.case)
    except StepRefused:
        pass
    return _here(request)


@view_config(route_name="cases.code", renderer="cases/code.jinja2", permission=Permission.READ, request_method="GET")
def show_code(context: FollowDesk, request: Request) -> dict[str, Any]:
    """Where the code of six digits is typed."""
    _visit(request)
    return {"form": request.form(CodeSchema(), _("Show my details")), "sent": "gestuurd" in request.GET,
            "waits": "wacht" in request.GET, "has_one": "code" in request.GET}  # fmt: skip


@view_config(route_name="cases.send_code", permission=Permission.FOLLOW, request_method="POST")
def send_code(context: FollowDesk, request: Request) -> Any:
    """Send a code to the phone or address of the request itself, a few times a quarter of an hour."""
    visit = _visit(request)
    contact = request.db.get(Contact, visit.case.id)
    if contact is None or not Limits(request.db, request.clock.now()).allows("code", visit.case.id, CODES_A_CASE):
        return HTTPSeeOther(request.route_path("cases.code", _query={"wacht": "1"}))
    by_phone = contact.way in {"sms", "phone"} or not contact.email
    channel = "sms" if by_phone and mobile(contact.phone or "") else "email" if contact.email else None
    if channel:
        code = _desk(request).make_code(visit.case)
        words = request.localizer.translate(_("Your code is ${code}. It works for 10 minutes.", mapping={"code": code}))
        Messages(request.db, request.clock.now()).send(
            dedupe_key=f"{visit.case.id}:code:{request.clock.now().isoformat()}", about=visit.case.id, channel=channel,
            recipient=str(contact.phone if channel == "sms" else contact.email),
            subject=request.localizer.translate(_("Your code")), text=words, locale=request.locale.code,
        )  # fmt: skip
    return HTTPSeeOther(request.route_path("cases.code", _query={"gestuurd": "1"}))


@view_config(route_name="cases.code", renderer="cases/code.jinja2", permission=Permission.FOLLOW, request_method="POST")
def give_code(context: FollowDesk, request: Request) -> Any:
    """Show the personal part to who has the code."""
    form, token = request.form(CodeSchema(), _("Show my details")), cookies.read(request, cookies.VISIT)
    try:
        with _counted(request) as desk:
            _visit(request, desk)
            right = desk.give_code(token or "", form.submit()["code"])
        if right:
            return _here(request)
        form.refuse("code", WRONG_CODE)
    except (Wrong, Trapped):
        pass
    request.response.status_int = 422
    return {"form": form, "sent": False, "waits": False, "has_one": True}


@view_config(route_name="cases.leave", permission=Permission.FOLLOW, request_method="POST")
def leave(context: FollowDesk, request: Request) -> Any:
    """End the visit, so that who comes next to this computer sees nothing."""
    _desk(request).leave(cookies.read(request, cookies.VISIT))
    return cookies.drop(request, HTTPSeeOther(request.route_path("cases.find")), cookies.VISIT)


@view_config(route_name="cases.end_helper", permission=Permission.FOLLOW, request_method="POST")
def end_helper(context: FollowDesk, request: Request) -> Any:
    """The resident no longer wants somebody to speak for them."""
    visit = _visit(request)
    if not visit.full:
        raise HTTPForbidden()
    helper = request.db.get(Representative, visit.case.id)
    if helper is not None and helper.ended_at is None:
        helper.ended_at = request.clock.now()
        _desk(request).only_this(cookies.read(request, cookies.VISIT) or "", visit.case.id)
    return _here(request)
