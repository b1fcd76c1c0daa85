"""The table of a question about data: nothing is given or thrown away before somebody saw who asks."""

from itertools import product

import pytest

from portal.cases.workflow import Author, StepRefused
from portal.foundation.policies import read_policies
from portal.privacy.kind import OPEN, PRIVACY

RESIDENT, HELPER, STAFF, SYSTEM = Author.RESIDENT, Author.REPRESENTATIVE, Author.STAFF, Author.SYSTEM
#: (action, from, to, who).
ALLOWED = [
    ("begin", "received", "received", {SYSTEM}),
    ("prove", "received", "received", {RESIDENT}),
    ("check_identity", "received", "identity_checked", {STAFF}),
    ("collect", "identity_checked", "collecting", {STAFF}),
    ("collect", "collecting", "collecting", {STAFF}),
    ("decide", "collecting", "collecting", {STAFF}),
    ("carry_out", "collecting", "collecting", {STAFF}),
    ("answer", "collecting", "answered", {STAFF}),
    *[("refuse", state, "refused", {STAFF}) for state in ("received", "identity_checked", "collecting")],
    *[("extend", state, state, {STAFF}) for state in ("received", "identity_checked", "collecting")],
    *[("withdraw", state, "withdrawn", {RESIDENT, HELPER}) for state in ("received", "identity_checked", "collecting")],
]


def test_the_table_is_this_and_nothing_else():
    known = {(action, state, author): to for action, state, to, authors in ALLOWED for author in authors}
    for action, state, author in product({step.action for step in PRIVACY.steps}, PRIVACY.states, Author):
        if (action, state, author) in known:
            assert PRIVACY.step(action, state, author, {}).to == known[action, state, author]
        else:
            with pytest.raises(StepRefused):
                PRIVACY.step(action, state, author, {})


def test_every_state_has_words_and_every_step_stands_on_the_time_line():
    assert set(PRIVACY.state_names) == PRIVACY.states
    assert {step.action for step in PRIVACY.steps} <= set(PRIVACY.names)
    assert set(OPEN) == PRIVACY.states - PRIVACY.closed


def test_every_end_says_how_long_it_is_kept(session, clock):
    policies = read_policies(session.connection(), clock.now().date())
    assert set(PRIVACY.retention) == PRIVACY.closed
    assert all(policies[key].unit == "days" for key in PRIVACY.retention.values())


def test_nobody_sees_it_but_the_privacy_officer():
    assert (PRIVACY.seen_in_team, PRIVACY.seen_by, PRIVACY.led_by) == ((), ("privacy_officer",), ("privacy_officer",))
