"""Letters: what waits for a printer, each as a page for an envelope with a window, and that it was printed."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.backoffice.asked import desk_reader
from portal.cases.noting import note_look
from portal.cases.references import spoken
from portal.cases.resources import Inbox
from portal.foundation.i18n import LOCALES
from portal.foundation.security import Permission
from portal.messaging.services import Messages

_ = TranslationStringFactory("portal")


@view_config(
    route_name="desk.letters", renderer="backoffice/letters.jinja2", permission=Permission.CASE_LIST,
    request_method="GET",
)  # fmt: skip
def show_letters(context: Inbox, request: Request) -> dict[str, Any]:
    """What waits for a printer."""
    reader = desk_reader(request)
    return {
        "letters": reader.letters(), "printed": reader.printed_lately(), "spoken": spoken,
        "done": "gelukt" in request.GET,
    }  # fmt: skip


def _letter(request: Request) -> Any:
    letter = desk_reader(request).letter(int(request.matchdict["id"]))
    if letter is None:
        raise HTTPNotFound()
    return letter


@view_config(
    route_name="desk.letter", renderer="backoffice/letter.jinja2", permission=Permission.CASE_LIST,
    request_method="GET",
)  # fmt: skip
def show_letter(context: Inbox, request: Request) -> dict[str, Any]:
    """One letter, as it comes out of the printer. That it was read is written down, as of any other page of a case."""
    letter = _letter(request)
    note_look(request, letter.case_id)
    return {"letter": letter, "reads": LOCALES[letter.locale], "address": letter.recipient.split("\n")}


@view_config(route_name="desk.letter", permission=Permission.CASE_LIST_KEEP, request_method="POST")
def note_printed(context: Inbox, request: Request) -> Any:
    """It is in its envelope. Twice is once."""
    letter = desk_reader(request).letter(int(request.matchdict["id"]))
    if letter is not None:
        Messages(request.db, request.clock.now()).printed(letter.id)
    return HTTPSeeOther(request.route_path("desk.letters", _query={"gelukt": "1"}))


@view_config(route_name="desk.letter_back", permission=Permission.CASE_LIST_KEEP, request_method="POST")
def put_back(context: Inbox, request: Request) -> Any:
    """The printer ate it: it waits again."""
    number = int(request.matchdict["id"])
    if any(one.id == number for one in desk_reader(request).printed_lately()):
        Messages(request.db, request.clock.now()).put_back(number)
    return HTTPSeeOther(request.route_path("desk.letters"))
