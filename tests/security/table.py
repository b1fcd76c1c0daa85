"""The table of `matrix.yaml`, as questions with the answer that is expected."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.security.ways import Way

TABLE = Path(__file__).parent / "matrix.yaml"
#: Keys of a row that are not somebody.
_ABOUT_THE_ROW = frozenset({"about", "with", "asks", "sends"})


@dataclass(frozen=True)
class Cell:
    """One person at one door, about one thing: what they get."""

    route: str
    method: str
    person: str
    thing: str | None
    family: str | None
    is_seen: bool
    expected: str
    holes: dict[str, str] = field(default_factory=dict)
    query: str = ""
    sends: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        about = f" ({self.thing})" if self.thing else ""
        return f"{self.method} {self.route}{about} by {self.person}"


class Table:
    """The whole table."""

    def __init__(self) -> None:
        said = yaml.safe_load(TABLE.read_text("utf-8"))
        self._groups: dict[str, list[str]] = {**said["groups"], **said["asked"]}
        self.rows: dict[str, dict[str, dict[str, Any]]] = said["routes"]
        self.things: dict[str, Any] = said["things"]

    def people(self, *names: str) -> list[str]:
        """Everybody in these groups, each once."""
        found = [
            one for name in names for one in (self.people(*self._groups[name]) if name in self._groups else [name])
        ]
        return list(dict.fromkeys(found))

    def ways(self, all_ways: dict[str, Way], method: str) -> list[Way]:
        """The routes that take a method and have a row for it; one that has none is told by a test of its own."""
        return [way for way in all_ways.values() if method in way.methods and method in self.rows.get(way.name, {})]

    def cells(self, route: str, method: str, of_staff: bool) -> Iterator[Cell]:
        """All questions of one row."""
        row = self.rows[route][method]
        family = row.get("about")
        whose = self.things[family]["whose"] if family else {None: []}
        more = {"holes": row.get("with", {}), "query": row.get("asks", ""), "sends": row.get("sends", {})}
        for person in self.people("staff" if of_staff else "public"):
            for thing, owners in whose.items():
                seen = person in self.people(*owners)
                expected, is_told = self._expected(row, route, person), False
                if isinstance(expected, dict):
                    is_told = True
                    expected = expected.get(thing if seen else None, expected["seen" if seen else "unseen"])
                yield Cell(route, method, person, thing, family, seen and is_told, str(expected), **more)

    def _expected(self, row: dict[str, Any], route: str, person: str) -> Any:
        for name, outcome in row.items():
            if name not in _ABOUT_THE_ROW and person in self.people(name):
                return outcome
        raise LookupError(f"The row of {route} in {TABLE.name} does not say what {person} gets.")
