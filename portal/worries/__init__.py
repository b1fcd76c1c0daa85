"""A worry about somebody else: advice without names first, and no file on anybody who does not know of it in time."""

from pathlib import Path
from typing import Any

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from sqlalchemy.orm import Session

from portal.cases.asking import CaseForm
from portal.cases.models import Case
from portal.cases.pages import DeskPage
from portal.worries import clockwork, desk, kept, sending
from portal.worries.desk_views import ACT_DESK, on_case
from portal.worries.kind import WORRY
from portal.worries.questions import QUESTIONS
from portal.worries.words import TEXTS

_ = TranslationStringFactory("portal")
#: Before who came to us does what cannot be undone: what happens then, and the words on the button.
SURE = {
    "withdraw": (
        _("Then we do nothing more with it. Did you name somebody? Then we throw that name away at once."),
        _("Yes, take my worry back"),
    ),
}
DESK = DeskPage(
    answers=desk.answers, panel="worries/desk_panel.jinja2", context=on_case,
    standard=Path(__file__).parent / "standard", address_from=desk.no_address,
)  # fmt: skip
FORM = CaseForm(
    kind="worry", words={"nl": "zorgen-om-iemand", "en": "worried-about-somebody"},
    title=_("Worried about somebody else"), start="worries/start.jinja2", questions=QUESTIONS, send=sending.send,
)  # fmt: skip


def _facts(session: Session, case: Case, request: Request) -> dict[str, str]:
    """What the words of a page may name, in the reader's language; nothing of whom it is about."""
    facts = sending.service(request).shown(case, request.locale)
    for action, (sure, do) in SURE.items():
        facts |= {f"sure_{action}": request.localizer.translate(sure), f"do_{action}": request.localizer.translate(do)}
    return {**facts, "link": request.site.base_url + request.route_path("cases.find")}


def _after(action: str) -> Any:
    return lambda request, case: sending.service(request).step(case, action)


def includeme(config: Configurator) -> None:
    """The kind, its form and words, what happens by itself, and going on with a name."""
    config.add_case_kind(WORRY)
    config.add_case_page(WORRY, TEXTS, _facts, DESK)
    for action in (*SURE, *WORRY.acts):
        config.add_case_step("worry", action, _after(action))
    config.add_localized_route(
        "worries.name_later", {"nl": "mijn-aanvraag", "en": "my-request"}, "/om-wie-het-gaat",
        factory="portal.cases.resources.FollowDesk",
    )  # fmt: skip
    config.add_kept("worry", kept.keeps)
    config.add_act_desk(ACT_DESK)
    config.add_task("worries", clockwork.look)
    config.add_case_form(FORM)
    config.add_service("worry", "worry.start")
    config.add_jinja2_search_path("portal.worries:templates")
    config.scan("portal.worries.follow_views")
