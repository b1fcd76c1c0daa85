"""Answers that were not sent yet are there for who has the code, for a week."""

import pytest
from sqlalchemy import select

from portal.cases.drafts import CODE_LENGTH, Drafts, read_code
from portal.cases.models import Draft


@pytest.fixture
def drafts(session, policies, clock):
    """Makes the drafts of a kind, as they are at this moment."""
    return lambda kind="cleaning": Drafts(session, kind, policies["draft_kept"], clock.now())


@pytest.fixture
def draft(drafts):
    """A draft with one answer."""
    made = drafts().make()
    drafts().answer(made, "who", {"who": "me"})
    return made


def test_a_draft_is_found_by_its_code_with_all_answers(drafts, draft):
    drafts().answer(draft, "when", {"parts": {"we-morning", "mo-morning"}, "start": "soon"})
    found = drafts().find(draft.code)
    assert found.answers == {"who": {"who": "me"}, "when": {"parts": ["mo-morning", "we-morning"], "start": "soon"}}


def test_an_answer_that_is_given_again_takes_the_place_of_the_old_one(drafts, draft):
    drafts().answer(draft, "who", {"who": "carer"})
    assert drafts().find(draft.code).answers == {"who": {"who": "carer"}}


@pytest.mark.parametrize("code", [None, "", "7KD4MW3F9XPA", "x" * 12])
def test_another_code_finds_nothing(drafts, draft, code):
    assert drafts().find(code) is None


def test_the_code_of_another_kind_does_not_open_it(drafts, draft):
    assert drafts("complaint").find(draft.code) is None


def test_the_code_stands_nowhere_in_the_database(session, draft):
    (row,) = session.execute(select(Draft.__table__))
    assert draft.code not in str(tuple(row))


def test_a_draft_is_kept_for_seven_days_after_the_last_answer(drafts, draft, clock):
    clock.forward(days=6)
    drafts().answer(draft, "note", {"note": ""})
    clock.forward(days=6, hours=23)
    assert drafts().find(draft.code) is not None
    clock.forward(hours=1)
    assert drafts().find(draft.code) is None


def test_drafts_whose_time_is_over_go_away_when_the_next_is_made(session, drafts, draft, clock):
    clock.forward(days=8)
    other = drafts().make()
    session.flush()
    assert session.scalars(select(Draft.hash)).all() == [other.row.hash]


def test_a_draft_that_is_done_is_gone(session, drafts, draft):
    drafts().done(draft)
    assert drafts().find(draft.code) is None
    assert session.scalars(select(Draft)).all() == []


def test_a_draft_that_another_request_finished_meanwhile_may_be_done_twice(drafts, draft):
    drafts().done(draft)
    drafts().done(draft)


def test_a_code_is_written_in_three_groups_and_read_as_people_type_it(draft):
    assert len(draft.code) == CODE_LENGTH
    assert [len(group) for group in draft.spoken.split()] == [4, 4, 4]
    for typed in (draft.spoken, draft.spoken.lower(), draft.spoken.replace(" ", "-"), f"  {draft.code}. "):
        assert read_code(typed) == draft.code


@pytest.mark.parametrize("typed", ["", "7KD4 MW3F", "7KD4 MW3F 9XP0", "7KD4 MW3F 9XPA 7", "wachtwoord12"])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) is None
