"""Where the screens about one text are, and the page that says no."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request

from portal.editing.publish_labels import REFUSED
from portal.editing.resources import TextFile

#: Where one comes from, and goes when the writing is done.
TEXT_ROOM = "text"
HERE = "/paginas/{key:[a-z0-9-]{1,80}}/{code:[a-z-]{2,12}}"


def way_to(context: TextFile, request: Request, name: str, **query: str) -> HTTPSeeOther:
    """To another screen of this text."""
    return HTTPSeeOther(path_to(context, request, name, **query))


def path_to(context: TextFile, request: Request, name: str, **query: str) -> str:
    """The address of another screen of this text."""
    kw: dict[str, Any] = {"_query": query} if query else {}
    path: str = request.route_path(f"editing.{name}", key=context.page.key, code=context.locale.segment, **kw)
    return path


def refused(context: TextFile, request: Request, code: str) -> dict[str, Any]:
    """What a page that says no needs."""
    request.override_renderer = "editing/refused.jinja2"
    request.response.status_int = 409
    return {
        "page": context.page,
        "back": path_to(context, request, TEXT_ROOM),
        "text_locale": context.locale,
        "why": REFUSED[code],
    }
