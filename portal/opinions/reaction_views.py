"""What the team of a plan sees of an opinion on it, once it was sent; and its one reaction beside it."""

from typing import Any

import colander
import deform
from markupsafe import Markup
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.renderers import render
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.noting import note_look
from portal.cases.people import schema_of
from portal.cases.references import spoken
from portal.cases.resources import CaseFile
from portal.cases.schemas import Text
from portal.cases.workflow import Author, NotSo, StepRefused
from portal.conversations.kind import CONVERSATION
from portal.foundation.security import Permission
from portal.opinions.kind import SECOND_OPINION
from portal.opinions.labels import RIGHT_PLAN
from portal.opinions.models import Opinion, SecondOpinion
from portal.opinions.resources import OpinionFile
from portal.opinions.sending import service
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
LONGEST = 4000


def _form(context: OpinionFile, request: Request) -> Form | None:
    """Room for the reaction; None when there is one, or it is over."""
    opinions, case = service(request), context.case
    may = SECOND_OPINION.may("react", case.state, Author.STAFF, case.answers)
    if not may or opinions.reaction(case) is not None:
        return None
    text = colander.SchemaNode(
        Text(), name="text", oid="text", title=_("What does the team say to it?"),
        missing_msg=_("Write what the team says to it."),
        description=_("What will you change, and what not? The resident reads this, and you cannot change it later."),
        validator=colander.Length(
            max=LONGEST, max_err=_("Your text is longer than ${max} characters. Make it a little shorter.")
        ),
        widget=deform.widget.TextAreaWidget(rows=8),
    )  # fmt: skip
    form: Form = request.form(schema_of(text), _("Send our reaction"))
    return form


def _page(context: OpinionFile, request: Request, form: Form | None) -> dict[str, Any]:
    opinions = service(request)
    return {
        "form": form, "opinion": context.opinion, "asked": context.asked, "reference": spoken(context.case.reference),
        "expert": opinions.expert_of(context.opinion), "reaction": opinions.reaction(context.case),
        "right_plan": RIGHT_PLAN, "done": "stap" in request.GET,
    }  # fmt: skip


@view_config(
    route_name="experts.reaction", renderer="opinions/reaction.jinja2", permission=Permission.CASE_READ,
    request_method="GET",
)  # fmt: skip
def show_opinion(context: OpinionFile, request: Request) -> dict[str, Any]:
    """The opinion. Who asked sees who of the team read it."""
    note_look(request, context.case.id)
    return _page(context, request, _form(context, request))


@view_config(
    route_name="experts.reaction", renderer="opinions/reaction.jinja2", permission=Permission.CASE_HANDLE,
    request_method="POST",
)  # fmt: skip
def react(context: OpinionFile, request: Request) -> Any:
    """The one reaction of the team."""
    form = _form(context, request)
    here = request.route_path("experts.reaction", reference=context.case.reference)
    if form is None:
        return HTTPSeeOther(here)
    try:
        service(request).react(context.case, form.submit()["text"])
    except Wrong:
        request.response.status_int = 422
        return _page(context, request, form)
    except (Trapped, StepRefused, NotSo):
        pass
    return HTTPSeeOther(f"{here}?stap=1")


def on_the_plan(request: Request, name: str) -> Markup:
    """Slot filler: on the page of a talk with a plan, that there is an opinion on it. Before that it says nothing."""
    context = request.context
    if name != "desk-documents" or not isinstance(context, CaseFile) or context.kind is not CONVERSATION:
        return Markup("")
    query = (
        select(Case.reference)
        .join(SecondOpinion, SecondOpinion.case_id == Case.id)
        .join(Opinion, Opinion.case_id == Case.id)
        .where(SecondOpinion.plan_case_id == context.case.id)
    )
    references = request.looking.scalars(query.order_by(Opinion.written_at)).all()
    if not references:
        return Markup("")
    return Markup(render("opinions/on_the_plan.jinja2", {"references": references}, request=request))
