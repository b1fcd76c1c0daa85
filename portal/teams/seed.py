"""Teams and areas from `content/` to rows."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from portal.foundation.lib.hours import parse_openings
from portal.foundation.lib.markdown import render
from portal.foundation.seeding import Changed, ContentError, Ledger, read_yaml
from portal.foundation.site import Site
from portal.teams.coverage import CoverageError, read_rules, read_text
from portal.teams.geometry import Canvas, outline, rings
from portal.teams.models import (
    CoverageRule,
    KnownPostcode,
    Neighbourhood,
    PlaceName,
    PostcodeWijk,
    Team,
    TeamText,
)
from portal.teams.rules import Rule

COUNTRY = Path(__file__).parent / "data" / "postcodes_nl.csv"


def seed(session: Session, site: Site) -> Iterable[Changed]:
    """Bring teams, areas and postcodes up to the folder. Raises `ContentError`."""
    ledger = Ledger(session, "teams/")
    changes = list(_teams(session, site, ledger))
    if ledger.is_new("country", [COUNTRY]):
        _replace(session, KnownPostcode, [_known(row) for row in _rows(COUNTRY)])
    areas = site.content / "areas"
    coverage = next(path for path in (areas / "coverage.csv", areas / "coverage.csv.gz") if path.exists())
    if ledger.is_new("areas", sorted(path for path in areas.iterdir() if path.is_file() and path != coverage)):
        _areas(session, areas)
        changes = everybody(session)
    if ledger.is_new("coverage", [coverage]):  # apart: rules that were imported by hand stay until the file changes
        _coverage(session, coverage)
        changes = everybody(session)
    for slug in ledger.gone():
        session.execute(delete(Team).where(Team.slug == slug))
        changes.append(Changed("team", slug))
    return changes


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(read_text(path).splitlines())) if path.exists() else []


def _replace(session: Session, model: Any, rows: list[dict[str, Any]]) -> None:
    session.execute(delete(model))
    if rows:
        session.execute(insert(model), rows)


def _known(row: dict[str, str]) -> dict[str, Any]:
    return {**row, **{name: float(row[name]) if row[name] else None for name in ("lat", "lon")}}


def _teams(session: Session, site: Site, ledger: Ledger) -> Iterator[Changed]:
    for position, path in enumerate(sorted((site.content / "teams").glob("*.yaml"))):
        if ledger.is_new(path.stem, [path]):
            data = read_yaml(path)
            try:
                session.merge(_team(data, position))
                session.flush()
                session.execute(delete(TeamText).where(TeamText.team_slug == path.stem))
                session.execute(insert(TeamText), [_text(path.stem, *item) for item in data["text"].items()])
            except (KeyError, ValueError, TypeError, AttributeError) as fault:
                raise ContentError(f"{path}: {fault!r}. See content/README.md.") from fault
            yield Changed("team", path.stem)


def _team(data: dict[str, Any], position: int) -> Team:
    parse_openings(data["hours"])  # refuse nonsense now, not in front of a reader
    same = ("slug", "district", "phone", "email", "address", "postcode", "city", "lat", "lon", "languages", "building")
    return Team(
        **{name: data[name] for name in same},
        position=position, example=bool(data.get("example")), staff_count=data.get("staff_count"),
        hours=data["hours"], closed=[_closure(row) for row in data.get("closed") or ()],
    )  # fmt: skip


def _closure(row: dict[str, Any]) -> dict[str, Any]:
    first, last = (str(date.fromisoformat(str(row[end]))) for end in ("from", "to"))
    return {"from": first, "to": last, "reason": row["reason"]}


def _text(slug: str, locale: str, text: dict[str, Any]) -> dict[str, Any]:
    return {
        "team_slug": slug, "locale": locale, "name": text["name"], "summary": text["summary"], "route": text["route"],
        "what": text["what"], "what_html": render(text["what"]).html, "note": text.get("note"),
        "draft": bool(text.get("draft")),
    }  # fmt: skip


def _areas(session: Session, areas: Path) -> None:
    features = json.loads((areas / "neighbourhoods.geojson").read_text("utf-8"))["features"]
    borders = {feature["properties"]["code"]: feature["geometry"] for feature in features}
    canvas = Canvas.around(point for border in borders.values() for ring in rings(border) for point in ring)
    _replace(session, Neighbourhood, [
        {"code": r["code"], "name": r["name"], "wijk": r["wijk"], "district": r["district"],
         "outline": outline(borders[r["code"]], canvas)}
        for r in _rows(areas / "neighbourhoods.csv")
    ])  # fmt: skip
    _replace(session, PlaceName, _rows(areas / "aliases.csv"))
    _replace(session, PostcodeWijk, [
        {"postcode": row["postcode"], "wijk": wijk, "position": position}
        for row in _rows(areas / "postcodes.csv")
        for position, wijk in enumerate([row["main_wijk"], *filter(None, row["other_wijken"].split("|"))])
    ])  # fmt: skip


def _coverage(session: Session, path: Path) -> None:
    try:
        replace_rules(session, read_rules(path, [slug for (slug,) in session.query(Team.slug)]))
    except CoverageError as fault:
        raise ContentError(str(fault)) from fault


def everybody(session: Session) -> list[Changed]:
    """Every team, as changed: what a team covers is part of what the search index knows of it."""
    return [Changed("team", slug) for (slug,) in session.query(Team.slug)]


def replace_rules(session: Session, rules: Iterable[Rule]) -> None:
    """Put these rules in the place of all others."""
    _replace(session, CoverageRule, [
        {"team_slug": r.team, "kind": r.kind, "value": r.value, "number_from": r.number_from,
         "number_to": r.number_to, "parity": r.parity, "valid_from": r.valid_from, "valid_to": r.valid_to}
        for r in rules
    ])  # fmt: skip
