"""What the desk shows of a worry: what was told, who it is about, by when that person knows, and who else was told."""

from collections.abc import Sequence
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.looking import names_of_staff
from portal.cases.models import Case
from portal.cases.pages import AddressSeen, Sight
from portal.cases.people import say, title_of
from portal.worries.kind import INFORM, REVIEW
from portal.worries.labels import CALLED, DANGER, GROUNDS, HOW
from portal.worries.sending import service

_ = TranslationStringFactory("portal")


def answers(request: Request, case: Case) -> Sequence[tuple[Any, list[str]]]:
    """What was told, as (title, lines)."""
    given = case.answers
    called = say(request, title_of(CALLED, given["call"])) if given["call"] else []
    return [
        (_("Is there danger now?"), [*say(request, title_of(DANGER, given["danger"])), *called]),
        (_("What do you see or hear?"), [given["what"]]),
        (_("What did you say or do yourself?"), [given["did"]] if given["did"] else []),
        (_("In which neighbourhood is it?"), [given["area"]] if given["area"] else []),
    ]


def no_address(_request: Request, _case: Case) -> AddressSeen:
    """Where who worries lives was never asked; where the person lives stands with the person."""
    return AddressSeen(Sight.NEVER)


def panel(request: Request, case: Case) -> dict[str, Any]:
    """The person, the day by which they know, the decision not to tell yet, and who else was told."""
    worries = service(request)
    person, shares = worries.person(case), worries.shares(case)
    terms = {term.key: term.due_on for term in worries.desk.open_terms(case)}
    staff = {person.informed_by, person.safety_by, person.safety_second} if person else set()
    names = names_of_staff(request.looking.connection(), {one for one in staff if one} | {one.by for one in shares})
    return {
        "person": person, "shares": shares, "names": names, "inform_by": terms.get(INFORM), "review": terms.get(REVIEW),
        "waits": worries.waits_for_second(case), "danger": case.answers["danger"] == "yes", "how": dict(HOW),
        "grounds": dict(GROUNDS), "longest": worries.longest_review(), "due": terms.get(INFORM) or terms.get(REVIEW),
    }  # fmt: skip
