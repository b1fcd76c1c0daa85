"""Teams as documents of the search index."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from portal.foundation.lib import hours
from portal.foundation.lib.markdown import plain_text
from portal.foundation.site import Site
from portal.teams.models import CoverageRule, Neighbourhood, Team, TeamText
from search import Doc, Text


def documents(connection: Connection, site: Site, keys: Sequence[str] | None = None) -> Iterable[Doc]:
    """All teams, or those with these slugs."""
    table = (Team.slug, Team.district, Team.address, Team.lat, Team.lon, Team.hours)
    texts = (TeamText.locale, TeamText.name, TeamText.summary, TeamText.what_html)
    query = select(*table, *texts).join(TeamText, TeamText.team_slug == Team.slug)
    if keys is not None:
        query = query.where(Team.slug.in_(keys))
    found: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        found.setdefault(row.slug, []).append(row)
    areas = _areas(connection)
    return [_document(slug, rows, areas.get(slug, ())) for slug, rows in found.items()]


def _document(slug: str, rows: list[Any], areas: Sequence[str]) -> Doc:
    first = rows[0]
    return Doc(
        key=f"team:{slug}",
        kind="team",
        texts={row.locale: Text(row.name, row.summary, plain_text(row.what_html)) for row in rows},
        areas=tuple(areas),
        boost=0.85,  # its page speaks a little of everything; asked for by name it still comes first
        openings=hours.minutes_of_week(one for one in hours.parse_openings(first.hours) if one.kind != "phone"),
        point=(first.lat, first.lon),
        keywords={"nl": ("wijkteam", "sociaal team", first.district, *areas)},
        payload={
            "slug": slug, "areas": list(areas), "address": first.address,
            "summary": {row.locale: row.summary for row in rows},
        },
    )  # fmt: skip


def _areas(connection: Connection) -> dict[str, list[str]]:
    """The wijken of each team, by the neighbourhoods it covers."""
    rows = connection.execute(
        select(CoverageRule.team_slug, Neighbourhood.wijk)
        .distinct()
        .join(Neighbourhood, Neighbourhood.code == CoverageRule.value)
        .where(CoverageRule.kind == "buurt")
        .order_by(Neighbourhood.wijk)
    )
    found: dict[str, list[str]] = {}
    for slug, wijk in rows:
        found.setdefault(slug, []).append(wijk)
    return found
