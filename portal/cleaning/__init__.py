"""Help with cleaning, without any intake: asked in one sitting, answered by a provider, followed without an account.

A general provision: nobody judges whether somebody may have it. What is never asked stands in `rules.NEVER_ASKED`.
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
from portal.cleaning import clockwork, desk, seed, sending
from portal.cleaning.kind import CLEANING
from portal.cleaning.questions import QUESTIONS
from portal.cleaning.words import TEXTS

_ = TranslationStringFactory("portal")
SURE = {
    "withdraw": (
        _("Then nobody comes, and the provider hears that you no longer want it."),
        _("Yes, take my request back"),
    ),
    "came": (_("Then we know that the help has begun."), _("Yes, they came")),
    "nobody_came": (_("Then we look at once for who can come. You did nothing wrong."), _("Nobody came")),
    "end": (_("Then the help ends. You can always ask again."), _("Yes, end the help")),
}
DESK = DeskPage(
    answers=desk.answers, panel="cleaning/desk_panel.jinja2", context=desk.panel,
    standard=Path(__file__).parent / "standard",
)  # fmt: skip
FORM = CaseForm(
    kind="cleaning", words={"nl": "schoonmaak-aanvragen", "en": "ask-for-cleaning"},
    title=_("Ask for help with cleaning"), start="cleaning/start.jinja2", questions=QUESTIONS, send=sending.send,
)  # fmt: skip


def _facts(session: Session, case: Case, request: Request) -> dict[str, str]:
    """What the words of a page may name, in the reader's language."""
    facts = sending.service(request).facts(case, request.locale)
    for action, (sure, do) in SURE.items():
        facts |= {f"sure_{action}": request.localizer.translate(sure), f"do_{action}": request.localizer.translate(do)}
    return {**facts, "link": request.site.base_url + request.route_path("cases.find")}


def _after(request: Request, case: Case) -> Any:
    sending.service(request).after_step(case)


def includeme(config: Configurator) -> None:
    """The kind, its form and words, the door for providers."""
    config.add_case_kind(CLEANING)
    config.add_case_page(CLEANING, TEXTS, _facts, DESK)
    for action in (*SURE, "let_go"):
        config.add_case_step("cleaning", action, _after)
    words, factory = {"nl": "aanbod", "en": "offer"}, "portal.cases.resources.FollowDesk"
    token = "/{token:[A-Za-z0-9_-]{20,60}}"
    config.add_localized_route("cleaning.offer", words, token, factory=factory)
    config.add_localized_route("cleaning.accept", words, token + "/ja", factory=factory)
    config.add_localized_route("cleaning.decline", words, token + "/nee", factory=factory)
    config.add_localized_route(
        "cleaning.choose", {"nl": "mijn-aanvraag", "en": "my-request"}, "/aanbieder", factory=factory
    )
    config.add_localized_route(
        "cleaning.offer_again",
        WORD,
        "/aanvraag/{reference:[A-Za-z0-9]{8}}/aanbieder",
        only=LOCALES_OF_STAFF,
        factory="portal.cases.resources.CaseFile",
    )
    config.add_case_form(FORM)
    config.add_service("cleaning", "cleaning.start")
    config.add_seeder("cleaning", seed.seed)
    config.add_task("cleaning", clockwork.look)
    config.add_jinja2_search_path("portal.cleaning:templates")
    config.scan("portal.cleaning.views")
    config.scan("portal.cleaning.choose_views")
    config.scan("portal.cleaning.staff")
