"""From the answers of a draft to a second opinion."""

from typing import Any

from pyramid.request import Request
from sqlalchemy.orm import Session

from portal.cases.asking import Answers, Sent
from portal.cases.company import COMPANY
from portal.cases.entry import entry_of, staff_at_work
from portal.cases.models import Contact
from portal.cases.notices import surroundings
from portal.cases.people import helper_of
from portal.cases.schemas import email, phone, postcode
from portal.complaints.questions import decided_on
from portal.opinions.judging import Judging
from portal.opinions.plans import asked_of_ours
from portal.opinions.questions import is_paper, people_of, plan_date
from portal.opinions.services import Asked
from portal.opinions.telling import Telling
from portal.opinions.words import TEXTS


def service(request: Request) -> Judging:
    """The service for this request, on the session that writes, or else the one that looks."""
    return service_on(request, request.looking)


def service_on(request: Request, session: Session) -> Judging:
    """The same on another session."""
    now = request.clock.now()
    site = surroundings(request.site, request.route_path)
    telling = Telling(session, request.policies, TEXTS, now, site)
    return Judging(session, request.policies, now, telling, staff_at_work(request))


def contact_of(answers: Answers) -> Contact:
    """Who asked, or for whom, and how to reach them."""
    home, reach, language = answers["home"], answers["reach"], answers["language"]
    return Contact(
        name=answers["name"]["name"], postcode=postcode(home["postcode"]), house=home["house"], way=reach["way"],
        phone=phone(reach["phone"]), email=email(reach["email"]), voicemail=reach["voicemail"] == "yes",
        language=language["language"] or None, interpreter=language["interpreter"] != "none",
    )  # fmt: skip


def kept_of(answers: Answers) -> dict[str, Any]:
    """What the request keeps of the answers, beside who it is for and which plan it is about."""
    return {
        "plan": answers["plan"]["plan"], "letter": answers["decision"]["letter"], "doubt": answers["doubt"]["doubt"],
        COMPANY: people_of(answers["company"]), "interpreter": answers["language"]["interpreter"],
        "language": answers["language"]["language"],
    }  # fmt: skip


def asked_of(request: Request, answers: Answers) -> Asked:
    """The plan that somebody doubts, as far as it is known."""
    decision_on = decided_on(request, answers)
    if is_paper(answers):
        team = answers["paper"]["team"] or None
        return Asked(plan_on=plan_date(request, answers), team=team, decision_on=decision_on)
    return asked_of_ours(request.looking, answers["plan"]["case"], decision_on)


def send(request: Request, answers: Answers, send_key: str) -> Sent:
    """Open the second opinion."""
    opened = service(request).file(
        send_key, kept_of(answers), asked_of(request, answers), contact_of(answers), entry_of(request, answers),
        helper_of(answers),
    )  # fmt: skip
    return Sent(opened.case.id, opened.case.reference)
