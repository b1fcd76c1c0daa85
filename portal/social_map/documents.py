"""Entries as documents of the search index, themes as its concepts."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from portal.foundation.lib import hours
from portal.foundation.lib.markdown import plain_text
from portal.foundation.seeding import read_yaml
from portal.foundation.site import Site
from portal.social_map.models import Entry, EntryText
from portal.teams.places import read_points
from search import Concept, Doc, Text

Point = tuple[float, float]
#: What a volunteer vacancy weighs beside help; measured with the golden set.
VACANCY = 0.9


def concepts(_connection: Connection | None, site: Site) -> Iterable[Concept]:
    """The everyday words that lead to each theme, in every language, names included."""
    for theme in read_yaml(site.content / "themes.yaml"):
        words: dict[str, tuple[str, ...]] = {}
        for language, listed in (theme.get("words") or {}).items():
            words[language] = tuple(map(str, listed)) + tuple(filter(None, [theme["name"].get(language)]))
        yield Concept(theme["code"], words)


def documents(connection: Connection, site: Site, keys: Sequence[str] | None = None) -> Iterable[Doc]:
    """All entries, or those with these slugs."""
    entries = select(Entry.__table__)
    texts = select(EntryText.__table__)
    if keys is not None:
        entries, texts = entries.where(Entry.slug.in_(keys)), texts.where(EntryText.entry_slug.in_(keys))
    everywhere = tuple(sorted(_wijken(site.content / "areas" / "neighbourhoods.csv")))
    rows = connection.execute(entries).all()
    points = read_points(connection, filter(None, map(_digits, rows)))
    by_slug: dict[str, list[Any]] = {}
    for text in connection.execute(texts):
        by_slug.setdefault(text.entry_slug, []).append(text)
    return [_document(entry, by_slug[entry.slug], everywhere, points) for entry in rows]


def _digits(entry: Any) -> str:
    """The four digits of the postcode of its place; its exact spot we do not know."""
    return str(entry.place.get("postcode") or "")[:4]


def _wijken(path: Path) -> set[str]:
    with path.open(encoding="utf-8") as lines:
        return {row["wijk"] for row in csv.DictReader(lines)}


def _document(entry: Any, texts: list[Any], everywhere: tuple[str, ...], points: Mapping[str, Point]) -> Doc:
    """An entry; one for the whole municipality is found from every neighbourhood."""
    free = entry.cost.get("free")
    return Doc(
        key=f"entry:{entry.slug}",
        kind="entry",
        texts={t.locale: Text(t.name, t.summary, plain_text(t.body_html)) for t in texts},
        themes=tuple(entry.themes),
        areas=tuple(entry.areas) or everywhere,
        audience=tuple(entry.audience),
        boost=_boost(entry),
        formal=entry.formal,
        free=None if free is None else bool(free),
        keywords=_keywords(entry, texts),
        facets={
            "sort": (entry.kind,), "come": (entry.come,), "spoken": tuple(entry.languages),
            "step_free": ("yes",) if entry.place.get("step_free") else (),
        },
        openings=hours.minutes_of_week(hours.parse_openings(entry.hours)),
        point=points.get(_digits(entry)),
        payload={
            "slug": entry.slug, "kind": entry.kind, "formal": entry.formal, "example": entry.example,
            "national": entry.national, "themes": entry.themes, "areas": entry.areas, "hours": entry.hours,
            "cost": entry.cost, "come": entry.come, "languages": entry.languages,
            "checked_on": entry.checked_on and entry.checked_on.isoformat(), "place": entry.place.get("name"),
            "summary": {t.locale: t.summary for t in texts},
        },
    )  # fmt: skip


def _boost(entry: Any) -> float:
    """Who types a trouble looks for help: a vacancy stands a little lower, and so does a line for the whole country."""
    return (VACANCY if entry.kind == "volunteer" else 1.0) * (0.97 if entry.national else 1.0)


def _keywords(entry: Any, texts: list[Any]) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {t.locale: tuple(t.keywords) for t in texts if t.keywords}
    words["nl"] = (*entry.keywords, *entry.areas, *words.get("nl", ()), *words.pop("nl_simple", ()))
    return words
