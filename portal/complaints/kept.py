"""What is kept of a complaint for who complained: every part with what was found of it, and hearings of their own."""

from collections.abc import Sequence
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.complaints.labels import JUDGEMENTS
from portal.complaints.sending import service
from portal.ui.dates import day_and_year

_ = TranslationStringFactory("portal")
#: The states before an answer is signed: what is written then is not ours yet.
UNSIGNED = frozenset({"received", "informal", "formal", "hearing_offered", "heard", "concluded"})


def keeps(_session: Session, case: Case, request: Request) -> Sequence[tuple[Any, Sequence[str]]]:
    """What `add_kept` asks. What whom it is about said is theirs, and a conclusion counts once it is signed."""
    complaints = service(request)
    row, hearings = complaints.of(case), [one for one in complaints.hearings(case) if one.party == "complainant"]
    heard = [f"{day_and_year(one.starts_at, request.locale)}, {one.place}. {one.report}".strip() for one in hearings]
    if case.state in UNSIGNED:
        return [(_("Hearings"), heard)]
    judged, say = dict(JUDGEMENTS), request.localizer.translate
    parts = [f"{part.said}: {say(judged[part.judgement])}. {part.why}" for part in complaints.parts(case)
             if part.judgement]  # fmt: skip
    found = [row.findings or "", *parts, row.conclusions or "", row.why or ""]
    return [(_("Hearings"), heard), (_("What we found"), found)]
