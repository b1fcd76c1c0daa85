"""Find a team: two questions to the database at most; names are kept in memory. The page of a team: `reading`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, or_, select

from portal.foundation.i18n import Locale, reading_order
from portal.teams.models import (
    CoverageRule,
    KnownPostcode,
    Neighbourhood,
    PostcodeWijk,
    Team,
    TeamText,
)
from portal.teams.places import read_places, read_towns
from portal.teams.rules import (
    Name,
    NoPostcode,
    Nothing,
    Outcome,
    Postcode,
    Rule,
    asks_number,
    find_place,
    parse_where,
    plain_name,
    teams_at,
    telling_names,
)

T = TypeVar("T")
#: Which team works in which wijk and buurt.
_AREAS = (
    select(CoverageRule.team_slug, Neighbourhood.wijk, Neighbourhood.name)
    .join(Neighbourhood, Neighbourhood.code == CoverageRule.value)
    .where(CoverageRule.kind == "buurt")
    .order_by(Neighbourhood.wijk, Neighbourhood.name)
)
#: Gives a thing kept in memory under the content version; see `foundation.content_cache.Kept.get`.
Keep = Callable[[str, Callable[[Connection], T]], T]


@dataclass(frozen=True)
class TeamCard:
    """A team as one line of a list. `about` names the neighbourhoods that make it an answer; may be empty."""

    slug: str
    name: str
    district: str
    address: str
    phone: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What we can say about what was asked.

    `understood` is the name we read in a misspelt one; `detail` a place or municipality elsewhere; `why` tells what
    is wrong with an impossible postcode; `asks_number` that the house number decides between the teams.
    """

    asked: str
    outcome: Outcome
    teams: tuple[TeamCard, ...] = ()
    understood: str | None = None
    detail: str | None = None
    why: str | None = None
    asks_number: bool = False


