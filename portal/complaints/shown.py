"""What the pages of who complained show beside the words of its state: who, when, what to do. Nothing personal."""

from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.complaints.kind import COMPLAINT, RECEIPT
from portal.complaints.models import Hearing
from portal.complaints.outcomes import Outcomes
from portal.complaints.reading_back import read_back
from portal.complaints.telling import NOTHING
from portal.foundation.i18n import Locale
from portal.ui.dates import clock_time, day_and_year, full_day


def facts_of(session: Session, complaints: Outcomes, case: Case, reader: Locale) -> dict[str, str]:
    """What the words and the panel may name, in the reader's language; what is not there is empty.

    `heed` is the line that nobody may miss; `says_when` that the words have the last day themselves; `status_moment`
    names the words where the state does not know best.
    """
    facts = complaints.shown(case, reader)
    nameless = complaints.of(case).anonymous
    return {
        **facts, **_hearing(_to_go_to(complaints, case), reader), **_first(complaints, case, reader),
        "read_back": read_back(session, case).value, "heed": facts["objection"],
        "who": "" if facts["handler"] == NOTHING else facts["handler"], "nameless": "yes" if nameless else "",
        "status_moment": "nameless" if nameless and case.state in COMPLAINT.waiting else "", "says_when": "yes",
    }  # fmt: skip


def _first(complaints: Outcomes, case: Case, reader: Locale) -> dict[str, str]:
    """Until when we say who handles it, as long as nobody does."""
    by = next((term.due_on for term in complaints.desk.open_terms(case) if term.key == RECEIPT), None)
    return {"named_by": day_and_year(by, reader) if by and case.owner_id is None else ""}


def _to_go_to(complaints: Outcomes, case: Case) -> Hearing | None:
    """The hearing that who complained can still go to, the last that was offered."""
    offered = [one for one in complaints.hearings(case) if one.party == "complainant" and one.state == "offered"]
    return offered[-1] if offered and case.state == "hearing_offered" else None


def _hearing(last: Hearing | None, reader: Locale) -> dict[str, str]:
    if last is None:
        return {"hearing": ""}
    return {
        "hearing": "yes", "hearing_day": full_day(last.starts_at, reader), "hearing_time": clock_time(last.starts_at,
        reader), "hearing_place": last.place, "hearing_interpreter": last.interpreter,
    }  # fmt: skip
