"""When one may not come in: not signed in any more, or a form that stood open too long."""

from typing import Any

from pyramid.config import Configurator
from pyramid.exceptions import BadCSRFToken
from pyramid.httpexceptions import HTTPForbidden
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response

from portal.accounts import doors, views
from portal.accounts.identity import lead_to, remember_wanted, token_of
from portal.accounts.labels import OPEN_TOO_LONG
from portal.accounts.resources import StaffRoom
from portal.ui.errors import answers_of, show_http_error

#: Forms with a secret in them: the page that shows answers back must not show these. Route → (template, screen, field).
WITH_A_SECRET: dict[str, tuple[str, Any, str]] = {
    "accounts.sign_in": ("accounts/sign_in.jinja2", doors.show_sign_in, "password"),
    "accounts.code": ("accounts/code.jinja2", doors.show_code, "code"),
    "accounts.recovery": ("accounts/recovery.jinja2", doors.show_recovery, "code"),
    "accounts.invited": ("accounts/invited.jinja2", doors.show_invitation, "password"),
    "accounts.second": ("accounts/second.jinja2", doors.show_second, "code"),
    "accounts.codes": ("accounts/codes.jinja2", views.show_codes, "code"),
}


#: Fields in which a screen says how far it had read.
SAYS_NOTHING = frozenset({"__seen__", "__from__"})


def show_forbidden(context: HTTPForbidden, request: Request) -> Response:
    """Who is not signed in, or not any more, gets the door, and nothing they typed is lost.

    Who is signed in and may not, gets the page that says so.
    """
    if isinstance(getattr(request, "context", None), StaffRoom) and request.identity is None:
        if request.method == "POST" and request.matched_route.name not in WITH_A_SECRET and _typed(request):
            return _keep_what_was_typed(request)
        door = lead_to(request, "sign_in", **({"waarom": "verlopen"} if token_of(request) else {}))
        return remember_wanted(request, door) if request.method == "GET" else door
    return show_http_error(context, request)


def _typed(request: Request) -> bool:
    """Whether there is anything that would be lost; a button that says only what its page had shown holds nothing."""
    return any(value and name not in SAYS_NOTHING for name, value in answers_of(request))


def _keep_what_was_typed(request: Request) -> Response:
    """A page that holds what was typed while one signs in beside it, and then sends it again."""
    shown = {"answers": answers_of(request), "door": request.route_path("accounts.sign_in")}
    response = render_to_response("accounts/signed_out.jinja2", shown, request=request)
    response.status_int = HTTPForbidden.code
    return response


def ask_again(context: BadCSRFToken, request: Request) -> Response:
    """The same form anew, without the secret; the e-mail address stays."""
    route = request.matched_route.name
    template, show, field = WITH_A_SECRET[route]
    if route == "accounts.codes" and request.identity is None:
        return lead_to(request, "sign_in", waarom="verlopen")
    shown = show(getattr(request, "context", None), request)
    if isinstance(shown, Response):
        return shown
    if route == "accounts.sign_in":
        shown["form"].fill({"email": request.POST.get("email", "")})
    shown["form"].refuse(field, OPEN_TOO_LONG)
    response = render_to_response(template, shown, request=request)
    response.status_int = 422
    return response


def includeme(config: Configurator) -> None:
    """Before the pages for errors that hold for everybody."""
    config.add_exception_view(show_forbidden, context=HTTPForbidden)
    for route in WITH_A_SECRET:
        config.add_exception_view(ask_again, context=BadCSRFToken, route_name=route)
