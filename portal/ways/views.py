"""The questions one by one, and the ways that fit. Only GET: the answers stand in the address, nothing is kept."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from portal.foundation.clock import today
from portal.foundation.security import Permission
from portal.ways import labels, steps
from portal.ways.resources import WaysDesk
from portal.ways.rules import WINDOW, Fit, fitting
from portal.ways.steps import Given, Question

#: How long ago the example of a date is.
DAYS_AGO = 11


@view_config(
    route_name="ways.start", renderer="ways/question.jinja2", permission=Permission.READ, request_method="GET",
    kept=True,
)  # fmt: skip
def show_ways(context: WaysDesk, request: Request) -> dict[str, Any]:
    """The next question with what was answered before, or the ways that fit."""
    given = steps.given(request.GET, today(request.clock))
    question, slip = steps.question_at(request.GET, given)
    if question is None:
        request.override_renderer = "ways/result.jinja2"
        return _result(request, given)
    if slip:
        request.response.status_int = 422
    return _question(request, given, question, slip)


def _question(request: Request, given: Given, question: Question, slip: Any) -> dict[str, Any]:
    asked = given.asked
    number = asked.index(question) + 1
    back = _again(request, given, asked[number - 2]) if number > 1 else None
    return {
        "question": question, "words": labels.words_of(question, given.about), "given": given, "number": number,
        "count": len(asked), "back": back, "carried": given.query(without=question),
        "message": labels.SLIPS[slip] if slip else None, "at_day": slip in labels.AT_DAY,
        "example": _spelt(today(request.clock) - timedelta(days=DAYS_AGO)),
    }  # fmt: skip


def _spelt(day: date) -> str:
    """A date as people type it."""
    return f"{day.day}-{day.month}-{day.year}"


def _again(request: Request, given: Given, question: Question) -> str:
    return str(request.route_path("ways.start", _query={**given.query(), steps.AGAIN: question.value}))


@dataclass(frozen=True)
class Card:
    """A way as it stands on the page; without `href` one calls."""

    fit: Fit
    words: labels.WayWords
    why: Any
    href: str | None


def _card(request: Request, fit: Fit) -> Card:
    words = labels.WAYS[fit.way]
    href = next(filter(None, (request.link(target) for target in words.targets)), None)
    return Card(fit, words, labels.WHY[fit.why], href)


def _result(request: Request, given: Given) -> dict[str, Any]:
    found = request.objection(given.day) if given.day else None
    answers = given.answers(found)
    lines = [
        (labels.words_of(one, given.about).title, labels.chosen_words(one, code), _again(request, given, one), one)
        for one in given.asked
        if (code := given.chosen(one)) is not None
    ]  # fmt: skip
    return {
        "cards": [_card(request, fit) for fit in fitting(answers)], "objection": found, "answers": answers,
        "lines": lines, "given": given, "weeks": request.policies[WINDOW].value,
    }  # fmt: skip
