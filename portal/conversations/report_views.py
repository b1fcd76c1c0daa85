"""The report at the desk: writing it, changing it, and writing down what the resident told us of it."""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases.handling import newest_event
from portal.cases.models import Case
from portal.cases.notices import Notices
from portal.cases.references import spoken
from portal.cases.resources import CaseFile
from portal.cases.workflow import Author, StepRefused
from portal.conversations.kind import CONVERSATION
from portal.conversations.plan import newest_report
from portal.conversations.plan_desk import plan_panel, views_to_hear
from portal.conversations.plan_forms import SEEN, heard_schema, report_schema
from portal.conversations.sending import reports
from portal.conversations.words import TEXTS
from portal.foundation.clock import today
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
NO_LONGER = _("This no longer fits how the request stands. Your words stay here: take with you what you need of them.")
MOVED_ON = _("Something happened while you were busy. Look at it, then send this once more if it still fits.")
#: The fields of a report in the words of the service.
PARTS = ("found", "plan", "costs", "evaluate_on")


def _back(context: CaseFile, request: Request, done: str = "") -> HTTPSeeOther:
    if not done:
        reach = Notices(request.db, TEXTS, request.clock.now()).reach(context.case)
        done = "stap" if reach.channel else "bel_stap"
    return HTTPSeeOther(request.route_path("desk.case", reference=context.case.reference, _query={done: "1"}))


def _page(context: CaseFile, request: Request, form: Form) -> dict[str, Any]:
    case = context.case
    reach = Notices(request.looking, TEXTS, request.clock.now()).reach(case)
    return {"form": form, "case": case, "reference": spoken(case.reference), "plan": plan_panel(request, case),
            "reach": reach}  # fmt: skip


def _may_report(context: CaseFile) -> bool:
    case = context.case
    return context.kind is CONVERSATION and CONVERSATION.may("report", case.state, Author.STAFF, case.answers)


def _may_hear(context: CaseFile) -> bool:
    return context.kind is CONVERSATION and bool(views_to_hear(context.case))


def _report_form(request: Request) -> Form:
    return request.form(report_schema(today(request.clock)), _("Send the report"))


def _heard_form(request: Request, case: Case) -> Form:
    return request.form(heard_schema(views_to_hear(case)), _("Write this down"))


def _sent(
    context: CaseFile, request: Request, form: Form, twin: Callable[[dict[str, Any]], bool],
    act: Callable[[dict[str, Any]], None],
) -> Any:  # fmt: skip
    """Do what the form says, to what was on the screen. The same form once more changes nothing and is done too."""
    try:
        values = form.submit()
        _take(context, request, form, values, twin, act)
        return _back(context, request)
    except Wrong:
        request.response.status_int = 422
        return _page(context, request, form)
    except Trapped:
        return _back(context, request, "anders")


def _take(
    context: CaseFile, request: Request, form: Form, values: dict[str, Any], twin: Callable[[dict[str, Any]], bool],
    act: Callable[[dict[str, Any]], None],
) -> None:  # fmt: skip
    """Raises `Wrong` with the reason at the first field when it does not fit; no word is lost."""
    if twin(values):
        return
    now, first = newest_event(request.db, context.case.id), "found" if "found" in values else "view"
    if values[SEEN] != now:
        values[SEEN] = now
        form.refuse(first, MOVED_ON)
        raise Wrong()
    try:
        act(values)
    except StepRefused as fault:
        form.refuse(first, NO_LONGER)
        raise Wrong() from fault


@view_config(
    route_name="conversations.report", renderer="conversations/desk_report.jinja2", permission=Permission.CASE_READ,
    request_method="GET",
)  # fmt: skip
def show_report(context: CaseFile, request: Request) -> Any:
    """A new report, or the last one to be changed."""
    if not _may_report(context):
        return _back(context, request, "anders")
    form, last = _report_form(request), newest_report(request.looking, context.case.id)
    values: dict[str, Any] = {SEEN: newest_event(request.looking, context.case.id)}
    if last is not None:
        values |= {part: getattr(last, part) for part in PARTS} | {"budget": True, "choices": True}
    return _page(context, request, form.fill(values))


@view_config(
    route_name="conversations.report", renderer="conversations/desk_report.jinja2", permission=Permission.CASE_HANDLE,
    request_method="POST",
)  # fmt: skip
def send_report(context: CaseFile, request: Request) -> Any:
    """Send it to the resident."""
    if context.kind is not CONVERSATION:
        return _back(context, request, "anders")
    desk, case = reports(request), context.case

    def twin(values: dict[str, Any]) -> bool:
        return desk.is_sent(case, *(values[part] for part in PARTS))

    def act(values: dict[str, Any]) -> None:
        words = {part: values[part] for part in PARTS}
        desk.send(case, **words, budget_discussed=values["budget"], choices_shown=values["choices"])

    return _sent(context, request, _report_form(request), twin, act)


@view_config(
    route_name="conversations.heard", renderer="conversations/desk_heard.jinja2", permission=Permission.CASE_READ,
    request_method="GET",
)  # fmt: skip
def show_heard(context: CaseFile, request: Request) -> Any:
    """Ask what they said."""
    if not _may_hear(context):
        return _back(context, request, "anders")
    seen = newest_event(request.looking, context.case.id)
    return _page(context, request, _heard_form(request, context.case).fill({SEEN: seen}))


@view_config(
    route_name="conversations.heard", renderer="conversations/desk_heard.jinja2", permission=Permission.CASE_HANDLE,
    request_method="POST",
)  # fmt: skip
def write_heard(context: CaseFile, request: Request) -> Any:
    """Write down what they said, in their name; they hear that we did."""
    if context.kind is not CONVERSATION:
        return _back(context, request, "anders")
    desk, case = reports(request), context.case

    def twin(values: dict[str, Any]) -> bool:
        return desk.is_heard(case, values["view"], values["text"])

    def act(values: dict[str, Any]) -> None:
        desk.heard(case, values["view"], values["text"])

    return _sent(context, request, _heard_form(request, case), twin, act)
