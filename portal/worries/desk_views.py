"""Handling a worry at the desk: each form of `desk_forms` is a page of its own."""

from typing import Any

from pyramid.request import Request

from portal.cases.acts import ActDesk
from portal.cases.models import Case
from portal.worries.desk import panel
from portal.worries.desk_forms import ACTS
from portal.worries.kind import WORRY
from portal.worries.labels import NOT_SO
from portal.worries.sending import service

ACT_DESK = ActDesk(WORRY, "worries", "zorg", ACTS, service, panel, NOT_SO)


def on_case(request: Request, case: Case) -> dict[str, Any]:
    """What the page of a case shows of a worry, with the forms that are open now."""
    shown = panel(request, case)
    closed = {"worries.propose_safety" if shown["waits"] else "worries.agree_safety"}
    if shown["person"] is None or shown["person"].informed_on is None:
        closed.add("worries.finish")
    return {**shown, "forms": [(name, words) for name, words in ACT_DESK.open(request, case) if name not in closed]}
