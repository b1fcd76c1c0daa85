"""Questions about somebody's own data, by the AVG: see it, correct it, throw it away, object, take it along.

And the two pages for whoever holds a request of any kind: what is kept about me, and who looked.
"""

from pathlib import Path
from typing import Any

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from sqlalchemy.orm import Session

from portal.cases.asking import CaseForm
from portal.cases.models import Case
from portal.cases.pages import DeskPage
from portal.privacy import desk, sending
from portal.privacy.kind import PRIVACY
from portal.privacy.places import fill
from portal.privacy.questions import QUESTIONS
from portal.privacy.words import TEXTS

_ = TranslationStringFactory("portal")
DESK = DeskPage(
    answers=desk.answers, panel="privacy/desk_panel.jinja2", context=desk.on_case,
    standard=Path(__file__).parent / "standard",
)  # fmt: skip
FORM = CaseForm(
    kind="privacy_request", words={"nl": "uw-gegevens", "en": "your-data"}, title=_("Ask about your data"),
    start="privacy/start.jinja2", questions=QUESTIONS, send=sending.send,
)  # fmt: skip


def _facts(session: Session, case: Case, request: Request) -> dict[str, str]:
    """What the words of a page may name, in the reader's language."""
    say, facts = request.localizer.translate, sending.service(request).shown(case, request.locale)
    return {
        **facts, "link": request.site.base_url + request.route_path("cases.find"),
        "sure_withdraw": say(_("Then we do nothing more with your question. You can always ask again.")),
        "do_withdraw": say(_("Yes, take my question back")),
    }  # fmt: skip


def _after(request: Request, case: Case) -> Any:
    return sending.service(request).after_step(case)


def includeme(config: Configurator) -> None:
    """The kind, its form and words, its answer, and the pages for whoever holds a request."""
    config.add_case_kind(PRIVACY)
    config.add_case_page(PRIVACY, TEXTS, _facts, DESK)
    config.add_case_step(PRIVACY.code, "withdraw", _after)
    words, factory = {"nl": "mijn-aanvraag", "en": "my-request"}, "portal.cases.resources.FollowDesk"
    for name, tail in (("prove", "/uw-gegevens/ik-ben-het"), ("outcome", "/uw-gegevens/antwoord"),
                       ("file", "/uw-gegevens/bestand"), ("kept", "/wat-wij-bewaren"),
                       ("kept_file", "/wat-wij-bewaren/bestand"), ("correct", "/wat-wij-bewaren/klopt-niet"),
                       ("looked", "/wie-keek")):  # fmt: skip
        config.add_localized_route(f"privacy.{name}", words, tail, factory=factory)
    config.add_act_desk(desk.ACT_DESK)
    config.add_case_form(FORM)
    config.add_service("privacy", "privacy_request.start")
    config.add_slot_filler(fill)
    config.add_jinja2_search_path("portal.privacy:templates")
    config.scan("portal.privacy.follow_views")
    config.scan("portal.privacy.kept_views")
