"""Asking for a talk with the team: what is asked, the moment that is chosen, what was found and what is agreed.

The kind of request is `conversation`: by law it begins an investigation of six weeks. Its moment is chosen online, or
together with somebody who calls.
"""

from pathlib import Path
from typing import Any

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from sqlalchemy.orm import Session

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.cases.asking import CaseForm
from portal.cases.models import Case
from portal.cases.pages import DeskPage
from portal.cases.workflow import Author
from portal.conversations import clockwork, desk, kept, rebooking, reminders, sending
from portal.conversations.address import address_from
from portal.conversations.ahead import ahead_facts
from portal.conversations.deadlines import Daily
from portal.conversations.kind import CONVERSATION
from portal.conversations.questions import QUESTIONS
from portal.conversations.tries import what_is_missing
from portal.conversations.words import TEXTS

_ = TranslationStringFactory("portal")
#: Before a resident does what cannot be undone: what happens then, and the words on the button.
SURE = {
    "give_back": (
        _("Then nobody comes at that moment. Your request goes on, and you can choose another moment."),
        _("Yes, cancel the appointment"),
    ),
    "withdraw": (
        _("Then there is no talk, and we find out nothing. You can always ask again."),
        _("Yes, take my request back"),
    ),
    "urgent": (
        _("Then a coordinator of the team calls you within one working day. Is there danger now? Call 112."),
        _("Yes, this cannot wait"),
    ),
}
DESK = DeskPage(
    answers=desk.answers, panel="conversations/desk_panel.jinja2", context=desk.panel,
    standard=Path(__file__).parent / "standard", address_from=address_from,
)  # fmt: skip
FORM = CaseForm(
    kind="conversation", words={"nl": "gesprek-vragen", "en": "ask-for-a-conversation"},
    title=_("Ask for a conversation"), start="conversations/start.jinja2", questions=QUESTIONS, send=sending.send,
)  # fmt: skip


def _facts(session: Session, case: Case, request: Request) -> dict[str, str]:
    """What the words of a page may name, in the reader's language."""
    facts = sending.service(request).facts(case, request.locale)
    for action, (sure, do) in SURE.items():
        facts |= {f"sure_{action}": request.localizer.translate(sure), f"do_{action}": request.localizer.translate(do)}
    facts |= ahead_facts(request, case)
    facts["may_choose"] = "yes" if desk.may_choose(case, Author.RESIDENT) else ""
    return {**facts, "link": request.site.base_url + request.route_path("cases.find")}


def _no_contact(request: Request, case: Case) -> Any:
    return what_is_missing(request.looking, request.policies, case)


def _urgent(request: Request, case: Case) -> Any:
    """Marked twice is once."""
    marked = sending.service(request).urgent_by(case) is not None
    return _("It was marked already. Somebody of the team calls.") if marked else None


def _urgent_answered(request: Request, case: Case) -> Any:
    marked = sending.service(request).urgent_by(case) is not None
    return None if marked else _("Nobody said that this cannot wait.")


#: What has to be so before a step can be taken.
BARS = {"no_contact": _no_contact, "urgent": _urgent, "urgent_answered": _urgent_answered}


def _after(action: str) -> Any:
    return lambda request, case: sending.service(request).after_step(case, action)


def includeme(config: Configurator) -> None:
    """The kind, its form and words, and choosing a moment again."""
    config.add_case_kind(CONVERSATION)
    config.add_case_page(CONVERSATION, TEXTS, _facts, DESK)
    config.add_kept(CONVERSATION.code, kept.keeps)
    for action in CONVERSATION.acts:
        config.add_case_step("conversation", action, _after(action), BARS.get(action))
    config.add_task("conversation_reminders", reminders.Look())
    config.add_task("conversation_waiting", clockwork.offer_earlier)
    config.add_moment_lost("conversation", rebooking.lost)
    words, factory = {"nl": "mijn-aanvraag", "en": "my-request"}, "portal.cases.resources.FollowDesk"
    config.add_localized_route("conversations.moment", words, "/moment", factory=factory)
    config.add_localized_route("conversations.calendar", words, "/afspraak.ics", factory=factory)
    config.add_localized_route("conversations.wait", words, "/eerder", factory=factory)
    for name, tail in (("tries", "geprobeerd"), ("desk_wait", "eerder")):
        config.add_localized_route(
            f"conversations.{name}", WORD, f"/aanvraag/{{reference:[A-Za-z0-9]{{8}}}}/{tail}", only=LOCALES_OF_STAFF,
            factory="portal.cases.resources.CaseFile",
        )  # fmt: skip
    config.add_localized_route(
        "conversations.desk_moment",
        WORD,
        "/aanvraag/{reference:[A-Za-z0-9]{8}}/moment",
        only=LOCALES_OF_STAFF,
        factory="portal.cases.resources.CaseFile",
    )
    config.add_localized_route("conversations.plan", words, "/verslag", factory=factory)
    config.add_localized_route("conversations.ways_on", words, "/niet-eens", factory=factory)
    for name, tail in (("report", "verslag"), ("heard", "mening")):
        config.add_localized_route(
            f"conversations.{name}",
            WORD,
            "/aanvraag/{reference:[A-Za-z0-9]{8}}/" + tail,
            only=LOCALES_OF_STAFF,
            factory="portal.cases.resources.CaseFile",
        )
    config.add_task("conversation_deadlines", Daily())
    config.add_case_form(FORM)
    config.include("portal.conversations.things")
    config.add_service("conversation", "conversation.start")
    config.add_jinja2_search_path("portal.conversations:templates")
    config.scan("portal.conversations.moment_views")
    config.scan("portal.conversations.plan_views")
    config.scan("portal.conversations.report_views")
    config.scan("portal.conversations.waiting_views")
    config.scan("portal.conversations.tries_views")
