"""A case that became one about somebody else: who asked may have what they told us, and not what came of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table

#: In the `info` of a table: the kind of case in which its rows are about somebody else than who asked.
OF_ANOTHER = "of_another"
#: Tables of every case in which what happened to the other person would stand.
_TELLING = ("case_event", "case_term")
_ASKED = frozenset({"resident", "representative"})


def is_about_another(kind: str, tables: Iterable[Table]) -> bool:
    """Whether cases of this kind are about somebody else than who asked."""
    return any(table.info.get(OF_ANOTHER) == kind for table in tables)


def of_who_asked(
    kind: str, about: Mapping[str, list[dict[str, Any]]], tables: Iterable[Table]
) -> dict[str, list[dict[str, Any]]]:
    """What is left of everything about a case for who asked it: nothing of the other person, nor how it ended."""
    tables = list(tables)
    if not is_about_another(kind, tables):
        return dict(about)
    others = {table.name for table in tables if table.info.get(OF_ANOTHER) == kind}
    kept = {name: rows for name, rows in about.items() if name not in others and name not in _TELLING}
    kept["case_event"] = [
        {**row, "from_state": "–", "to_state": "–"} for row in about["case_event"] if row["author"] in _ASKED
    ]
    kept["case_message"] = [row for row in about["case_message"] if not row["note"]]
    hidden = ("state", "closed_at", "moved_at", "due_from", "due_on", "sort_on", "team_slug")
    kept["case"] = [{**row, **dict.fromkeys(hidden, "–")} for row in about["case"]]
    return kept
