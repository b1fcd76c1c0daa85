"""Figures in which nobody can be found: what is hidden cannot be worked out from what is shown. Pure.

A number under the bound is hidden, also a nought. Then, as sums are public or can be guessed, others are hidden beside
it until for each hidden number there are at least two that fit all sums and all that is said about it.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

#: Cells with what they count for in a sum, 1 or -1. Readers are taken to know what the sum is.
Sum = Mapping[str, int]


class Hidden(StrEnum):
    """Why a number is not there: it is under the bound, or it is not, but would give another away."""

    FEW = "few"
    GUARD = "guard"


Shown = int | Hidden


def hide(cells: Mapping[str, int], sums: Sequence[Sum], least: int) -> Mapping[str, Shown] | None:
    """The same cells, with the hidden ones in their place; None when nothing of it can be shown."""
    hidden = {name: Hidden.FEW for name, count in cells.items() if count < least}
    while unsafe := [name for name in hidden if not _can_differ(name, cells, hidden, sums, least)]:
        near = {name for one in sums if one.keys() & set(unsafe) for name in one} - hidden.keys()
        others = near or cells.keys() - hidden.keys()
        if not others:
            return None
        hidden[min(others, key=lambda name: (cells[name], name))] = Hidden.GUARD
    return {name: hidden.get(name, count) for name, count in cells.items()}


def _can_differ(
    name: str, cells: Mapping[str, int], hidden: Mapping[str, Hidden], sums: Sequence[Sum], least: int
) -> bool:
    """Whether a hidden number may also be one more or one less, with others that make up for it."""
    rows = [one for one in ({cell: by for cell, by in row.items() if cell in hidden} for row in sums) if one]
    return any(_makes_up({name: change}, rows, cells, hidden, least) for change in _changes(name, cells, hidden, least))


def _changes(name: str, cells: Mapping[str, int], hidden: Mapping[str, Hidden], least: int) -> Iterator[int]:
    """One more, one less: as far as what is said of it stays true."""
    for change in (1, -1):
        count = cells[name] + change
        if (0 <= count < least) if hidden[name] is Hidden.FEW else count >= least:
            yield change


def _makes_up(
    changed: dict[str, int], rows: Sequence[Sum], cells: Mapping[str, int], hidden: Mapping[str, Hidden], least: int
) -> bool:
    """Whether every sum can be what it was, after these changes and one more or less of cells not changed yet."""
    for row in rows:
        off = sum(by * changed.get(cell, 0) for cell, by in row.items())
        if off == 0:
            continue
        for cell in row.keys() - changed.keys():
            for change in _changes(cell, cells, hidden, least):
                mends = row[cell] * change == (-1 if off > 0 else 1)
                if mends and _makes_up({**changed, cell: change}, rows, cells, hidden, least):
                    return True
        return False
    return True
