"""Which team somebody's address belongs to; for what is done with a request, where nobody is asked to choose."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from portal.teams.models import Team, TeamText
from portal.teams.rules import Postcode, parse_where, teams_at
from portal.teams.services import read_rules


def team_at(reader: Connection, postcode: str, house: str, today: date) -> str | None:
    """The slug of the one team at an address; None when no team or more than one works there."""
    number = re.search(r"\d+", house)  # of “12-3” and “12 3 hoog” it is 12
    where = parse_where(f"{postcode} {number[0]}" if number else postcode)
    if not isinstance(where, Postcode):
        return None
    slugs = teams_at(where, read_rules(reader, where), today)
    return slugs[0] if len(slugs) == 1 else None


@dataclass(frozen=True)
class Called:
    """What a team is called, and its phone."""

    name: str
    phone: str


def what_teams_are_called(reader: Connection) -> Mapping[str, Called]:
    """The Dutch name and the phone of each team by its slug, in the order in which teams stand in lists."""
    rows = reader.execute(
        select(Team.slug, Team.phone, TeamText.name)
        .join(TeamText, TeamText.team_slug == Team.slug)
        .where(TeamText.locale == "nl")
        .order_by(Team.district, Team.position)
    )
    return {row.slug: Called(row.name, row.phone) for row in rows}
