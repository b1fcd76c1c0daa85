"""Somebody of the staff who handles a complaint in a browser, and complaints to be handled."""

from typing import Any

from portal.accounts.roles import Role
from portal.cases.entry import Entry
from portal.cases.models import Case
from portal.cases.notices import surroundings
from portal.complaints.outcomes import Outcomes
from portal.complaints.services import Filed
from portal.complaints.telling import Telling
from portal.complaints.words import TEXTS
from portal.foundation.clock import local_date
from portal.foundation.db import writing
from portal.foundation.policies import read_policies
from portal.foundation.tasks import paths
from tests.desk import Colleague, Office, path_of
from tests.unit.cleaning.asking import fill, on
from tests.unit.complaints.conftest import ANSWERS, somebody

HANDLES, SIGNS = (Role.COMPLAINT_HANDLER, None), (Role.COMPLAINT_COORDINATOR, None)
SAID = "Er werd niet geluisterd naar mijn kanarie."
CONCLUDED = {
    "findings": "Wij hoorden beide kanten.", "judgement_1": "founded", "why_1": "Er is niet geluisterd.",
    "conclusions": "Wij bieden onze excuses aan.",
}  # fmt: skip


def service_of(office: Office, session: Any, staff_id: int | None = None) -> Outcomes:
    """The service as a request would have it."""
    now = office.clock.now()
    policies = read_policies(session.connection(), local_date(now))
    telling = Telling(session, policies, TEXTS, now, surroundings(office.site, paths(office.registry, office.site)))
    return Outcomes(session, policies, now, telling, staff_id)


def complain(office: Office, *parts: str, team: str | None = "midden", way: str = "email", **more: Any) -> str:
    """Somebody complains; gives the number."""
    filed = Filed("team" if team else "way", parts or (SAID,), team, **more)
    with writing(office.site.engine) as session:
        told = service_of(office, session).file(
            f"complaint-{office._next()}", {**ANSWERS, "team": team or ""}, filed, somebody(way), Entry("nl")
        )
        return told.case.reference


def doing(office: Office, reference: str, act: Any, staff_id: int | None = None) -> Any:
    """Something happens to a complaint: `act(service, case)`."""
    with writing(office.site.engine) as session:
        case = session.get_one(Case, office.case(reference).id)
        return act(service_of(office, session, staff_id), case)


def at(colleague: Colleague, reference: str, act: str) -> Any:
    """The page of an act."""
    return colleague.browser.get(path_of(reference, f"/klacht/{act}"))


def form_of(colleague: Colleague, reference: str, act: str, **values: Any) -> Any:
    """The form of an act, filled in and not sent yet."""
    return fill(at(colleague, reference, act).forms["form"], values)


def do(colleague: Colleague, reference: str, act: str, **values: Any) -> Any:
    """Fill in and send it; gives where one is led."""
    form = form_of(colleague, reference, act, **values)
    return on(colleague.browser, colleague.browser.submit(form, 303))


def take(colleague: Colleague, reference: str) -> Any:
    """Take it in hand, by the button of its page."""
    page = colleague.browser.get(path_of(reference))
    form = next(one for one in page.forms.values() if one.action.endswith("/nemen"))
    return on(colleague.browser, colleague.browser.submit(form, 303))


def shut(colleague: Colleague, reference: str, act: str) -> bool:
    """Whether an act is not open now: one is led back to the complaint."""
    answer = colleague.browser.get(path_of(reference, f"/klacht/{act}"), status="*")
    return bool(answer.status_int == 303 and answer.location.split("?")[0].endswith(reference))


def to_be_signed(colleague: Colleague, reference: str) -> Any:
    """All the way to a conclusion, without a hearing."""
    take(colleague, reference)
    do(colleague, reference, "start", how="examine")
    do(colleague, reference, "hear", how="skip_hearing", why="Zij wilde geen gesprek.")
    return do(colleague, reference, "conclude", **CONCLUDED)