class TeamFinder:
    """From a postcode or the name of a neighbourhood to a team. Keeps nothing of what was asked."""

    def __init__(self, reader: Connection, keep: Keep[Any], municipality: str, today: date, locale: Locale) -> None:
        self._reader, self._keep, self._today = reader, keep, today
        self._municipality, self._locale = municipality, locale

    def find(self, asked: str) -> Answer:
        """The answer to "where do you live". Never raises for anything a person can type."""
        where = parse_where(asked)
        shown = " ".join(asked.split())[:120]
        match where:
            case Nothing():
                return Answer(shown, Outcome.INVALID, why="empty")
            case NoPostcode(why=why):
                return Answer(shown, Outcome.INVALID, why=why)
            case Postcode():
                return self._by_postcode(shown, where)
            case Name():
                return self._by_name(shown, where)

    def everybody(self) -> tuple[TeamCard, ...]:
        """All teams, in the order of their districts, each with its wijken."""
        cards: Mapping[str, TeamCard] = self._keep(f"teams.cards.{self._locale.code}", self._read_cards)
        return self._cards(cards, self._keep(f"teams.wijken.{self._today}", self._read_wijken))

    def _by_postcode(self, asked: str, where: Postcode) -> Answer:
        rules = read_rules(self._reader, where)
        slugs = teams_at(where, rules, self._today)
        if not slugs:
            return self._elsewhere(asked, where)
        if len(slugs) == 1:
            return Answer(asked, Outcome.TEAM, self._cards(slugs))
        teams = self._cards(slugs, self._wijken(where.digits))
        return Answer(asked, Outcome.CHOOSE, teams, asks_number=asks_number(where, rules, self._today))

    def _elsewhere(self, asked: str, where: Postcode) -> Answer:
        known = self._reader.execute(
            select(KnownPostcode.place, KnownPostcode.municipality, KnownPostcode.kind).where(
                KnownPostcode.postcode == where.digits
            )
        ).first()
        if known is None:
            return Answer(asked, Outcome.UNKNOWN)
        place, municipality, kind = known
        if kind == "po_box":
            return Answer(asked, Outcome.PO_BOX, detail=place)
        if municipality == self._municipality:
            return Answer(asked, Outcome.UNKNOWN, detail=municipality)
        return Answer(asked, Outcome.OUTSIDE, detail=municipality)

    def _by_name(self, asked: str, where: Name) -> Answer:
        if where.plain in {plain_name(self._municipality), plain_name(f"gemeente {self._municipality}")}:
            return Answer(asked, Outcome.CHOOSE, self.everybody())
        place = find_place(where, self._keep("teams.places", read_places))
        if place is None:
            return self._another_town(asked, where)
        covers: Mapping[str, str] = self._keep(f"teams.buurten.{self._today}", self._read_buurten)
        slugs = tuple(dict.fromkeys(covers[code] for code in sorted(place.codes) if code in covers))
        understood = place.name if plain_name(place.name) != where.plain else None
        outcome = {0: Outcome.UNKNOWN, 1: Outcome.TEAM}.get(len(slugs), Outcome.CHOOSE)
        return Answer(asked, outcome, self._cards(slugs), understood=understood)

    def _another_town(self, asked: str, where: Name) -> Answer:
        towns: Mapping[str, str] = self._keep("teams.towns", read_towns)
        town = towns.get(where.plain)
        return Answer(asked, Outcome.OUTSIDE, detail=town) if town else Answer(asked, Outcome.UNKNOWN)

    def _cards(self, slugs: Iterable[str], about: Mapping[str, Sequence[str]] | None = None) -> tuple[TeamCard, ...]:
        cards: Mapping[str, TeamCard] = self._keep(f"teams.cards.{self._locale.code}", self._read_cards)
        return tuple(
            replace(card, about=tuple((about or {}).get(card.slug, ()))) for card in (cards[slug] for slug in slugs)
        )

    def _wijken(self, digits: str) -> dict[str, list[str]]:
        """For each team, where in this postcode it works."""
        rows = self._reader.execute(
            _AREAS.join(PostcodeWijk, PostcodeWijk.wijk == Neighbourhood.wijk).where(PostcodeWijk.postcode == digits)
        )
        return telling_names((slug, wijk, name) for slug, wijk, name in rows)

    def _read_wijken(self, connection: Connection) -> dict[str, list[str]]:
        """For every team, where it works."""
        return telling_names((slug, wijk, name) for slug, wijk, name in connection.execute(_AREAS))

    def _read_cards(self, connection: Connection) -> dict[str, TeamCard]:
        rows = connection.execute(
            select(Team.slug, Team.district, Team.address, Team.phone, TeamText.locale, TeamText.name)
            .join(TeamText, TeamText.team_slug == Team.slug)
            .where(TeamText.locale.in_(reading_order(self._locale)))
            .order_by(Team.district, Team.position)
        )
        cards: dict[str, TeamCard] = {}
        for slug, district, address, phone, locale, name in rows:
            if slug not in cards or locale == self._locale.code:
                cards[slug] = TeamCard(slug, name, district, address, phone)
        return cards

    def _read_buurten(self, connection: Connection) -> dict[str, str]:
        rows = connection.execute(
            select(CoverageRule.value, CoverageRule.team_slug).where(
                CoverageRule.kind == "buurt",
                CoverageRule.valid_from <= self._today,
                or_(CoverageRule.valid_to.is_(None), CoverageRule.valid_to >= self._today),
            )
        )
        return {code: slug for code, slug in rows}


def read_rules(reader: Connection, where: Postcode) -> list[Rule]:
    """The rules of coverage that may say something of a postcode."""
    value = CoverageRule.value
    wanted = value.in_((where.digits, where.full)) if where.full else value.between(where.digits, where.digits + "ZZ")
    rows = reader.execute(
        select(
            CoverageRule.team_slug, CoverageRule.kind, value, CoverageRule.number_from, CoverageRule.number_to,
            CoverageRule.parity, CoverageRule.valid_from, CoverageRule.valid_to,
        )
        .where(CoverageRule.kind != "buurt", wanted)
        .order_by(CoverageRule.id)
    )  # fmt: skip
    return [Rule(*row) for row in rows]
