"""From the query of an address to the next question, or to all answers. Pure; everything there is stands in the query.

`over=plan&brief=ja&datum=14-1-2027&wens=plan`: codes, and a date as it was typed. `klaar` names the question whose form
was sent, so that an answer that is missing is a slip only there; `vraag` asks for a question again, answers kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from portal.ways import days
from portal.ways.rules import About, Answers, Letter, Objection, Who, Wish, asks_who

SENT, AGAIN, DAY = "klaar", "vraag", "datum"


class Question(StrEnum):
    """A question, by the name of its answer in the query."""

    ABOUT = "over"
    LETTER = "brief"
    WHO = "wie"
    WISH = "wens"


class Slip(StrEnum):
    """What is wrong with an answer, beside a date that cannot be read."""

    CHOOSE = "choose"
    NO_DAY = "no_day"
    BOTH = "both"


#: Whoever says that it is about a letter with a decision is only asked its date.
OF_A_LETTER = (Letter.DATED, Letter.UNDATED)
CHOICES: Mapping[Question, type[StrEnum]] = {
    Question.ABOUT: About, Question.LETTER: Letter, Question.WHO: Who, Question.WISH: Wish,
}  # fmt: skip
_Code = TypeVar("_Code", bound=StrEnum)


@dataclass(frozen=True)
class Given:
    """What the query says, as far as it can be understood. `typed` is the date as it stands there."""

    about: About | None
    letter: Letter | None
    typed: str
    day: date | None
    slip: Slip | days.Slip | None
    who: Who | None
    wish: Wish | None

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions for this reader, in order; four, or three where it does not matter whom it is about."""
        return tuple(one for one in Question if one is not Question.WHO or asks_who(self.about))

    def has(self, question: Question) -> bool:
        """Whether there is an answer that can be used."""
        if question is Question.LETTER:
            fits = self.about is not About.LETTER or self.letter in OF_A_LETTER
            return self.letter is not None and fits and self.slip is None
        return {Question.ABOUT: self.about, Question.WHO: self.who, Question.WISH: self.wish}[question] is not None

    def chosen(self, question: Question) -> StrEnum | None:
        """What was chosen at a question."""
        return {
            Question.ABOUT: self.about, Question.LETTER: self.letter, Question.WHO: self.who, Question.WISH: self.wish,
        }[question]  # fmt: skip

    def query(self, without: Question | None = None) -> dict[str, str]:
        """The answers as a query again, for a link or a form; those of one question may be left out."""
        found = {one.value: str(code) for one in Question if one is not without and (code := self.chosen(one))}
        if self.typed and without is not Question.LETTER:
            found[DAY] = self.typed
        return found

    def answers(self, objection: Objection | None) -> Answers:
        """All answers. Raises ValueError when one is missing."""
        if self.about is None or self.letter is None or self.wish is None:
            raise ValueError("not every question has an answer")
        who = self.who if asks_who(self.about) else None
        return Answers(self.about, self.letter, who, self.wish, objection)


def given(query: Mapping[str, str], today: date) -> Given:
    """Read a query; codes that we do not know are no answer."""
    letter = _code(Letter, query.get(Question.LETTER))
    typed = " ".join(query.get(DAY, "").split())
    if letter is None and typed:
        letter = Letter.DATED
    day, slip = _day(letter, typed, today)
    about, who, wish = (
        _code(About, query.get(Question.ABOUT)), _code(Who, query.get(Question.WHO)),
        _code(Wish, query.get(Question.WISH)),
    )  # fmt: skip
    return Given(about, letter, typed, day, slip, who, wish)


def question_at(query: Mapping[str, str], found: Given) -> tuple[Question | None, Slip | days.Slip | None]:
    """The question to show now and what is wrong with its answer; no question when all have an answer."""
    again = _code(Question, query.get(AGAIN))
    if again in found.asked:
        return again, None
    question = next((one for one in found.asked if not found.has(one)), None)
    if question is Question.LETTER and found.slip:
        return question, found.slip
    sent_empty = question is not None and query.get(SENT) == question
    return question, Slip.CHOOSE if sent_empty else None


def _code(kind: type[_Code], value: str | None) -> _Code | None:
    return kind(value) if value in set(kind) else None


def _day(letter: Letter | None, typed: str, today: date) -> tuple[date | None, Slip | days.Slip | None]:
    """The date of the letter. Who is not sure whether it is a decision may give one too; with “no” it is a slip."""
    if letter is Letter.DATED and not typed:
        return None, Slip.NO_DAY
    if not typed:
        return None, None
    if letter in {Letter.NONE, Letter.UNDATED}:
        return None, Slip.BOTH
    try:
        return days.read_day(typed, today), None
    except days.Unread as unread:
        return None, unread.slip
