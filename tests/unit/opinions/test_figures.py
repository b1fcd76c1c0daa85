"""The figures of second opinions: what may be seen of a year, what stays when the rest is thrown away."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as at_most
from hypothesis import strategies as some

from portal.cases.models import Case, DeletionRecord, Term
from portal.cases.retention import throw_away
from portal.foundation.lib.hiding import Hidden, hide
from portal.foundation.lib.yearly import Year
from portal.opinions.figures import figures, sums_of
from portal.opinions.models import Expert, Invitation, Opinion
from tests.clock import START
from tests.unit.foundation.lib.test_hiding import fits

FEW, GUARD = Hidden.FEW, Hidden.GUARD
LEAST, TODAY = 10, date(2027, 1, 2)
ALL = ("ended.plan_stays", "ended.plan_changed", "ended.another_way", "ended.not_content", "ended.answered",
       "ended.running", "said.yes", "said.partly", "said.no", "time.in_time", "time.late")  # fmt: skip


@pytest.fixture
def shelf(session):
    """So many second opinions of one sort: `shelf(12, state="closed", said="no", refused=1, late=True)`."""
    judge = Expert(name="Ria", employer="Noord", profession="Arts", languages="Nederlands", free_hours=1, phone="",
                   email="ria@expert.example", since=date(2020, 1, 1))  # fmt: skip
    session.add(judge)
    session.flush()
    made = []

    def add(count, state="agreed_original", said="yes", year=2026, refused=0, stopped=0, late=False, at=None):
        at = at or START.replace(year=year, month=3, day=2)
        for _number in range(count):
            number = len(made)
            case = Case(
                id=f"opinion-{number:06}".ljust(22, "x"), reference=f"S{number:07}", send_key=f"s{number}",
                kind="second_opinion", state=state, channel="web", locale="nl", answers={}, received_at=at,
                moved_at=at, team_slug=None, sort_on=at.date(),
            )  # fmt: skip
            session.add(case)
            session.flush()
            stands = [*["refused"] * refused, *["ended"] * stopped, *(["accepted"] if said else [])]
            for order, stand in enumerate(stands, 1):
                session.add(Invitation(case_id=case.id, number=order, expert_id=judge.id, state=stand, invited_by=None,
                                       invited_at=at, declaration="x", signed_at=at, why="x"))  # fmt: skip
            if said:
                session.add(Opinion(case_id=case.id, expert_id=judge.id, right_plan=said, change="x", why="x",
                                    talked_on=None, written_at=at))  # fmt: skip
                # An expert who stopped first had another last day, and let it go by.
                for order, ended in enumerate((30, 16 if late else 15)[0 if stopped else 1 :], 1):
                    session.add(Term(case_id=case.id, key="second_opinion_opinion", number=order,
                                     started_on=at.date(), due_on=at.date() + timedelta(days=15),
                                     ended_on=at.date() + timedelta(days=ended), rule="15 werkdagen",
                                     legal_basis="x"))  # fmt: skip
            made.append(case)
        session.flush()
        return made[-count:]

    return add


def told(session, today=TODAY):
    return figures(session.connection(), today, LEAST)


def gone(session, cases, why="time"):
    throw_away(session, cases, why, lambda _case: "retain_second_opinion: 365 days", START, "batch")


def test_ten_are_told_and_nine_are_not(session, shelf):
    shelf(10, year=2025)
    shelf(9, year=2024)
    shelf(3, year=2024, state="withdrawn", said=None)
    first, second = told(session)
    assert (first.year, first.total) == (2025, 10)
    assert second == Year(2024, FEW, FEW, {})


def test_a_year_that_is_not_over_is_not_told(session, shelf):
    shelf(40)
    assert told(session, date(2026, 12, 31)) == []
    assert [one.year for one in told(session, date(2027, 1, 1))] == [2026]


def test_all_that_is_large_is_told_as_it_is(session, shelf):
    shelf(12)
    shelf(11, state="agreed_changed", said="no", refused=1)
    shelf(10, state="agreed_alternative", said="partly", late=True)
    shelf(13, state="closed", stopped=1)
    shelf(14, state="opinion_sent", said="no")
    shelf(10, state="acknowledged", said=None, refused=2)
    shelf(15, state="withdrawn", refused=1)
    (year,) = told(session)
    assert (year.total, year.withdrawn) == (12 + 11 + 10 + 13 + 14 + 10, 15)
    assert year.tables == {
        "ended": {"plan_stays": 12, "plan_changed": 11, "another_way": 10, "not_content": 13, "answered": 14,
                  "running": 10},
        "said": {"yes": 12 + 13, "partly": 10, "no": 11 + 14},
        "experts": {"refused": 11 + 20, "stopped": 13},
        "time": {"in_time": 50, "late": 10},
    }  # fmt: skip


def test_one_small_number_takes_another_with_it(session, shelf):
    shelf(30)
    shelf(20, state="agreed_changed", said="no", refused=1)
    shelf(12, state="agreed_alternative", said="partly", stopped=1)
    shelf(3, state="closed", said="partly", late=True)
    tables = told(session)[0].tables
    assert tables["ended"] == {"plan_stays": 30, "plan_changed": 20, "another_way": GUARD, "not_content": FEW,
                               "answered": FEW, "running": FEW}  # fmt: skip
    # All that were asked, minus all opinions, would be those that have none yet.
    assert tables["said"] == {"yes": 30, "partly": GUARD, "no": 20}
    assert tables["time"] == {"in_time": 62, "late": FEW}
    assert tables["experts"] == {"refused": 20, "stopped": 12}


def test_what_was_said_is_told_until_the_first_of_that_year_is_thrown_away(session, shelf):
    cases = shelf(30)
    shelf(20, state="agreed_changed", said="no", refused=1)
    assert "said" in told(session)[0].tables
    gone(session, cases[:12])
    (year,) = told(session)
    assert year.total == 50
    assert list(year.tables) == ["ended"]
    assert year.tables["ended"]["plan_stays"] == 30


def test_how_they_ended_is_told_long_after_all_is_thrown_away(session, shelf):
    gone(session, shelf(12, year=2024) + shelf(11, year=2024, state="agreed_changed"))
    (year,) = told(session, date(2031, 5, 1))
    assert (year.year, year.total) == (2024, 23)
    assert session.query(Opinion).count() == 0


def test_what_was_taken_back_is_counted_apart_also_when_it_is_gone(session, shelf):
    shelf(20)
    shelf(4, state="withdrawn")
    gone(session, shelf(5, state="withdrawn"))
    gone(session, shelf(2, state="under_review", said=None), why="asked")  # nothing is asked any more
    (year,) = told(session)
    assert (year.total, year.withdrawn) == (20, 11)
    assert "said" in year.tables


def test_the_year_is_that_of_the_calendar_on_the_wall(session, shelf):
    shelf(10, at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))  # half past twelve at night: New Year's Day
    shelf(11, at=datetime(2025, 12, 31, 22, 30, tzinfo=UTC))
    assert {one.year: one.total for one in told(session)} == {2026: 10, 2025: 11}


def test_what_other_kinds_threw_away_is_no_second_opinion(session, shelf):
    shelf(20)
    session.add(DeletionRecord(batch="b", kind="complaint", state="closed", opened_on=date(2026, 5, 1),
                               deleted_at=START, why="time", basis="x"))  # fmt: skip
    session.flush()
    (year,) = told(session)
    assert year.total == 20
    assert "said" in year.tables


def test_a_second_opinion_of_the_service_is_counted(session, with_expert, opinions):
    case, _expert = with_expert("opinion_sent")
    opinions().answer(case, "resident", "agreed_changed")
    (year,) = figures(session.connection(), TODAY, 1)
    assert (year.year, year.total) == (2026, 1)
    (year,) = figures(session.connection(), TODAY, 0)
    assert year.tables["ended"]["plan_changed"] == year.tables["said"]["no"] == year.tables["time"]["in_time"] == 1
    assert year.tables["experts"] == {"refused": 0, "stopped": 0}


# What cannot be worked out

small = some.integers(0, 3)


@at_most(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small, small, small, small, small, small)
def test_not_even_by_laying_the_tables_side_by_side(stays, unhappy, answered, running, late, no):
    """The tables share their sums: what one hides another may give away."""
    said = stays + unhappy + answered
    cells = {
        "ended.plan_stays": stays, "ended.not_content": unhappy, "ended.answered": answered, "ended.running": running,
        "said.yes": said - min(no, said), "said.no": min(no, said), "time.in_time": said - min(late, said),
        "time.late": min(late, said),
    }  # fmt: skip
    sums = [{name: by for name, by in row.items() if name in cells} for row in sums_of(dict.fromkeys(ALL, 0))]
    shown = hide(cells, sums, 2)
    if shown is None:
        return
    thought = list(fits(cells, shown, sums, 2, said + running))
    for name in [name for name, cell in shown.items() if isinstance(cell, Hidden)]:
        assert len({one[name] for one in thought}) > 1, f"{name} can only be {cells[name]}"


@at_most(max_examples=60, deadline=None)
@given(some.lists(some.integers(0, 25), min_size=len(ALL), max_size=len(ALL)))
def test_hiding_is_done_at_once(counts):
    cells = dict(zip(ALL, counts, strict=True))
    begin = time.process_time()
    hide(cells, sums_of(cells), LEAST)
    assert time.process_time() - begin < 1
