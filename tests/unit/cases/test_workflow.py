"""The table of a request for cleaning: every action in every state by everybody."""

from itertools import product

import pytest

from portal.cases.workflow import Author, StepRefused
from portal.cleaning.kind import CLEANING

RESIDENT, HELPER, PROVIDER, EXPERT, STAFF, SYSTEM = Author
OWN = {RESIDENT, HELPER}
#: (action, state) → (where it leads, who may).
LEGAL = {
    ("offer", "submitted"): ("offered", {*OWN, STAFF, SYSTEM}),
    ("offer", "declined"): ("offered", {*OWN, STAFF, SYSTEM}),
    ("offer", "silent"): ("offered", {*OWN, STAFF, SYSTEM}),
    ("offer", "nobody_came"): ("offered", {*OWN, STAFF, SYSTEM}),
    ("accept", "offered"): ("accepted", {PROVIDER}),
    ("accept", "silent"): ("accepted", {PROVIDER}),
    ("decline", "offered"): ("declined", {PROVIDER}),
    ("silence", "offered"): ("silent", {SYSTEM}),
    ("came", "accepted"): ("started", {*OWN, STAFF}),
    ("came", "nobody_came"): ("started", {*OWN, STAFF}),
    ("nobody_came", "accepted"): ("nobody_came", {*OWN, STAFF}),
    ("nobody_came", "started"): ("nobody_came", {*OWN, STAFF}),
    ("end", "started"): ("ended", {*OWN, PROVIDER, STAFF}),
    ("let_go", "submitted"): ("let_go", {STAFF}),
    ("let_go", "declined"): ("let_go", {STAFF}),
    ("let_go", "silent"): ("let_go", {STAFF}),
    ("let_go", "nobody_came"): ("let_go", {STAFF}),
    ("withdraw", "submitted"): ("withdrawn", {*OWN, STAFF}),
    ("withdraw", "offered"): ("withdrawn", {*OWN, STAFF}),
    ("withdraw", "declined"): ("withdrawn", {*OWN, STAFF}),
    ("withdraw", "silent"): ("withdrawn", {*OWN, STAFF}),
    ("withdraw", "accepted"): ("withdrawn", {*OWN, STAFF}),
    ("withdraw", "nobody_came"): ("withdrawn", {*OWN, STAFF}),
    ("withdraw", "started"): ("withdrawn", {*OWN, STAFF}),
}
ACTIONS = ("offer", "accept", "decline", "silence", "came", "nobody_came", "end", "let_go", "withdraw")
STATES = (
    "submitted", "offered", "accepted", "declined", "silent", "started", "nobody_came", "ended", "withdrawn", "let_go",
)  # fmt: skip


def test_the_table_names_these_states_and_actions_and_no_others():
    assert CLEANING.states == set(STATES)
    assert {step.action for step in CLEANING.steps} == set(ACTIONS)


@pytest.mark.parametrize(("action", "state", "author"), list(product(ACTIONS, STATES, Author)))
def test_a_step_is_taken_exactly_where_the_table_allows_it(action, state, author):
    to, authors = LEGAL.get((action, state), ("", set()))
    assert CLEANING.may(action, state, author) == (author in authors)
    if author in authors:
        assert CLEANING.step(action, state, author, {}).to == to
    else:
        with pytest.raises(StepRefused):
            CLEANING.step(action, state, author, {})


def test_nothing_happens_any_more_after_the_end():
    for state in CLEANING.closed:
        assert not any(CLEANING.may(action, state, author) for action in ACTIONS for author in Author)


def test_every_open_state_leads_on_and_can_be_left_by_the_resident():
    for state in set(STATES) - CLEANING.closed:
        assert CLEANING.may("withdraw", state, RESIDENT)


def test_an_action_or_state_that_nobody_knows_is_refused():
    for action, state in (("fly", "submitted"), ("offer", "nowhere"), ("", "")):
        with pytest.raises(StepRefused):
            CLEANING.step(action, state, STAFF, {})


def test_a_refusal_names_the_step_and_no_person():
    with pytest.raises(StepRefused, match="cleaning: resident may not accept in offered"):
        CLEANING.step("accept", "offered", RESIDENT, {"note": "geheim"})


def test_every_action_has_words_for_the_time_line():
    assert set(ACTIONS) | {"open"} == set(CLEANING.names)


def test_every_state_has_a_name_and_every_step_of_staff_words_for_its_button():
    assert set(STATES) == set(CLEANING.state_names)
    by_staff = {step.action for step in CLEANING.steps if STAFF in step.authors}
    assert by_staff - {"offer"} == set(CLEANING.acts), "offering has a screen of its own"


def test_every_closed_state_says_how_long_it_is_kept():
    assert set(CLEANING.retention) >= CLEANING.closed
    assert set(CLEANING.retention) <= set(STATES)
