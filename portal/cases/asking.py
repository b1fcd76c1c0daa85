"""A form of one question a page: what is asked, in which order, and what the check page says.

A kind of case registers its form (`add_case_form`); the screens are the same for all kinds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import colander
from pyramid.config import Configurator
from pyramid.request import Request

Answers = Mapping[str, Mapping[str, Any]]
"""Per question its values, as they were kept."""


@dataclass(frozen=True)
class Question:
    """One page. `schema` makes the fields for what was answered before; `why` says why we ask.

    `shown` gives the lines of the check page. A question that does not apply is not asked; one whose answer no longer
    `holds`, because another answer changed or time passed, is asked again.
    """

    name: str
    title: Any
    why: Any
    schema: Callable[[Request, Answers], colander.Schema]
    shown: Callable[[Request, Mapping[str, Any]], Sequence[str]]
    applies: Callable[[Answers], bool] = lambda _answers: True
    holds: Callable[[Request, Answers], bool] = lambda _request, _answers: True
    template: str = "cases/question.jinja2"
    context: Callable[[Request, Answers], dict[str, Any]] = lambda _request, _answers: {}


@dataclass(frozen=True)
class Sent:
    """What came of sending: where the browser goes on, and the visit it has."""

    visit: str


@dataclass(frozen=True)
class CaseForm:
    """The form of a kind. `send` opens the case from the answers; `start` is the template before the first question."""

    kind: str
    words: Mapping[str, str]
    title: Any
    start: str
    questions: tuple[Question, ...]
    send: Callable[[Request, Answers, str], Sent]

    def asked(self, answers: Answers) -> list[Question]:
        """The questions that apply, in order."""
        return [question for question in self.questions if question.applies(answers)]

    def next_of(self, request: Request, answers: Answers) -> Question | None:
        """The first question without an answer that holds; None when all have one."""
        for question in self.asked(answers):
            if question.name not in answers or not question.holds(request, answers):
                return question
        return None

    def question(self, name: str, answers: Answers) -> Question | None:
        """A question by name, when it applies."""
        return next((question for question in self.asked(answers) if question.name == name), None)

    def before(self, question: Question, answers: Answers) -> Question | None:
        """The question before this one."""
        asked = self.asked(answers)
        place = asked.index(question)
        return asked[place - 1] if place else None


def add_case_form(config: Configurator, form: CaseForm) -> None:
    """Directive: the form of a kind, with its addresses."""
    config.registry.case_forms[form.kind] = form
    factory = "portal.cases.resources.FormDesk"
    for name, tail in (("start", ""), ("resume", "/verder"), ("check", "/controle"), ("sent", "/gelukt"),
                       ("question", "/vraag/{question:[a-z-]+}")):  # fmt: skip
        config.add_localized_route(f"{form.kind}.{name}", form.words, tail, factory=factory)
    config.include(lambda inner: _add_views(inner, form))


def _add_views(config: Configurator, form: CaseForm) -> None:
    from portal.cases import form_views as views
    from portal.foundation.security import Permission

    def add(name: str, view: Any, method: str, renderer: str | None = None) -> None:
        config.add_view(
            view(form), route_name=f"{form.kind}.{name}", request_method=method, renderer=renderer,
            permission=Permission.READ if method == "GET" else Permission.ASK, kept=method == "GET" and name == "start",
        )  # fmt: skip

    add("start", views.show_start, "GET", form.start)
    add("question", views.show_question, "GET", "cases/question.jinja2")
    add("question", views.answer_question, "POST", "cases/question.jinja2")
    add("check", views.show_check, "GET", "cases/check.jinja2")
    add("check", views.send, "POST")
    add("sent", views.show_sent, "GET", "cases/sent.jinja2")
    add("resume", views.show_resume, "GET", "cases/resume.jinja2")
    add("resume", views.resume, "POST", "cases/resume.jinja2")
