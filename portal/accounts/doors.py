"""The door: e-mail and password, then a code. Or an invitation, a password and a second step; and the way out."""

import io
from typing import Any

import segno
from markupsafe import Markup
from pyramid.httpexceptions import HTTPGone
from pyramid.i18n import TranslationStringFactory
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.accounts import totp
from portal.accounts.identity import (
    half_way,
    keys,
    lead_inside,
    lead_to,
    let_in,
    let_out,
    network,
    reader,
    sign_in,
    token_of,
)
from portal.accounts.labels import NO_CODE, NO_RECOVERY, NO_WAY_IN, WEAK
from portal.accounts.reading import Invited, LinkIsOver
from portal.accounts.resources import Door, WayOut
from portal.accounts.schemas import CodeSchema, PasswordSchema, RecoverySchema, SignInSchema
from portal.accounts.services import StaffAccounts, WeakPassword
from portal.accounts.sessions import HalfWay
from portal.accounts.sign_in import Refused
from portal.foundation.clock import today
from portal.foundation.i18n import Locale
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
Shown = dict[str, Any]


def _once_more(request: Request, shown: Shown) -> Shown:
    request.response.status_int = 422
    return shown


@view_config(route_name="accounts.entrance", permission=Permission.READ, request_method="GET")
def show_entrance(context: Door, request: Request) -> Response:
    """The short address: on to where one wanted to go, or where a day begins."""
    return lead_inside(request) if request.identity else lead_to(request, "sign_in")


@view_config(
    route_name="accounts.sign_in", renderer="accounts/sign_in.jinja2", permission=Permission.READ, request_method="GET"
)
def show_sign_in(context: Door, request: Request) -> Shown | Response:
    """The first question; why one is here again, when one was signed out."""
    if request.identity:
        return lead_inside(request)
    return {"form": request.form(SignInSchema(), _("Go on")), "why": request.GET.get("waarom")}


@view_config(
    route_name="accounts.sign_in", renderer="accounts/sign_in.jinja2", permission=Permission.STAFF_KNOCK,
    request_method="POST",
)  # fmt: skip
def knock(context: Door, request: Request) -> Shown | Response:
    """The first step; on to the code, or to making one."""
    form: Form = request.form(SignInSchema(), _("Go on"))
    try:
        values = form.submit()
        token = sign_in(request).with_password(values["email"], values["password"])
    except (Refused, Trapped):
        form.refuse("password", NO_WAY_IN)
    except Wrong:
        pass
    else:
        return let_in(request, lead_to(request, "code"), token)
    return _once_more(request, {"form": form, "why": None})


@view_config(
    route_name="accounts.code", renderer="accounts/code.jinja2", permission=Permission.READ, request_method="GET"
)
def show_code(context: Door, request: Request) -> Shown | Response:
    """The second question."""
    half = half_way(request)
    if half is None:
        return _from_the_start(request)
    return lead_to(request, "second") if half.offer else {"form": request.form(CodeSchema(), _("Sign in"))}


@view_config(
    route_name="accounts.code", renderer="accounts/code.jinja2", permission=Permission.STAFF_KNOCK,
    request_method="POST",
)  # fmt: skip
def show_that_one_has_the_phone(context: Door, request: Request) -> Shown | Response:
    """The second step."""
    form: Form = request.form(CodeSchema(), _("Sign in"))
    if half_way(request) is None:
        return _from_the_start(request)
    try:
        token = sign_in(request).with_code(token_of(request) or "", form.submit()["code"])
    except (Refused, Trapped):
        form.refuse("code", NO_CODE)
    except Wrong:
        pass
    else:
        return let_in(request, lead_to(request, "entrance"), token)
    return _once_more(request, {"form": form})


@view_config(
    route_name="accounts.recovery", renderer="accounts/recovery.jinja2", permission=Permission.READ,
    request_method="GET",
)  # fmt: skip
def show_recovery(context: Door, request: Request) -> Shown | Response:
    """The second question, for who is without the phone."""
    if half_way(request) is None:
        return _from_the_start(request)
    return {"form": request.form(RecoverySchema(), _("Sign in"))}


@view_config(
    route_name="accounts.recovery", renderer="accounts/recovery.jinja2", permission=Permission.STAFF_KNOCK,
    request_method="POST",
)  # fmt: skip
def recover(context: Door, request: Request) -> Shown | Response:
    """The second step with a recovery code."""
    form: Form = request.form(RecoverySchema(), _("Sign in"))
    if half_way(request) is None:
        return _from_the_start(request)
    try:
        token = sign_in(request).with_recovery_code(token_of(request) or "", form.submit()["code"])
    except (Refused, Trapped):
        form.refuse("code", NO_RECOVERY)
    except Wrong:
        pass
    else:
        return let_in(request, lead_to(request, "entrance"), token)
    return _once_more(request, {"form": form})


