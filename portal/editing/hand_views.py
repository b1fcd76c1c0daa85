"""What a writer does with a text as a whole: hand it to who publishes, take it back, throw it away."""

from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.view import view_config

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.editing.drafting import NotSo
from portal.editing.places import HERE, TEXT_ROOM, path_to, refused, way_to
from portal.editing.resources import TextFile
from portal.editing.write_page import drafting, who_is_there
from portal.foundation.security import Permission
from portal.pages.versions import PageVersion


def _open(context: TextFile) -> PageVersion:
    if context.open is None:
        raise NotSo("gone")
    return context.open


@view_config(
    route_name="editing.ask", renderer="editing/refused.jinja2", permission=Permission.PAGE_WRITE,
    request_method="POST",
)  # fmt: skip
def ask(context: TextFile, request: Request) -> Any:
    """To who publishes."""
    try:
        drafting(context, request).ask_review(_open(context))
    except NotSo as fault:
        return refused(context, request, str(fault))
    return way_to(context, request, TEXT_ROOM)


@view_config(
    route_name="editing.take_back", renderer="editing/refused.jinja2", permission=Permission.PAGE_WRITE,
    request_method="POST",
)  # fmt: skip
def take_back(context: TextFile, request: Request) -> Any:
    """Back from who publishes, and on with writing."""
    try:
        drafting(context, request).take_back(_open(context))
    except NotSo as fault:
        return refused(context, request, str(fault))
    return way_to(context, request, "write", terug="1")


@view_config(
    route_name="editing.drop", renderer="editing/drop.jinja2", permission=Permission.PAGE_READ, request_method="GET"
)
def show_drop(context: TextFile, request: Request) -> dict[str, Any]:
    """What is thrown away, and what stays."""
    return {"page": context.page, "text_locale": context.locale, "version": context.open, "shown": context.shown,
            "back": path_to(context, request, TEXT_ROOM), "at_work": who_is_there(context, request)}  # fmt: skip


@view_config(
    route_name="editing.drop", renderer="editing/refused.jinja2", permission=Permission.PAGE_WRITE,
    request_method="POST",
)  # fmt: skip
def drop(context: TextFile, request: Request) -> Any:
    """Throw the open version away; only the one that was shown, as it was then."""
    try:
        version = _open(context)
        if request.POST.get("version") != f"{version.number}.{version.revision}":
            raise NotSo("changed")
        drafting(context, request).drop(version)
    except NotSo as fault:
        return refused(context, request, str(fault))
    return way_to(context, request, TEXT_ROOM)


def includeme(config: Configurator) -> None:
    """The buttons, and the page that asks whether one is sure."""
    for name, tail in (("ask", "/nakijken"), ("take_back", "/terug"), ("drop", "/weggooien")):
        factory = "portal.editing.resources.WrittenText"
        config.add_localized_route(f"editing.{name}", WORD, HERE + tail, only=LOCALES_OF_STAFF, factory=factory)
    config.scan("portal.editing.hand_views")
