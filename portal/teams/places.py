"""The names of places as the finder compares them: buurten, wijken, districts, what people call them, other towns."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from portal.teams.models import KnownPostcode, Neighbourhood, PlaceName
from portal.teams.rules import Place, plain_name


def read_places(connection: Connection) -> list[tuple[str, Place]]:
    """Every name, official or not, with the buurten it stands for."""
    codes: dict[tuple[str, str], set[str]] = {}
    for code, name, wijk, district in connection.execute(
        select(Neighbourhood.code, Neighbourhood.name, Neighbourhood.wijk, Neighbourhood.district)
    ):
        for level, at in (("buurt", name), ("wijk", wijk), ("district", district)):
            codes.setdefault((level, at), set()).add(code)
    places = {key: Place(key[1], key[0], frozenset(found)) for key, found in codes.items()}
    aliases = connection.execute(select(PlaceName.alias, PlaceName.level, PlaceName.name))
    named = [(plain_name(place.name), place) for place in places.values()]
    return named + [
        (plain_name(alias), places[level, name]) for alias, level, name in aliases if (level, name) in places
    ]


def read_point(connection: Connection, digits: str) -> tuple[float, float] | None:
    """About the middle of a postcode of four digits, in degrees; None when it is not known."""
    table = KnownPostcode.__table__
    row = connection.execute(select(table.c.lat, table.c.lon).where(table.c.postcode == digits)).first()
    return (row.lat, row.lon) if row and row.lat is not None else None


def read_points(connection: Connection, digits: Iterable[str]) -> dict[str, tuple[float, float]]:
    """The middles of several postcodes; those that are not known are left out."""
    table = KnownPostcode.__table__
    rows = connection.execute(
        select(table.c.postcode, table.c.lat, table.c.lon).where(
            table.c.postcode.in_(set(digits)), table.c.lat.is_not(None)
        )
    )
    return {row.postcode: (row.lat, row.lon) for row in rows}


def read_municipality(connection: Connection, digits: str) -> str | None:
    """The municipality of a postcode of four digits; None when we do not know the postcode."""
    table = KnownPostcode.__table__
    found: str | None = connection.scalar(select(table.c.municipality).where(table.c.postcode == digits))
    return found


def read_towns(connection: Connection) -> dict[str, str]:
    """Towns and municipalities of the country by plain name, for people who live elsewhere."""
    rows = connection.execute(select(KnownPostcode.place, KnownPostcode.municipality).distinct())
    towns: dict[str, str] = {}
    for place, municipality in rows:
        towns[plain_name(municipality)] = municipality
        towns.setdefault(plain_name(place), municipality)
    return towns
