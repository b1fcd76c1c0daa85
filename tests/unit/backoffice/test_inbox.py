"""The inbox as a question: what stands in an address, how it is sorted, and counts that are what one then finds."""

from datetime import date, timedelta
from itertools import product

import pytest

from portal.backoffice.inbox import MOST_PAGES, NO_TEAM, PAGE, Counts, Group, InboxQuery
from portal.backoffice.rules import Due
from tests.clock import START
from tests.desk import due, leads, put, works

ALLOWED = {
    "team": ["midden", NO_TEAM], "kind": ["cleaning"], "state": {"offered", "silent"},
    "owner": ["me", "nobody", "others"], "due": [str(one) for one in Due], "asks": ["yes"],
    "ours": ["yes"], "done": ["yes"],
}  # fmt: skip
MONDAY = START.date()


def read(**params):
    return InboxQuery.read(params, ALLOWED)


# --- the address


@pytest.mark.parametrize(
    "query",
    [
        InboxQuery(),
        InboxQuery(team="midden", kind="cleaning", state="silent", owner="me", due="late", asks="yes", done="yes"),
        InboxQuery(team=NO_TEAM, page=7),
        InboxQuery(page=MOST_PAGES),
    ],
)
def test_a_question_comes_back_from_its_own_address(query):
    assert InboxQuery.read(query.params, ALLOWED) == query


@pytest.mark.parametrize(
    "params",
    [
        {"team": "schelle"}, {"team": ""}, {"owner": "you"}, {"due": "LATE"}, {"due": "late'"}, {"asks": "no"},
        {"asks": "1"}, {"done": "0"}, {"kind": "complaint"}, {"state": "%"}, {"colour": "red"}, {"sort": "name"},
    ],
)  # fmt: skip
def test_what_we_do_not_know_is_not_asked_and_is_no_error(params):
    assert read(**params) == InboxQuery()


def test_a_field_that_is_not_allowed_is_not_read():
    assert InboxQuery.read({"team": "midden", "owner": "me"}, {"owner": ["me"]}) == InboxQuery(owner="me")


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("1", 1), ("7", 7), ("0", 1), ("-3", 1), ("", 1), ("x", 1), ("1.5", 1), (" 2", 1), ("²", 1), ("٣", 1),
        ("400", MOST_PAGES), ("401", MOST_PAGES), ("9999", MOST_PAGES), ("10000", 1), ("9" * 5000, 1),
    ],
)  # fmt: skip
def test_a_page_is_a_number_within_bounds(typed, page):
    assert read(page=typed).page == page


def test_another_question_begins_on_its_first_page():
    query = read(team="midden", page="5")
    assert query.but(due="late") == InboxQuery(team="midden", due="late")
    assert query.but(team="") == InboxQuery()
    assert query.but(page=6) == InboxQuery(team="midden", page=6)


def test_an_address_says_only_what_is_asked():
    assert InboxQuery().params == {}
    assert read(owner="me", page="1").params == {"owner": "me"}
    assert read(page="2").params == {"page": "2"}


def test_everything_that_is_open_is_not_narrowed_on_its_second_page_either():
    assert not read(page="2").narrowed
    assert read(done="yes").narrowed


# --- counts


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (InboxQuery(), 10), (InboxQuery(team="midden"), 9), (InboxQuery(owner="me", due="late"), 4),
        (InboxQuery(asks="yes"), 5), (InboxQuery(state="silent"), 0), (InboxQuery(page=3), 10),
        (InboxQuery(asks="yes", owner="nobody"), 1), (InboxQuery(done="yes"), 10),
        (InboxQuery(team=NO_TEAM, asks="yes"), 1),
    ],
)  # fmt: skip
def test_counts_are_added_up_from_groups(query, count):
    groups = [
        Group("midden", "cleaning", "offered", "me", "late", count=4, asked=3),
        Group("midden", "cleaning", "offered", "nobody", "none", count=5, asked=1),
        Group(NO_TEAM, "cleaning", "offered", "others", "late", count=1, asked=1),
    ]
    assert Counts(groups).of(query) == count


def test_the_values_of_a_field_are_those_that_occur():
    states = ("silent", "offered", "silent")
    groups = [Group("midden", "cleaning", state, "me", "late", count=1, asked=0) for state in states]
    assert Counts(groups).values("state") == ["offered", "silent"]
    assert Counts([]).values("state") == []


# --- on a database


@pytest.fixture
def mila(staff):
    """Works in one team and leads another, so that she sees every case of the two and those of none."""
    return staff("Mila", works("midden"), leads("holtenbroek"))


