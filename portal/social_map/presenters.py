"""Entries and filters in the shape a template shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_currency
from pyramid.request import Request

from portal.foundation.i18n import LOCALES, Locale, reading_order
from portal.foundation.lib import hours
from portal.social_map.filters import PARAMETERS, Finding
from portal.social_map.labels import FILTERS, PER, VALUES
from portal.social_map.services import ThemeView
from search import Hit, Page


def cost_in_words(cost: Mapping[str, Any], request: Request) -> str | None:
    """“€ 2,50 a visit”; None when it is free or the amount is not known."""
    if cost.get("free") or not cost.get("amount"):
        return None
    amount = format_currency(cost["amount"], "EUR", locale=request.locale.formats, numbering_system="latn")
    per = request.localizer.translate(PER[cost.get("per")])
    return f"{amount} {per}".strip()


@dataclass(frozen=True)
class Line:
    """One entry in a list."""

    href: str
    name: str
    summary: str
    snippet: tuple[tuple[str, bool], ...]
    text_locale: Locale
    data: Mapping[str, Any]
    cost: str | None
    when: list[tuple[int, int, Any, Any]]
    checked_on: date | None


def line(hit: Hit, request: Request) -> Line:
    """A hit of the index as a line of the list."""
    data: Mapping[str, Any] = hit.payload
    summaries: Mapping[str, str] = data["summary"]
    codes = (hit.locale, *reading_order(request.locale), "nl")
    return Line(
        href=request.route_path("social_map.entry", slug=data["slug"]),
        name=hit.title,
        summary=next((summaries[code] for code in codes if code in summaries), ""),
        snippet=hit.snippet,
        text_locale=LOCALES[hit.locale],
        data=data,
        cost=cost_in_words(data["cost"], request),
        when=hours.spans(hours.parse_openings(data["hours"]), "open"),
        checked_on=date.fromisoformat(data["checked_on"]) if data["checked_on"] else None,
    )


@dataclass(frozen=True)
class Option:
    """One value of a filter: its words, how many entries it leaves, whether it is chosen."""

    value: str
    title: Any
    count: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    """One filter with its values."""

    name: str
    title: Any
    options: tuple[Option, ...]


def groups(finding: Finding, page: Page, themes: Mapping[str, ThemeView], locale: Locale) -> list[Group]:
    """The filters beside a list; a value that leads nowhere is left out unless it is chosen."""
    found = []
    for name, (filter_name, allowed) in PARAMETERS.items():
        counts = page.facets.get(filter_name, {})
        values = allowed if allowed is not None else sorted({*counts, *finding.chosen.get(name, ())})
        options = tuple(_options(name, values, counts, finding, themes, locale))
        if options:
            found.append(Group(name, FILTERS[name], options))
    return found


def _options(
    name: str, values: Iterable[str], counts: Mapping[str, int], finding: Finding, themes: Mapping[str, ThemeView],
    locale: Locale,
) -> Iterable[Option]:  # fmt: skip
    for value in values:
        chosen = finding.has(name, value)
        if counts.get(value) or chosen:
            yield Option(value, value_title(name, value, themes, locale), counts.get(value, 0), chosen)


def value_title(name: str, value: str, themes: Mapping[str, ThemeView], locale: Locale) -> Any:
    """The words for a value of a filter."""
    if name == "thema":
        return themes[value].name(locale) if value in themes else value
    return VALUES.get(name, {}).get(value, value)
