"""Guiding a second opinion at the desk: each form of `desk_forms` is a page of its own."""

from typing import Any

from pyramid.request import Request

from portal.cases.acts import ActDesk
from portal.cases.models import Case
from portal.foundation.clock import today
from portal.opinions.desk import panel
from portal.opinions.desk_forms import ACTS, NEED_NOBODY, NEED_SOMEBODY
from portal.opinions.judges import weigh
from portal.opinions.kind import SECOND_OPINION
from portal.opinions.labels import CONFLICTS, NOT_NOW
from portal.opinions.sending import service


def beside(request: Request, case: Case) -> dict[str, Any]:
    """What stands beside a form, and above it who of the pool cannot judge this plan, with why."""
    weighed = weigh(request.looking, service(request).of(case), today(request.clock))
    against = [(one.expert, [CONFLICTS[why] for why in sorted(one.against)]) for one in weighed if one.against]
    free = sum(not one.against for one in weighed)
    return {**panel(request, case), "against": against, "free": free}


ACT_DESK = ActDesk(SECOND_OPINION, "judging", "second-opinion", ACTS, service, beside, NOT_NOW)


def on_case(request: Request, case: Case) -> dict[str, Any]:
    """What the page of a case shows of a second opinion, with the forms that have sense now; the next step first."""
    live, checked = service(request).live(case), service(request).of(case).checked_by is not None
    not_now = (NEED_NOBODY if live or not checked else frozenset()) | (frozenset() if live else NEED_SOMEBODY)
    shut = {f"judging.{name}" for name in not_now}
    forms = [one for one in ACT_DESK.open(request, case) if one[0] not in shut]
    if checked:  # looked at already: changing it is not the next step
        forms.sort(key=lambda one: one[0] == "judging.plan")
    return {**panel(request, case), "forms": forms}
