"""Hours that come back, the hours of one day, and who somebody is in their diary: one's own, or of a colleague."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from portal.bookings.agendas import hours_of
from portal.bookings.hours_forms import ONE_DAY, hours_forms
from portal.bookings.hours_labels import DONE, EVERY, PLACES, SKILLS
from portal.bookings.resources import Diary, DiaryOf
from portal.bookings.schemas import WHAT
from portal.bookings.two_steps import Sent, act
from portal.bookings.whose import Whose, around, whose
from portal.foundation.clock import today
from portal.foundation.security import Permission


def _page(request: Request, who: Whose, forms: dict[str, Sent]) -> dict[str, Any]:
    hours = hours_of(request.reader, who.staff_id, today(request.clock))
    return {
        **around(request, who), "hours": hours, "worker": hours.worker if "add" in forms else None,
        "forms": {name: sent.form for name, sent in forms.items()}, "sent": request.POST.get(WHAT, ""),
        "faults": [fault for sent in forms.values() for fault in sent.form.faults],
        "places": dict(PLACES), "skills": dict(SKILLS), "every": dict(EVERY), "today": today(request.clock),
        "one_day": ONE_DAY,
        "done": [words for word, words in DONE.items() if word in request.GET],
    }  # fmt: skip


def _forms(request: Request, who: Whose) -> dict[str, Sent]:
    return hours_forms(request, who, hours_of(request.reader, who.staff_id, today(request.clock)))


@view_config(
    route_name="diary.hours", renderer="bookings/hours.jinja2", permission=Permission.DIARY_READ, request_method="GET"
)
@view_config(
    route_name="diary.hours_of", renderer="bookings/hours.jinja2", permission=Permission.DIARY_READ,
    request_method="GET",
)  # fmt: skip
def show_hours(context: Diary | DiaryOf, request: Request) -> dict[str, Any]:
    """When somebody works and where; what is over is not shown."""
    who = whose(context, request)
    return _page(request, who, _forms(request, who))


@view_config(
    route_name="diary.hours", renderer="bookings/hours.jinja2", permission=Permission.DIARY_KEEP, request_method="POST"
)
@view_config(
    route_name="diary.hours_of", renderer="bookings/hours.jinja2", permission=Permission.DIARY_KEEP,
    request_method="POST",
)  # fmt: skip
def keep_hours(context: Diary | DiaryOf, request: Request) -> Any:
    """Change one thing of it, after what that breaks was shown."""
    who = whose(context, request)
    forms = _forms(request, who)
    return act(request, forms, lambda: _page(request, who, forms))
