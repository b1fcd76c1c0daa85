"""Entries and filters in the shape a template shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_currency, format_decimal
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.foundation.i18n import LOCALES, Locale, reading_order
from portal.foundation.lib import hours
from portal.social_map.filters import PARAMETERS, Finding
from portal.social_map.labels import FILTERS, PER, VALUES
from portal.social_map.services import ThemeView
from portal.ui.spoken import language_name
from search import Hit, Page

_ = TranslationStringFactory("portal")
#: More values of a filter than this are folded away.
FEW_OPTIONS = 8
#: Metres within which a distance between postcodes says nothing.
NEXT_DOOR = 250


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
    distance: str


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
        distance=distance_in_words(hit.distance, request),
    )


def distance_in_words(metres: int | None, request: Request) -> str:
    """“about 1.5 km”; we know postcodes and no doors, so nothing is said to the metre."""
    if metres is None:
        return ""
    if metres < NEXT_DOOR:
        return str(request.localizer.translate(_("very near")))
    km = format_decimal(round(metres / 500) / 2 or 0.5, locale=request.locale.formats, numbering_system="latn")
    return str(request.localizer.translate(_("about ${km} km", mapping={"km": km})))


@dataclass(frozen=True)
class Option:
    """One value of a filter: its words, how many entries it leaves, whether it is chosen."""

    value: str
    title: Any
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True)
class Group:
    """One filter with its values."""

    name: str
    title: Any
    options: tuple[Option, ...]

    @property
    def shown(self) -> tuple[Option, ...]:
        """The values shown at once: all when they are few, else what is chosen and what leads to most."""
        if len(self.options) <= FEW_OPTIONS:
            return self.options
        most = sorted(self.options, key=lambda option: (not option.chosen, -option.count))[: FEW_OPTIONS - 1]
        return tuple(option for option in self.options if option in most)

    @property
    def folded(self) -> tuple[Option, ...]:
        """The other values."""
        return tuple(option for option in self.options if option not in self.shown)


def groups(finding: Finding, page: Page, themes: Mapping[str, ThemeView], locale: Locale, path: str) -> list[Group]:
    """The filters beside a list; a value that leads nowhere is left out unless it is chosen."""
    found = []
    for name, (filter_name, allowed) in PARAMETERS.items():
        counts = page.facets.get(filter_name, {})
        values = allowed if allowed is not None else sorted({*counts, *finding.chosen.get(name, ())})
        options = tuple(_options(name, values, counts, finding, themes, locale, path))
        if options:
            found.append(Group(name, FILTERS[name], options))
    return found


def _options(
    name: str, values: Iterable[str], counts: Mapping[str, int], finding: Finding, themes: Mapping[str, ThemeView],
    locale: Locale, path: str,
) -> Iterable[Option]:  # fmt: skip
    for value in values:
        chosen = finding.has(name, value)
        if counts.get(value) or chosen:
            to = finding.without(name, value) if chosen else finding.with_only(name, value)
            title = value_title(name, value, themes, locale)
            yield Option(value, title, counts.get(value, 0), chosen, to.address(path))


def value_title(name: str, value: str, themes: Mapping[str, ThemeView], locale: Locale) -> Any:
    """The words for a value of a filter."""
    if name == "thema":
        return themes[value].name(locale) if value in themes else value
    if name == "taal":
        return language_name(value, locale)
    return VALUES.get(name, {}).get(value, value)
