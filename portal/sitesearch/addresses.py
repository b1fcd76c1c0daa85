"""Where a hit or a suggestion leads."""

from collections.abc import Callable, Mapping

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from search import Hit, Suggestion

_ = TranslationStringFactory("portal")

#: kind → the address of what has this name (the key in the index, without its kind).
_PATHS: Mapping[str, Callable[[Request, str], str | None]] = {
    "team": lambda request, name: request.route_path("teams.team", slug=name),
    "entry": lambda request, name: request.route_path("social_map.entry", slug=name),
    "page": lambda request, name: request.link(f"page:{name}"),
}
#: What each kind is called beside a hit.
KINDS = {"entry": _("Help near you"), "page": _("Information"), "team": _("Team")}
#: The picture beside it.
ICONS = {"team": "team", "entry": "pin", "page": "paper"}


def address(found: Hit | Suggestion, request: Request) -> str:
    """The path of a hit in the reader's language."""
    name = found.key.partition(":")[2]
    return _PATHS[found.kind](request, name) or f"/{request.locale.segment}/"


def kind_address(kind: str, asked: str, request: Request) -> str:
    """The answers of one kind: help near you has a screen of its own, with more to choose from."""
    if kind == "entry":
        return str(request.route_path("social_map.search", _query={"q": asked}))
    return str(request.route_path("sitesearch.search", _query={"q": asked, "wat": kind}))
