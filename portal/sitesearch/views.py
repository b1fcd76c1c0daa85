"""The search screen."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from portal.foundation.i18n import LOCALES
from portal.foundation.security import Permission, PublicResource
from portal.sitesearch.addresses import KINDS, address
from portal.sitesearch.services import SiteSearch, summary_of
from portal.social_map.services import read_themes


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 1


@view_config(
    route_name="sitesearch.search", renderer="sitesearch/search.jinja2", permission=Permission.READ,
    request_method="GET", kept=True,
)  # fmt: skip
def show_search(context: PublicResource, request: Request) -> dict[str, Any]:
    """Answers to a question, or the question with themes to choose from."""
    answers = SiteSearch(request.index, request.locale).search(
        request.GET.get("q", ""), _number(request.GET.get("pagina", "1"))
    )
    return {
        "answers": answers,
        "hits": [
            (hit, address(hit, request), LOCALES[hit.locale], summary_of(hit, request.locale))
            for hit in answers.page.hits
        ],
        "kinds": KINDS, "themes": request.kept.get("social_map.themes", read_themes),
    }  # fmt: skip
