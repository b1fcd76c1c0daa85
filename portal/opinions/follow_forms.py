"""What who asked for a second opinion is asked later: about the expert, what they may see, and the opinion."""

from collections.abc import Sequence
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.attachments.services import Holder, documents_of
from portal.cases.models import Case
from portal.cases.people import schema_of
from portal.cases.schemas import choice, short
from portal.cases.workflow import Author
from portal.opinions.judging import SAID
from portal.opinions.kind import SECOND_OPINION
from portal.opinions.labels import ANSWERS, EXPERT, ITEMS
from portal.opinions.releasing import DOCUMENT
from portal.opinions.sending import service
from portal.ui.forms import Form

_ = TranslationStringFactory("portal")
LONGEST_REASON = 300


def may(case: Case, step: str) -> bool:
    """Whether who asked can take this step now."""
    return SECOND_OPINION.may(step, case.state, Author.RESIDENT, case.answers)


def documents(request: Request, case: Case) -> dict[str, str]:
    """The documents of a request, as item and what they are called."""
    rows = documents_of(request.looking.connection(), Holder.of(case))
    return {f"{DOCUMENT}{row.id}": row.name for row in rows}


def item_names(request: Request, case: Case) -> dict[str, str]:
    """What can be given to an expert, in words; with that also what no longer hangs on the request is nameless."""
    words = {item: request.localizer.translate(title) for item, (title, _means) in ITEMS.items()}
    return {**words, **documents(request, case)}


def expert_form(request: Request, refusals_left: int) -> Form:
    """Yes, or another. Who asked for another often enough is not offered it."""
    choices = [one for one in EXPERT if one[0] == "accept" or refusals_left > 0]
    nodes = [choice("answer", _("May this expert look at your plan?"), choices, _("Choose yes, or another expert."),
                    as_heading=True)]  # fmt: skip
    if refusals_left > 0:
        nodes.append(
            short("why", _("Why would you like another?"), "", missing="", most=LONGEST_REASON,
                  description=_("You need not say why. It helps us to find somebody who suits you."))
        )  # fmt: skip
    form: Form = request.form(schema_of(*nodes), _("Send my answer"))
    return form


def release_form(request: Request, case: Case) -> Form:
    """Everything that can be given, to be ticked one by one."""
    named = documents(request, case)
    possible = service(request).possible(case, [item.removeprefix(DOCUMENT) for item in named])
    values = [(item, _item_words(request, item, named)) for item in possible]

    def known(node: Any, found: set[Any]) -> None:
        if not found <= set(possible):
            raise colander.Invalid(node, _("Choose from the list."))

    items = colander.SchemaNode(
        colander.Set(), name="items", oid="items", title=_("What may the expert see?"), missing=set(), validator=known,
        description=_("Tick what the expert may see. Untick what not any more."),
        widget=deform.widget.CheckboxChoiceWidget(values=values),
    )  # fmt: skip
    form: Form = request.form(schema_of(items), _("Save what the expert may see"))
    return form


def _item_words(request: Request, item: str, named: dict[str, str]) -> str:
    if item in named:
        return request.localizer.translate(_("Your document: ${name}", mapping={"name": named[item]}))
    title, means = (request.localizer.translate(words) for words in ITEMS[item])
    return f"{title}. {means}"


def answers_of(case: Case) -> Sequence[tuple[str, Any]]:
    """What can be said of the opinion now, as (step, words)."""
    return [(step, words) for step, words in ANSWERS if step in (*SAID, "leave_it") and may(case, step)]


def answer_form(request: Request, case: Case) -> Form | None:
    """What who asked says of the opinion; None when there is nothing left to say."""
    choices = list(answers_of(case))
    if not choices:
        return None
    node = choice("answer", _("What do you say of it?"), choices, _("Choose what fits best."), as_heading=True)
    form: Form = request.form(schema_of(node), _("Send my answer"))
    return form
