"""What the desk shows of a complaint: what was told, its clock, hearings and answer."""

from collections.abc import Sequence
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.looking import names_of_staff
from portal.cases.models import Case
from portal.cases.people import say, title_of
from portal.cases.workflow import Author
from portal.complaints.kind import COMPLAINT
from portal.complaints.labels import ABOUT, FIRST, GROUNDS, JUDGEMENTS, LETTER, PARTIES
from portal.complaints.reading_back import read_back, what_was_said_of_it
from portal.complaints.sending import service
from portal.teams.placing import what_teams_are_called

_ = TranslationStringFactory("portal")


def may(case: Case, step: str) -> bool:
    """Whether staff can take this step now."""
    return COMPLAINT.may(step, case.state, Author.STAFF, case.answers)


def answers(request: Request, case: Case) -> Sequence[tuple[Any, list[str]]]:
    """What was told, as (title, lines)."""
    given = case.answers
    team = what_teams_are_called(request.looking.connection()).get(given["team"])
    parts = [f"{part.number}. {part.said}" for part in service(request).parts(case)]
    return [
        (_("What is your complaint about?"), _filled(*say(request, title_of(ABOUT, given["about"])),
                                                     team.name if team else "", given["whom"])),
        (_("What happened?"), parts),
        (_("When was it?"), _filled(given["when"])),
        (_("Where was it?"), _filled(given["where"])),
        (_("What would help you?"), _filled(given["wish"])),
        (_("Shall we first try to solve it together?"), say(request, title_of(FIRST, given["first"]))),
        (_("Is it also about a letter with a decision?"), say(request, title_of(LETTER, given["letter"]))),
    ]  # fmt: skip


def _filled(*texts: str) -> list[str]:
    return [text for text in texts if text]


def panel(request: Request, case: Case) -> dict[str, Any]:
    """The clock with every change of it, whom it is about, the hearings and the answer."""
    complaints = service(request)
    complaint = complaints.of(case)
    told = complaints.concerned.told(case)
    names = names_of_staff(request.looking.connection(), {row.staff_id for row in told})
    return {
        "concerned": [(names.get(row.staff_id, "–"), row) for row in told],
        "complaint": complaint, "due": complaints.terms.due(complaint), "waits": complaints.terms.waits(case.id),
        "objection": complaints.objection_until(case), "hearings": complaints.hearings(case),
        "parts": complaints.parts(case), "judgements": dict(JUDGEMENTS), "grounds": dict(GROUNDS),
        "parties": dict(PARTIES), "read_back": read_back(request.looking, case),
        "read_back_event": what_was_said_of_it(request.looking, case),
    }  # fmt: skip
