"""Borders as SVG on a canvas of 1,000 wide: small whole steps, nothing outside, nothing lost."""

import json
import re
from itertools import pairwise

import pytest

from portal.teams.geometry import MARGIN, WIDTH, Canvas, depth, outline, rings
from tests.composed import SITES

SQUARE = {"type": "Polygon", "coordinates": [[[6.0, 52.0], [6.1, 52.0], [6.1, 52.1], [6.0, 52.1], [6.0, 52.0]]]}


def canvas_of(*geometries):
    return Canvas.around(point for geometry in geometries for ring in rings(geometry) for point in ring)


def points(d):
    """The places a path goes to, ring by ring."""
    found = []
    for ring in d.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x, y = numbers[:2]
        found.append([(x, y)])
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            found[-1].append((x, y))
    return found


def test_a_square_fills_the_canvas_within_its_margin():
    canvas = canvas_of(SQUARE)
    assert canvas.place(6.0, 52.1) == (MARGIN, MARGIN)
    assert canvas.place(6.1, 52.0) == (WIDTH - MARGIN, canvas.height - MARGIN)


def test_a_degree_north_is_longer_than_a_degree_east_in_zwolle():
    assert canvas_of(SQUARE).height == pytest.approx((WIDTH - 2 * MARGIN) / 0.615 + 2 * MARGIN, rel=0.01)


def test_a_border_is_drawn_in_relative_steps_and_closed():
    d = outline(SQUARE, canvas_of(SQUARE))
    height = canvas_of(SQUARE).height
    assert re.fullmatch(r"M\d+ \d+l[\d -]+z", d)
    (ring,) = points(d)
    assert set(ring) == {(8, 8), (992, 8), (992, height - 8), (8, height - 8)}


def test_steps_of_nothing_are_left_out():
    near = {"type": "Polygon", "coordinates": [[[6.0, 52.0], [6.0000001, 52.0], [6.1, 52.1], [6.0, 52.1], [6.0, 52.0]]]}
    (ring,) = points(outline(near, canvas_of(SQUARE)))
    assert len(ring) == 4
    assert all(one != other for one, other in pairwise(ring))


def test_a_hole_and_an_island_are_rings_of_their_own():
    ring = SQUARE["coordinates"][0]
    hole = [[6.04, 52.04], [6.06, 52.04], [6.06, 52.06], [6.04, 52.04]]
    many = {"type": "MultiPolygon", "coordinates": [[ring, hole], [hole]]}
    assert len(rings(many)) == 3
    assert outline(many, canvas_of(many)).count("M") == 3


def test_a_ring_too_small_to_see_does_not_break_the_path():
    speck = [[6.05, 52.05], [6.0500001, 52.05], [6.05, 52.0500001], [6.05, 52.05]]
    many = {"type": "MultiPolygon", "coordinates": [[speck], SQUARE["coordinates"]]}
    d = outline(many, canvas_of(SQUARE))
    assert "lz" not in d
    assert len(points(d)) == 1


def test_a_height_above_the_sea_is_no_trouble():
    flat = outline(SQUARE, canvas_of(SQUARE))
    high = {"type": "Polygon", "coordinates": [[[lon, lat, 3.5] for lon, lat in SQUARE["coordinates"][0]]]}
    assert outline(high, canvas_of(high)) == flat


@pytest.mark.parametrize("kind", ["Point", "LineString", "GeometryCollection"])
def test_what_is_no_area_is_refused(kind):
    with pytest.raises(ValueError, match=f"a border is a Polygon or MultiPolygon, not {kind}"):
        rings({"type": kind, "coordinates": []})


def test_the_depth_is_that_of_the_lowest_point():
    canvas = canvas_of(SQUARE)
    assert depth([outline(SQUARE, canvas)]) == canvas.height
    assert depth([]) == MARGIN


@pytest.mark.parametrize("site", SITES)
def test_the_real_borders_lie_on_the_canvas(site):
    text = (SITES[site]["content"] / "areas" / "neighbourhoods.geojson").read_text("utf-8")
    borders = [feature["geometry"] for feature in json.loads(text)["features"]]
    canvas = canvas_of(*borders)
    drawn = [outline(border, canvas) for border in borders]
    assert depth(drawn) == canvas.height
    for d in drawn:
        assert "lz" not in d
        for ring in points(d):
            assert all(MARGIN <= x <= WIDTH - MARGIN and MARGIN <= y <= canvas.height - MARGIN for x, y in ring)
