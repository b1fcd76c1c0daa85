"""The table of a complaint, written down a second time: who may do what, where, and what nobody may."""

from itertools import product

import pytest

from portal.cases.workflow import Author, StepRefused
from portal.complaints.desk_forms import ACTS
from portal.complaints.kind import COMPLAINT
from portal.foundation.policies import read_policies

STAFF, SYSTEM = {Author.STAFF}, {Author.SYSTEM}
#: Who complained, or who speaks for them.
THEIRS = {Author.RESIDENT, Author.REPRESENTATIVE}
RUNNING = ("received", "informal", "formal", "hearing_offered", "heard", "concluded")
#: (action, from, to, who).
ALLOWED = [
    ("begin", "received", "received", SYSTEM),
    ("named", "received", "received", STAFF),
    ("talk", "received", "informal", STAFF),
    ("examine", "received", "formal", STAFF),
    ("solved", "informal", "solved", THEIRS),
    ("told_solved", "informal", "solved", STAFF),
    ("not_solved", "informal", "formal", THEIRS | STAFF),
    ("offer_hearing", "formal", "hearing_offered", STAFF),
    ("offer_hearing", "hearing_offered", "hearing_offered", STAFF),
    ("waive", "hearing_offered", "heard", THEIRS),
    ("hear", "hearing_offered", "heard", STAFF),
    ("skip_hearing", "formal", "heard", STAFF),
    ("skip_hearing", "hearing_offered", "heard", STAFF),
    ("conclude", "heard", "concluded", STAFF),
    ("give_back", "concluded", "heard", STAFF),
    ("sign", "concluded", "outcome_sent", STAFF),
    ("accept", "outcome_sent", "closed", THEIRS),
    ("once_more", "outcome_sent", "formal", THEIRS),
    ("close", "outcome_sent", "closed", STAFF | SYSTEM),
    *[(action, state, state, STAFF) for action in ("extend", "ask_more", "keep_from") for state in RUNNING],
    *[(action, state, state, THEIRS) for action in ("agree_more", "refuse_more") for state in RUNNING],
    *[("tell_concerned", state, state, STAFF) for state in RUNNING if state != "concluded"],
    *[("not_handle", state, "not_handled", STAFF) for state in RUNNING[:4]],
    *[("forward", state, "forwarded", STAFF) for state in RUNNING[:3]],
    *[("withdraw", state, "withdrawn", THEIRS) for state in (*RUNNING, "outcome_sent")],
]  # fmt: skip
KNOWN = {(action, state, author): to for action, state, to, authors in ALLOWED for author in authors}


def outcome(action, state, author):
    try:
        return COMPLAINT.step(action, state, author, {}).to
    except StepRefused:
        return None


@pytest.mark.parametrize("state", sorted(COMPLAINT.states))
def test_the_table_is_this_and_nothing_else(state):
    actions = {step.action for step in COMPLAINT.steps}
    found = {(action, author): outcome(action, state, author) for action, author in product(actions, Author)}
    assert found == {(action, author): KNOWN.get((action, state, author)) for action, author in found}


def test_no_row_of_the_second_table_is_of_a_step_or_state_that_is_not_there():
    assert {action for action, *_rest in ALLOWED} == {step.action for step in COMPLAINT.steps}
    assert {one for _action, state, to, _who in ALLOWED for one in (state, to)} == COMPLAINT.states


def test_whether_somebody_is_content_only_they_say():
    mine = {action for action, _state, author in KNOWN if author is Author.STAFF}
    assert not mine & {"solved", "waive", "accept", "once_more", "agree_more", "refuse_more", "withdraw"}


def test_neither_an_expert_nor_a_provider_has_a_part_in_it():
    assert not {author for *_rest, author in KNOWN} & {Author.EXPERT, Author.PROVIDER}


def test_each_step_of_the_staff_has_its_form_or_its_button():
    behind = {step for act in ACTS.values() for step in act.steps}
    assert behind | COMPLAINT.acts.keys() == {action for action, _state, author in KNOWN if author is Author.STAFF}


def test_each_state_and_step_has_words_and_each_end_a_time_to_keep_it(session):
    assert COMPLAINT.state_names.keys() == COMPLAINT.states
    assert {step.action for step in COMPLAINT.steps} <= COMPLAINT.names.keys()
    assert COMPLAINT.retention.keys() == COMPLAINT.closed


def test_each_promise_is_a_rule_of_the_law_or_our_own(session, clock):
    policies = read_policies(session.connection(), clock.now().date())
    starts = {key for step in COMPLAINT.steps for key in step.starts}
    assert starts == {"complaint_decide", "complaint_receipt", "complaint_again"}
    assert (starts | set(COMPLAINT.retention.values())) <= policies.keys()


def test_it_never_ends_without_a_way_out():
    ends = {state for state in COMPLAINT.states if state not in COMPLAINT.closed}
    assert all(any(KNOWN.get(("withdraw", state, one)) for one in THEIRS) for state in ends)
