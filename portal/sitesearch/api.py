"""Find a team and search, as JSON for other sites; the promise stands in `openapi.yaml`."""

from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.view import view_config

from portal.foundation.clock import today
from portal.foundation.i18n import LOCALES, Locale, pick
from portal.foundation.security import Permission, PublicResource
from portal.sitesearch.addresses import address
from portal.sitesearch.services import SiteSearch, summary_of
from portal.sitesearch.specification import CannotRead
from portal.teams.messages import say
from portal.teams.services import TeamFinder
from portal.ui.prose import bare
from search import Hit

#: Which numbers belong to which danger, the first to call first.
NUMBERS = {
    "danger": ("112", "veilig-thuis"),
    "suicide": ("113", "112"),
    "child": ("veilig-thuis", "kindertelefoon", "112"),
    "violence": ("veilig-thuis", "112"),
}


def _asked(request: Request) -> dict[str, Any]:
    """The parameters, as the specification wants them; answers in the asked language from here on."""
    query: dict[str, Any] = request.asked
    locale = LOCALES[query["locale"]]
    request.locale = locale if locale.code in request.site.profile.locales else LOCALES["nl"]
    return query


def _public(request: Request, path: str) -> str:
    return f"{request.site.base_url}{path}"


@view_config(route_name="api.teams", renderer="json", permission=Permission.READ, request_method="GET", promised=True)
def find_teams(context: PublicResource, request: Request) -> dict[str, Any]:
    """What the find-team screen says."""
    asked = _asked(request)["where"]
    profile = request.site.profile
    finder = TeamFinder(request.reader, request.kept.get, profile.municipality, today(request.clock), request.locale)
    answer = finder.find(asked)
    return {
        "asked": answer.asked,
        "outcome": answer.outcome.value,
        "teams": [
            {"slug": team.slug, "name": team.name, "district": team.district,
             "url": _public(request, request.route_path("teams.team", slug=team.slug))}
            for team in answer.teams
        ],
        "message": request.localizer.translate(say(answer, profile)),
    }  # fmt: skip


@view_config(route_name="api.search", renderer="json", permission=Permission.READ, request_method="GET", promised=True)
def search(context: PublicResource, request: Request) -> dict[str, Any]:
    """What the search screen says."""
    query = _asked(request)
    answers = SiteSearch(request.index, request.locale).search(query["q"], limit=query["limit"])
    page = answers.page
    return {
        "query": answers.asked,
        "corrected": page.corrected,
        "total": page.total,
        "hits": [_hit(hit, request) for hit in page.hits],
        "urgent": _urgent(answers.urgent, request.locale, request) if answers.urgent else None,
        "fallback": None if page.stage == "exact" or not answers.asked else page.stage,
    }


def _hit(hit: Hit, request: Request) -> dict[str, Any]:
    snippet = "".join(text for text, _marked in hit.snippet) or bare(request, summary_of(hit, request.locale)[0])
    return {
        "kind": hit.kind, "id": hit.key, "title": hit.title, "url": _public(request, address(hit, request)),
        "themes": list(hit.payload.get("themes", ())), "locale": hit.locale, "snippet": snippet,  # type: ignore[call-overload]
    }  # fmt: skip


def _urgent(kind: str, locale: Locale, request: Request) -> dict[str, Any]:
    lines = {line["code"]: line for line in request.site.profile.emergency}
    return {
        "kind": str(kind),
        "numbers": [
            {"code": code, "name": pick(lines[code]["name"], locale), "number": str(lines[code]["number"])}
            for code in NUMBERS[kind]
            if code in lines
        ],
    }


def say_what_is_wrong(context: CannotRead, request: Request) -> Any:
    """400 with the names of the parameters that cannot be read."""
    request.response.status_int = 400
    request.response.content_type = "application/json"
    said = ", ".join(context.names) or "the question"
    request.response.json_body = {"status": 400, "message": f"Cannot read: {said}. See /api/v1/openapi.yaml."}
    return request.response


def includeme(config: Configurator) -> None:
    """The specification and the routes it describes."""
    config.include("portal.sitesearch.specification")
    public = "portal.foundation.security.PublicResource"
    config.add_route("api.teams", "/api/v1/teams", factory=public)
    config.add_route("api.search", "/api/v1/search", factory=public)
    config.scan("portal.sitesearch.api")
    config.add_exception_view(say_what_is_wrong, context=CannotRead)
