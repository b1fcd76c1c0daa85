"""Handling a complaint at the desk: each form of `desk_forms` is a page of its own."""

from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.acts import ActDesk
from portal.cases.models import Case
from portal.complaints.desk import panel
from portal.complaints.desk_forms import ACTS
from portal.complaints.kind import COMPLAINT
from portal.complaints.labels import NOT_SO
from portal.complaints.sending import service

_ = TranslationStringFactory("portal")
#: The step that comes next in each state.
NEXT = {
    "received": "start", "informal": "start", "formal": "offer_hearing", "hearing_offered": "hear",
    "heard": "conclude", "concluded": "sign",
}  # fmt: skip
OWNER = _("First take it in hand: the complainant hears your name.")
ACT_DESK = ActDesk(COMPLAINT, "complaints", "klacht", ACTS, service, panel, NOT_SO, OWNER)


def on_case(request: Request, case: Case) -> dict[str, Any]:
    """What the page of a case shows of a complaint, with the forms that are open now, the next step first."""
    step = f"{ACT_DESK.prefix}.{NEXT.get(case.state, '')}"
    forms = sorted(ACT_DESK.open(request, case), key=lambda form: form[0] != step)
    return {**panel(request, case), "forms": forms, "next": step if case.owner_id is not None else ""}
