"""When something is not as it should be: a friendly page in the visitor's language, with the phone number.

These pages need no database; the last one needs not even a template.
"""

import logging
from typing import Any

from pyramid.config import Configurator
from pyramid.exceptions import BadCSRFToken
from pyramid.httpexceptions import HTTPException, HTTPGone, HTTPMovedPermanently
from pyramid.i18n import TranslationStringFactory
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy.exc import DBAPIError

from portal.foundation.faults import describe
from portal.foundation.i18n import BY_SEGMENT, LOCALES, localized_word

_ = TranslationStringFactory("portal")
log = logging.getLogger(__name__)

#: status → (title, what to say). Never blames, always says what to do next.
WORDS = {
    400: (_("We cannot read this address"), _("Something in the link is broken. Start again, or call us.")),
    403: (_("This page is not open to you"), _("Start again, or call us if you think it should be.")),
    404: (
        _("This page is not here"),
        _("Maybe it has moved, or there is a slip in the link. Search for it, or call us."),
    ),
    405: (
        _("This page is not here"),
        _("Maybe it has moved, or there is a slip in the link. Search for it, or call us."),
    ),
    410: (_("This page is gone"), _("We took it away because it was no longer true. Search for it, or call us.")),
    413: (
        _("This is too large for us"),
        _("Send a smaller file, or send it by post. What you gave us before is kept. Or call us."),
    ),
    414: (_("This link is too long for us"), _("Ask with fewer words, or call us.")),
    500: (
        _("Something broke on our side"),
        _("It is not your fault. Try again in a moment, or call us: we help you by phone."),
    ),
    503: (
        _("The website is not working for a moment"),
        _("Try again in a few minutes, or call us: we help you by phone."),
    ),
}
#: Seconds after which a browser may try again.
TRY_AGAIN = "60"

LAST_WORDS = (
    "<!doctype html><html lang=nl><meta charset=utf-8><title>Storing</title>"
    "<h1>De website werkt even niet</h1><p>Bel ons: wij helpen u aan de telefoon. Is er nu gevaar? Bel 112.</p>"
)


#: For a host that is no municipality of ours: there is no language, no phone number, no page to show.
NOBODY_HOME = "No municipality answers to this address.\n"


def wants_json(request: Request) -> bool:
    """Whether a program asks, by the path."""
    return request.environ.get("PATH_INFO", "").startswith("/api/")


def _answer(request: Request, status: int) -> Response:
    title, words = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    request.environ.pop("portal.kept", None)
    if wants_json(request):
        response = request.response
        response.content_type = "application/json"
        response.json_body = {"status": status, "message": request.localizer.translate(words)}
    else:
        response = render_to_response(
            "errors/error.jinja2", {"title": title, "words": words, "status": status}, request=request
        )
    response.status_int = status
    return response


def _careful(request: Request, status: int) -> Response:
    """The page with the menu; when even that breaks, the last words."""
    try:
        return _answer(request, status)
    except Exception as fault:
        log.error("the error page broke: %s", describe(fault))
        if wants_json(request):
            return Response(json_body={"status": status, "message": WORDS[400][0]}, status=status)
        return Response(LAST_WORDS, status=status, content_type="text/html", charset="utf-8")


def show_http_error(context: HTTPException, request: Request) -> Response:
    """A page for an answer that is an error."""
    if context.status_code < 400:
        return context
    if request.registry.sites.for_host(request.environ.get("HTTP_HOST", "")) is None:
        return Response(NOBODY_HOME, status=400, content_type="text/plain", charset="utf-8")
    return _careful(request, context.status_code)


def _in_other_words(request: Request) -> str | None:
    """The right address for a nearly right one: /nl → /nl/, /en/vind-uw-team → /en/find-your-team."""
    parts = request.path_info.strip("/").split("/")
    if request.path_info == f"/{parts[0]}" and parts[0] in {locale.segment for locale in _spoken(request)}:
        return f"/{parts[0]}/"
    if len(parts) < 2 or parts[0] not in BY_SEGMENT or parts[0] not in {locale.segment for locale in _spoken(request)}:
        return None
    locale = BY_SEGMENT[parts[0]]
    for route, words in request.registry.localized_words.items():
        if locale.code not in request.registry.only_in.get(route, LOCALES):
            continue
        right = localized_word(route, locale, request.registry)
        if parts[1] in words.values() and parts[1] != right:
            return "/" + "/".join([parts[0], right, *parts[2:]])
    return None


def _spoken(request: Request) -> list[Any]:
    return [locale for locale in BY_SEGMENT.values() if locale.code in request.site.profile.locales]


def show_not_found(context: Any, request: Request) -> Response:
    """Lead on where the address is nearly right; else a page with a way on."""
    if isinstance(context, HTTPGone):
        return _careful(request, 410)
    try:
        right = _in_other_words(request)
    except Exception:  # an address that cannot even be read
        return _careful(request, 404)
    if right:
        query = request.environ.get("QUERY_STRING", "")
        return HTTPMovedPermanently(right + (f"?{query}" if query else ""))
    return _careful(request, 404)


def answers_of(request: Request) -> list[tuple[str, str]]:
    """What was typed into the form that was sent, without its token."""
    return [(name, value) for name, value in request.POST.items() if name != "csrf_token" and isinstance(value, str)]


def show_expired_form(context: BadCSRFToken, request: Request) -> Response:
    """The page stood open too long, or cookies are off: show the answers back, to be sent once more."""
    response = render_to_response("errors/send_again.jinja2", {"answers": answers_of(request)}, request=request)
    response.status_int = 422
    return response


def show_database_away(context: DBAPIError, request: Request) -> Response:
    """The database does not answer: 503, to be tried again."""
    log.error("database: %s", type(context.orig).__name__)
    request.environ["portal.database_away"] = True
    response = _careful(request, 503)
    response.headers["Retry-After"] = TRY_AGAIN
    return response


def show_broken(context: Exception, request: Request) -> Response:
    """A fault of ours: into the log without anybody's words, and a friendly page."""
    log.error("broken on %s: %s", getattr(request.matched_route, "name", "-"), describe(context))
    return _careful(request, 500)


def includeme(config: Configurator) -> None:
    """The pages for errors; each names its permission like any view."""
    for view, context in (
        (show_http_error, HTTPException),
        (show_expired_form, BadCSRFToken),
        (show_database_away, DBAPIError),
        (show_broken, Exception),
    ):
        config.add_exception_view(view, context=context)
    config.add_notfound_view(show_not_found)
