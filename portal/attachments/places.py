"""The documents of a request on the pages of others: where somebody follows it, and where staff handle it."""

from typing import Any

from markupsafe import Markup
from pyramid.renderers import render
from pyramid.request import Request

from portal.attachments.kinds import ACCEPT
from portal.attachments.labels import KINDS, size_in_words
from portal.attachments.rules import Limits
from portal.attachments.services import Holder, documents_of
from portal.cases import cookies
from portal.cases.models import Case
from portal.cases.resources import CaseFile
from portal.cases.tracking import TrackDesk


def shown_documents(request: Request, case: Case) -> dict[str, Any]:
    """What a list of documents needs."""
    return {
        "documents": documents_of(request.looking.connection(), Holder.of(case)), "kinds_of_documents": KINDS,
        "size_in_words": lambda size: size_in_words(size, request.locale),
    }  # fmt: skip


def shown_to_resident(request: Request, case: Case, *, full: bool, fault: Any = None) -> dict[str, Any]:
    """The same for who follows a request: what they are called only for who gave the code; and the form."""
    kind = request.registry.case_kinds[case.kind]
    return {
        **shown_documents(request, case), "documents_title": kind.documents, "full": full,
        "fault": request.localizer.translate(fault) if fault else None,
        "closed": case.state in kind.closed, "accept": ACCEPT, "most": Limits.of(request.policies).most,
    }  # fmt: skip


def fill(request: Request, name: str) -> Markup:
    """Slot filler."""
    if name == "case-documents":
        return _for_resident(request)
    if name == "desk-documents" and isinstance(request.context, CaseFile):
        return _for_staff(request, request.context)
    return Markup("")


def _for_resident(request: Request) -> Markup:
    visit = TrackDesk(request.looking, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None or not request.registry.case_kinds[visit.case.kind].documents:
        return Markup("")
    values = shown_to_resident(request, visit.case, full=visit.full)
    return Markup(render("attachments/section.jinja2", values, request=request))


def _for_staff(request: Request, context: CaseFile) -> Markup:
    values = shown_documents(request, context.case)
    if not values["documents"]:
        return Markup("")
    values |= {"reference": context.case.reference}
    return Markup(render("attachments/desk_section.jinja2", values, request=request))
