"""The figures of a year, with what is hidden in its place, and the file that programs read. Pure."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.foundation.lib.hiding import Hidden, Shown, Sum, hide

#: What stands above the columns of the file. Where a number is hidden, `hidden` says why and `count` is empty.
COLUMNS = ("year", "table", "row", "count", "hidden")


@dataclass(frozen=True)
class Year:
    """The figures of one year. A table that cannot be shown without giving somebody away is not in `tables`.

    `total` is without `withdrawn`, those that were taken back.
    """

    year: int
    total: Shown
    withdrawn: Shown
    tables: Mapping[str, Mapping[str, Shown]]


def hide_tables(cells: Mapping[str, int], sums: Sequence[Sum], least: int) -> dict[str, dict[str, Shown]]:
    """Cells named `table.row` as tables, with what is hidden in its place; no table when nothing can be shown."""
    found: dict[str, dict[str, Shown]] = {}
    for name, cell in (hide(cells, sums, least) or {}).items():
        table, _dot, row = name.partition(".")
        found.setdefault(table, {})[row] = cell
    return found


def as_csv(years: Iterable[Year]) -> str:
    """The same for programs: a line for each number, under `COLUMNS`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for year in years:
        rows = [("all", "total", year.total), ("all", "withdrawn", year.withdrawn)]
        rows += [(table, row, cell) for table, cells in year.tables.items() for row, cell in cells.items()]
        for table, row, cell in rows:
            writer.writerow((year.year, table, row, *(("", cell.value) if isinstance(cell, Hidden) else (cell, ""))))
    return out.getvalue()
