"""How long things may take: the rows that hold on a day, and what comes of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, event, insert
from sqlalchemy.exc import IntegrityError

from portal.foundation.policies import UNITS, Policy, PolicyRow, read_policies
from portal.foundation.policy_files import MAY_BECOME
from portal.foundation.workdays import add_working_days, term_end

TODAY = date(2026, 11, 23)
ROW = {
    "key": "cleaning_start", "valid_from": date(2026, 1, 1), "valid_to": None, "value": 3, "unit": "working_days",
    "legal_basis": "Belofte", "certain": True,
}  # fmt: skip


@pytest.fixture
def put(session):
    """Puts these rows in the place of all others."""

    def run(*rows):
        session.execute(delete(PolicyRow))
        session.execute(insert(PolicyRow), [{**ROW, **row} for row in rows])

    return run


@pytest.fixture
def hold(session):
    """The policies that hold on a day: `hold()["cleaning_start"]`."""
    return lambda on=TODAY: read_policies(session.connection(), on)


def test_a_policy_is_its_row(put, hold):
    put({}, {"key": "slot_hold", "unit": "minutes", "certain": False})
    assert hold() == {
        "cleaning_start": Policy("cleaning_start", 3, "working_days", "Belofte", True),
        "slot_hold": Policy("slot_hold", 3, "minutes", "Belofte", False),
    }


@pytest.mark.parametrize(
    ("on", "value"),
    [("2025-12-31", None), ("2026-01-01", 3), ("2026-12-31", 3), ("2027-01-01", None), ("2027-02-01", 5)],
)
def test_a_row_holds_from_its_first_day_up_to_and_including_its_last(put, hold, on, value):
    put({"valid_to": date(2026, 12, 31)}, {"valid_from": date(2027, 2, 1), "value": 5})
    found = hold(date.fromisoformat(on)).get("cleaning_start")
    assert (found and found.value) == value


def test_should_two_rows_overlap_the_later_one_holds(put, hold):
    put({"valid_from": date(2026, 6, 1), "value": 5}, {})
    assert hold()["cleaning_start"].value == 5


def test_reading_them_all_is_one_question(zwolle, session):
    asked = []

    def note(*question):
        asked.append(question[2])

    connection = session.connection()
    event.listen(zwolle.engine, "before_cursor_execute", note)
    read_policies(connection, TODAY)
    event.remove(zwolle.engine, "before_cursor_execute", note)
    assert len(asked) == 1


def test_an_unknown_key_is_named(put, hold):
    put({})
    with pytest.raises(KeyError, match="cleaning_strat"):
        hold()["cleaning_strat"]
    assert "cleaning_strat" not in hold()


def test_what_many_readers_share_nobody_can_change(put, hold):
    put({})
    found = hold()
    with pytest.raises(TypeError):
        found["another"] = found["cleaning_start"]
    with pytest.raises(AttributeError):
        found["cleaning_start"].value = 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": "fortnights"}, {"value": 0}, {"value": -1}, {"value": None}, {"legal_basis": None},
        {"valid_to": date(2025, 12, 31)},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_what_no_policy_can_be(put, wrong):
    with pytest.raises(IntegrityError):
        put(wrong)


def test_the_database_refuses_two_rows_of_a_key_from_one_day(put):
    with pytest.raises(IntegrityError):
        put({}, {"value": 5})


def test_a_last_day_may_be_the_first(put, hold):
    put({"valid_from": TODAY, "valid_to": TODAY})
    assert hold()["cleaning_start"].value == 3


def policy(value, unit):
    return Policy("some_term", value, unit, "Belofte", True)


@pytest.mark.parametrize(
    ("one", "start", "end"),
    [
        (policy(6, "weeks"), "2026-11-22", "2027-01-04"),
        (policy(2, "working_days"), "2026-12-24", "2026-12-29"),
        (policy(10, "working_days"), "2026-11-23", "2026-12-07"),
        (policy(7, "days"), "2026-11-22", "2026-11-30"),
        (policy(1, "months"), "2027-01-31", "2027-03-01"),
        (policy(12, "months"), "2026-11-22", "2027-11-22"),
    ],
)
def test_a_term_is_due_on_the_day_that_the_calendar_says(one, start, end):
    assert one.due(date.fromisoformat(start)) == date.fromisoformat(end)


def test_a_moment_counts_by_its_date_in_the_netherlands():
    before, after = datetime(2026, 11, 22, 22, 59, tzinfo=UTC), datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    assert policy(2, "working_days").due(before) == add_working_days(date(2026, 11, 22), 2)
    assert policy(2, "working_days").due(after) == add_working_days(date(2026, 11, 23), 2) != date(2026, 11, 24)
    assert policy(6, "weeks").due(after) == term_end(date(2026, 11, 23), weeks=6)
    with pytest.raises(ValueError, match="time zone"):
        policy(6, "weeks").due(datetime(2026, 11, 22))


def test_a_span_is_exact():
    assert policy(10, "minutes").span() == timedelta(minutes=10)
    assert policy(72, "hours").span() == timedelta(hours=72)
    assert policy(7, "days").span() == timedelta(days=7)


def test_a_unit_gives_a_day_or_a_span_or_says_by_name_that_it_cannot():
    days, spans = set(), set()
    for unit in UNITS:
        for found, ask in ((days, lambda one: one.due(TODAY)), (spans, Policy.span)):
            try:
                ask(policy(1, unit))
                found.add(unit)
            except ValueError as fault:
                assert f"some_term is in {unit}" in str(fault)
    assert days == {"days", "working_days", "weeks", "months"}
    assert spans == {"minutes", "hours", "days"}
    # what takes the place of a unit answers whatever the unit answered
    for unit, others in MAY_BECOME.items():
        assert {unit} <= set(others)
        asked = [found for found in (days, spans) if unit in found]
        assert all(other in found for found in asked for other in others)
    assert set(MAY_BECOME) == set(UNITS)
