"""What is open at a minute of the week, for all rows at once."""

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Sequence

WEEK = 7 * 24 * 60
"""Minutes in a week; minute 0 is Monday 0:00."""


class Openings:
    """The hours of all rows. Between two moments at which something opens or closes, the answer is remembered."""

    def __init__(self, openings: Sequence[tuple[int, tuple[tuple[int, int], ...]]]) -> None:
        self._hold([(start, end, number) for number, spans in openings for start, end in spans])

    def changed(self, numbers: Container[int], new: "Openings") -> "Openings":
        """Return the hours of all rows when those with these numbers have only the new ones."""
        both = Openings(())
        both._hold([span for span in self._spans if span[-1] not in numbers] + new._spans)
        return both

    def _hold(self, spans: list[tuple[int, int, int]]) -> None:
        self._spans = spans
        self._moments = sorted({moment for start, end, _ in self._spans for moment in (start, end)})
        self._known: tuple[int, int] | None = None

    def rows_at(self, minute: int, as_rows: Callable[[Iterable[int]], int]) -> int:
        """Return the set of rows that are open, made by `as_rows`."""
        place = bisect_right(self._moments, minute % WEEK)
        known = self._known
        if known is None or known[0] != place:
            at = minute % WEEK
            known = place, as_rows(number for start, end, number in self._spans if start <= at < end)
            self._known = known
        return known[1]
