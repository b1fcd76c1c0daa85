"""Themes and entries from `content/` to rows."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from portal.foundation.lib.hours import parse_openings
from portal.foundation.lib.markdown import render
from portal.foundation.seeding import EVERYTHING, Changed, ContentError, Ledger, read_yaml
from portal.foundation.site import Site
from portal.social_map.models import Entry, EntryText, Theme, ThemeText
from portal.social_map.rules import faults

#: What comes of values of another kind than we read.
NONSENSE = (KeyError, ValueError, TypeError, AttributeError)


def seed(session: Session, site: Site) -> Iterable[Changed]:
    """Bring themes and entries up to the folder. Raises `ContentError`."""
    ledger = Ledger(session, "social_map/")
    themes, changes = site.content / "themes.yaml", list[Changed]()
    if ledger.is_new(".themes", [themes]):
        try:
            _themes(session, themes)
        except NONSENSE as fault:
            raise ContentError(f"{themes}: {fault!r}. See content/README.md.") from fault
        changes.append(Changed("entry", EVERYTHING))  # everyday words weigh in every document
    areas = _area_names(site.content / "areas" / "neighbourhoods.csv")
    changes += _entries(session, site.content / "social_map", ledger, areas)
    for slug in ledger.gone():
        session.execute(delete(Entry).where(Entry.slug == slug))
        changes.append(Changed("entry", slug))
    return changes


def _area_names(path: Path) -> set[str]:
    with path.open(encoding="utf-8") as lines:
        return {row[column] for row in csv.DictReader(lines) for column in ("wijk", "district")}


def _themes(session: Session, path: Path) -> None:
    data = read_yaml(path)
    session.execute(delete(Theme))
    for position, theme in enumerate(data):
        session.add(Theme(code=theme["code"], position=position, icon=theme["icon"], start=bool(theme.get("start"))))
    session.flush()
    summaries = {theme["code"]: theme.get("summary") or {} for theme in data}
    session.execute(insert(ThemeText), [
        {"theme_code": theme["code"], "locale": locale, "name": name, "summary": summaries[theme["code"]].get(locale)}
        for theme in data for locale, name in theme["name"].items()
    ])  # fmt: skip


def _entries(session: Session, folder: Path, ledger: Ledger, areas: set[str]) -> Iterator[Changed]:
    for path in sorted(folder.glob("*.yaml")):
        if ledger.is_new(path.stem, [path]):
            data = read_yaml(path)
            try:
                wrong = list(faults(data, areas))
                if wrong:
                    raise ContentError(f"{path}: " + "; ".join(wrong))
                _seed_entry(session, path.stem, data)
            except NONSENSE as fault:
                raise ContentError(f"{path}: {fault!r}. See content/README.md.") from fault
            yield Changed("entry", path.stem)


def _seed_entry(session: Session, slug: str, data: dict[str, Any]) -> None:
    parse_openings(data["hours"] or ())  # refuse nonsense now, not in front of a reader
    same = ("kind", "formal", "example", "national", "themes", "audience", "areas", "cost", "come", "referral_needed",
            "languages", "phone", "email", "website")  # fmt: skip
    session.merge(
        Entry(
            slug=slug, **{name: data.get(name) for name in same}, place=data.get("place") or {},
            hours=data["hours"] or [], keywords=[str(word) for word in data["keywords"]],
            checked_on=date.fromisoformat(str(data["checked_on"])) if data["checked_on"] else None,
        )
    )  # fmt: skip
    session.flush()
    session.execute(delete(EntryText).where(EntryText.entry_slug == slug))
    session.execute(insert(EntryText), [_text(slug, *item) for item in data["text"].items()])


def _text(slug: str, locale: str, text: dict[str, Any]) -> dict[str, Any]:
    return {
        "entry_slug": slug, "locale": locale, "name": text["name"], "summary": text["summary"],
        "body": text["body"], "body_html": render(text["body"]).html, "first_step": text["first_step"],
        "route": text.get("route"), "cost_note": text.get("cost_note"),
        "keywords": [str(word) for word in text.get("keywords") or ()], "draft": bool(text.get("draft")),
    }  # fmt: skip
