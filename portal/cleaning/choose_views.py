"""Choosing again, when a provider said no or said nothing."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases import cookies
from portal.cases.models import Case, Contact
from portal.cases.resources import FollowDesk
from portal.cases.schemas import choice
from portal.cases.tracking import TrackDesk
from portal.cases.workflow import Author
from portal.cleaning.kind import CLEANING
from portal.cleaning.rules import ANYONE, in_turn, works_at
from portal.cleaning.sending import service
from portal.cleaning.services import read_providers
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")


def _case(request: Request) -> Case:
    session = request.db if request.method == "POST" else request.looking
    visit = TrackDesk(session, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None or visit.case.kind != CLEANING.code:
        raise HTTPSeeOther(request.route_path("cases.find"))
    if not CLEANING.may("offer", visit.case.state, Author.RESIDENT):
        raise HTTPSeeOther(request.route_path("cases.status"))
    return visit.case


def _form(request: Request, case: Case) -> tuple[Form, list[Any]]:
    """The providers at this address, without those who said no or nothing."""
    contact = request.looking.get(Contact, case.id)
    asked = {offer.provider_slug for offer in service(request).offers(case)}
    here = works_at(read_providers(request.looking.connection()), contact.postcode[:4] if contact else "")
    left = in_turn([one for one in here if one.slug not in asked], case.id)
    schema = colander.SchemaNode(colander.Mapping())
    values = [*((one.slug, one.name) for one in left), (ANYONE, _("I have no preference: whoever can come first"))]
    schema.add(choice("provider", _("Who may come to clean?"), values, _("Choose a provider, or “no preference”.")))
    return request.form(schema, _("Ask this provider")), left


@view_config(
    route_name="cleaning.choose", renderer="cleaning/choose.jinja2", permission=Permission.READ, request_method="GET"
)
def show_choose(context: FollowDesk, request: Request) -> dict[str, Any]:
    """Who else could come."""
    form, providers = _form(request, _case(request))
    return {"form": form, "providers": providers}


@view_config(
    route_name="cleaning.choose", renderer="cleaning/choose.jinja2", permission=Permission.FOLLOW, request_method="POST"
)
def choose(context: FollowDesk, request: Request) -> Any:
    """Ask another provider."""
    case = _case(request)
    form, providers = _form(request, case)
    try:
        service(request).offer(case, form.submit()["provider"], Author.RESIDENT)
    except Wrong:
        request.response.status_int = 422
        return {"form": form, "providers": providers}
    except Trapped:
        pass
    return HTTPSeeOther(request.route_path("cases.status"))
