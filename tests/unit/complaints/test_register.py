"""The figures of a year: what may be seen of them, and that what is hidden cannot be worked out."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as at_most
from hypothesis import strategies as some

from portal.cases.models import Case, DeletionRecord, Term
from portal.complaints.hiding import Hidden, hide
from portal.complaints.models import Complaint, ComplaintPart
from portal.complaints.register import Year, register, sums_of
from tests.clock import START

FEW, GUARD = Hidden.FEW, Hidden.GUARD
LEAST, TODAY, KEPT = 10, date(2027, 1, 2), timedelta(days=1825)
ONE_SUM = {"a": 1, "b": 1, "c": 1}


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"a": 12, "b": 30, "c": 11}, {"a": 12, "b": 30, "c": 11}),
        ({"a": 10, "b": 30, "c": 10}, {"a": 10, "b": 30, "c": 10}),
        ({"a": 4, "b": 30, "c": 11}, {"a": FEW, "b": 30, "c": GUARD}),  # or the total gives 4 away
        ({"a": 4, "b": 30, "c": 5}, {"a": FEW, "b": 30, "c": FEW}),
        ({"a": 0, "b": 30, "c": 0}, {"a": FEW, "b": GUARD, "c": FEW}),  # two noughts are the only two that make nought
        ({"a": 9, "b": 30, "c": 9}, {"a": FEW, "b": GUARD, "c": FEW}),  # and two nines the only two that make eighteen
        ({"a": 0, "b": 11, "c": 10}, {"a": FEW, "b": GUARD, "c": GUARD}),  # a guard on the bound cannot be less
        ({"a": 0, "b": 10, "c": 10}, None),
        ({"a": 0, "b": 0, "c": 10}, None),  # nothing else fits, whatever is hidden
    ],
)
def test_what_is_few_is_hidden_and_what_would_give_it_away_too(cells, shown):
    assert hide(cells, [ONE_SUM], LEAST) == shown


def test_without_anything_few_nothing_is_hidden():
    assert hide({"a": 10}, [{"a": 1}], LEAST) == {"a": 10}


def fits(cells, shown, sums, least, most):
    """Every table of numbers that a reader can think of: they know the sums, what is shown and what the marks say."""
    hidden = [name for name, cell in shown.items() if isinstance(cell, Hidden)]
    ranges = [range(least) if shown[name] is FEW else range(least, most + 1) for name in hidden]
    for guess in product(*ranges):
        thought = {**cells, **dict(zip(hidden, guess, strict=True))}
        if all(sum(by * (thought[n] - cells[n]) for n, by in row.items()) == 0 for row in sums):
            yield thought


@at_most(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.lists(some.integers(0, 6), min_size=3, max_size=5), some.integers(1, 3))
def test_of_no_hidden_number_can_a_reader_find_the_value(counts, least):
    cells = {f"c{number}": count for number, count in enumerate(counts)}
    sums = [dict.fromkeys(cells, 1)]
    shown = hide(cells, sums, least)
    if shown is None:
        return
    thought = list(fits(cells, shown, sums, least, sum(counts)))
    for name, cell in shown.items():
        if isinstance(cell, Hidden):
            assert len({one[name] for one in thought}) > 1, f"{name} can only be {cells[name]}"
        else:
            assert cell == cells[name] >= least


small = some.integers(0, 4)


@at_most(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small, small, small, small, some.integers(0, 4))
def test_not_even_by_laying_the_tables_side_by_side(team, answered, solved, running, late):
    """The tables share their sums: what one hides another may give away."""
    total, ours = answered + solved + running, answered + solved
    cells = {
        "about.team": min(team, total), "about.person": total - min(team, total), "ended.answered": answered,
        "ended.solved": solved, "ended.running": running, "time.in_time": ours - min(late, ours),
        "time.late": min(late, ours),
    }  # fmt: skip
    sums = [{name: by for name, by in row.items() if name in cells} for row in sums_of(cells)]
    shown = hide(cells, sums, 2)
    if shown is None:
        return
    thought = list(fits(cells, shown, sums, 2, total))
    for name in [name for name, cell in shown.items() if isinstance(cell, Hidden)]:
        assert len({one[name] for one in thought}) > 1, f"{name} can only be {cells[name]}"


# In the database


@pytest.fixture
def book(session):
    """So many complaints of one sort in the books: `book(12, about="team", state="closed")`."""
    made = []

    def add(count, about="team", state="closed", year=2026, judgement="founded", late=False):
        for _number in range(count):
            number = len(made)
            at = START.replace(year=year, month=3, day=2)
            signed = state in {"closed", "outcome_sent"}
            case = Case(
                id=f"case-{number:06}".ljust(22, "x"), reference=f"K{number:07}", send_key=f"k{number}",
                kind="complaint", state=state, channel="web", locale="nl", answers={}, received_at=at, moved_at=at,
                team_slug=None, sort_on=at.date(),
            )  # fmt: skip
            session.add(case)
            session.flush()
            session.add(Complaint(case_id=case.id, about=about, received_on=at.date(), anonymous=False,
                                  findings="x", conclusions="x", signed_by=1 if signed else None,
                                  signed_at=at if signed else None))  # fmt: skip
            due = at.date() + timedelta(days=42)
            ended = None if state == "formal" else due + timedelta(days=1 if late else -1)
            session.add(Term(case_id=case.id, key="complaint_decide", number=1, started_on=at.date(), due_on=due,
                             ended_on=ended, rule="6 weken", legal_basis="Awb"))  # fmt: skip
            if signed:
                session.add(ComplaintPart(case_id=case.id, number=1, said="x", judgement=judgement, why="x"))
            made.append(case)
        session.flush()

    return add


def figures(session, today=TODAY):
    return register(session.connection(), today, LEAST, KEPT)


def test_ten_are_told_and_nine_are_not(session, book):
    book(10, year=2025)
    book(9, year=2024)
    told = {one.year: one.total for one in figures(session)}
    assert told == {2025: 10, 2024: FEW}
    assert figures(session)[1] == Year(2024, FEW, FEW, {})


def test_a_year_that_is_not_over_is_not_told(session, book):
    book(40)
    assert figures(session, date(2026, 12, 31)) == []
    assert [one.year for one in figures(session, date(2027, 1, 1))] == [2026]


def test_all_that_is_large_is_told_as_it_is(session, book):
    for about in ("team", "person", "provider", "way"):
        book(12, about=about, judgement="founded")
    for state in ("solved", "not_handled", "forwarded", "withdrawn", "formal"):
        book(11, state=state)
    for judgement in ("partly", "unfounded", "no_judgement"):
        book(10, judgement=judgement)
    book(13, late=True)
    (year,) = figures(session)
    assert (year.total, year.withdrawn) == (48 + 44 + 30 + 13, 11)
    assert year.tables["about"] == {"team": 12 + 44 + 30 + 13, "person": 12, "provider": 12, "way": 12}
    assert year.tables["ended"] == {
        "answered": 48 + 30 + 13, "solved": 11, "not_handled": 11, "forwarded": 11, "running": 11,
    }  # fmt: skip
    assert year.tables["parts"] == {"founded": 48 + 13, "partly": 10, "unfounded": 10, "no_judgement": 10}
    assert year.tables["time"] == {"in_time": 48 + 30 + 33, "late": 13}


def test_one_small_number_takes_another_with_it(session, book):
    for about in ("team", "provider", "way"):
        book(12, about=about)
    book(3, about="person")
    told = figures(session)[0].tables["about"]
    assert told["person"] is FEW
    assert sorted(cell for cell in told.values() if isinstance(cell, int)) == [12, 12]


def test_what_was_taken_back_is_counted_apart_also_when_it_is_gone(session, book):
    book(20)
    book(4, state="withdrawn")
    for number in range(7):
        session.add(DeletionRecord(
            batch="b", kind="complaint", state="withdrawn", opened_on=date(2026, 5, 1 + number), deleted_at=START,
            why="time", basis="retain_withdrawn: 30 days",
        ))  # fmt: skip
    session.flush()
    (year,) = figures(session)
    assert (year.total, year.withdrawn) == (20, 11)


def test_a_year_of_which_something_may_be_gone_is_told_no_more(session, book):
    book(20, year=2022)
    assert [one.year for one in figures(session, date(2026, 12, 31))] == [2022]
    assert figures(session, date(2027, 1, 1)) == []


def test_what_other_kinds_threw_away_is_no_complaint(session, book):
    book(20)
    session.add(DeletionRecord(batch="b", kind="cleaning", state="done", opened_on=date(2026, 5, 1), deleted_at=START,
                               why="time", basis="x"))  # fmt: skip
    session.flush()
    assert figures(session)[0].total == 20
