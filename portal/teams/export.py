"""Teams and coverage from rows to files."""

import csv
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from portal.foundation.exporting import to_yaml, without_nothing
from portal.teams.coverage import COLUMNS
from portal.teams.models import CoverageRule, Team, TeamText

FACTS = (
    "slug", "district", "example", "phone", "email", "address", "postcode", "city", "lat", "lon", "languages",
    "staff_count", "building", "hours", "closed",
)  # fmt: skip
TEXTS = ("name", "summary", "route", "what", "note", "draft")


def export(connection: Connection, folder: Path) -> int:
    """Write `teams/<slug>.yaml` and `areas/coverage.csv`. Returns the number of files."""
    texts: dict[str, dict[str, Any]] = {}
    for row in connection.execute(select(TeamText.__table__)):
        texts.setdefault(row.team_slug, {})[row.locale] = without_nothing({k: getattr(row, k) for k in TEXTS})
    teams = connection.execute(select(Team.__table__).order_by(Team.slug)).all()
    (folder / "teams").mkdir(parents=True, exist_ok=True)
    for team in teams:
        data = {name: getattr(team, name) for name in FACTS} | {"text": texts.get(team.slug, {})}
        (folder / "teams" / f"{team.slug}.yaml").write_text(to_yaml(data), "utf-8")
    _coverage(connection, folder / "areas")
    return len(teams) + 1


def _coverage(connection: Connection, areas: Path) -> None:
    areas.mkdir(parents=True, exist_ok=True)
    rows = connection.execute(select(CoverageRule.__table__).order_by(CoverageRule.id))
    with (areas / "coverage.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            values = (row.team_slug, row.kind, row.value, row.number_from, row.number_to, row.parity, row.valid_from,
                      row.valid_to)  # fmt: skip
            writer.writerow("" if value is None else value for value in values)
