"""The names of places as the finder compares them: buurten, wijken, districts, what people call them, other towns."""

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


def read_towns(connection: Connection) -> dict[str, str]:
    """Towns and municipalities of the country by plain name, for people who live elsewhere."""
    rows = connection.execute(select(KnownPostcode.place, KnownPostcode.municipality).distinct())
    towns: dict[str, str] = {}
    for place, municipality in rows:
        towns[plain_name(municipality)] = municipality
        towns.setdefault(plain_name(place), municipality)
    return towns
