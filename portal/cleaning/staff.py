"""The desk's own step for cleaning: ask another provider, together with the resident."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases.references import spoken
from portal.cases.resources import CaseFile
from portal.cases.workflow import Author
from portal.cleaning.choosing import provider_form
from portal.cleaning.kind import CLEANING
from portal.cleaning.sending import service
from portal.foundation.security import Permission
from portal.ui.forms import Trapped, Wrong


def _back(context: CaseFile, request: Request, done: str) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("desk.case", reference=context.case.reference, _query={done: "1"}))


def _may(context: CaseFile) -> bool:
    return context.kind is CLEANING and CLEANING.may("offer", context.case.state, Author.STAFF)


@view_config(
    route_name="cleaning.offer_again", renderer="cleaning/offer_again.jinja2", permission=Permission.CASE_READ,
    request_method="GET",
)  # fmt: skip
def show_offer_again(context: CaseFile, request: Request) -> Any:
    """Who else could come."""
    if not _may(context):
        return _back(context, request, "anders")
    form, providers = provider_form(request, context.case)
    return {"form": form, "providers": providers, "case": context.case, "reference": spoken(context.case.reference)}


@view_config(
    route_name="cleaning.offer_again", renderer="cleaning/offer_again.jinja2", permission=Permission.CASE_HANDLE,
    request_method="POST",
)  # fmt: skip
def offer_again(context: CaseFile, request: Request) -> Any:
    """Ask another provider."""
    if not _may(context):
        return _back(context, request, "anders")
    form, providers = provider_form(request, context.case)
    try:
        service(request).offer(context.case, form.submit()["provider"], Author.STAFF)
    except Wrong:
        request.response.status_int = 422
        return {
            "form": form, "providers": providers, "case": context.case, "reference": spoken(context.case.reference),
        }  # fmt: skip
    except Trapped:
        pass
    return _back(context, request, "gevraagd")
