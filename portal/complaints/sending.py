"""From the answers of a draft to a complaint."""

from typing import Any

from pyramid.request import Request

from portal.cases.asking import Answers, Sent
from portal.cases.entry import entry_of, staff_at_work
from portal.cases.models import Contact
from portal.cases.notices import surroundings
from portal.cases.people import helper_of
from portal.cases.schemas import email, phone, postcode
from portal.complaints.outcomes import Outcomes
from portal.complaints.questions import MORE, decided_on, is_named
from portal.complaints.services import Filed
from portal.complaints.telling import Telling
from portal.complaints.words import TEXTS


def service(request: Request) -> Outcomes:
    """The service for this request, on the session that writes, or else the one that looks."""
    session, now = request.looking, request.clock.now()
    site = surroundings(request.site, request.route_path)
    telling = Telling(session, request.policies, TEXTS, now, site)
    return Outcomes(session, request.policies, now, telling, staff_at_work(request))


def contact_of(answers: Answers) -> Contact:
    """Who complained and how to reach them; without a name nothing is kept that says who it was."""
    if not is_named(answers):
        return Contact(name="–", postcode="", house="", way="phone", voicemail=False, interpreter=False)
    home, reach = answers["home"], answers["reach"]
    return Contact(
        name=answers["name"]["name"], postcode=postcode(home["postcode"]), house=home["house"], way=reach["way"],
        phone=phone(reach["phone"]), email=email(reach["email"]), voicemail=reach["voicemail"] == "yes",
        interpreter=False,
    )  # fmt: skip


def kept_of(answers: Answers) -> dict[str, Any]:
    """What the request keeps of the answers, beside who it is."""
    about, happened, wish = answers["about"], answers["happened"], answers["wish"]
    return {
        "about": about["about"], "team": about["team"], "whom": about["whom"], "what": happened["what"],
        "when": happened["when"], "where": happened["where"], "letter": answers["decision"]["letter"],
        "wish": wish["wish"], "first": wish["first"], "anonymous": not is_named(answers),
    }  # fmt: skip


def send(request: Request, answers: Answers, send_key: str) -> Sent:
    """Open the complaint."""
    about, happened = answers["about"], answers["happened"]
    parts = [happened["what"], *(happened[f"more_{number}"] for number in MORE if happened[f"more_{number}"])]
    filed = Filed(
        about["about"], parts, about["team"] or None, anonymous=not is_named(answers),
        decision_on=decided_on(request, answers),
    )  # fmt: skip
    opened = service(request).file(
        send_key, kept_of(answers), filed, contact_of(answers), entry_of(request, answers),
        helper_of(answers) if is_named(answers) else None,
    )  # fmt: skip
    return Sent(opened.case.id, opened.case.reference)
