"""A change of a diary in two steps: first what it breaks, and only then, when somebody says so, the change itself.

What breaks nothing is done at once. Nothing is broken that was not shown: when somebody books between the two steps,
the first is there again with the longer list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.renderers import render_to_response
from pyramid.request import Request
from sqlalchemy import select

from portal.bookings.edits import Edit
from portal.bookings.hours_labels import PLACES
from portal.bookings.keeping import Breaks, Keeping
from portal.bookings.losing import Scene, lose
from portal.bookings.models import Booking
from portal.bookings.schemas import WHAT
from portal.cases.looking import names_of_staff
from portal.cases.models import Case
from portal.cases.references import spoken
from portal.ui.forms import TRAP, Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
#: The bookings that somebody was shown, and the button that leads back.
SEEN, BACK = "__seen__", "__back__"
#: Identifiers that one form can bring along; nobody breaks more talks in one go.
LONGEST_SEEN = 20_000


@dataclass(frozen=True)
class Sent:
    """One form of a page, and how its answers become a change. `then` is said afterwards, beside that it was kept."""

    form: Form
    edit: Callable[[dict[str, Any]], Edit]
    then: Callable[[dict[str, Any]], str] = lambda _values: ""


def act(request: Request, forms: Mapping[str, Sent], page: Callable[[], dict[str, Any]]) -> Any:
    """Take the form of a page that was sent: done, to be agreed to first, or to be looked at again.

    `page` gives what the template of the page needs, with what was typed.
    """
    sent = forms.get(request.POST.get(WHAT, ""))
    if sent is None:  # what it was about is gone meanwhile
        return HTTPSeeOther(request.path)
    try:
        values = sent.form.submit()
    except Trapped:
        return HTTPSeeOther(request.path)
    except Wrong:
        request.response.status_int = 422
        return page()
    if BACK in request.POST:
        sent.form.fill(values)
        return page()
    edit = sent.edit(values)
    try:
        broken = Keeping(request.db, request.policies, request.clock.now()).keep(edit, _seen(request))
    except Breaks as breaks:
        return _agree_first(request, breaks.bookings)
    lose(request.registry.moment_lost, scene_of(request), broken)
    said = {"opnieuw" if broken else "bewaard": "1", **({sent.then(values): "1"} if sent.then(values) else {})}
    return HTTPSeeOther(f"{request.path}?{'&'.join(f'{word}=1' for word in said)}")


def scene_of(request: Request) -> Scene:
    """What kinds need to act on what they lost."""
    return Scene(
        request.db, request.policies, request.clock.now(), request.site.base_url,
        str(request.site.profile.contact["phone"]), request.route_path, request.identity.staff_id,
    )  # fmt: skip


def _seen(request: Request) -> list[str]:
    return str(request.POST.get(SEEN, ""))[:LONGEST_SEEN].split()


def _agree_first(request: Request, broken: list[Booking]) -> Any:
    """What the change breaks; the answers go along unseen."""
    kept = [(name, value) for name, value in request.POST.items() if name not in {"csrf_token", SEEN, BACK, TRAP}]
    rows = request.db.execute(select(Case.id, Case.reference).where(Case.id.in_([one.case_id for one in broken])))
    references = {case_id: reference for case_id, reference in rows}
    names = names_of_staff(request.db.connection(), {one.staff_id for one in broken})
    values = {
        "broken": [(one, spoken(references[str(one.case_id)]), dict(PLACES)[one.place], names.get(one.staff_id, "–"))
                   for one in broken],
        "several": len({one.staff_id for one in broken}) > 1, "kept": kept, "seen_name": SEEN, "back_name": BACK,
        "seen": " ".join(one.id for one in broken),
    }  # fmt: skip
    return render_to_response("bookings/sure.jinja2", values, request=request)
