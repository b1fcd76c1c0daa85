"""The table of a worry: who may do what, from where, and that no road goes round telling the person."""

from itertools import product

import pytest

from portal.cases.workflow import Author, StepRefused
from portal.worries.kind import ENDS, INFORM, REVIEW, SILENT, TOLD, WORRY

RESIDENT, HELPER, STAFF, SYSTEM = Author.RESIDENT, Author.REPRESENTATIVE, Author.STAFF, Author.SYSTEM
OURS = ("named", "triage", "informed", "safety")
#: (action, from, to, who).
ALLOWED = [
    ("begin", "advice", "advice", {SYSTEM}),
    ("begin_danger", "advice", "advice", {SYSTEM}),
    ("advise", "advice", "advised", {STAFF}),
    ("name", "advice", "named", {RESIDENT, HELPER, STAFF}),
    ("name", "advised", "named", {RESIDENT, HELPER, STAFF}),
    ("look", "named", "triage", {STAFF}),
    *[("inform", state, "informed", {STAFF}) for state in ("named", "triage", "safety")],
    ("propose_safety", "named", "triage", {STAFF}),
    *[("propose_safety", state, state, {STAFF}) for state in OURS[1:]],
    *[("give_back_safety", state, state, {STAFF}) for state in OURS[1:]],
    *[("safety", state, "safety", {STAFF}) for state in OURS[1:]],
    *[("share", state, state, {STAFF}) for state in OURS],
    *[(action, state, to, {STAFF}) for action, to in (("offer", "offered"), ("no_action", "no_action"),
                                                      ("refuse", "refused")) for state in ("informed", "safety")],
    *[("lapse", state, "lapsed", {SYSTEM}) for state in ("named", "triage", "safety")],
    *[("withdraw", state, "withdrawn", {RESIDENT, HELPER}) for state in ("advice", "named", "triage")],
]  # fmt: skip


def test_the_table_is_this_and_nothing_else():
    known = {(action, state, author): to for action, state, to, authors in ALLOWED for author in authors}
    actions = {step.action for step in WORRY.steps}
    for action, state, author in product(actions, WORRY.states, Author):
        if (action, state, author) in known:
            assert WORRY.step(action, state, author, {}).to == known[action, state, author]
        else:
            with pytest.raises(StepRefused):
                WORRY.step(action, state, author, {})


def test_a_name_always_begins_the_month_and_only_telling_or_two_people_stop_it():
    assert {step.action for step in WORRY.steps if INFORM in step.starts} == {"name"}
    assert {step.action for step in WORRY.steps if INFORM in step.ends} == {"inform", "safety"}
    assert {step.action for step in WORRY.steps if REVIEW in step.starts} == {"safety"}


def test_no_road_leads_from_a_name_to_an_end_without_telling_but_taking_it_back_and_too_late():
    ways = {step.to for step in WORRY.steps for state in step.states if state in SILENT}
    assert ways == {"triage", "named", "informed", "safety", "lapsed", "withdrawn"}
    assert set(ENDS) < set(TOLD)


def test_where_nobody_told_the_person_yet_the_clock_can_end_it():
    for state in (*SILENT, "safety"):
        assert WORRY.may("lapse", state, SYSTEM)


def test_every_closed_state_is_kept_for_a_time_and_no_longer():
    assert set(WORRY.retention) == WORRY.closed


def test_who_came_to_us_reads_the_same_of_every_end():
    ends = {step.action for step in WORRY.steps if step.to in ENDS}
    assert len({str(WORRY.names[action]) for action in ends}) == 1
    assert len({str(WORRY.staff_names[action]) for action in ends}) == len(ends)


def test_who_came_to_us_reads_nothing_of_what_is_between_us_and_the_person():
    hidden = {"propose_safety", "give_back_safety", "safety", "share"}
    assert not hidden & set(WORRY.names)
    assert hidden <= set(WORRY.staff_names)
    assert WORRY.about_another


def test_every_state_has_a_name_and_every_step_is_called_something_at_the_desk():
    assert set(WORRY.state_names) == WORRY.states
    assert {step.action for step in WORRY.steps} <= {*WORRY.names, *WORRY.staff_names}
