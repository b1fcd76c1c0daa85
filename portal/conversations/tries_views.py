"""Writing down that we tried to reach somebody."""

from typing import Any

import colander
import deform
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.cases.handling import Handling
from portal.cases.references import spoken
from portal.cases.resources import CaseFile
from portal.cases.schemas import Text, choice
from portal.cases.services import LONGEST_MESSAGE, CaseDesk
from portal.cases.workflow import Author, StepRefused
from portal.conversations.kind import CONVERSATION
from portal.conversations.tries import WAYS, tries_of
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")


def _form(request: Request) -> Form:
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(choice("way", _("How did you try?"), WAYS, _("Choose how you tried.")))
    schema.add(
        colander.SchemaNode(
            Text(), name="note", oid="note", title=_("Your note"), missing="",
            description=_("For colleagues. The resident may read it too: write what you would say to their face."),
            validator=colander.Length(
                max=LONGEST_MESSAGE, max_err=_("Your text is longer than ${max} characters. Make it a little shorter.")
            ),
            widget=deform.widget.TextAreaWidget(rows=3),
        )
    )  # fmt: skip
    found: Form = request.form(schema, _("Keep this try"))
    return found


def _page(context: CaseFile, request: Request, form: Form) -> dict[str, Any]:
    return {
        "form": form, "case": context.case, "reference": spoken(context.case.reference),
        "tries": tries_of(request.looking, context.case.id), "ways": dict(WAYS),
        "most": request.policies["contact_tries"].value,
    }  # fmt: skip


def _back(context: CaseFile, request: Request, done: str) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("desk.case", reference=context.case.reference, _query={done: "1"}))


def _can_be_tried(context: CaseFile) -> bool:
    return context.kind is CONVERSATION and CONVERSATION.may("tried", context.case.state, Author.STAFF)


@view_config(
    route_name="conversations.tries", renderer="conversations/tries.jinja2", permission=Permission.CASE_READ,
    request_method="GET",
)  # fmt: skip
def show_tries(context: CaseFile, request: Request) -> Any:
    """What was tried, and the next one."""
    if not _can_be_tried(context):
        return _back(context, request, "anders")
    return _page(context, request, _form(request))


@view_config(
    route_name="conversations.tries", renderer="conversations/tries.jinja2", permission=Permission.CASE_HANDLE,
    request_method="POST",
)  # fmt: skip
def keep_try(context: CaseFile, request: Request) -> Any:
    """Write it down, with a note where there is something to say."""
    if not _can_be_tried(context):
        return _back(context, request, "anders")
    form, now, staff_id = _form(request), request.clock.now(), request.identity.staff_id
    try:
        values = form.submit()
        desk = CaseDesk(request.db, CONVERSATION, request.policies, now, staff_id)
        desk.take(context.case, "tried", Author.STAFF, values["way"])
        if values["note"]:
            Handling(request.db, now, staff_id).note(context.case, values["note"])
    except Wrong:
        request.response.status_int = 422
        return _page(context, request, form)
    except (Trapped, StepRefused):
        return _back(context, request, "anders")
    return _back(context, request, "geprobeerd")
