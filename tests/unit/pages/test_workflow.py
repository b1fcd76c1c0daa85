"""The table of what may happen to a version, and who may let it happen."""

import pytest

from portal.pages.workflow import MOVES, OPEN, Actor, Standing, State, actors, after, enough_eyes, may, standing

EDITOR, TRANSLATOR, PUBLISHER, CLOCK = Actor.EDITOR, Actor.TRANSLATOR, Actor.PUBLISHER, Actor.CLOCK
#: (move, from) → to, and who may with an Arabic text. What is not here cannot be done by anybody.
TABLE = {
    ("save", "draft"): ("draft", {EDITOR, TRANSLATOR, PUBLISHER}),
    ("ask_review", "draft"): ("review", {EDITOR, TRANSLATOR, PUBLISHER}),
    ("take_back", "review"): ("draft", {EDITOR, TRANSLATOR, PUBLISHER}),
    ("send_back", "review"): ("draft", {PUBLISHER}),
    ("send_back", "scheduled"): ("draft", {PUBLISHER}),
    ("schedule", "draft"): ("scheduled", {PUBLISHER}),
    ("schedule", "review"): ("scheduled", {PUBLISHER}),
    ("publish", "draft"): ("published", {PUBLISHER}),
    ("publish", "review"): ("published", {PUBLISHER}),
    ("publish", "scheduled"): ("published", {PUBLISHER, CLOCK}),
    ("drop", "draft"): ("dropped", {EDITOR, TRANSLATOR, PUBLISHER}),
    ("drop", "review"): ("dropped", {EDITOR, TRANSLATOR, PUBLISHER}),
    ("drop", "scheduled"): ("dropped", {EDITOR, TRANSLATOR, PUBLISHER}),
    ("withdraw", "published"): ("withdrawn", {PUBLISHER, CLOCK}),
}
NAMES = sorted({row.name for row in MOVES})


@pytest.mark.parametrize("who", Actor)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", NAMES)
def test_a_move_is_made_only_as_the_table_says(move, state, who):
    to, allowed = TABLE.get((move, state.value), (None, set()))
    assert may(move, state, {who}, "ar") == (who in allowed)
    if to:
        assert after(move, state) == to
    else:
        with pytest.raises(LookupError):
            after(move, state)


@pytest.mark.parametrize("move", NAMES)
def test_a_translator_alone_does_nothing_with_plain_dutch(move):
    for state in State:
        assert not may(move, state, {TRANSLATOR}, "nl")
        assert may(move, state, {TRANSLATOR, EDITOR}, "nl") == may(move, state, {EDITOR}, "nl")


def test_who_has_no_role_at_this_desk_may_nothing():
    assert actors(["team_worker", "administrator", "clock"]) == frozenset()
    assert not any(may(move, state, actors(["team_worker"]), "nl") for move in NAMES for state in State)


@pytest.mark.parametrize(
    ("legal", "hands", "enough"),
    [
        (False, [], True), (False, [7], True),
        (True, [], True), (True, [7], False), (True, [3, 7], False), (True, [3], True),
    ],
)  # fmt: skip
def test_a_legal_page_is_published_by_somebody_who_did_not_write_it(legal, hands, enough):
    assert enough_eyes(legal, hands, 7) == enough


@pytest.mark.parametrize(
    ("shown", "open_state", "behind", "unread", "overdue", "said"),
    [
        (False, None, False, False, False, Standing.MISSING),
        (False, State.DRAFT, False, False, False, Standing.WORKING),
        (True, State.DRAFT, True, True, True, Standing.WORKING),
        (True, State.REVIEW, True, True, True, Standing.WAITING),
        (False, State.SCHEDULED, False, False, False, Standing.WAITING),
        (True, None, True, True, True, Standing.BEHIND),
        (True, None, False, True, True, Standing.UNREAD),
        (True, None, False, False, True, Standing.OVERDUE),
        (True, None, False, False, False, Standing.GOOD),
    ],
)
def test_the_board_names_the_first_thing_that_somebody_has_to_do(shown, open_state, behind, unread, overdue, said):
    assert standing(shown=shown, open_state=open_state, behind=behind, unread=unread, overdue=overdue) is said


def test_what_is_open_can_still_go_on_show():
    assert {state for state in OPEN if any(state in row.before and row.name == "publish" for row in MOVES)} == OPEN
