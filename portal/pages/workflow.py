"""What may happen to a version of a page, and who may let it happen. Pure: a table, and questions about it.

A version is one text of one page in one locale. At most one of them is open (draft, review or scheduled) and at most
one is on show; the database holds both. What was on show once stays, so that everybody can see what stood there when.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from portal.foundation.i18n import LOCALES, SOURCE


class State(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    REVIEW = "review"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    #: Was on show until a newer one came.
    REPLACED = "replaced"
    #: Was on show until it was taken away.
    WITHDRAWN = "withdrawn"
    #: Never was on show, and never will be.
    DROPPED = "dropped"


OPEN = frozenset({State.DRAFT, State.REVIEW, State.SCHEDULED})
#: What readers see or saw.
SHOWN = frozenset({State.PUBLISHED, State.REPLACED, State.WITHDRAWN})


class Actor(StrEnum):
    """Who works on texts, and the clock that keeps a date they set."""

    EDITOR = "content_editor"
    TRANSLATOR = "translator"
    PUBLISHER = "publisher"
    CLOCK = "clock"


_WRITERS = frozenset({Actor.EDITOR, Actor.TRANSLATOR, Actor.PUBLISHER})
_PUBLISHERS = frozenset({Actor.PUBLISHER})


@dataclass(frozen=True)
class Move:
    """One row of the table: what is done, from where, to where, by whom."""

    name: str
    before: frozenset[State]
    after: State
    who: frozenset[Actor]


MOVES = (
    Move("save", frozenset({State.DRAFT}), State.DRAFT, _WRITERS),
    Move("ask_review", frozenset({State.DRAFT}), State.REVIEW, _WRITERS),
    Move("take_back", frozenset({State.REVIEW}), State.DRAFT, _WRITERS),
    Move("send_back", frozenset({State.REVIEW, State.SCHEDULED}), State.DRAFT, _PUBLISHERS),
    Move("schedule", frozenset({State.DRAFT, State.REVIEW}), State.SCHEDULED, _PUBLISHERS),
    Move("publish", frozenset({State.DRAFT, State.REVIEW}), State.PUBLISHED, _PUBLISHERS),
    Move("publish", frozenset({State.SCHEDULED}), State.PUBLISHED, _PUBLISHERS | {Actor.CLOCK}),
    Move("drop", OPEN, State.DROPPED, _WRITERS),
    Move("withdraw", frozenset({State.PUBLISHED}), State.WITHDRAWN, _PUBLISHERS | {Actor.CLOCK}),
)


def actors(roles: Collection[str]) -> frozenset[Actor]:
    """Who somebody with these roles is at this desk. Never the clock."""
    return frozenset(Actor(role) for role in roles if role in _WRITERS)


def may(move: str, state: State, who: Collection[Actor], locale: str) -> bool:
    """Whether one of `who` may make this move with a version in this state and locale.

    A translator alone does not touch plain Dutch, the source of every other text.
    """
    fits = {actor for row in MOVES if row.name == move and state in row.before for actor in row.who & set(who)}
    if locale == SOURCE.code:
        fits.discard(Actor.TRANSLATOR)
    return bool(fits)


def after(move: str, state: State) -> State:
    """Where a move leads. Raises LookupError when it cannot be made from here."""
    for row in MOVES:
        if row.name == move and state in row.before:
            return row.after
    raise LookupError(f"{move} from {state}")


def enough_eyes(legal: bool, hands: Collection[int], publisher: int) -> bool:
    """Whether who publishes may be the only one who saw it: on a legal page somebody else wrote it.

    `hands` are all who touched the version. A text that came from a file has none, and is nobody's own.
    """
    return not legal or publisher not in hands


class Standing(StrEnum):
    """How a page stands in one locale: the seven states of the coverage board."""

    MISSING = "missing"
    WORKING = "working"
    WAITING = "waiting"
    BEHIND = "behind"
    UNREAD = "unread"
    OVERDUE = "overdue"
    GOOD = "good"


def standing(
    *, shown: bool, open_state: State | None, behind: bool, unread: bool, overdue: bool
) -> Standing:  # fmt: skip
    """Which one of the seven: the first that somebody has to do something about.

    >>> standing(shown=False, open_state=None, behind=False, unread=False, overdue=False)
    <Standing.MISSING: 'missing'>
    """
    if open_state in {State.REVIEW, State.SCHEDULED}:
        return Standing.WAITING
    if open_state is State.DRAFT:
        return Standing.WORKING
    if not shown:
        return Standing.MISSING
    if behind:
        return Standing.BEHIND
    if unread:
        return Standing.UNREAD
    return Standing.OVERDUE if overdue else Standing.GOOD


def is_dutch(locale: str) -> bool:
    """Whether a text needs no reader from outside: our own editors read it."""
    return LOCALES[locale].dutch
