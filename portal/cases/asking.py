"""A form of one question a page: what is asked, in which order, and what the check page says.

A kind of case registers its form (`add_case_form`); the screens are the same for all kinds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import colander
from pyramid.config import Configurator
from pyramid.request import Request

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.cases import cookies

Answers = Mapping[str, Mapping[str, Any]]
"""Per question its values, as they were kept."""


class Refused(Exception):
    """An answer that was fine when the page was made cannot be had any more; `message` stands at the field."""

    def __init__(self, field: str, message: Any) -> None:
        super().__init__(field)
        self.field, self.message = field, message


class AskAgain(Exception):
    """Sending found that one question has to be answered anew. Nothing was opened and no other answer is lost."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


@dataclass(frozen=True)
class Question:
    """One page. `schema` makes the fields for what was answered before; `why` says why we ask.

    `shown` gives the lines of the check page. A question that does not apply is not asked; one whose answer no longer
    `holds`, because another answer changed or time passed, is asked again. `takes` sets something aside with an answer,
    under the send key of the draft, and gives the values to keep; it raises `Refused` when somebody else was first.
    `alike` names what a page shows beside its fields: who sees the same is shown the same page, made once. After it
    `schema` and `context` may not look at answers any more.
    """

    name: str
    title: Any
    why: Any
    schema: Callable[[Request, Answers], colander.Schema]
    shown: Callable[[Request, Mapping[str, Any]], Sequence[str]]
    applies: Callable[[Answers], bool] = lambda _answers: True
    holds: Callable[[Request, Answers], bool] = lambda _request, _answers: True
    takes: Callable[[Request, Answers, dict[str, Any], str], dict[str, Any]] = lambda _r, _a, values, _key: values
    template: str = "cases/question.jinja2"
    context: Callable[[Request, Answers], dict[str, Any]] = lambda _request, _answers: {}
    alike: Callable[[Request, Answers], str] = lambda _request, _answers: ""


@dataclass(frozen=True)
class Sent:
    """The case that came of sending."""

    case_id: str
    reference: str


@dataclass(frozen=True)
class Door:
    """A way in to a form: how its routes begin, the cookie that holds the draft, the frame of its pages."""

    prefix: str
    cookie: str
    layout: str


#: Residents fill it in themselves. Sent, they follow it with a visit in a cookie.
PUBLIC = Door("", cookies.DRAFT, "layouts/public.jinja2")


@dataclass(frozen=True)
class CaseForm:
    """The form of a kind. `start` is the template before the first question.

    `send` opens the case from the answers, or raises `AskAgain`. `way_out` names the pages, `start` and questions, that
    somebody can leave at once without being seen; where the kind is about another, all do.
    """

    kind: str
    words: Mapping[str, str]
    title: Any
    start: str
    questions: tuple[Question, ...]
    send: Callable[[Request, Answers, str], Sent]
    door: Door = PUBLIC
    way_out: frozenset[str] = frozenset()

    def path(self, request: Request, name: str, **elements: Any) -> str:
        """The path of one of its pages."""
        return str(request.route_path(f"{self.door.prefix}{self.kind}.{name}", **elements))

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

    def is_open(self, question: Question, answers: Answers) -> bool:
        """Whether it may be answered: what comes before it was, on which it may build."""
        before = self.before(question, answers)
        return before is None or before.name in answers or question.name in answers

    def before(self, question: Question, answers: Answers) -> Question | None:
        """The question before this one."""
        asked = self.asked(answers)
        place = asked.index(question)
        return asked[place - 1] if place else None


def add_case_form(config: Configurator, form: CaseForm) -> None:
    """Directive: the form of a kind, with its addresses; and the same form at the desk."""
    from portal.cases.doors import at_the_desk

    desk = at_the_desk(form)
    config.registry.case_forms[form.kind], config.registry.desk_forms[form.kind] = form, desk
    _add_pages(config, form, form.words, "", "portal.cases.resources.FormDesk")
    _add_pages(config, desk, WORD, f"/invoeren/{form.kind}", "portal.cases.resources.Inbox", only=LOCALES_OF_STAFF)


def _add_pages(
    config: Configurator, form: CaseForm, words: Mapping[str, str], root: str, factory: str, **kw: Any
) -> None:
    """The pages of a form below an address; `factory` says who may fill it in."""
    for name, tail in (("start", ""), ("resume", "/verder"), ("check", "/controle"), ("sent", "/gelukt"),
                       ("question", "/vraag/{question:[a-z-]+}")):  # fmt: skip
        route = f"{form.door.prefix}{form.kind}.{name}"
        config.add_localized_route(route, words, root + tail, factory=factory, **kw)
    _add_views(config, form)


def _add_views(config: Configurator, form: CaseForm) -> None:
    from portal.cases import form_views as views
    from portal.foundation.security import Permission

    public = form.door is PUBLIC
    kind = config.registry.case_kinds.get(form.kind)
    for_all = public and not (kind and kind.about_another)
    read, ask = (Permission.READ, Permission.ASK) if public else (Permission.CASE_LIST, Permission.CASE_ENTER)

    def add(name: str, view: Any, method: str, renderer: str | None = None) -> None:
        config.add_view(
            view(form), route_name=f"{form.door.prefix}{form.kind}.{name}", request_method=method, renderer=renderer,
            permission=read if method == "GET" else ask, kept=for_all and method == "GET" and name == "start",
        )  # fmt: skip

    add("start", views.show_start, "GET", form.start if public else "cases/desk_start.jinja2")
    add("question", views.show_question, "GET", "cases/question.jinja2")
    add("question", views.answer_question, "POST", "cases/question.jinja2")
    add("check", views.show_check, "GET", "cases/check.jinja2")
    add("check", views.send, "POST")
    add("sent", views.show_sent, "GET", "cases/sent.jinja2")
    add("resume", views.show_resume, "GET", "cases/resume.jinja2")
    add("resume", views.resume, "POST", "cases/resume.jinja2")
