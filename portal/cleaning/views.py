"""The screen of a provider: a request in short, yes with a first date, or no with a reason. No account."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases.models import Case, Contact, Representative
from portal.cases.references import hashed, spoken
from portal.cases.resources import FollowDesk
from portal.cases.schemas import Text, choice
from portal.cleaning.labels import REASONS
from portal.cleaning.models import Offer
from portal.cleaning.questions import PARTS, STARTS
from portal.cleaning.rules import DAY_PARTS
from portal.cleaning.sending import service
from portal.cleaning.services import TooLate, may_answer
from portal.foundation.clock import today
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
#: A first day further away than this is a slip of the pen.
FARTHEST = timedelta(days=120)


class _Day(Text):
    """A date as people write it: 3-12-2026."""

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """The date, or a message that says how to write it."""
        typed = super().deserialize(node, cstruct)
        if typed is colander.null:
            return typed
        try:
            day, month, year = (int(part) for part in typed.replace("/", "-").replace(".", "-").split("-"))
            return date(year, month, day)
        except (ValueError, OverflowError) as fault:
            raise colander.Invalid(node, _("Write the date like this: 3-12-2026.")) from fault

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """A date as it is written here."""
        return f"{appstruct:%-d-%-m-%Y}" if isinstance(appstruct, date) else super().serialize(node, appstruct)


def _answer(request: Request, answer: str) -> str:
    return str(request.route_path(f"cleaning.{answer}", token=request.matchdict["token"]))


def _accept_form(request: Request) -> Any:
    now = today(request.clock)

    def soon(node: Any, value: date) -> None:
        if not now <= value <= now + FARTHEST:
            raise colander.Invalid(node, _("Choose a day from today, within four months."))

    schema = colander.SchemaNode(colander.Mapping())
    schema.add(
        colander.SchemaNode(
            _Day(), name="first_date", oid="first_date", title=_("The first day you come"), validator=soon,
            missing_msg=_("Write the first day you come."), description=_("Such as 3-12-2026."),
        )
    )  # fmt: skip
    return request.form(schema, _("Yes, we come"), _answer(request, "accept"), "yes")


def _decline_form(request: Request) -> Any:
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(choice("reason", _("Why not?"), list(REASONS.items()), _("Choose why you cannot come.")))
    return request.form(schema, _("No, we cannot come"), _answer(request, "decline"), "no")


def _offer(request: Request) -> Offer | None:
    session = request.db if request.method == "POST" else request.looking
    return session.get(Offer, hashed(request.matchdict["token"]))


def _page(request: Request, offer: Offer | None, **more: Any) -> dict[str, Any]:
    """What a provider may see: where about and when; who and where exactly only after saying yes."""
    session = request.looking
    case = session.get(Case, offer.case_id) if offer else None
    if offer is None or case is None or offer.expires_at <= request.clock.now():
        return {"state": "gone", "case": None}
    contact = session.get(Contact, case.id)
    state = offer.state
    if case.state == "withdrawn" or (state == "open" and not may_answer(offer, case, request.clock.now())):
        state = "lapsed"
    mine = state == "accepted"
    helper = session.get(Representative, case.id) if mine else None
    speaks = helper is not None and helper.gets_messages and helper.ended_at is None
    return {
        "helper": helper if speaks and not case.closed_at else None,
        "state": state, "case": case, "reference": spoken(case.reference),
        "area": contact.postcode[:4] if contact else "–",
        "parts": [PARTS[code] for code in DAY_PARTS if code in case.answers["parts"]],
        "start": dict(STARTS)[case.answers["start"]], "contact": contact if mine and not case.closed_at else None,
        "note": case.answers["note"] if mine else "", "offer": offer,
        "accept": _accept_form(request), "decline": _decline_form(request), **more,
    }  # fmt: skip


@view_config(
    route_name="cleaning.offer", renderer="cleaning/offer.jinja2", permission=Permission.READ, request_method="GET"
)
def show_offer(context: FollowDesk, request: Request) -> dict[str, Any]:
    """The request, and the two answers."""
    return _page(request, _offer(request))


def _back(request: Request) -> Any:
    return HTTPSeeOther(request.route_path("cleaning.offer", token=request.matchdict["token"]))


@view_config(route_name="cleaning.accept", permission=Permission.READ, request_method="GET")
@view_config(route_name="cleaning.decline", permission=Permission.READ, request_method="GET")
def lead_back(context: FollowDesk, request: Request) -> Any:
    """A page with a message about an answer that is loaded again: back to where the answers are."""
    return _back(request)


def _once_more(request: Request, offer: Offer | None, **form: Any) -> Any:
    """The page with the messages; when there is nothing to answer any more, the page that says so."""
    page = _page(request, offer, **form)
    if page["state"] != "open":
        return _back(request)
    request.response.status_int = 422
    return page


def _answered(request: Request, name: str, form: Form, act: Callable[[Offer, dict[str, Any]], None]) -> Any:
    """Take an answer of a provider; one that comes too late leads to the page that says so."""
    offer = _offer(request)
    try:
        values = form.submit()
        if offer is not None:
            act(offer, values)
    except Wrong:
        return _once_more(request, offer, **{name: form})
    except (Trapped, TooLate):
        pass
    return _back(request)


@view_config(
    route_name="cleaning.accept", renderer="cleaning/offer.jinja2", permission=Permission.FOLLOW, request_method="POST"
)
def accept(context: FollowDesk, request: Request) -> Any:
    """Yes. The first who says so gets it; the others read that it is gone."""
    take = service(request).accept
    return _answered(request, "accept", _accept_form(request), lambda offer, said: take(offer, said["first_date"]))


@view_config(
    route_name="cleaning.decline", renderer="cleaning/offer.jinja2", permission=Permission.FOLLOW, request_method="POST"
)
def decline(context: FollowDesk, request: Request) -> Any:
    """No, with a reason; then the resident chooses again."""
    take = service(request).decline
    return _answered(request, "decline", _decline_form(request), lambda offer, said: take(offer, said["reason"]))
