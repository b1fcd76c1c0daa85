"""A page on screen."""

from typing import Any

from pyramid.httpexceptions import HTTPGone, HTTPMovedPermanently, HTTPNotFound
from pyramid.request import Request
from pyramid.view import view_config

from portal.foundation.i18n import SOURCE, Locale
from portal.foundation.security import Permission
from portal.pages.resources import PageResource
from portal.pages.services import PageReader, PageView, page_path, read_addresses

#: With more headings than this a page gets a list of its contents.
SHORT_ENOUGH = 3


def _found(context: PageResource, request: Request) -> PageView:
    """The page at this address; leads on to the right address when it has another."""
    pages = PageReader(request.reader, request.locale)
    view = pages.by_slug(context.slug)
    if view is None:
        moved_to = page_path(request, pages.once_at(context.slug) or "", request.locale)
        raise _moved(moved_to, request) if moved_to else HTTPNotFound()
    if view.page.state == "archived":
        raise HTTPGone()
    right = request.link(f"service:{view.page.service}") if view.page.service else _right_address(view, request)
    if right != request.path:
        raise _moved(str(right), request)
    return view


def _moved(path: str, request: Request) -> HTTPMovedPermanently:
    """Leads on for good, with what was asked."""
    return HTTPMovedPermanently(f"{path}?{request.query_string}" if request.query_string else path)


def _right_address(view: PageView, request: Request) -> str:
    return str(request.route_path("pages.page", slug=view.text.slug))


def _name_twins(view: PageView, request: Request) -> None:
    """Tell the language switch where this page lives elsewhere, and search engines which one is real."""

    def twin(locale: Locale) -> str:
        path = page_path(request, view.page.key, locale)
        return path or str(request.route_path("pages.page", locale=locale.segment, slug=view.text.slug))

    request.set_twin(twin)
    if view.text.locale != request.locale.code:
        request.set_canonical(twin(view.locale))


def _actions(view: PageView, request: Request) -> list[tuple[str, str]]:
    pairs = ((request.link(action["to"]), action["text"]) for action in view.text.actions)
    return [(href, text) for href, text in pairs if href]


def _related(view: PageView, request: Request) -> list[tuple[str, str]]:
    """The pages beside this one, as (address, title) in the reader's language."""
    addresses = request.kept.get("pages.addresses", read_addresses)
    found = []
    for key in view.page.related:
        texts = addresses.get(key, {})
        title = next((texts[code][1] for code in (request.locale.code, "nl") if code in texts), None)
        href = request.link(f"page:{key}")
        if title and href:
            found.append((href, title))
    return found


@view_config(
    route_name="pages.page", renderer="pages/page.jinja2", permission=Permission.READ, request_method="GET", kept=True
)
def show_page(context: PageResource, request: Request) -> dict[str, Any]:
    """One page: its text, what to do now, when it was checked."""
    view = _found(context, request)
    _name_twins(view, request)
    return as_read(view, request)


def as_read(view: PageView, request: Request) -> dict[str, Any]:
    """All that the template of a page needs; also of one that is not on show yet."""
    if view.page.with_exit:
        request.offer_exit()
    headings = view.text.headings if len(view.text.headings) > SHORT_ENOUGH else []
    return {
        "page": view.page, "text": view.text, "text_locale": view.locale, "headings": headings,
        "in_dutch_only": view.locale is SOURCE and not request.locale.dutch,
        "dutch_address": page_path(request, view.page.key, SOURCE) if view.text.behind_since else None,
        "actions": _actions(view, request), "related": _related(view, request),
    }  # fmt: skip