@pytest.fixture
def many(session, ask, staff, mila, clock):
    """Sixty cases of every sort; some closed, some of a team that Mila does not see."""
    teams = ("midden", "holtenbroek", None, "schelle")
    owners = (mila, None, staff("Piet", works("midden")))
    days = (None, -9, -1, 0, 1, 4, 7, 8, 30)
    found = []
    for number in range(60):
        case = ask(teams[number % 2], way="phone")
        day = days[number % len(days)]
        put(
            session, case, team_slug=teams[number // 3 % 4], owner_id=owners[number // 2 % 3],
            state=("submitted", "offered", "silent", "started")[number % 4],
            asks_since=clock.now() if number % 5 == 0 else None,
            closed_at=clock.now() - timedelta(minutes=number) if number % 11 == 0 else None,
            received_at=START - timedelta(hours=number * 7 % 40),
            **due(None if day is None else MONDAY + timedelta(days=day), MONDAY - timedelta(days=20)),
        )  # fmt: skip
        found.append(case)
    return found


def every_question():
    """All that can be asked at once, of what is open."""
    names = ("team", "state", "owner", "due", "asks", "ours")
    values = (
        ("", "midden", "holtenbroek", NO_TEAM), ("", "offered", "silent", "started"), ("", "me", "nobody", "others"),
        ("", *(str(one) for one in Due)), ("", "yes"), ("", "yes"),
    )  # fmt: skip
    return [InboxQuery(**dict(zip(names, one, strict=True))) for one in product(*values)]


def test_every_count_is_what_one_then_finds(many, mila, reads, seen):
    counts = reads(mila).counts()
    wrong = [
        (query.params, counts.of(query), len(found))
        for query in every_question()
        if (found := seen(mila, query)) is None or counts.of(query) != len(found) or len(found) != len(set(found))
    ]
    assert wrong == []
    assert counts.of(InboxQuery()) > PAGE


def test_the_whole_inbox_is_every_open_case_in_sight(many, mila, seen):
    assert set(seen(mila, InboxQuery())) == {
        case.reference for case in many if case.closed_at is None and case.team_slug != "schelle"
    }


def test_what_is_late_longest_stands_first_and_what_has_no_date_last(many, mila, reads):
    lines = [line for page in (1, 2, 3) for line in reads(mila).lines(InboxQuery(page=page))[0]]
    keys = [(line.due_on or date.max, line.received_at) for line in lines]
    assert keys == sorted(keys)
    assert lines[0].near == Due.LATE
    assert lines[-1].near == Due.NONE


def test_of_two_for_one_day_the_one_that_waits_longest_stands_first(session, ask, mila, reads):
    young, old = ask(), ask()
    put(session, old, received_at=START - timedelta(days=1))
    assert [line.reference for line in reads(mila).lines(InboxQuery())[0]] == [old.reference, young.reference]


def test_what_is_done_stands_apart_the_last_one_first(many, mila, seen):
    done = seen(mila, InboxQuery(done="yes"))
    closed = [case for case in many if case.closed_at and case.team_slug != "schelle"]
    assert done == [case.reference for case in sorted(closed, key=lambda case: case.closed_at, reverse=True)]
    assert done


@pytest.mark.parametrize("query", [InboxQuery(owner="me"), InboxQuery(owner="others"), InboxQuery(team="midden")])
def test_what_is_done_can_be_asked_more_narrowly(many, mila, seen, query):
    narrow, all_of_it = set(seen(mila, query.but(done="yes"))), set(seen(mila, InboxQuery(done="yes")))
    assert narrow < all_of_it


def test_pages_follow_on_one_another_without_a_gap(session, ask, mila, reads):
    for _number in range(PAGE + 1):
        ask(way="phone")
    first, more = reads(mila).lines(InboxQuery())
    second, no_more = reads(mila).lines(InboxQuery(page=2))
    assert (len(first), more, len(second), no_more) == (PAGE, True, 1, False)
    assert not {line.reference for line in first} & {line.reference for line in second}
    assert reads(mila).lines(InboxQuery(page=3)) == ([], False)


def test_a_line_says_who_where_when_and_who_has_it(session, ask, mila, reads, clock):
    case = ask("midden", name="Jan van Dam")
    put(session, case, owner_id=mila, asks_since=clock.now(), **due(MONDAY - timedelta(days=3), MONDAY - timedelta(9)))
    (line,) = reads(mila).lines(InboxQuery())[0]
    assert (line.name, line.area, line.owner, line.team) == ("Jan van Dam", "8011", "Mila", "midden")
    assert (line.near, line.days, line.level, line.asks) == (Due.LATE, -3, 100, True)


@pytest.mark.parametrize(("ahead", "days"), [(0, 0), (1, 1), (4, 4), (5, 4), (7, 5), (14, 10), (-1, -1)])
def test_days_to_go_are_working_days_and_days_over_are_days(session, ask, mila, reads, ahead, days):
    put(session, ask(), **due(MONDAY + timedelta(days=ahead), MONDAY - timedelta(days=20)))
    assert reads(mila).lines(InboxQuery())[0][0].days == days
