"""The questions of a request for cleaning: as few as a provider needs to come, and none about why."""

from collections.abc import Mapping
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.asking import Answers, Question
from portal.cases.people import (
    WAYS,
    WHO,
    YES_NO,
    address,
    ask_helper,
    ask_home,
    ask_name,
    ask_reach,
    ask_who,
    for_somebody_else,
    say,
    schema_of,
    title_of,
)
from portal.cases.schemas import Text, choice, postcode, short
from portal.cleaning.rules import ANYONE, DAY_PARTS, in_turn, works_at
from portal.cleaning.services import read_providers

_ = TranslationStringFactory("portal")
LONGEST_NOTE = 300
PARTS = {
    "mo-morning": _("Monday morning"), "mo-afternoon": _("Monday afternoon"), "tu-morning": _("Tuesday morning"),
    "tu-afternoon": _("Tuesday afternoon"), "we-morning": _("Wednesday morning"),
    "we-afternoon": _("Wednesday afternoon"), "th-morning": _("Thursday morning"),
    "th-afternoon": _("Thursday afternoon"), "fr-morning": _("Friday morning"), "fr-afternoon": _("Friday afternoon"),
}  # fmt: skip
STARTS = [
    ("soon", _("As soon as possible")),
    ("month", _("Within a month")),
    ("later", _("Later: we agree on it together")),
]
NO_PART = _("Choose at least one part of a day.")


def providers_here(request: Request, answers: Answers) -> list[Any]:
    """The providers who work at this address, in the order of this visitor."""
    digits = (postcode(answers.get("home", {}).get("postcode", "")) or "")[:4]
    visitor = str(answers.get("home", {})) + str(answers.get("who", {}))
    return in_turn(works_at(read_providers(request.looking.connection()), digits), visitor)


def _provider(request: Request, answers: Answers) -> colander.Schema:
    values = [(one.slug, one.name) for one in providers_here(request, answers)]
    values.append((ANYONE, _("I have no preference: whoever can come first")))
    missing = _("Choose a provider, or “no preference”.")
    return schema_of(choice("provider", _("Who may come to clean?"), values, missing, as_heading=True))


def _still_comes(request: Request, answers: Answers) -> bool:
    """Whether the chosen provider works at the address that is there now."""
    chosen = answers["provider"]["provider"]
    return chosen == ANYONE or chosen in {one.slug for one in providers_here(request, answers)}


def _known_parts(node: Any, value: set[Any]) -> None:
    if not value or not value <= set(DAY_PARTS):
        raise colander.Invalid(node, NO_PART)


def _when(_request: Request, _answers: Answers) -> colander.Schema:
    parts = colander.SchemaNode(
        colander.Set(), name="parts", oid="parts", title=_("Which days are good for you?"),
        description=_("You may choose more than one."), missing_msg=NO_PART, validator=_known_parts,
        widget=deform.widget.CheckboxChoiceWidget(values=[(code, PARTS[code]) for code in DAY_PARTS]),
    )  # fmt: skip
    return schema_of(parts, choice("start", _("When may it begin?"), STARTS, _("Choose when it may begin.")))


def _language(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(
        short("language", _("Which language do you like to speak?"), "", missing="", most=40),
        choice("interpreter", _("Do you want an interpreter at the first talk?"), YES_NO, "", missing="no",
               description=_("Also sign language. It costs you nothing.")),
    )  # fmt: skip


def _note(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(colander.SchemaNode(
        Text(), name="note", oid="note", title=_("Is there something practical to know?"), missing="",
        description=_("Such as: the bell is broken, there is a dog. Not about your health."),
        validator=colander.Length(
            max=LONGEST_NOTE, max_err=_("Your text is longer than ${max} characters. Make it a little shorter.")
        ),
        widget=deform.widget.TextAreaWidget(rows=4),
    ))  # fmt: skip


def _shown_provider(request: Request, values: Mapping[str, Any]) -> list[str]:
    names = {one.slug: one.name for one in read_providers(request.looking.connection())}
    return [names[values["provider"]]] if values["provider"] in names else say(request, _("No preference"))


QUESTIONS = (
    Question("who", _("Who is it for?"), _("So that we know whom to write to, and how."), ask_who,
             lambda r, v: say(r, title_of(WHO, v["who"]))),
    Question("helper", _("Who are you?"), _("Then we can ask you something, and the person knows who asked."),
             ask_helper, lambda r, v: [v["helper_name"], v["phone"] or v["email"]], for_somebody_else),
    Question("home", _("Where is the cleaning?"), _("Not every provider works everywhere."), ask_home,
             lambda r, v: [address(v)]),
    Question("provider", _("Who may come to clean?"), _("You choose yourself. We recommend nobody."), _provider,
             _shown_provider, holds=_still_comes, template="cleaning/provider_question.jinja2",
             context=lambda r, a: {"providers": providers_here(r, a)}),
    Question("when", _("When is it convenient?"), _("Then the provider can see who is free."), _when,
             lambda r, v: say(r, *[PARTS[c] for c in DAY_PARTS if c in v["parts"]], title_of(STARTS, v["start"]))),
    Question("name", _("What is the name?"), _("Then the provider knows whom to ask for at the door."), ask_name,
             lambda r, v: [v["name"]]),
    Question("reach", _("How may we reach you?"), _("To say who comes and when. You need no e-mail."), ask_reach,
             lambda r, v: [*say(r, title_of(WAYS, v["way"])), v["phone"], v["email"]]),
    Question("language", _("Language"), _("Then somebody can come who understands you. You may leave this empty."),
             _language, lambda r, v: [v["language"] or "–"]),
    Question("note", _("Something practical"), _("It helps on the first day. You may leave this empty."), _note,
             lambda r, v: [v["note"] or "–"]),
)  # fmt: skip
