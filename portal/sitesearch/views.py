"""The search screen, what it suggests while somebody types, and the one tap that says it did not help."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.foundation.i18n import LOCALES, Locale
from portal.foundation.lib.typed import one_line
from portal.foundation.security import Permission
from portal.sitesearch.addresses import ICONS, KINDS, address, kind_address
from portal.sitesearch.resources import SearchDesk
from portal.sitesearch.services import LONGEST_QUESTION, Answers, SiteSearch, summary_of
from portal.social_map.services import read_themes
from search import Hit

#: Suggestions shown while somebody types.
MOST_SUGGESTIONS = 6


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 1


@dataclass(frozen=True)
class Found:
    """One hit as the screen shows it."""

    hit: Hit
    href: str
    locale: Locale
    summary: str
    summary_locale: Locale

    @property
    def marked(self) -> bool:
        """Whether words of the question stand in the snippet."""
        return any(mark for _piece, mark in self.hit.snippet)


def _found(hit: Hit, request: Request) -> Found:
    summary, locale = summary_of(hit, request.locale)
    return Found(hit, address(hit, request), LOCALES[hit.locale], summary, locale)


def _kinds(answers: Answers, chosen: str, request: Request) -> list[tuple[str, int, str, bool]]:
    """The kinds among the answers as (name, number, address, chosen); none when there is one kind only."""
    counts: Mapping[str, int] = answers.page.facets.get("kind", {})
    there = [kind for kind in KINDS if counts.get(kind) or kind == chosen]
    if len(there) < 2 and not chosen:
        return []
    return [(kind, counts.get(kind, 0), kind_address(kind, answers.asked, request), kind == chosen) for kind in there]


@view_config(
    route_name="sitesearch.search", renderer="sitesearch/search.jinja2", permission=Permission.READ,
    request_method="GET", kept=True,
)  # fmt: skip
def show_search(context: SearchDesk, request: Request) -> dict[str, Any]:
    """Answers to a question, or the question with themes to choose from."""
    kind = request.GET.get("wat", "")
    kind = kind if kind in KINDS else ""
    answers = SiteSearch(request.index, request.locale).search(
        request.GET.get("q", ""), _number(request.GET.get("pagina", "1")), kind=kind
    )
    if answers.asked and answers.page.stage == "none" and not request.index_away:
        request.note_unmet("nothing", answers.asked)
    return {
        "answers": answers, "hits": [_found(hit, request) for hit in answers.page.hits],
        "kinds": KINDS, "icons": ICONS, "kind": kind, "kind_links": _kinds(answers, kind, request),
        "said": "gezegd" in request.GET, "themes": request.kept.get("social_map.themes", read_themes),
    }  # fmt: skip


# No token: whoever sends this says nothing about themselves and gets nothing done; a cookie for it would cost more
# privacy than a false count costs us. The origin is still checked.
@view_config(
    route_name="sitesearch.search", permission=Permission.SEARCH_REMARK, request_method="POST", require_csrf=False
)
def say_it_did_not_help(context: SearchDesk, request: Request) -> Response:
    """Count that the answers to a question did not help, and go back to them."""
    asked = one_line(request.POST.get("q", ""))[:LONGEST_QUESTION]
    if asked and request.comes_from_us():
        request.note_unmet("unhelpful", asked)
    query = [("q", asked), ("gezegd", "1")]
    return HTTPSeeOther(request.route_path("sitesearch.search", _query=query, _anchor="else"))


@view_config(route_name="sitesearch.suggest", renderer="json", permission=Permission.READ, request_method="GET")
def suggest(context: SearchDesk, request: Request) -> list[dict[str, str]]:
    """What the words typed so far may become: titles with their addresses, for the small script."""
    typed = request.GET.get("q", "")[:LONGEST_QUESTION]
    return [
        {"text": one.text, "href": address(one, request)}
        for one in request.index.complete(typed, request.locale.code, MOST_SUGGESTIONS)
    ]
