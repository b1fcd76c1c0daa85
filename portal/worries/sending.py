"""From the answers of a draft to a worry."""

from typing import Any

from pyramid.request import Request

from portal.cases.asking import Answers, Sent
from portal.cases.entry import entry_of, staff_at_work
from portal.cases.models import Contact
from portal.cases.notices import surroundings
from portal.cases.schemas import email, phone
from portal.worries.informing import Informing
from portal.worries.questions import is_danger, named_of, names_somebody
from portal.worries.telling import Telling
from portal.worries.words import TEXTS


def service(request: Request) -> Informing:
    """The service for this request, on the session that writes, or else the one that looks."""
    session, now = request.looking, request.clock.now()
    telling = Telling(session, request.policies, TEXTS, now, surroundings(request.site, request.route_path))
    return Informing(session, request.policies, now, telling, staff_at_work(request))


def contact_of(answers: Answers) -> Contact:
    """Who worries; where they live is not asked."""
    reach = answers["reach"]
    return Contact(
        name=reach["name"], postcode="", house="", way=reach["way"], phone=phone(reach["phone"]),
        email=email(reach["email"]), voicemail=reach["voicemail"] == "yes", interpreter=False,
    )  # fmt: skip


def kept_of(answers: Answers) -> dict[str, Any]:
    """What the request keeps of the answers: nothing of the person, and nothing of who asks."""
    what = answers["what"]
    return {
        "danger": answers["danger"]["danger"], "call": answers["call"]["call"] if is_danger(answers) else "",
        "what": what["what"], "did": what["did"], "area": answers["reach"].get("area", ""),
    }  # fmt: skip


def send(request: Request, answers: Answers, send_key: str) -> Sent:
    """Open the worry."""
    named = named_of(answers["person"]) if names_somebody(answers) else None
    opened = service(request).file(
        send_key, kept_of(answers), contact_of(answers), entry_of(request, answers), danger=is_danger(answers),
        named=named,
    )  # fmt: skip
    return Sent(opened.case.id, opened.case.reference)
