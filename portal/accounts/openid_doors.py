"""The other door: signing in at the municipality's own provider of OpenID Connect.

POST begins a try, GET leads on to the provider, and the provider leads back. Signing out stays here: the account at
the provider may serve other work, so it is not ended; the sign-in page says so.
"""

import logging
from functools import partial
from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.i18n import TranslationStringFactory
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.accounts.identity import keys, lead_to, let_in, network, token_of
from portal.accounts.openid_provider import Provider
from portal.accounts.openid_rules import TRY_LASTS, Reason, Stopped, code_in
from portal.accounts.openid_sign_in import OpenIdSignIn
from portal.accounts.openid_try import begin, resume
from portal.accounts.resources import Door
from portal.foundation.clock import today
from portal.foundation.db import writing
from portal.foundation.i18n import Locale
from portal.foundation.security import Permission
from portal.foundation.settings import OpenIdSettings

_ = TranslationStringFactory("portal")
log = logging.getLogger(__name__)

#: Reason → (status, title, what to do next).
WORDS: dict[Reason, tuple[int, Any, Any]] = {
    Reason.AWAY: (
        503,
        _("Signing in with %(label)s does not work just now"),
        _("Try again in a few minutes, or use your password. Does it stay like this? Tell your administrator."),
    ),
    Reason.OVER: (
        400,
        _("You are not signed in yet"),
        _("It was stopped, it took longer than ten minutes, or it began in another window. Start again."),
    ),
    Reason.NOT_TRUSTED: (
        403,
        _("We could not make sure that it is you"),
        _("The answer of %(label)s was not what we ask for. Tell your administrator, who can look at the settings."),
    ),
    Reason.UNKNOWN: (
        403,
        _("We do not know you here"),
        _("%(label)s knows you, but we have no account that is yours. Ask your administrator for one."),
    ),
}


@view_config(route_name="accounts.openid", permission=Permission.STAFF_KNOCK, request_method="POST")
def set_out(context: Door, request: Request) -> Response:
    """Begin a try. The way to the provider starts at the GET: our rule for forms lets none lead elsewhere."""
    kept = begin(keys(request), request.clock.now())
    try:
        _way(request, kept)
    except Stopped as fault:
        return _stopped(request, fault)
    return _keep(request, lead_to(request, "openid"), kept)


@view_config(
    route_name="accounts.openid", renderer="accounts/openid_on_the_way.jinja2", permission=Permission.READ,
    request_method="GET",
)  # fmt: skip
def lead_on(context: Door, request: Request) -> dict[str, Any] | Response:
    """On to the provider, at once; with a link for browsers that stay."""
    try:
        way = _way(request, request.cookies.get(_cookie(request)))
    except Stopped as fault:
        return lead_to(request, "sign_in") if fault.reason is Reason.OVER else _stopped(request, fault)
    return {"way": way, "label": _settings(request).label}


@view_config(route_name="accounts.openid_back", permission=Permission.STAFF_KNOCK, request_method="GET")
def come_back(context: Door, request: Request) -> Response:
    """Back from the provider: in, or a page that says what to do.

    The one GET that starts a session, as it is a provider that leads here and asking for one more click would help
    nobody: it works once, in the browser that began, within ten minutes, with a code that the provider gave for it.
    """
    provider, now = _provider(request), request.clock.now()
    try:
        attempt = resume(keys(request), request.cookies.get(_cookie(request)), now)
        code = code_in(request.GET, attempt, _settings(request).issuer)
        person = provider.person(code, attempt, _back(request), now)
        door = OpenIdSignIn(partial(writing, request.site.engine), now, today(request.clock), network(request))
        token = door.let_in(person, token_of(request))
    except Stopped as fault:
        return _stopped(request, fault)
    return let_in(request, _keep(request, lead_to(request, "entrance"), None), token)


def _settings(request: Request) -> OpenIdSettings:
    """Where one signs in elsewhere; without such a place there is no such page."""
    found: OpenIdSettings | None = request.site.settings.openid
    if found is None:
        raise HTTPNotFound()
    return found


def _provider(request: Request) -> Provider:
    found: Provider = request.registry.openid_providers.of(request.site.key, _settings(request))
    return found


def _way(request: Request, kept: str | None) -> str:
    """Where the try of this browser goes on."""
    return _provider(request).way(resume(keys(request), kept, request.clock.now()), _back(request))


def _back(request: Request) -> str:
    """Our own address, made of the settings and never of what a browser says; one for each language."""
    return str(request.site.base_url + request.route_path("accounts.openid_back"))


def _stopped(request: Request, fault: Stopped) -> Response:
    """What happened in words; of the person and the provider's answer nothing is logged."""
    log.warning("%s: signing in elsewhere stopped: %s, %s", request.site.key, fault.reason, fault.why)

    def twin(locale: Locale) -> str:
        return str(request.route_path("accounts.sign_in", locale=locale.segment))

    request.set_twin(twin)
    status, title, words = WORDS[fault.reason]
    shown = {"title": title, "words": words, "label": _settings(request).label}
    response = render_to_response("accounts/openid_stopped.jinja2", shown, request=request)
    response.status_int = status
    return _keep(request, response, None)


def _cookie(request: Request) -> str:
    return "__Host-openid" if request.registry.portal.secure else "openid"


def _keep(request: Request, response: Response, kept: str | None) -> Response:
    """Give the browser its try to keep, or take it back. Lax: it has to come along when the provider leads back."""
    lasts = int(TRY_LASTS.total_seconds()) if kept else 0
    secure = request.registry.portal.secure
    response.set_cookie(_cookie(request), kept or "", lasts, path="/", httponly=True, samesite="Lax", secure=secure)
    return response
