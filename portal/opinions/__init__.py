"""A second opinion on a plan: somebody outside the teams looks whether it is the right one.

Who asked chooses what the expert may see, hears the answer first, and alone says whether it is well now.
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
from portal.opinions import clockwork, desk, kept, sending
from portal.opinions.desk_views import on_case
from portal.opinions.kind import SECOND_OPINION
from portal.opinions.questions import QUESTIONS
from portal.opinions.words import TEXTS

_ = TranslationStringFactory("portal")
DESK = DeskPage(
    answers=desk.answers, panel="opinions/desk_panel.jinja2", context=on_case,
    standard=Path(__file__).parent / "standard",
)  # fmt: skip
FORM = CaseForm(
    kind="second_opinion", words={"nl": "second-opinion-vragen", "en": "ask-for-a-second-opinion"},
    title=_("Ask for a second opinion"), start="opinions/start.jinja2", questions=QUESTIONS, send=sending.send,
)  # fmt: skip


def _facts(session: Session, case: Case, request: Request) -> dict[str, str]:
    """What the words of a page may name, in the reader's language."""
    facts = sending.service(request).shown(case, request.locale)
    sure = _("Then nobody looks at your plan any more. You can always ask again. Your help goes on.")
    facts["sure_withdraw"] = request.localizer.translate(sure)
    facts["do_withdraw"] = request.localizer.translate(_("Yes, take my request back"))
    return {**facts, "link": request.site.base_url + request.route_path("cases.find")}


def _withdrawn(request: Request, case: Case) -> Any:
    sending.service(request).withdrawn(case)


def includeme(config: Configurator) -> None:
    """The kind, its form and words, what who asked reads and answers, the desk, and the door of the experts."""
    config.add_case_kind(SECOND_OPINION)
    config.add_case_page(SECOND_OPINION, TEXTS, _facts, DESK)
    config.add_case_step("second_opinion", "withdraw", _withdrawn)
    config.add_kept(SECOND_OPINION.code, kept.keeps)
    config.add_task("second_opinion_days", clockwork.Daily())
    words, factory = {"nl": "mijn-aanvraag", "en": "my-request"}, "portal.cases.resources.FollowDesk"
    for name, tail in (("expert", "/deskundige"), ("release", "/wat-mag-de-deskundige-zien"),
                       ("opinion", "/oordeel"), ("ways_on", "/hoe-verder")):  # fmt: skip
        config.add_localized_route(f"opinions.{name}", words, tail, factory=factory)
    config.add_localized_route(
        "opinions.no_plan", FORM.words, "/nog-geen-plan", factory="portal.cases.resources.FormDesk"
    )
    config.add_case_form(FORM)
    config.add_service("second-opinion", "second_opinion.start")
    config.add_jinja2_search_path("portal.opinions:templates")
    config.include("portal.opinions.staff")
    config.include("portal.opinions.figure_views")
    config.scan("portal.opinions.follow_views")
    config.scan("portal.opinions.ways_views")
