"""How long one waited, week by week, as a picture (SVG) and as the points behind it. Pure.

What must be seen is told by shape: a line with dots, a triangle where there was no moment at all, a dashed line for
what we promise. Ink is that of the text around it, so that dark screens and forced colours need nothing of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

ONE_WEEK = timedelta(weeks=1)
#: The canvas, and what stays free of it: for the numbers, the dates, and the triangles above.
WIDTH, HEIGHT, START, END, TOP, BOTTOM = 360, 180, 34, 12, 22, 26
#: The highest number on the scale is the first of these that holds all points.
SCALES = (14, 28, 42, 56, 84, 112, 168, 364)
STEPS = 2


@dataclass(frozen=True)
class Point:
    """One week: the middle one of the days one waited. `none`: on most days there was no moment at all."""

    monday: date
    days: int | None
    none: bool = False

    @property
    def known(self) -> bool:
        """Whether we looked in this week."""
        return self.none or self.days is not None


def monday_of(day: date) -> date:
    """The first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def points(weeks: Mapping[date, Sequence[int | None]], last: date, count: int) -> list[Point]:
    """A point for each of so many weeks, of which the one of `last` is the last; of each the middle day counts.

    A day without any moment is longer than every other; of an even number of days the longer one of the middle two.
    """
    found = []
    for number in range(count):
        monday = monday_of(last) - (count - 1 - number) * ONE_WEEK
        looked = weeks.get(monday, ())
        known = sorted(days for days in looked if days is not None)
        middle = len(looked) // 2
        days = known[middle] if middle < len(known) else None
        found.append(Point(monday, days, bool(looked) and days is None))
    return found


def chart(
    line: Sequence[Point], promise: int, words: str, ends: tuple[str, str], *, mirrored: bool = False
) -> Markup:  # fmt: skip
    """The picture: `words` say in a sentence what it shows, `ends` are the first and the last week under it.

    `promise` is in days. Mirrored, time goes from right to left. Raises ValueError for fewer than two points.
    """
    if len(line) < 2:
        raise ValueError("a line has two points")
    place = _Place(len(line), _scale([*(one.days or 0 for one in line), promise]), mirrored)
    parts = [*_frame(place), _promise(place, promise), *_lines(line, place), *_marks(line, place), *_dates(place, ends)]
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, words, Markup("").join(parts)
    )


@dataclass(frozen=True)
class _Place:
    """Where things stand on the canvas."""

    count: int
    top: int
    mirrored: bool

    def across(self, x: float) -> float:
        return round(WIDTH - x if self.mirrored else x, 1)

    def x(self, number: int) -> float:
        return self.across(START + number * (WIDTH - START - END) / (self.count - 1))

    def y(self, days: int) -> float:
        return round(HEIGHT - BOTTOM - days * (HEIGHT - TOP - BOTTOM) / self.top, 1)


def _scale(values: Sequence[int]) -> int:
    most = max(values)
    return next((top for top in SCALES if top >= most), most)


def _frame(place: _Place) -> list[Markup]:
    """Level lines, each with its number of days."""
    found = []
    for step in range(STEPS + 1):
        days = place.top * step // STEPS
        y, first, last = place.y(days), place.across(START), place.across(WIDTH - END)
        level = Markup('<path class="chart__level" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="middle">{}</text>')
        found.append(level.format(first, y, last, place.across(START / 2), y + 4, days))
    return found


def _promise(place: _Place, promise: int) -> Markup:
    line = Markup('<path class="chart__promise" d="M{} {}H{}"/>')
    return line.format(place.across(START), place.y(promise), place.across(WIDTH - END))


def _lines(line: Sequence[Point], place: _Place) -> list[Markup]:
    """The line, in pieces where a week has no number."""
    pieces: list[list[str]] = [[]]
    for number, one in enumerate(line):
        if one.days is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{place.x(number)} {place.y(one.days)}")
    return [Markup('<path class="chart__line" d="M{}"/>').format("L".join(one)) for one in pieces if len(one) > 1]


def _marks(line: Sequence[Point], place: _Place) -> list[Markup]:
    found = []
    for number, one in enumerate(line):
        x = place.x(number)
        if one.days is not None:
            dot = Markup('<circle class="chart__dot" cx="{}" cy="{}" r="3.5"/>')
            found.append(dot.format(x, place.y(one.days)))
        elif one.none:
            above = Markup('<path class="chart__none" d="M{} {}l5 9h-10z"/>')
            found.append(above.format(x, TOP - 16))
    return found


def _dates(place: _Place, ends: tuple[str, str]) -> list[Markup]:
    """The first and the last week; their ends lie on those of the line, whichever way one reads."""
    # anchors go by the direction of the text, which the style sheet sets from left to right
    anchors = ("end", "start") if place.mirrored else ("start", "end")
    where = (place.across(START), place.across(WIDTH - END))
    text = Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>')
    return [
        text.format(x, HEIGHT - 6, anchor, words) for x, anchor, words in zip(where, anchors, ends, strict=True)
    ]  # fmt: skip
