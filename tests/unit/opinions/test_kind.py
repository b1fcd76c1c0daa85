"""The table of a second opinion, written down a second time: who may do what, where, and what nobody may."""

from itertools import product

import pytest

from portal.cases.workflow import Author, StepRefused
from portal.foundation.policies import read_policies
from portal.opinions.kind import SECOND_OPINION

STAFF, SYSTEM, EXPERT = {Author.STAFF}, {Author.SYSTEM}, {Author.EXPERT}
#: Who asked, or who speaks for them.
THEIRS = {Author.RESIDENT, Author.REPRESENTATIVE}
WITH_EXPERT, ANSWERED = ("proposed", "accepted", "under_review"), ("opinion_sent", "not_agreed", "routes_shown")


def both(action, state, to):
    """A step of who asked, and the same as staff heard it."""
    return [(action, state, to, THEIRS), (f"heard_{action}", state, to, STAFF)]


#: (action, from, to, who).
ALLOWED = [
    ("begin", "received", "received", SYSTEM),
    ("acknowledge", "received", "acknowledged", STAFF),
    ("invite", "acknowledged", "acknowledged", STAFF),
    ("decline", "acknowledged", "acknowledged", EXPERT),
    ("call_off", "acknowledged", "acknowledged", STAFF | SYSTEM),
    ("propose", "acknowledged", "proposed", EXPERT),
    *both("accept_expert", "proposed", "accepted"),
    *both("refuse_expert", "proposed", "acknowledged"),
    *both("release", "accepted", "under_review"),
    *both("change_release", "under_review", "under_review"),
    *[("end_expert", state, "acknowledged", STAFF | SYSTEM | EXPERT) for state in WITH_EXPERT],
    ("opinion", "under_review", "opinion_sent", EXPERT),
    *[("react", state, state, STAFF) for state in ANSWERED],
    ("follow_up", "opinion_sent", "opinion_sent", STAFF),
    *[one for to in ("agreed_original", "agreed_changed", "agreed_alternative") for state in ANSWERED
      for one in both(to, state, to)],
    *both("not_agree", "opinion_sent", "not_agreed"),
    ("talk_on", "not_agreed", "routes_shown", STAFF),
    *both("leave_it", "not_agreed", "closed"),
    *both("leave_it", "routes_shown", "closed"),
    ("put_away", "routes_shown", "closed", SYSTEM),
    *[("withdraw", state, "withdrawn", THEIRS) for state in ("received", "acknowledged", *WITH_EXPERT, *ANSWERED)],
]  # fmt: skip
KNOWN = {(action, state, author): to for action, state, to, authors in ALLOWED for author in authors}


def outcome(action, state, author):
    try:
        return SECOND_OPINION.step(action, state, author, {}).to
    except StepRefused:
        return None


@pytest.mark.parametrize("state", sorted(SECOND_OPINION.states))
def test_the_table_is_this_and_nothing_else(state):
    actions = {step.action for step in SECOND_OPINION.steps}
    found = {(action, author): outcome(action, state, author) for action, author in product(actions, Author)}
    assert found == {(action, author): KNOWN.get((action, state, author)) for action, author in found}


def test_nobody_of_a_team_sees_one():
    assert SECOND_OPINION.seen_in_team == ()
    assert SECOND_OPINION.seen_by == SECOND_OPINION.led_by == ("second_opinion_coordinator",)


def test_every_promise_and_every_time_to_keep_is_a_policy(session, clock):
    policies = read_policies(session.connection(), clock.now().date())
    keys = {key for step in SECOND_OPINION.steps for key in (*step.starts, *step.ends)}
    assert keys | set(SECOND_OPINION.retention.values()) <= set(policies)
    assert set(SECOND_OPINION.retention) == SECOND_OPINION.closed


def test_every_state_and_every_step_has_words():
    actions = {step.action for step in SECOND_OPINION.steps}
    assert actions <= set(SECOND_OPINION.names)
    assert set(SECOND_OPINION.state_names) == SECOND_OPINION.states
