"""Who told a complaint reads what we wrote down, behind the code, and says whether it is right."""

from typing import Any

import colander
import deform
from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases.follow_views import ENOUGH
from portal.cases.people import schema_of, wrong
from portal.cases.references import spoken
from portal.cases.resources import FollowDesk
from portal.cases.schemas import Text, choice
from portal.cases.services import LONGEST_MESSAGE, TooMuch
from portal.cases.tracking import Visit
from portal.cases.workflow import StepRefused
from portal.complaints.desk import answers
from portal.complaints.follow_views import visited
from portal.complaints.kind import COMPLAINT
from portal.complaints.reading_back import ReadBack, read_back, say_different, say_right
from portal.complaints.sending import service
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
RIGHT = [("yes", _("Yes, it is right")), ("no", _("No, something is different"))]


def _form(request: Request) -> Form:
    def told(node: Any, values: dict[str, Any]) -> None:
        if values["right"] == "no" and not values["different"]:
            wrong(node, "different", _("Write what is different."))

    different = colander.SchemaNode(
        Text(), name="different", oid="different", title=_("What is different?"), missing="",
        description=_("Only if something is not right."), widget=deform.widget.TextAreaWidget(rows=4),
        validator=colander.Length(
            max=LONGEST_MESSAGE, max_err=_("Your text is longer than ${max} characters. Make it a little shorter.")
        ),
    )  # fmt: skip
    schema = schema_of(
        choice("right", _("Is this what you told us?"), RIGHT, _("Choose yes or no.")), different, validator=told
    )
    return request.form(schema, _("Send my answer"))


def _to_read(request: Request) -> Visit | None:
    """The visit to a complaint that can be read back; None when there is nothing to say to it."""
    visit = visited(request)
    needed = read_back(request.looking, visit.case) is not ReadBack.NOT_NEEDED
    return visit if needed and visit.case.state not in COMPLAINT.closed else None


def _page(request: Request, visit: Visit, form: Form) -> dict[str, Any]:
    return {
        "form": form, "full": visit.full, "reference": spoken(visit.case.reference),
        "told": answers(request, visit.case) if visit.full else [], "said": read_back(request.looking, visit.case),
    }  # fmt: skip


def _back(request: Request) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("cases.status"))


@view_config(
    route_name="complaints.read_back", renderer="complaints/read_back.jinja2", permission=Permission.READ,
    request_method="GET",
)  # fmt: skip
def show_read_back(context: FollowDesk, request: Request) -> Any:
    """What we wrote down. It is personal: who has not given the code is asked for it."""
    visit = _to_read(request)
    return _page(request, visit, _form(request)) if visit else _back(request)


@view_config(
    route_name="complaints.read_back", renderer="complaints/read_back.jinja2", permission=Permission.FOLLOW,
    request_method="POST",
)  # fmt: skip
def say_whether(context: FollowDesk, request: Request) -> Any:
    """It is right, or what is different; that is kept as a message, and we answer it."""
    visit, form = _to_read(request), _form(request)
    if visit is None:
        return _back(request)
    if not visit.full:
        raise HTTPForbidden()
    try:
        values = form.submit()
        if values["right"] == "yes":
            say_right(request.db, visit.case, request.clock.now())
        else:
            desk = service(request).desk
            say_different(request.db, desk, visit.case, values["different"], request.clock.now())
        return _back(request)
    except TooMuch:
        form.refuse("different", ENOUGH)
    except (Trapped, StepRefused):
        return _back(request)
    except Wrong:
        pass
    request.response.status_int = 422
    return _page(request, visit, form)
