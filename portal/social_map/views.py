"""Public screens of the social map: the list with its filters, and an entry."""

from datetime import timedelta
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.foundation.clock import local_now, next_midnight
from portal.foundation.lib import hours
from portal.foundation.security import Permission
from portal.social_map import labels
from portal.social_map.filters import NEAR, PAGE, Finding
from portal.social_map.presenters import cost_in_words, groups, line, value_title
from portal.social_map.resources import EntryPage, SocialMap
from portal.social_map.services import read_entry, read_themes
from portal.teams.places import read_point
from portal.ui.spoken import language_name
from search import urgent

#: Characters shown back of what was typed as a postcode.
LONGEST_NEAR = 20

_ = TranslationStringFactory("portal")


def _chosen(finding: Finding, request: Request, themes: Any) -> list[tuple[Any, str]]:
    """What is chosen, each with the link that takes it away."""
    path = request.route_path("social_map.search")
    chosen = [
        (value_title(name, value, themes, request.locale), finding.without(name, value).address(path))
        for name, values in finding.chosen.items()
        for value in values
    ]
    near = _("Near ${postcode}", mapping={"postcode": finding.near})
    return [*chosen, (near, finding.nowhere().address(path))] if finding.near else chosen


@view_config(
    route_name="social_map.search", renderer="social_map/search.jinja2", permission=Permission.READ,
    request_method="GET", kept=True,
)  # fmt: skip
def show_social_map(context: SocialMap, request: Request) -> dict[str, Any]:
    """The list for a question; all of it when nothing is asked."""
    finding, here, now = Finding.read(request.GET), request.route_path("social_map.search"), local_now(request.clock)
    typed = request.GET.get(NEAR, "").strip()
    if finding.near and typed != finding.near:
        raise HTTPSeeOther(finding.address(here))
    point = read_point(request.reader, finding.near) if finding.near else None
    if point is None and finding.near:  # links say no longer what leads nowhere; what was typed stays in its box
        finding = finding.nowhere()
    request.page_true_until(now.replace(second=0, microsecond=0) + timedelta(minutes=1))  # it counts what is open
    page = request.index.search(finding.query(request.locale.code, hours.minute_of_week(now), point))
    if finding.q and page.stage == "none" and not request.index_away:
        request.note_unmet("nothing", finding.q)
    themes = request.kept.get("social_map.themes", read_themes)
    return {
        "finding": finding, "page": page, "themes": themes, "labels": labels,
        "lines": [line(hit, request) for hit in page.hits],
        "groups": groups(finding, page, themes, request.locale, here),
        "near_fault": bool(typed) and point is None, "typed": typed[:LONGEST_NEAR],
        "chosen": _chosen(finding, request, themes),
        "pages": -(-page.total // PAGE),
        "urgent": urgent(finding.q) if finding.q else None,
    }  # fmt: skip


@view_config(
    route_name="social_map.entry", renderer="social_map/entry.jinja2", permission=Permission.READ,
    request_method="GET", kept=True,
)  # fmt: skip
def show_entry(context: EntryPage, request: Request) -> dict[str, Any]:
    """Everything one needs to go there."""
    view = read_entry(request.reader, context.slug, request.locale)
    if view is None:
        raise HTTPNotFound()
    entry, now = view.entry, local_now(request.clock)
    openings = hours.parse_openings(entry.hours)
    state = hours.state(openings, "open", now)
    request.page_true_until(min(filter(None, (state.changes, next_midnight(now)))))
    if view.locale is not request.locale:
        request.set_canonical(request.route_path("social_map.entry", locale=view.locale.segment, slug=entry.slug))
    return {
        "entry": entry, "text_locale": view.locale, "labels": labels, "state": state if openings else None,
        "always": hours.always(openings, "open"),
        "week": hours.spans(openings, "open"), "themes": request.kept.get("social_map.themes", read_themes),
        "cost": cost_in_words(entry.cost, request),
        "languages": [language_name(code, request.locale) for code in entry.languages],
    }  # fmt: skip
