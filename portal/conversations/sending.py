"""From the answers of a draft to a request with its moment."""

from typing import Any

from pyramid.request import Request

from portal.bookings.services import AlreadyBooked, BookingIsOver
from portal.cases.asking import Answers, AskAgain, Sent
from portal.cases.entry import entry_of, staff_at_work
from portal.cases.models import Contact
from portal.cases.notices import surroundings
from portal.cases.people import helper_of
from portal.cases.schemas import email, phone, postcode
from portal.conversations.choosing import CALL, team_of
from portal.conversations.questions import is_a_talk, people_of
from portal.conversations.reports import Reports
from portal.conversations.talks import Talks
from portal.conversations.words import TEXTS


def service(request: Request) -> Talks:
    """The service for this request, on the session that writes, or else the one that looks."""
    site = surroundings(request.site, request.route_path)
    return Talks(request.looking, request.policies, TEXTS, request.clock.now(), site, staff_at_work(request))


def reports(request: Request) -> Reports:
    """The same for the report and the plan."""
    site = surroundings(request.site, request.route_path)
    return Reports(request.looking, request.policies, TEXTS, request.clock.now(), site, staff_at_work(request))


def contact_of(answers: Answers) -> Contact:
    """Who it is for and how to reach them."""
    home, reach, language = answers["home"], answers["reach"], answers["language"]
    return Contact(
        name=answers["name"]["name"], postcode=postcode(home["postcode"]), house=home["house"], way=reach["way"],
        phone=phone(reach["phone"]), email=email(reach["email"]), voicemail=reach["voicemail"] == "yes",
        language=language["language"] or None, interpreter=language["interpreter"] != "none",
    )  # fmt: skip


def kept_of(answers: Answers) -> dict[str, Any]:
    """What the request keeps of the answers, beside who it is for. `chosen` says that there was a moment at once.

    `urgent` says that they told us that it cannot wait.
    """
    about, where, needs = answers["about"], answers["where"], answers["needs"]
    talk = is_a_talk(answers)
    return {
        "topics": sorted(about["topics"]), "words": about["words"], "place": where["place"],
        "other_place": where["other_place"], "supporter": answers["supporter"]["supporter"],
        "interpreter": answers["language"]["interpreter"], "language": answers["language"]["language"],
        "needs": sorted(needs["needs"]), "note": needs["note"],
        "company": people_of(answers["company"]) if talk else [],
        "chosen": talk and answers["moment"]["moment"] != CALL, "urgent": bool(about.get("urgent")),
    }  # fmt: skip


def send(request: Request, answers: Answers, send_key: str) -> Sent:
    """Open the request. Raises `AskAgain` when the moment can no longer be had."""
    team, entry = team_of(request, answers), entry_of(request, answers)
    try:
        opened = service(request).request(
            send_key, kept_of(answers), contact_of(answers), entry, team, helper_of(answers)
        )
    except (BookingIsOver, AlreadyBooked) as fault:
        raise AskAgain("moment") from fault
    return Sent(opened.case.id, opened.case.reference)
