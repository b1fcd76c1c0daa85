"""About where a postcode is: the middle of thousands of homes, never one of them."""

import csv

import pytest

from portal.foundation.db import reading
from portal.teams.places import read_point, read_points
from search.places import metres


@pytest.fixture
def reader(zwolle):
    with reading(zwolle.engine) as connection:
        yield connection


def test_every_postcode_of_the_municipality_has_its_middle(reader, zwolle):
    points = read_points(reader, zwolle.profile.pc4)
    assert set(points) == set(zwolle.profile.pc4)
    assert all(52.4 < lat < 52.6 and 5.9 < lon < 6.3 for lat, lon in points.values())


def test_one_point_is_the_same_as_one_of_several(reader, zwolle):
    points = read_points(reader, zwolle.profile.pc4)
    assert all(read_point(reader, digits) == point for digits, point in points.items())


@pytest.mark.parametrize("digits", ["8010", "", "803", "8031AB", "%", "80__"])
def test_what_is_no_postcode_we_know_is_nowhere(reader, digits):
    assert read_point(reader, digits) is None
    assert read_points(reader, [digits]) == {}


def test_asked_for_no_postcodes_there_are_no_points(reader):
    assert read_points(reader, []) == {}


def test_what_is_not_known_is_left_out_of_several(reader):
    assert set(read_points(reader, iter(["8031", "8010", "8031"]))) == {"8031"}


def test_neighbours_lie_nearer_than_the_other_side_of_town(reader):
    holtenbroek, next_to_it, far = (read_point(reader, digits) for digits in ("8031", "8032", "8019"))
    assert metres(holtenbroek, next_to_it) < metres(holtenbroek, far)
    assert metres(holtenbroek, holtenbroek) == 0


def test_every_place_of_the_map_in_town_can_be_sorted_by_distance(registry, zwolle):
    with (zwolle.content / "areas" / "postcodes.csv").open(encoding="utf-8") as lines:
        ours = {row["postcode"] for row in csv.DictReader(lines)}
    docs = [doc for doc in registry.indexes.documents(zwolle) if doc.kind == "entry"]
    with reading(zwolle.engine) as connection:
        known = set(read_points(connection, ours).values())
    assert sum(doc.point is not None for doc in docs) > len(docs) / 2
    assert {doc.point for doc in docs if doc.point} <= known
