"""The words of the questions and the ways, as messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pyramid.i18n import TranslationStringFactory

from portal.ways import days
from portal.ways.rules import About, Letter, Way, Who, Why, Wish
from portal.ways.steps import Question, Slip

_ = TranslationStringFactory("portal")


@dataclass(frozen=True)
class QuestionWords:
    """One question: its heading, a hint, what there is to choose (each with a hint, or None), and why we ask."""

    title: Any
    hint: Any
    choices: Mapping[StrEnum, tuple[Any, Any]]
    why: Any


_LETTERS: Mapping[StrEnum, tuple[Any, Any]] = {
    Letter.DATED: (_("Yes, and I know the date on the letter"), None),
    Letter.UNDATED: (_("Yes, but I do not know the date"), None),
    Letter.NONE: (_("No"), None),
    Letter.UNSURE: (_("I have a letter, but I do not know if it is a decision"), None),
}
_WHY_LETTER = _("You have a limited time to object to a decision. We work out the last day for you.")
_QUESTIONS: Mapping[Question, QuestionWords] = {
    Question.ABOUT: QuestionWords(
        _("What is it about?"),
        _("Choose what comes closest. More than one way may fit."),
        {
            About.TREATED: (
                _("How somebody treated me or somebody else"), _("Also: waiting too long, or getting no answer"),
            ),
            About.PLAN: (_("My plan, or the advice I got"), _("I doubt whether it is right for me")),
            About.LETTER: (_("A letter with a decision"), _("The letter says yes or no to what I asked for")),
            About.OTHER: (_("Something else, or I do not know"), None),
        },
        _("So we only show the ways that can help you."),
    ),
    Question.LETTER: QuestionWords(
        _("Is there a letter with a decision?"),
        _("A decision says yes or no to help. It often says “decision” at the top, and how you can object."),
        _LETTERS,
        _WHY_LETTER,
    ),
    Question.WHO: QuestionWords(
        _("Whom is it about?"),
        None,
        {
            Who.TEAM: (_("Somebody of the neighbourhood team"), None),
            Who.PROVIDER: (_("A company that helps me, such as with cleaning"), None),
            Who.OTHER: (_("Somebody else, or I do not know"), None),
        },
        _("A company has its own rules for complaints. Then we bring your complaint there together with you."),
    ),
    Question.WISH: QuestionWords(
        _("What would you like most?"),
        None,
        {
            Wish.LISTEN: (_("That somebody listens and things change"), None),
            Wish.LOOK: (_("That somebody else looks at my plan"), None),
            Wish.DECIDE: (_("Another decision"), None),
            Wish.UNKNOWN: (_("I do not know yet"), None),
        },
        _("Each way leads to something else. You may change your mind later."),
    ),
}  # fmt: skip
_DATE_OF_LETTER = QuestionWords(
    _("Which date is on the letter?"),
    _("It often stands at the top. It is the day on which the letter was sent."),
    {
        Letter.DATED: (_("I know the date on the letter"), None),
        Letter.UNDATED: (_("I do not know the date"), None),
    },
    _WHY_LETTER,
)


def words_of(question: Question, about: About | None) -> QuestionWords:
    """The words of a question; who already spoke of a letter is only asked its date."""
    return _DATE_OF_LETTER if question is Question.LETTER and about is About.LETTER else _QUESTIONS[question]


def chosen_words(question: Question, code: StrEnum) -> Any:
    """What was chosen, in words. With a letter it is the long form, whatever was asked."""
    return _QUESTIONS[question].choices[code][0]


#: What is wrong with an answer, and what to do.
SLIPS: Mapping[StrEnum, Any] = {
    Slip.CHOOSE: _("Choose one of the answers."),
    Slip.NO_DAY: _("Fill in the date on the letter, or choose that you do not know the date."),
    Slip.BOTH: _("You filled in a date and chose something else. Choose yes, or make the date empty."),
    days.Slip.UNREADABLE: _("Write the date as day, month and year."),
    days.Slip.NO_SUCH_DAY: _("This day is not in the calendar. Look at the date on the letter again."),
    days.Slip.YEAR: _("Look at the year again. Write it with 4 numbers."),
    days.Slip.FUTURE: _("This day still has to come. Look at the date on the letter again."),
}
#: Slips that are mended in the field of the date.
AT_DAY = frozenset({Slip.NO_DAY, *days.Slip})


@dataclass(frozen=True)
class WayWords:
    """A way as a card: pictogram, name, its one next step, and where that leads: the first of `targets` there is."""

    icon: str
    title: Any
    step: Any
    targets: tuple[str, ...]


WAYS: Mapping[Way, WayWords] = {
    Way.TALK: WayWords("conversation", _("A talk"), _("Ask for a conversation"), ("service:conversation",)),
    Way.COMPLAINT: WayWords("complaint", _("A complaint"), _("See how you complain"),
                            ("service:complaint", "page:klacht")),
    Way.SECOND_OPINION: WayWords("second-opinion", _("A second opinion"), _("See how you ask for a second opinion"),
                                 ("service:second-opinion", "page:second-opinion")),
    Way.OBJECTION: WayWords("paper", _("Objection"), _("Read more about objection"), ("page:bezwaar",)),
    Way.CLIENT_SUPPORT: WayWords("people", _("Somebody who stands beside you"), _("See how you find somebody"),
                                 ("page:clientondersteuning",)),
}  # fmt: skip
WHY: Mapping[Why, Any] = {
    Why.DECISION: _(
        "You tell the municipality in a letter that you do not agree. It must then look at the decision again."
    ),
    Why.DECISION_OVER: _("You are too late for an objection. With a good reason it may still be possible."),
    Why.DECISION_UNDATED: _(
        "You have %(weeks)s weeks to object, from the day after the letter was sent. So look for the date today."
    ),
    Why.DECISION_UNSURE: _(
        "Does the letter say that you can object? Then you have %(weeks)s weeks, from the day after its date."
    ),
    Why.TREATED_TEAM: _(
        "You may always complain about how somebody treated you. It is read by somebody who was not involved."
    ),
    Why.TREATED_PROVIDER: _("You may complain about a company too. We bring your complaint there together with you."),
    Why.TREATED_OTHER: _("You may always complain about how somebody treated you. We look where it belongs."),
    Why.NOT_HEARD: _("Did nobody listen, or did you wait too long? Then you may complain."),
    Why.PLAN_DOUBTED: _(
        "An expert from outside looks whether this is the right plan for you. It is free. You need no proof."
    ),
    Why.LOOK_WANTED: _("An expert from outside looks at your plan too. It is free."),
    Why.LOOK_BESIDE: _("An expert from outside looks at your plan too. You may do this while you object."),
    Why.TALK_OFTEN_HELPS: _("A talk often helps. You may do this beside all other ways."),
    Why.TALK_ABOUT_PLAN: _("Tell the team what does not fit. Together you may change the plan at any time."),
    Why.TALK_FIRST_DECISION: _(
        "There is no decision yet. In a talk you say what you need. After that you may ask for a decision in a letter."
    ),
    Why.TALK_AGAIN: _("Did something change, or do you need other help? You may always ask again."),
    Why.TALK_TO_CHOOSE: _("Tell us what happened. You need not know which way it is; we look together and you choose."),
    Why.SUPPORT: _("A client supporter thinks along with you, is free, and does not work for the municipality."),
    Why.SUPPORT_LETTER: _(
        "A client supporter reads the letter with you and helps you to write. It is free, and not of the municipality."
    ),
}
