"""The figures of a year: what may be seen of them, and that what is hidden cannot be worked out."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as at_most
from hypothesis import strategies as some

from portal.cases.models import Case, DeletionRecord, Term
from portal.complaints.models import Complaint, ComplaintPart
from portal.complaints.register import register, sums_of
from portal.foundation.lib.hiding import Hidden, hide
from portal.foundation.lib.yearly import Year
from tests.clock import START
from tests.unit.foundation.lib.test_hiding import fits

FEW = Hidden.FEW
LEAST, TODAY, KEPT = 10, date(2027, 1, 2), timedelta(days=1825)


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
