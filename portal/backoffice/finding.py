"""Look for the request of somebody who calls: by number, postcode, phone or name.

What is typed is personal, so it is sent and never stands in an address; and it is written down that somebody looked.
"""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import ColumnElement, func, or_

from portal.backoffice.asked import desk_reader, shown_with
from portal.backoffice.models import DeskEvent
from portal.backoffice.reading import MOST_FOUND
from portal.backoffice.rules import LEAST_OF_A_NAME
from portal.cases.models import Contact, Representative
from portal.cases.references import read_reference
from portal.cases.resources import Inbox
from portal.cases.schemas import email, phone, postcode, short
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")


def _form(request: Request) -> Form:
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(
        short("wanted", _("Number, postcode, phone, e-mail or name"), _("Type what you know of the person."), most=100,
              description=_("At least three letters of a name. You find only requests of your own teams."))
    )  # fmt: skip
    return request.form(schema, _("Find"))


def finding(typed: str) -> tuple[str, ColumnElement[bool]] | None:
    """What was meant, and the condition for it; None when it is too little to go by."""
    if code := postcode(typed):
        return "postcode", Contact.postcode == code
    if number := phone(typed):
        digits = "".join(sign for sign in number if sign.isdigit())[-9:]
        return "phone", or_(_ends_with(Contact.phone, digits), _ends_with(Representative.phone, digits))
    if address := email(typed):
        folded = address.casefold()
        return "email", or_(func.lower(Contact.email) == folded, func.lower(Representative.email) == folded)
    name = " ".join(typed.split())
    if sum(sign.isalpha() for sign in name) < LEAST_OF_A_NAME:
        return None
    return "name", or_(_holds(Contact.name, name), _holds(Representative.name, name))


def _holds(column: Any, name: str) -> ColumnElement[bool]:
    """Whether a name is in it, in capitals or not; SQLite knows capitals of A to Z only, so we say the others."""
    written = sorted({name, name.lower(), name.upper(), name.title()})
    return or_(*(column.icontains(one, autoescape=True) for one in written))


def _ends_with(column: Any, digits: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.endswith(digits, autoescape=True)
    return found


@view_config(
    route_name="desk.find", renderer="backoffice/find.jinja2", permission=Permission.CASE_LIST, request_method="GET"
)
def show_find(context: Inbox, request: Request) -> dict[str, Any]:
    """The one field."""
    return shown_with(request, form=_form(request), lines=None)


@view_config(
    route_name="desk.find", renderer="backoffice/find.jinja2", permission=Permission.CASE_LIST_KEEP,
    request_method="POST",
)  # fmt: skip
def find(context: Inbox, request: Request) -> Any:
    """A number leads to the request; anything else to the list of what fits."""
    form = _form(request)
    try:
        typed = form.submit()["wanted"]
        reference = read_reference(typed)
        if reference and desk_reader(request).sees(reference):  # else it may be a name: Ad Dekker has eight letters too
            return HTTPSeeOther(request.route_path("desk.case", reference=reference))
        wanted = finding(typed)
        if wanted is None:
            form.refuse("wanted", _("This is too little to look for. Type at least three letters of the name."))
            raise Wrong()
    except Trapped:
        return HTTPSeeOther(request.route_path("desk.find"))
    except Wrong:
        request.response.status_int = 422
        return shown_with(request, form=form, lines=None)
    reader = desk_reader(request)
    lines = reader.by_name(typed) if wanted[0] == "name" else reader.with_names(wanted[1])
    request.db.add(
        DeskEvent(
            at=request.clock.now(), staff_id=request.identity.staff_id, kind="find", reason="", query=wanted[0],
            count=len(lines),
        )
    )  # fmt: skip
    words = {state: said for kind in request.registry.case_kinds.values() for state, said in kind.state_names.items()}
    return shown_with(request, form=form, lines=lines, words=words, most=MOST_FOUND)
