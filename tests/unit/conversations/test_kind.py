"""The table of a conversation: from nothing to talked, and never a dead end."""

from itertools import product

import pytest

from portal.cases.workflow import Author, StepRefused
from portal.conversations.kind import CONVERSATION, FIRST_MOMENT, INVESTIGATION, OPEN
from portal.foundation.policies import read_policies

RESIDENT, HELPER, STAFF, SYSTEM = Author.RESIDENT, Author.REPRESENTATIVE, Author.STAFF, Author.SYSTEM
#: (action, from, to, who).
ALLOWED = [
    ("begin", "received", "received", {SYSTEM}),
    ("book", "received", "booked", {SYSTEM, RESIDENT, HELPER, STAFF}),
    ("book", "no_contact", "booked", {SYSTEM, RESIDENT, HELPER, STAFF}),
    ("move", "booked", "booked", {RESIDENT, HELPER, STAFF}),
    ("give_back", "booked", "received", {RESIDENT, HELPER, STAFF}),
    ("colleague", "booked", "booked", {STAFF, SYSTEM}),
    ("moment_lost", "booked", "received", {STAFF, SYSTEM}),
    ("talked", "received", "talked", {STAFF}),
    ("talked", "booked", "talked", {STAFF}),
    ("talked", "no_contact", "talked", {STAFF}),
    ("no_contact", "received", "no_contact", {STAFF}),
    ("no_contact", "booked", "no_contact", {STAFF}),
    ("report", "talked", "report_sent", {STAFF}),
    ("report", "report_sent", "report_sent", {STAFF}),
    ("report", "plan_not_agreed", "report_sent", {STAFF}),
    ("remark", "report_sent", "report_sent", {RESIDENT, HELPER}),
    ("agree", "report_sent", "plan_agreed", {RESIDENT}),
    ("agree", "plan_not_agreed", "plan_agreed", {RESIDENT}),
    ("disagree", "report_sent", "plan_not_agreed", {RESIDENT}),
    ("disagree", "plan_agreed", "plan_not_agreed", {RESIDENT}),
    ("heard_agree", "report_sent", "plan_agreed", {STAFF}),
    ("heard_agree", "plan_not_agreed", "plan_agreed", {STAFF}),
    ("heard_disagree", "report_sent", "plan_not_agreed", {STAFF}),
    ("heard_disagree", "plan_agreed", "plan_not_agreed", {STAFF}),
    ("heard_nothing", "report_sent", "closed", {STAFF}),
    ("close", "no_contact", "closed", {STAFF}),
    ("close", "plan_agreed", "closed", {STAFF}),
    ("close", "plan_not_agreed", "closed", {STAFF}),
    *[("tried", state, state, {STAFF}) for state in ("received", "booked", "no_contact")],
    *[("urgent", state, state, {RESIDENT, HELPER, STAFF}) for state in OPEN],
    *[("urgent_answered", state, state, {STAFF}) for state in OPEN],
    *[("may_apply", state, state, {SYSTEM}) for state in OPEN],
    *[("withdraw", state, "withdrawn", {RESIDENT, HELPER, STAFF}) for state in OPEN],
]  # fmt: skip


def test_the_table_is_this_and_nothing_else():
    known = {(action, state, author): to for action, state, to, authors in ALLOWED for author in authors}
    actions = {step.action for step in CONVERSATION.steps}
    for action, state, author in product(actions, CONVERSATION.states, Author):
        if (action, state, author) in known:
            assert CONVERSATION.step(action, state, author, {}).to == known[action, state, author]
        else:
            with pytest.raises(StepRefused):
                CONVERSATION.step(action, state, author, {})


def test_a_resident_can_stop_in_every_state_in_which_something_still_happens():
    for state in CONVERSATION.states - CONVERSATION.closed:
        assert CONVERSATION.may("withdraw", state, RESIDENT), state


def test_who_could_not_be_reached_can_still_choose_a_moment_and_be_talked_with():
    assert CONVERSATION.may("book", "no_contact", RESIDENT)
    assert CONVERSATION.may("talked", "no_contact", STAFF)


def test_the_six_weeks_begin_once_and_only_the_report_or_the_end_stops_them():
    starts = [step.action for step in CONVERSATION.steps if INVESTIGATION in step.starts]
    assert starts == ["begin"]
    assert {step.action for step in CONVERSATION.steps if INVESTIGATION in step.ends} == {"report"}


def test_nothing_is_finished_after_a_talk_without_a_report():
    assert not CONVERSATION.may("close", "talked", STAFF)
    assert not CONVERSATION.may("close", "report_sent", STAFF)


def test_only_who_it_is_about_agrees_and_staff_only_write_down_what_they_were_told():
    for step in CONVERSATION.steps:
        if step.action in {"agree", "disagree"}:
            assert step.authors == (RESIDENT,), step


def test_while_there_is_no_moment_there_is_a_promise_to_agree_on_one():
    for step in CONVERSATION.steps:
        if step.to in step.states and step.action not in {"begin", "report"}:
            continue
        if step.to == "received":
            assert FIRST_MOMENT in step.starts, step.action
        if step.to in {"booked", "talked", "no_contact"}:
            assert FIRST_MOMENT in step.ends, step.action


def test_every_promise_is_a_policy_with_its_basis(session, clock):
    policies = read_policies(session.connection(), clock.now().date())
    for key in (INVESTIGATION, FIRST_MOMENT, *CONVERSATION.retention.values()):
        assert policies[key].legal_basis
    assert "2.3.2" in policies[INVESTIGATION].legal_basis
    for key in CONVERSATION.retention.values():
        policies[key].span()


def test_every_state_and_step_has_a_name():
    assert set(CONVERSATION.state_names) == CONVERSATION.states
    assert set(CONVERSATION.names) == {step.action for step in CONVERSATION.steps} | {"open"}
    assert set(CONVERSATION.retention) == CONVERSATION.closed
    for action in CONVERSATION.acts:
        assert any(step.action == action and STAFF in step.authors for step in CONVERSATION.steps), action
