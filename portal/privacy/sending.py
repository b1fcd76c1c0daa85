"""From the answers of a draft to a question about data."""

from typing import Any

from pyramid.request import Request

from portal.cases.asking import Answers, Sent
from portal.cases.entry import entry_of, staff_at_work
from portal.cases.models import Contact
from portal.cases.notices import surroundings
from portal.cases.people import helper_of
from portal.cases.schemas import email, phone, postcode
from portal.privacy.services import Filed, PrivacyRequests
from portal.privacy.telling import Telling
from portal.privacy.words import TEXTS


def service(request: Request) -> PrivacyRequests:
    """The service for this request, on the session that writes, or else the one that looks."""
    session, now = request.looking, request.clock.now()
    site = surroundings(request.site, request.route_path)
    telling = Telling(session, request.policies, TEXTS, now, site)
    return PrivacyRequests(session, request.policies, now, telling, staff_at_work(request))


def contact_of(answers: Answers) -> Contact:
    """Who asks and how to reach them."""
    home, reach = answers["home"], answers["reach"]
    return Contact(
        name=answers["name"]["name"], postcode=postcode(home["postcode"]), house=home["house"], way=reach["way"],
        phone=phone(reach["phone"]), email=email(reach["email"]), voicemail=reach["voicemail"] == "yes",
        interpreter=False,
    )  # fmt: skip


def kept_of(answers: Answers) -> dict[str, Any]:
    """What the request keeps of the answers, beside who it is and what it is about."""
    return {"numbers": answers["which"]["numbers"], "signed": answers.get("helper", {}).get("signed", "")}


def send(request: Request, answers: Answers, send_key: str) -> Sent:
    """Open the question."""
    filed = Filed(answers["wants"]["wants"], answers["which"]["what"])
    opened = service(request).file(
        send_key, kept_of(answers), filed, contact_of(answers), entry_of(request, answers), helper_of(answers)
    )
    return Sent(opened.case.id, opened.case.reference)
