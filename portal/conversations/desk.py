"""What the desk shows of a request for a conversation: what was asked, and the appointment."""

from collections.abc import Sequence
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.looking import names_of_staff
from portal.cases.models import Case
from portal.cases.people import say, title_of
from portal.cases.workflow import Author
from portal.conversations.ahead import ahead_panel
from portal.conversations.kind import CONVERSATION
from portal.conversations.labels import INTERPRETERS, NEEDS, PLACES, SUPPORTER, TOPICS
from portal.conversations.plan_desk import plan_panel
from portal.conversations.sending import service
from portal.conversations.things import things_panel

_ = TranslationStringFactory("portal")


def answers(request: Request, case: Case) -> Sequence[tuple[Any, list[str]]]:
    """What was asked, as (title, lines)."""
    given = case.answers
    topics = [title for code, title in TOPICS if code in given["topics"]]
    needs = [title for code, title in NEEDS if code in given["needs"]]
    return [
        (_("What do you want to talk about?"), [*say(request, *topics), *_filled(given["words"])]),
        (_("How do you want to talk?"), [*say(request, title_of(PLACES, given["place"])),
                                         *_filled(given["other_place"])]),
        (_("Do you want a client supporter?"), say(request, title_of(SUPPORTER, given["supporter"]))),
        (_("Language and interpreter"), [*say(request, title_of(INTERPRETERS, given["interpreter"])),
                                         *_filled(given["language"])]),
        (_("What helps at the talk?"), [*say(request, *needs), *_filled(given["note"])]),
    ]  # fmt: skip


def _filled(text: str) -> list[str]:
    return [text] if text else []


def may_choose(case: Case, author: Author) -> bool:
    """Whether a moment can be chosen now: the first one, or another."""
    talk = case.team_slug is not None and case.answers["place"] != "writing"
    return talk and any(CONVERSATION.may(step, case.state, author, case.answers) for step in ("book", "move"))


def panel(request: Request, case: Case) -> dict[str, Any]:
    """The appointment, who comes along, and whether a moment can be chosen together."""
    booking = service(request).booking(case)
    names = names_of_staff(request.looking.connection(), {booking.staff_id}) if booking else {}
    return {
        "booking": booking, "place": dict(PLACES)[booking.place] if booking else "",
        "worker": names.get(booking.staff_id, "–") if booking else "", "company": case.answers["company"],
        "may_choose": may_choose(case, Author.STAFF), "plan": plan_panel(request, case),
        "ahead": ahead_panel(request, case), "things": things_panel(request, case),
    }  # fmt: skip
