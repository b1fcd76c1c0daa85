"""What is open at a minute of the week, for all rows at once."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import chain

WEEK = 7 * 24 * 60
"""Minutes in a week; minute 0 is Monday 0:00."""


class Openings:
    """The hours of all rows. Between two moments at which something opens or closes, the answer is remembered."""

    def __init__(self, openings: Iterable[tuple[int, Sequence[tuple[int, int]]]]) -> None:
        spans: dict[tuple[int, int], array[int]] = {}
        for number, its in openings:
            for span in its:
                spans.setdefault(span, array("I")).append(number)
        self._hold(spans)

    def changed(self, numbers: Set[int], new: "Openings") -> "Openings":
        """Return the hours of all rows when those with these numbers have only the new ones."""
        kept = {
            span: rows if numbers.isdisjoint(rows) else array("I", (row for row in rows if row not in numbers))
            for span, rows in self._spans.items()
        }
        both = Openings(())
        both._hold({span: kept.get(span, _NONE) + new._spans.get(span, _NONE) for span in kept | new._spans})
        return both

    def _hold(self, spans: Mapping[tuple[int, int], "array[int]"]) -> None:
        self._spans = {span: rows for span, rows in spans.items() if rows}
        self._moments = sorted({moment for span in self._spans for moment in span})
        self._known: tuple[int, int] | None = None

    def rows_at(self, minute: int, as_rows: Callable[[Iterable[int]], int]) -> int:
        """Return the set of rows that are open, made by `as_rows`."""
        place = bisect_right(self._moments, minute % WEEK)
        known = self._known
        if known is None or known[0] != place:
            at = minute % WEEK
            open_now = (rows for (start, end), rows in self._spans.items() if start <= at < end)
            known = place, as_rows(chain.from_iterable(open_now))
            self._known = known
        return known[1]


_NONE = array("I")