@view_config(
    route_name="accounts.invited", renderer="accounts/invited.jinja2", permission=Permission.READ, request_method="GET"
)
def show_invitation(context: Door, request: Request) -> Shown | Response:
    """A link of an invitation: think of a password. Opening it uses nothing up."""
    key = request.POST.get("key") or request.GET.get("sleutel", "")
    try:
        who = reader(request).invited(key)
    except LinkIsOver:
        return _link_is_over(request)
    return _invitation(request, request.form(PasswordSchema(), _("Go on")).fill({"key": key}), who, key)


@view_config(
    route_name="accounts.invited", renderer="accounts/invited.jinja2", permission=Permission.STAFF_KNOCK,
    request_method="POST",
)  # fmt: skip
def choose_password(context: Door, request: Request) -> Shown | Response:
    """The invitation is used; on to the second step."""
    form: Form = request.form(PasswordSchema(), _("Go on"))
    key = request.POST.get("key", "")
    try:
        who = reader(request).invited(key)
        values = form.submit()
        accounts = StaffAccounts(request.db, request.clock.now(), today(request.clock), network(request))
        token = accounts.set_password(values["key"], values["password"], _about_the_site(request))
    except LinkIsOver:
        return _link_is_over(request)
    except WeakPassword as fault:
        form.refuse("password", WEAK[fault.why])
    except (Wrong, Trapped):
        pass
    else:
        return let_in(request, lead_to(request, "second"), token)
    return _once_more(request, _invitation(request, form, who, key))


@view_config(
    route_name="accounts.second", renderer="accounts/second.jinja2", permission=Permission.READ, request_method="GET"
)
def show_second(context: Door, request: Request) -> Shown | Response:
    """What an app needs to make codes: as a picture and as text."""
    half = half_way(request)
    if half is None:
        return _from_the_start(request)
    if half.offer is None:
        return lead_to(request, "code")
    return {"form": request.form(CodeSchema(), _("Go on")), **_secret(request, half, half.offer)}


@view_config(
    route_name="accounts.second", renderer="accounts/second.jinja2", permission=Permission.STAFF_KNOCK,
    request_method="POST",
)  # fmt: skip
def set_up_second(context: Door, request: Request) -> Shown | Response:
    """The app works: one is in, and sees the recovery codes this once."""
    half = half_way(request)
    if half is None or half.offer is None:
        return _from_the_start(request)
    form: Form = request.form(CodeSchema(), _("Go on"))
    try:
        token, codes = sign_in(request).with_first_code(token_of(request) or "", form.submit()["code"])
    except (Refused, Trapped):
        form.refuse("code", NO_CODE)
    except Wrong:
        pass
    else:
        let_in(request, request.response, token)  # first: the page has a form, which needs the new token
        shown = {"codes": codes, "inside": True}
        return render_to_response("accounts/codes_shown.jinja2", shown, request=request, response=request.response)
    return _once_more(request, {"form": form, **_secret(request, half, half.offer)})


@view_config(route_name="accounts.sign_out", permission=Permission.STAFF_KNOCK, request_method="POST")
def sign_out(context: WayOut, request: Request) -> Response:
    """Out, here and in the database."""
    token = token_of(request)
    if token is not None:
        StaffAccounts(request.db, request.clock.now(), today(request.clock), network(request)).sign_out(token)
    return let_out(request, lead_to(request, "sign_in", waarom="afgemeld"))


def _from_the_start(request: Request) -> Response:
    """The half session is over, or never was: the password first."""
    if request.identity:
        return lead_inside(request)
    return lead_to(request, "sign_in", waarom="verlopen")


def _invitation(request: Request, form: Form, who: Invited, key: str) -> Shown:
    """The form; in the other language it has the same key."""

    def twin(locale: Locale) -> str:
        return str(request.route_path("accounts.invited", locale=locale.segment, _query={"sleutel": key}))

    request.set_twin(twin)
    return {"form": form, "who": who}


def _link_is_over(request: Request) -> Response:
    response = render_to_response("accounts/link_over.jinja2", {}, request=request)
    response.status_int = HTTPGone.code
    return response


def _about_the_site(request: Request) -> tuple[str, ...]:
    profile = request.site.profile
    return profile.municipality, profile.organisation, *profile.portal_name.values()


def _secret(request: Request, half: HalfWay, offer: str) -> Shown:
    """The secret in groups of four, and as a picture."""
    secret = keys(request).totp_secrets(half.staff_id, offer)[0]
    text = totp.written(secret)
    out = io.BytesIO()
    segno.make(totp.address(secret, request.site.profile.municipality, half.email), error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, omitsize=True, svgclass="qr", lineclass=None, border=2
    )
    picture = out.getvalue().decode().strip().replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    groups = " ".join(text[start : start + 4] for start in range(0, len(text), 4))
    return {"secret": groups, "picture": Markup(picture), "email": half.email}
