"""The picture of how long one waited: where each point lies, what has another shape, and both directions."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from portal.bookings.chart import END, HEIGHT, START, TOP, WIDTH, Point, chart, monday_of, points

MONDAYS = [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]
ENDS = ("2 nov", "23 nov")


def line(*days):
    return [Point(monday, None if one in ("none", None) else one, one == "none")
            for monday, one in zip(MONDAYS, days, strict=True)]  # fmt: skip


def drawn(*days, promise=14, **more):
    return ElementTree.fromstring(chart(line(*days), promise, "Wat er te zien is", ENDS, **more))


def of(svg, kind):
    return [one for one in svg.iter() if one.get("class") == f"chart__{kind}"]


def dots(svg):
    return [(float(one.get("cx")), float(one.get("cy"))) for one in of(svg, "dot")]


@pytest.mark.parametrize(
    ("looked", "days", "none"),
    [
        ([3], 3, False), ([3, 5, 4], 4, False), ([5, 3], 5, False), ([None, 2, 3], 3, False),
        ([None, None, 3], None, True), ([None], None, True), ([], None, False), ([0, 0, 9], 0, False),
    ],
)  # fmt: skip
def test_of_each_week_the_middle_day_counts(looked, days, none):
    (point,) = points({date(2026, 11, 23): looked}, date(2026, 11, 27), 1)
    assert (point.monday, point.days, point.none, point.known) == (date(2026, 11, 23), days, none, bool(looked))


def test_every_week_has_its_point_the_last_one_last():
    found = points({MONDAYS[1]: [4]}, date(2026, 11, 29), 4)
    assert [one.monday for one in found] == MONDAYS
    assert [one.days for one in found] == [None, 4, None, None]
    assert [monday_of(day).isoweekday() for day in (date(2026, 11, 29), date(2027, 1, 1))] == [1, 1]


def test_points_lie_on_the_scale_from_the_first_week_to_the_last():
    found = dots(drawn(0, 7, 14, 3))
    assert [x for x, _y in found][::3] == [START, WIDTH - END]
    lowest, middle, highest, _last = (y for _x, y in found)
    assert highest == TOP
    assert lowest - middle == pytest.approx(middle - highest, abs=0.2)
    assert lowest < HEIGHT


@pytest.mark.parametrize(("most", "top"), [(0, 14), (14, 14), (15, 28), (56, 56), (57, 84), (500, 500)])
def test_the_scale_holds_every_point_and_the_promise(most, top):
    svg = drawn(0, 1, 2, most)
    numbers = [int(one.text) for one in svg.iter() if one.tag == "text" and one.text.isdigit()]
    assert numbers == [0, top // 2, top]
    assert all(TOP <= y <= HEIGHT for _x, y in dots(svg))


def test_the_promise_is_a_line_of_its_own_at_its_height():
    (promise,) = of(drawn(14, 14, 14, 14), "promise")
    height = re.match(r"M[\d.]+ ([\d.]+)H", promise.get("d"))[1]
    assert {y for _x, y in dots(drawn(14, 14, 14, 14))} == {float(height)}


def test_a_week_without_a_moment_is_a_triangle_and_a_week_without_a_look_is_a_gap():
    svg = drawn(3, "none", None, 4)
    assert len(of(svg, "none")) == 1
    assert len(dots(svg)) == 2
    assert of(svg, "line") == []
    (unbroken,) = of(drawn(3, 4, "none", 5), "line")
    assert unbroken.get("d").count("L") == 1


def test_mirrored_the_newest_week_stands_at_the_other_end():
    there, back = dots(drawn(1, 2, 3, 4)), dots(drawn(1, 2, 3, 4, mirrored=True))
    assert [(round(WIDTH - x, 1), y) for x, y in back] == there
    texts = [(one.get("text-anchor"), one.text) for one in drawn(1, 2, 3, 4, mirrored=True).iter() if one.tag == "text"]
    assert texts[-2:] == [("end", "2 nov"), ("start", "23 nov")]


def test_who_sees_no_picture_hears_what_it_shows_and_nothing_of_its_signs_breaks_out():
    svg = chart(line(1, 2, 3, 4), 14, '"<Team> & co"', ENDS)
    assert ElementTree.fromstring(svg).get("aria-label") == '"<Team> & co"'
    assert ElementTree.fromstring(svg).get("role") == "img"
    assert "style=" not in svg


def test_one_point_is_no_line():
    with pytest.raises(ValueError, match="two points"):
        chart(line(1, 2, 3, 4)[:1], 14, "", ENDS)
