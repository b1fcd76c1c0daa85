"""Forms with which staff handle a case: each act is a page of its own, open while one of its steps can be taken.

A kind says what its acts ask and do (`Act`); how a form is shown, sent, refused and kept is the same for all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import colander
import deform
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.cases.handling import newest_event
from portal.cases.models import Case
from portal.cases.noting import note_look, note_look_afterwards
from portal.cases.references import spoken
from portal.cases.resources import CaseFile
from portal.cases.workflow import Author, CaseKind, NotSo, StepRefused
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
#: The field in which a screen says how far it had read.
SEEN = "__seen__"
MOVED_ON = _("Something happened while you were busy. Look at it, then send this once more if it still fits.")


@dataclass(frozen=True)
class Act:
    """One form: what it asks, and what it does with the answers.

    `steps` are the rows of the table behind it: it is open while one of them can be taken. `way_in` are the words on
    the link to it; `where` is the field at which a message stands when it cannot be done. `roles` may do it and
    nobody else, whoever sees the case; empty for everybody who does. `above` is a template
    that its page shows over the form.
    """

    way_in: Any
    title: Any
    button: Any
    where: str
    steps: tuple[str, ...]
    schema: Callable[[Request, Case, Any], colander.Schema]
    do: Callable[[Any, Case, dict[str, Any]], None]
    hint: Any = ""
    roles: tuple[str, ...] = ()
    above: str = ""


@dataclass(frozen=True)
class ActDesk:
    """The acts of one kind. `prefix` names their routes, `word` stands in their addresses.

    `service` is called with the request; `panel` gives what stands beside each form; `refusals` are words for the
    reasons of `NotSo`, and `otherwise` for a reason without words.
    """

    kind: CaseKind
    prefix: str
    word: str
    acts: Mapping[str, Act]
    service: Callable[[Request], Any]
    panel: Callable[[Request, Case], dict[str, Any]]
    refusals: Mapping[str, Any] = field(default_factory=dict)
    otherwise: Any = MOVED_ON

    def may(self, case: Case, name: str, request: Request) -> bool:
        """Whether this act is open now, for who asks."""
        act, principals = self.acts[name], request.identity.principals
        fits = any(self.kind.may(step, case.state, Author.STAFF, case.answers) for step in act.steps)
        return fits and (not act.roles or any(f"role:{role}" in principals for role in act.roles))

    def open(self, request: Request, case: Case) -> list[tuple[str, Any]]:
        """The acts that are open now, as (name of the route, words of the link)."""
        named = ((name, act) for name, act in self.acts.items() if self.may(case, name, request))
        return [(f"{self.prefix}.{name}", act.way_in) for name, act in named]


def back_to_case(request: Request, case: Case, done: str) -> HTTPSeeOther:
    """To the page of a case; `done` is what it says there: `stap` for done, `anders` for not as it was."""
    return HTTPSeeOther(request.route_path("desk.case", reference=case.reference, _query={done: "1"}))


def _form(context: CaseFile, request: Request, desk: ActDesk, act: Act) -> Form:
    schema = act.schema(request, context.case, desk.service(request))
    schema.add(colander.SchemaNode(colander.Integer(), name=SEEN, missing=0, widget=deform.widget.HiddenWidget()))
    form: Form = request.form(schema, act.button)
    return form


def _page(context: CaseFile, request: Request, desk: ActDesk, act: Act, form: Form) -> dict[str, Any]:
    case = context.case
    return {"act": act, "form": form, "case": case, "reference": spoken(case.reference),
            "panel": desk.panel(request, case)}  # fmt: skip


def _take(context: CaseFile, request: Request, desk: ActDesk, act: Act, form: Form) -> None:
    values, now = form.submit(), newest_event(request.db, context.case.id)
    if values.pop(SEEN) != now:
        form.refuse(act.where, MOVED_ON)
        raise Wrong()
    try:
        with request.db.begin_nested():
            act.do(desk.service(request), context.case, values)
    except NotSo as fault:
        form.refuse(act.where, desk.refusals.get(str(fault), desk.otherwise))
        raise Wrong() from fault


def _views(desk: ActDesk, name: str) -> tuple[Any, Any]:
    act = desk.acts[name]

    def closed(context: CaseFile, request: Request) -> bool:
        return context.kind is not desk.kind or not desk.may(context.case, name, request)

    def show(context: CaseFile, request: Request) -> Any:
        """A form, with what it is about beside it. Who opens it looked at the case, and that is written down."""
        if closed(context, request):
            return back_to_case(request, context.case, "anders")
        note_look(request, context.case.id)
        form = _form(context, request, desk, act).fill({SEEN: newest_event(request.looking, context.case.id)})
        return _page(context, request, desk, act, form)

    def do(context: CaseFile, request: Request) -> Any:
        """Do what a form says, to what was on the screen; what cannot be done is said there, with every word kept."""
        if closed(context, request):
            return back_to_case(request, context.case, "anders")
        form = _form(context, request, desk, act)
        try:
            _take(context, request, desk, act, form)
        except Wrong:
            note_look_afterwards(request, context.case.id)
            request.response.status_int = 422
            return _page(context, request, desk, act, form)
        except (Trapped, StepRefused):
            return back_to_case(request, context.case, "anders")
        return back_to_case(request, context.case, "stap")

    return show, do


def add_act_desk(config: Configurator, desk: ActDesk, template: str = "cases/act.jinja2") -> None:
    """Directive: the pages of all acts of a kind, under the address of a case; `template` shows one."""
    for name in desk.acts:
        route, (show, do) = f"{desk.prefix}.{name}", _views(desk, name)
        config.add_localized_route(
            route, WORD, f"/aanvraag/{{reference:[A-Za-z0-9]{{8}}}}/{desk.word}/{name.replace('_', '-')}",
            only=LOCALES_OF_STAFF, factory="portal.cases.resources.CaseFile",
        )  # fmt: skip
        config.add_view(
            show, route_name=route, renderer=template, permission=Permission.CASE_READ, request_method="GET"
        )
        config.add_view(
            do, route_name=route, renderer=template, permission=Permission.CASE_HANDLE, request_method="POST"
        )
