"""From the answers of a draft to a request."""

from typing import Any

from pyramid.request import Request

from portal.cases.asking import Answers, Sent
from portal.cases.entry import entry_of, staff_at_work
from portal.cases.models import Contact
from portal.cases.people import helper_of
from portal.cases.schemas import email, phone, postcode
from portal.cleaning.services import CleaningService, Place
from portal.cleaning.words import TEXTS


def service(request: Request) -> CleaningService:
    """The service for this request, on the session that writes, or else the one that looks.

    Where staff are at work it notes who; on the screens of residents and providers nobody is looked up.
    """
    session = request.db if request.method == "POST" else request.looking
    place = Place(request.site.base_url, str(request.site.profile.contact["phone"]), request.route_path)
    return CleaningService(session, request.policies, TEXTS, request.clock.now(), place, staff_at_work(request))


def contact_of(answers: Answers) -> Contact:
    """Who it is for and how to reach them."""
    home, reach, language = answers["home"], answers["reach"], answers["language"]
    return Contact(
        name=answers["name"]["name"], postcode=postcode(home["postcode"]), house=home["house"], way=reach["way"],
        phone=phone(reach["phone"]), email=email(reach["email"]), voicemail=reach["voicemail"] == "yes",
        language=language["language"] or None, interpreter=language["interpreter"] == "yes",
    )  # fmt: skip


def send(request: Request, answers: Answers, send_key: str) -> Sent:
    """Open the request."""
    kept: dict[str, Any] = {
        "provider": answers["provider"]["provider"], "parts": sorted(answers["when"]["parts"]),
        "start": answers["when"]["start"], "note": answers["note"]["note"],
    }  # fmt: skip
    entry = entry_of(request, answers)
    opened = service(request).request(send_key, kept, contact_of(answers), entry, helper_of(answers))
    return Sent(opened.case.id, opened.case.reference)
