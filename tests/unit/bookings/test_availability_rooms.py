"""A talk at the team needs a room, where the team lists rooms: free from its beginning to its end."""

from dataclasses import replace

import pytest

from portal.bookings.availability import Moment, Place, Room, free_moments, is_free
from tests.unit.bookings.handmade import DAY, HOUR, MONDAY, NOTHING, diary, utc, weekly, wish

MIDNIGHT = utc(MONDAY, "00:00")


def room(*taken, features=()):
    return Room(frozenset(features), [(utc(MONDAY, begin), utc(MONDAY, end)) for begin, end in taken])


def starts(rooms, features=(), place=Place.TEAM):
    """When a talk of an hour can begin between nine and noon."""
    book = replace(diary(weekly(MONDAY)), rooms=rooms)
    asked = wish(place=place, features=frozenset(features))
    found = [one.start for one in free_moments(book, asked, MIDNIGHT, NOTHING, DAY)]
    for number in range(0, 180, 15):
        start = utc(MONDAY, "09:00") + number * HOUR / 60
        moment = Moment(start, start + HOUR, 1)
        assert is_free(book, asked, moment, MIDNIGHT, NOTHING, DAY) is (start in found)
    return [f"{start.hour + 1}:{start.minute:02}" for start in found]


ALL = ["9:00", "9:15", "9:30", "9:45", "10:00", "10:15", "10:30", "10:45", "11:00"]


@pytest.mark.parametrize(
    ("rooms", "seen"),
    [
        ([], ALL),
        ([room()], ALL),
        ([room(("09:00", "10:00"))], ["10:00", "10:15", "10:30", "10:45", "11:00"]),
        ([room(("10:00", "10:15"))], ["9:00", "10:15", "10:30", "10:45", "11:00"]),
        ([room(("09:00", "12:00")), room()], ALL),
        ([room(("08:00", "13:00"))], []),
        # half of it in one room and half in another is no talk
        ([room(("09:00", "09:30")), room(("09:30", "12:00"))], ["9:30", "9:45", "10:00", "10:15", "10:30", "10:45",
                                                                "11:00"]),
        ([room(("09:00", "10:30")), room(("10:15", "12:00"))], ["9:00", "9:15", "10:30", "10:45", "11:00"]),
    ],
)  # fmt: skip
def test_a_talk_at_the_team_begins_where_one_room_is_free_for_all_of_it(rooms, seen):
    assert starts(rooms) == seen


@pytest.mark.parametrize("place", [Place.HOME, Place.PHONE, Place.VIDEO, Place.ELSEWHERE])
def test_a_talk_that_is_not_at_the_team_needs_no_room(place):
    assert starts([room(("08:00", "13:00"))], place=place) == ALL


@pytest.mark.parametrize(
    ("features", "seen"), [((), ALL), (("lift",), ["11:00"]), (("quiet",), []), (("lift", "quiet"), [])]
)
def test_who_asks_for_a_lift_gets_a_room_that_has_one(features, seen):
    assert starts([room(), room(("09:00", "11:00"), features=["lift", "loop"])], features) == seen
