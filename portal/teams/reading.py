"""Read what the page of a team shows: the team, its neighbourhoods, the borders of the municipality."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from portal.foundation.i18n import Locale, reading_order
from portal.teams.geometry import depth
from portal.teams.models import CoverageRule, Neighbourhood, Team, TeamText


@dataclass(frozen=True)
class TeamView:
    """Everything a team page shows. `locale` is the locale the texts are in."""

    row: Any
    locale: str
    neighbourhoods: tuple[tuple[str, tuple[str, ...]], ...]
    codes: frozenset[str]


class TeamReader:
    """Reads one team for its page."""

    def __init__(self, reader: Connection, locale: Locale, today: date) -> None:
        self._reader, self._locale, self._today = reader, locale, today

    def team(self, slug: str) -> TeamView | None:
        """The team, in the reader's language or else in Dutch; None when there is no such team."""
        rows = self._reader.execute(
            select(Team.__table__, TeamText.__table__)
            .join(TeamText, TeamText.team_slug == Team.slug)
            .where(Team.slug == slug, TeamText.locale.in_(reading_order(self._locale)))
        ).all()
        row = min(rows, key=lambda found: found.locale != self._locale.code, default=None)
        if row is None:
            return None
        names, codes = self._neighbourhoods(slug)
        return TeamView(row, row.locale, names, codes)

    def _neighbourhoods(self, slug: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], frozenset[str]]:
        """The wijken and their buurten, by name, and the codes of the buurten."""
        holds = and_(
            CoverageRule.kind == "buurt",
            CoverageRule.valid_from <= self._today,
            or_(CoverageRule.valid_to.is_(None), CoverageRule.valid_to >= self._today),
        )
        rows = self._reader.execute(
            select(Neighbourhood.code, Neighbourhood.wijk, Neighbourhood.name)
            .join(CoverageRule, CoverageRule.value == Neighbourhood.code)
            .where(CoverageRule.team_slug == slug, holds)
            .order_by(Neighbourhood.wijk, Neighbourhood.name)
        ).all()
        wijken: dict[str, list[str]] = {}
        for _code, wijk, name in rows:
            wijken.setdefault(wijk, []).append(name)
        return tuple((wijk, tuple(names)) for wijk, names in wijken.items()), frozenset(row.code for row in rows)


@dataclass(frozen=True)
class Borders:
    """All borders of the municipality as (code, SVG path), on a canvas 1,000 wide and `height` high."""

    height: int
    outlines: tuple[tuple[str, str], ...]


def read_borders(connection: Connection) -> Borders:
    """The borders as they were drawn at seeding."""
    outlines = tuple((code, d) for code, d in connection.execute(select(Neighbourhood.code, Neighbourhood.outline)))
    return Borders(depth(d for _code, d in outlines), outlines)
