"""Complaints, handled as chapter 9 of the Algemene wet bestuursrecht asks: in time, by somebody else, with reasons."""

from pathlib import Path
from typing import Any

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from sqlalchemy.orm import Session

from portal.cases.asking import CaseForm
from portal.cases.models import Case
from portal.cases.pages import DeskPage
from portal.complaints import desk, kept, sending, shown
from portal.complaints.desk_views import ACT_DESK, on_case
from portal.complaints.kind import COMPLAINT
from portal.complaints.questions import QUESTIONS
from portal.complaints.words import TEXTS

_ = TranslationStringFactory("portal")
#: Before who complained does what cannot be undone: what happens then, and the words on the button.
SURE = {
    "solved": (_("Then we stop here. Only you can say that it is solved."), _("Yes, it is solved")),
    "not_solved": (
        _("Then somebody looks into it and you get an answer in writing. The date stays the same."),
        _("Look into it"),
    ),
    "waive": (_("Then we go on with what you wrote. You can still call us."), _("A hearing is not needed")),
    "accept": (_("Then your complaint is finished. You can still go to the ombudsman."), _("Yes, I leave it at this")),
    "once_more": (
        _("Then we look once more. Tell us afterwards what we got wrong."),
        _("Yes, look once more"),
    ),
    "withdraw": (
        _("Then we do nothing more with your complaint. You can always complain again."),
        _("Yes, take my complaint back"),
    ),
}
DESK = DeskPage(
    answers=desk.answers, panel="complaints/desk_panel.jinja2", context=on_case,
    standard=Path(__file__).parent / "standard",
)  # fmt: skip
FORM = CaseForm(
    kind="complaint", words={"nl": "klagen", "en": "make-a-complaint"}, title=_("Make a complaint"),
    start="complaints/start.jinja2", questions=QUESTIONS, send=sending.send,
    way_out=frozenset({"start", "about", "happened"}),
)  # fmt: skip


def _facts(session: Session, case: Case, request: Request) -> dict[str, str]:
    """What the words of a page may name, in the reader's language."""
    facts = shown.facts_of(session, sending.service(request), case, request.locale)
    for action, (sure, do) in SURE.items():
        facts |= {f"sure_{action}": request.localizer.translate(sure), f"do_{action}": request.localizer.translate(do)}
    return {**facts, "link": request.site.base_url + request.route_path("cases.find")}


def _after(action: str) -> Any:
    return lambda request, case: sending.service(request).after_step(case, action)


def includeme(config: Configurator) -> None:
    """The kind, its form and words, and what who complained can read and answer."""
    config.add_case_kind(COMPLAINT)
    config.add_case_page(COMPLAINT, TEXTS, _facts, DESK)
    config.add_kept(COMPLAINT.code, kept.keeps)
    for action in SURE:
        config.add_case_step("complaint", action, _after(action))
    config.add_case_step("complaint", "close", _after("close"))
    words, factory = {"nl": "mijn-aanvraag", "en": "my-request"}, "portal.cases.resources.FollowDesk"
    config.add_localized_route("complaints.more", words, "/meer-tijd", factory=factory)
    config.add_localized_route("complaints.outcome", words, "/antwoord", factory=factory)
    config.add_localized_route("complaints.read_back", words, "/nalezen", factory=factory)
    config.add_act_desk(ACT_DESK)
    config.add_case_form(FORM)
    config.add_service("complaint", "complaint.start")
    config.include("portal.complaints.register_views")
    config.add_jinja2_search_path("portal.complaints:templates")
    config.scan("portal.complaints.follow_views")
    config.scan("portal.complaints.reading_views")
