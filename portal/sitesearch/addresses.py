"""Where a hit leads."""

from collections.abc import Callable, Mapping
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from search import Hit

_ = TranslationStringFactory("portal")

_PATHS: Mapping[str, Callable[[Request, Mapping[str, Any]], str | None]] = {
    "team": lambda request, data: request.route_path("teams.team", slug=data["slug"]),
    "entry": lambda request, data: request.route_path("social_map.entry", slug=data["slug"]),
    "page": lambda request, data: request.link(f"page:{data['key']}"),
}
#: What each kind is called beside a hit.
KINDS = {"team": _("Team"), "entry": _("Help near you"), "page": _("Information")}


def address(hit: Hit, request: Request) -> str:
    """The path of a hit in the reader's language."""
    return _PATHS[hit.kind](request, hit.payload) or f"/{request.locale.segment}/"
