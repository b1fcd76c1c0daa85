"""The form to choose another provider: for the resident, and for staff who choose together with them."""

from typing import Any

import colander
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.models import Case, Contact
from portal.cases.schemas import choice
from portal.cleaning.rules import ANYONE, in_turn, works_at
from portal.cleaning.sending import service
from portal.cleaning.services import read_providers
from portal.ui.forms import Form

_ = TranslationStringFactory("portal")


def provider_form(request: Request, case: Case) -> tuple[Form, list[Any]]:
    """The providers at this address, without those who said no or nothing."""
    contact = request.looking.get(Contact, case.id)
    asked = {offer.provider_slug for offer in service(request).offers(case)}
    here = works_at(read_providers(request.looking.connection()), contact.postcode[:4] if contact else "")
    left = in_turn([one for one in here if one.slug not in asked], case.id)
    schema = colander.SchemaNode(colander.Mapping())
    values = [*((one.slug, one.name) for one in left), (ANYONE, _("I have no preference: whoever can come first"))]
    schema.add(choice("provider", _("Who may come to clean?"), values, _("Choose a provider, or “no preference”.")))
    return request.form(schema, _("Ask this provider")), left
