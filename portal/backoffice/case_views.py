"""One case on one screen: what was asked, what happened, what can be done. Opening it is written down."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.backoffice.asked import teams_by_slug
from portal.backoffice.case_forms import FIELDS, SEEN, CaseForms, case_forms
from portal.backoffice.labels import AUTHORS, DELIVERY, PAPER, RELATIONS
from portal.backoffice.reading import (
    days_until,
    open_promises,
    what_happened,
    what_was_said,
)
from portal.backoffice.rules import how_near
from portal.backoffice.standard import standard_texts
from portal.cases.handling import Handling, NothingChanges, newest_event
from portal.cases.looking import names_of_staff, who_looked
from portal.cases.models import Contact, Representative
from portal.cases.notices import Notices, Reach
from portal.cases.noting import note_look, note_look_afterwards
from portal.cases.references import spoken
from portal.cases.resources import CaseFile, OutOfSight
from portal.cases.services import CaseDesk
from portal.cases.words import CHANNELS, NAMES, WAYS
from portal.cases.workflow import Author, StepRefused
from portal.foundation.clock import today
from portal.foundation.i18n import LOCALES, Locale
from portal.foundation.security import Permission
from portal.messaging.services import deliveries
from portal.ui.errors import answers_of
from portal.ui.forms import Trapped, Wrong

_ = TranslationStringFactory("portal")
#: The field in which a button says from whom one takes a case; empty for nobody.
FROM = "__from__"
MOVED_ON = _("Something happened while you were busy. Look at it, then send this once more if it still fits.")
#: What is said after something was done; the word stands in the address.
DONE = {
    "nieuw": _("The request is written down. Tell the number to who asks: it stands above."),
    "bericht": _("Your message is on its way."),
    "bel": _("Your message is written down. This person wants to hear it by phone: call them and read it out."),
    "notitie": _("Your note is kept."),
    "toegewezen": _("Done: it is clear now who has this in hand."),
    "beantwoord": _("Written down that you talked with them."),
    "stap": _("Done. Who needs to know gets a message."),
    "bel_stap": _("Done. The resident gets no message: call them and tell it."),
    "gewacht": _("Kept. It stands with the appointment."),
    "geprobeerd": _("Your try is written down."),
    "gevraagd": _("The provider is asked. The resident hears it when somebody says yes."),
    "plek": _("Done: the room or the car is arranged."),
    "anders": _("Somebody was just before you. Look at how it stands now."),
}


@view_config(
    route_name="desk.case", renderer="backoffice/case.jinja2", permission=Permission.CASE_READ, request_method="GET"
)
def show_case(context: CaseFile, request: Request) -> dict[str, Any]:
    """The whole case. It is written down who looked: the only thing that this GET writes, in a moment of its own."""
    note_look(request, context.case.id)
    forms = case_forms(context, request)
    shown = request.registry.case_pages[context.case.kind]
    texts = {one.key: one for one in standard_texts(shown.desk.standard, context.case)}
    chosen = texts.get(request.GET.get("tekst", ""))
    if chosen:
        forms.write.fill({"text": chosen.text, SEEN: newest_event(request.looking, context.case.id)})
    return {**_page(context, request, forms), "chosen": chosen}


def _page(context: CaseFile, request: Request, forms: CaseForms) -> dict[str, Any]:
    case, kind, day = context.case, context.kind, today(request.clock)
    shown = request.registry.case_pages[case.kind]
    session = request.looking
    reader = session.connection()
    return {
        "case": case, "kind": kind, "reference": spoken(case.reference), "forms": forms,
        "contact": session.get(Contact, case.id), "helper": session.get(Representative, case.id),
        "asked": shown.desk.answers(request, case), "said": what_was_said(reader, case.id),
        "happened": what_happened(reader, case.id), "names": {**NAMES, **kind.names, **kind.staff_names},
        "looked": who_looked(reader, case.id), "promises": open_promises(reader, case.id),
        "deliveries": deliveries(reader, case.id), "owner": names_of_staff(reader, {case.owner_id or 0}).get(
            case.owner_id or 0),
        "me": request.identity.staff_id, "team": teams_by_slug(request).get(case.team_slug or ""),
        "near": how_near(case.due_on, day), "days": days_until(case.due_on, day),
        "acts": _acts(context), "standard": standard_texts(shown.desk.standard, case), "done": _done(request),
        "writes_in": LOCALES[case.locale], "desk_panel": shown.desk.panel,
        "panel": shown.desk.context(request, case) if shown.desk.context else {},
        "channels": CHANNELS, "ways": WAYS, "authors": AUTHORS, "delivery": DELIVERY, "paper": PAPER,
        "relations": RELATIONS, "chosen": None, "reach": _reach(context, request),
        "seen": newest_event(session, case.id),
    }  # fmt: skip


def _acts(context: CaseFile) -> list[tuple[str, Any]]:
    case, kind = context.case, context.kind
    may = ((act, words) for act, words in kind.acts.items() if kind.may(act, case.state, Author.STAFF, case.answers))
    return [(act, words) for act, words in may if words]


def _done(request: Request) -> Any:
    return next((words for word, words in DONE.items() if word in request.GET), None)


def _back(context: CaseFile, request: Request, done: str) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("desk.case", reference=context.case.reference, _query={done: "1"}))


def handling(request: Request) -> Handling:
    """Who asks, at work."""
    return Handling(request.db, request.clock.now(), request.identity.staff_id)


def facts_about(context: CaseFile, request: Request) -> dict[str, str]:
    """What the words about any case may name, with links in the language of the resident."""
    link = request.route_path("cases.find", locale=LOCALES[context.case.locale].segment)
    return {
        "reference": spoken(context.case.reference), "phone": str(request.site.profile.contact["phone"]),
        "link": request.site.base_url + link,
    }  # fmt: skip


def _doing(context: CaseFile, request: Request, name: str, act: Callable[[dict[str, Any]], str]) -> Any:
    """Take what a form of the screen says; when it needs another look, the whole screen with what was typed.

    When something happened that the screen did not show yet, nothing is done: an answer is to what was read. That is
    also what makes of a double click one message.
    """
    forms = case_forms(context, request)
    try:
        form = forms.by_name(name)
    except KeyError:  # no such choice for a case of this kind
        return _back(context, request, "anders")
    try:
        values = form.submit()
        now = newest_event(request.db, context.case.id)
        if values[SEEN] is not None and values[SEEN] != now:
            values[SEEN] = now
            form.refuse(FIELDS[name], MOVED_ON)
            raise Wrong()
        return _back(context, request, act(values))
    except Wrong:
        note_look_afterwards(request, context.case.id)
        request.set_twin(lambda locale: _case_path(context, request, locale))
        request.response.status_int = 422
        return _page(context, request, forms)
    except (Trapped, NothingChanges, StepRefused):
        return _back(context, request, "anders")


def _case_path(context: CaseFile, request: Request, locale: Locale) -> str:
    return str(request.route_path("desk.case", reference=context.case.reference, locale=locale.segment))


@view_config(
    route_name="desk.write", renderer="backoffice/case.jinja2", permission=Permission.CASE_HANDLE, request_method="POST"
)
def write(context: CaseFile, request: Request) -> Any:
    """Write to the resident."""

    def act(values: dict[str, Any]) -> str:
        sent = handling(request).write(context.case, values["text"], facts_about(context, request))
        return "bericht" if sent else "bel"

    return _doing(context, request, "write", act)


@view_config(
    route_name="desk.note", renderer="backoffice/case.jinja2", permission=Permission.CASE_HANDLE, request_method="POST"
)
def note(context: CaseFile, request: Request) -> Any:
    """Write something down for colleagues."""

    def act(values: dict[str, Any]) -> str:
        handling(request).note(context.case, values["text"])
        return "notitie"

    return _doing(context, request, "note", act)


@view_config(
    route_name="desk.assign", renderer="backoffice/case.jinja2", permission=Permission.CASE_HANDLE,
    request_method="POST",
)  # fmt: skip
def assign(context: CaseFile, request: Request) -> Any:
    """Give it to a colleague, or back to the team."""

    def act(values: dict[str, Any]) -> str:
        handling(request).assign(context.case, int(values["owner"]) or None)
        return "toegewezen"

    return _doing(context, request, "assign", act)


@view_config(route_name="desk.take", permission=Permission.CASE_HANDLE, request_method="POST")
def take(context: CaseFile, request: Request) -> Any:
    """Take it in hand oneself, in one click; not from a colleague who was a moment earlier."""
    if request.POST.get(FROM, "") != str(context.case.owner_id or ""):
        return _back(context, request, "anders")
    with suppress(NothingChanges):
        handling(request).assign(context.case, request.identity.staff_id)
    return _back(context, request, "toegewezen")


@view_config(
    route_name="desk.hand_over", renderer="backoffice/case.jinja2", permission=Permission.CASE_HANDLE,
    request_method="POST",
)  # fmt: skip
def hand_over(context: CaseFile, request: Request) -> Any:
    """Give it to another team. From that moment it is out of our sight, unless we work there too."""

    def act(values: dict[str, Any]) -> str:
        team = teams_by_slug(request)[values["team"]]
        facts = {**facts_about(context, request), "team": team.name, "team_phone": team.phone}
        return "overgedragen" if handling(request).hand_over(context.case, values["team"], facts) else "bel"

    answer = _doing(context, request, "hand_over", act)
    if isinstance(answer, HTTPSeeOther) and "anders" not in answer.location:
        done = "overgedragen" if "overgedragen" in answer.location else "bel"
        return HTTPSeeOther(request.route_path("desk.inbox", _query={done: "1"}))
    return answer


@view_config(route_name="desk.answered", permission=Permission.CASE_HANDLE, request_method="POST")
def answered(context: CaseFile, request: Request) -> Any:
    """Somebody was called: nothing waits for an answer, unless they wrote again meanwhile."""
    if request.POST.get(SEEN, "") not in {"", str(newest_event(request.db, context.case.id))}:
        return _back(context, request, "anders")
    handling(request).answered(context.case)
    return _back(context, request, "beantwoord")


@view_config(
    route_name="desk.code", renderer="backoffice/code.jinja2", permission=Permission.CASE_READ, request_method="GET"
)
def show_code(context: CaseFile, request: Request) -> dict[str, Any]:
    """What to ask before a code is read to somebody."""
    return {"case": context.case, "reference": spoken(context.case.reference), "code": None}


@view_config(
    route_name="desk.code", renderer="backoffice/code.jinja2", permission=Permission.CASE_HANDLE, request_method="POST"
)
def read_code(context: CaseFile, request: Request) -> dict[str, Any]:
    """A code to read to who calls; it stands on the screen this once."""
    code = handling(request).read_code(context.case)
    return {"case": context.case, "reference": spoken(context.case.reference), "code": f"{code[:3]} {code[3:]}"}


@view_config(
    route_name="desk.step", renderer="backoffice/step.jinja2", permission=Permission.CASE_READ, request_method="GET"
)
def show_step(context: CaseFile, request: Request) -> Any:
    """Are you sure, and what the resident will read."""
    acts, action = dict(_acts(context)), request.matchdict["action"]
    if action not in acts:
        return _back(context, request, "anders")
    return {
        "case": context.case, "kind": context.kind, "reference": spoken(context.case.reference),
        "action": action, "words": acts[action], "told": _told(context, request, action),
        "reach": _reach(context, request, action), "missing": request.missing_for(context.case, action),
    }  # fmt: skip


def _reach(context: CaseFile, request: Request, action: str = "") -> Reach:
    """How our words would reach the resident."""
    if action in context.kind.by_letter:
        return Reach("letter", None)
    texts = request.registry.case_pages[context.case.kind].texts
    return Notices(request.looking, texts, request.clock.now()).reach(context.case)


def _told(context: CaseFile, request: Request, action: str) -> Any:
    """The message that a step brings the resident, in their language; None when it brings none."""
    case, shown = context.case, request.registry.case_pages[context.case.kind]
    to = context.kind.told.get(action, context.kind.step(action, case.state, Author.STAFF, case.answers).to)
    reader = LOCALES[case.locale]
    facts = {**shown.facts(request.looking, case, request), **facts_about(context, request)}
    try:
        said = shown.texts.say(to, reader, facts)
    except KeyError:
        return None
    return said if said.text else None


@view_config(route_name="desk.step", permission=Permission.CASE_HANDLE, request_method="POST")
def take_step(context: CaseFile, request: Request) -> Any:
    """Take a step of the table; one that no longer fits leads back to how it stands."""
    case, action, now = context.case, request.matchdict["action"], request.clock.now()
    after = request.registry.case_steps.get((case.kind, action))
    if after is None or action not in context.kind.acts or request.missing_for(case, action):
        return _back(context, request, "anders")
    try:
        desk = CaseDesk(request.db, context.kind, request.policies, now, request.identity.staff_id)
        desk.take(case, action, Author.STAFF)
        after(request, case)
    except StepRefused:
        return _back(context, request, "anders")
    return _back(context, request, "stap" if _reach(context, request, action).channel else "bel_stap")


def keep_what_was_typed(context: OutOfSight, request: Request) -> Response:
    """What was sent to a case that is not there any more for who asks: nothing was done, and no word is lost."""
    response = render_to_response("backoffice/gone.jinja2", {"answers": answers_of(request)}, request=request)
    response.status_int = OutOfSight.code
    return response
