"""What a database holds, as a picture: taken before and after, equal when nothing was written."""

from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, select

from portal.foundation.db import reading, writing
from portal.models import metadata

#: Tables that are read from the files of editors. Every other table, also one that comes later, is about somebody.
CONTENT = frozenset(
    {"cleaning_provider", "content_version", "coverage_rule", "entry", "entry_text", "known_postcode", "neighbourhood",
     "page", "page_text", "place_name", "policy", "postcode_wijk", "search_word", "seeded", "team", "team_text",
     "theme", "theme_text"}
)  # fmt: skip
LIVING = tuple(table for table in metadata.sorted_tables if table.name not in CONTENT)
Picture = dict[str, tuple[int, str]]


def _rows(connection: Any, table: Any) -> list[Any]:
    return sorted((tuple(row) for row in connection.execute(select(table))), key=repr)


def picture(site: Any, tables: Any = LIVING) -> Picture:
    """Per table how many rows there are and a hash of all that stands in them."""
    with reading(site.engine) as connection:
        found = {table.name: _rows(connection, table) for table in tables}
    return {name: (len(rows), sha256(repr(rows).encode()).hexdigest()) for name, rows in found.items()}


def whole_picture(site: Any) -> Picture:
    """The same of every table, the content of editors too."""
    return picture(site, metadata.sorted_tables)


def changed(before: Picture, after: Picture) -> list[str]:
    """The tables that differ, with the number of rows before and after."""
    return [f"{name} ({before[name][0]} → {after[name][0]} rows)" for name in before if before[name] != after[name]]


class Kept:
    """The rows of a moment, to be put back when something was written since."""

    def __init__(self, site: Any) -> None:
        self._site = site
        with reading(site.engine) as connection:
            self._rows = {table: [dict(row._mapping) for row in connection.execute(select(table))] for table in LIVING}
        self._picture = picture(site)

    def put_back(self) -> list[str]:
        """Everything as it was; gives what had changed."""
        different = changed(self._picture, picture(self._site))
        if different:
            with writing(self._site.engine) as session:
                for table in reversed(LIVING):
                    session.execute(delete(table))
                for table, rows in self._rows.items():
                    if rows:
                        session.execute(insert(table), rows)
        return different
