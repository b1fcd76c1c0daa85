"""Which ways are open to somebody who is not content, and until when one of them is. Pure.

Talk, complaint, second opinion, objection to a decision, somebody who stands beside you: several may fit, and nobody is
sent away with less than one. Only objection can be too late; so it stands first wherever there may be a decision.

The law: six weeks (Awb 6:7) from the day after the decision was made known (6:8), the end moved on by the Algemene
termijnenwet; too late is not held against who had a good reason (6:11). Nothing else stops or moves that term.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Day
from enum import StrEnum

from portal.foundation.policies import Policy

#: The policy that says how long one may object.
WINDOW = "bezwaar_window"


class About(StrEnum):
    """What it is about; the values stand in addresses."""

    TREATED = "behandeling"
    PLAN = "plan"
    LETTER = "besluit"
    OTHER = "anders"


class Letter(StrEnum):
    """Whether there is a letter with a decision."""

    DATED = "ja"
    UNDATED = "geen-datum"
    NONE = "nee"
    UNSURE = "weet-niet"


class Who(StrEnum):
    """Whom it is about."""

    TEAM = "wijkteam"
    PROVIDER = "aanbieder"
    OTHER = "ander"


class Wish(StrEnum):
    """What somebody would like to happen."""

    LISTEN = "luisteren"
    LOOK = "plan"
    DECIDE = "besluit"
    UNKNOWN = "weet-niet"


class Way(StrEnum):
    """A way that somebody may go."""

    OBJECTION = "objection"
    COMPLAINT = "complaint"
    SECOND_OPINION = "second_opinion"
    TALK = "talk"
    CLIENT_SUPPORT = "client_support"


class Why(StrEnum):
    """Why a way fits; `labels` has the words."""

    DECISION = "decision"
    DECISION_OVER = "decision_over"
    DECISION_UNDATED = "decision_undated"
    DECISION_UNSURE = "decision_unsure"
    TREATED_TEAM = "treated_team"
    TREATED_PROVIDER = "treated_provider"
    TREATED_OTHER = "treated_other"
    NOT_HEARD = "not_heard"
    PLAN_DOUBTED = "plan_doubted"
    LOOK_WANTED = "look_wanted"
    LOOK_BESIDE = "look_beside"
    TALK_OFTEN_HELPS = "talk_often_helps"
    TALK_ABOUT_PLAN = "talk_about_plan"
    TALK_FIRST_DECISION = "talk_first_decision"
    TALK_AGAIN = "talk_again"
    TALK_TO_CHOOSE = "talk_to_choose"
    SUPPORT = "support"
    SUPPORT_LETTER = "support_letter"


@dataclass(frozen=True)
class Objection:
    """Until when somebody may object. `days_left` are the days after today, 0 on the last day and when it is over."""

    date: Day
    until: Day
    days_left: int
    is_over: bool


def objection_until(decided_on: Day, policies: Mapping[str, Policy]) -> Day:
    """The last day on which an objection is in time, of a decision that was made known on that day."""
    return policies[WINDOW].due(decided_on)


def objection(decided_on: Day, today: Day, policies: Mapping[str, Policy]) -> Objection:
    """The last day, and how far away it is."""
    until = objection_until(decided_on, policies)
    return Objection(decided_on, until, max(0, (until - today).days), today > until)


@dataclass(frozen=True)
class Answers:
    """What somebody said. `who` is only asked where the ways differ by it; `objection` where the date is known."""

    about: About
    letter: Letter
    who: Who | None
    wish: Wish
    objection: Objection | None = None

    @property
    def too_late(self) -> bool:
        """Whether the term for objection is over."""
        return self.objection is not None and self.objection.is_over

    @property
    def decided(self) -> bool:
        """Whether there surely is a decision."""
        return self.letter in {Letter.DATED, Letter.UNDATED}


@dataclass(frozen=True)
class Fit:
    """A way that fits, and why."""

    way: Way
    why: Why


_TREATED = {Who.TEAM: Why.TREATED_TEAM, Who.PROVIDER: Why.TREATED_PROVIDER}


def fitting(answers: Answers) -> tuple[Fit, ...]:
    """The ways that fit, each once, best first: objection before all, and at the end who stands beside you, always."""
    found: dict[Way, Fit] = {}
    for fit in (*_objection(answers), *_others(answers), _support(answers)):
        found.setdefault(fit.way, fit)
    return tuple(found.values())


def asks_who(about: About | None) -> bool:
    """Whether it matters whom it is about: only where a complaint may fit."""
    return about not in {About.PLAN, About.LETTER}


def _objection(answers: Answers) -> Iterator[Fit]:
    if answers.letter is Letter.UNSURE:
        yield Fit(Way.OBJECTION, Why.DECISION_UNSURE)
    elif answers.decided and answers.objection is None:
        yield Fit(Way.OBJECTION, Why.DECISION_UNDATED)
    elif answers.decided:
        yield Fit(Way.OBJECTION, Why.DECISION_OVER if answers.too_late else Why.DECISION)


def _others(answers: Answers) -> Iterator[Fit]:
    if answers.wish is Wish.DECIDE:
        yield from _another_decision(answers)
    by_subject = {About.TREATED: _treated, About.PLAN: _plan, About.LETTER: _letter, About.OTHER: _something_else}
    yield from by_subject[answers.about](answers)


def _another_decision(answers: Answers) -> Iterator[Fit]:
    """Who wants another decision objects; without a decision, or too late, the way to a new one begins with a talk."""
    if answers.too_late:
        yield Fit(Way.TALK, Why.TALK_AGAIN)
    elif answers.letter is Letter.NONE:
        yield Fit(Way.TALK, Why.TALK_FIRST_DECISION)


def _treated(answers: Answers) -> Iterator[Fit]:
    yield Fit(Way.COMPLAINT, _TREATED.get(answers.who, Why.TREATED_OTHER) if answers.who else Why.TREATED_OTHER)
    if answers.wish is Wish.LOOK:
        yield Fit(Way.SECOND_OPINION, Why.LOOK_WANTED)
    yield Fit(Way.TALK, Why.TALK_OFTEN_HELPS)


def _plan(answers: Answers) -> Iterator[Fit]:
    ways = [Fit(Way.SECOND_OPINION, Why.PLAN_DOUBTED), Fit(Way.TALK, Why.TALK_ABOUT_PLAN)]
    yield from reversed(ways) if answers.wish is Wish.LISTEN else ways


def _letter(answers: Answers) -> Iterator[Fit]:
    if answers.wish is Wish.LOOK:
        yield Fit(Way.SECOND_OPINION, Why.LOOK_WANTED if answers.too_late else Why.LOOK_BESIDE)
    if answers.too_late:
        yield Fit(Way.TALK, Why.TALK_AGAIN)
    elif answers.wish is not Wish.DECIDE:
        yield Fit(Way.TALK, Why.TALK_OFTEN_HELPS)


def _something_else(answers: Answers) -> Iterator[Fit]:
    if answers.wish is Wish.LOOK:
        yield Fit(Way.SECOND_OPINION, Why.LOOK_WANTED)
    yield Fit(Way.TALK, Why.TALK_TO_CHOOSE)
    if answers.wish is Wish.LISTEN:
        yield Fit(Way.COMPLAINT, Why.TREATED_PROVIDER if answers.who is Who.PROVIDER else Why.NOT_HEARD)


def _support(answers: Answers) -> Fit:
    has_letter = answers.letter is not Letter.NONE
    return Fit(Way.CLIENT_SUPPORT, Why.SUPPORT_LETTER if has_letter else Why.SUPPORT)
