"""The questions of somebody who worries: danger first, then advice without names; a name only of who wants to go on."""

import re
from collections.abc import Mapping
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.asking import Answers, Question
from portal.cases.people import NO_EMAIL, NO_PHONE, YES_NO, readable, say, schema_of, title_of, wrong
from portal.cases.schemas import Text, choice, email, phone, postcode, short
from portal.messaging.rules import mobile
from portal.worries.labels import CALLED, DANGER, GO_ON, SOURCE, WAYS
from portal.worries.services import Named

_ = TranslationStringFactory("portal")
LONGEST_STORY, LONGEST_WHY = 2000, 500
_LONG = _("Your text is longer than ${max} characters. Make it a little shorter.")
_FOUR_DIGITS = re.compile(r"[1-9][0-9]{3}")


def is_danger(answers: Answers) -> bool:
    """Whether there is danger now."""
    return bool(answers.get("danger", {}).get("danger") == "yes")


def names_somebody(answers: Answers) -> bool:
    """Whether who asks wants to say at once who it is."""
    return bool(answers.get("further", {}).get("further") == "named")


def words(name: str, title: Any, rows: int, most: int, missing_msg: Any = "", **kw: Any) -> Any:
    """A field of a few lines."""
    return colander.SchemaNode(
        Text(), name=name, oid=name, title=title, missing_msg=missing_msg,
        validator=colander.Length(max=most, max_err=_LONG), widget=deform.widget.TextAreaWidget(rows=rows), **kw,
    )  # fmt: skip


def _danger(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(choice("danger", _("Is there danger now?"), DANGER, _("Choose whether there is danger now."),
                            as_heading=True))  # fmt: skip


def _call(_request: Request, _answers: Answers) -> colander.Schema:
    slow = _("Can you not call? We call you within one working day. 112 is faster.")
    return schema_of(choice("call", _("Did you call?"), CALLED, _("Choose what fits."), slow))


def _what(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(
        words("what", _("What do you see or hear?"), 6, LONGEST_STORY, _("Write in a few words what worries you."),
              description=_("Write no names and no address. “My neighbour” or “an older man” is enough.")),
        words("did", _("What did you say or do yourself?"), 3, LONGEST_STORY, missing="",
              description=_("You may leave this empty.")),
    )  # fmt: skip


def _further(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(choice("further", _("How do you want to go on?"), GO_ON, _("Choose how you want to go on."),
                            as_heading=True))  # fmt: skip


def _lives(request: Request) -> Any:
    def lies(node: Any, value: str) -> None:
        if postcode(value) is None:
            example = request.site.profile.example_postcode
            raise colander.Invalid(node, _("Write the postcode like this: ${example}.", mapping={"example": example}))

    node = short("postcode", _("Postcode"), _("Write the postcode."), most=10)
    node.validator = lies
    return node


def person_schema(request: Request, _answers: Answers | None = None) -> colander.Schema:
    """Who it is, what was seen, and whether the person may hear who said it: here, later, and at the desk."""

    def told(node: Any, values: dict[str, Any]) -> None:
        if values["phone"] and not phone(values["phone"]):
            wrong(node, "phone", NO_PHONE)
        if values["source"] == "no" and not values["hidden_why"]:
            wrong(node, "hidden_why", _("Write in a few words what could happen."))

    return schema_of(
        short("name", _("The name of the person"), _("Write the name."), most=80),
        _lives(request),
        short("house", _("House number"), _("Write the house number."), most=20),
        short("phone", _("Phone number of the person"), "", missing="", most=20,
              description=_("Only if you know it.")),
        words("said", _("What do you see or hear?"), 5, LONGEST_STORY, _("Write what you see or hear."),
              description=_("The person will read this. Write what you saw, not what you think of it.")),
        choice("source", _("May the person know that it was you?"), SOURCE, _("Choose yes or no.")),
        words("hidden_why", _("If not: what could happen?"), 2, LONGEST_WHY, missing="",
              description=_("Only we read this. The person does not.")),
        validator=told,
    )  # fmt: skip


def named_of(values: Mapping[str, Any]) -> Named:
    """The person in the answers of `person_schema`."""
    hidden = values["hidden_why"] if values["source"] == "no" else ""
    return Named(values["name"], postcode(values["postcode"]) or "", values["house"], values["said"],
                 phone(values["phone"]), hidden)  # fmt: skip


def _reach(_request: Request, answers: Answers) -> colander.Schema:
    def reachable(node: Any, values: dict[str, Any]) -> None:
        needs = {"phone": phone, "sms": mobile}.get(values["way"])
        if needs and not needs(values["phone"]):
            wrong(node, "phone", NO_PHONE)
        if values["way"] == "email" and not email(values["email"]):
            wrong(node, "email", NO_EMAIL)
        readable(node, values)
        if values.get("area") and not _FOUR_DIGITS.fullmatch(values["area"]):
            wrong(node, "area", _("Write the four digits of the postcode, such as 8011."))

    fields = [
        short("name", _("Your name"), _("Write your name. A first name is enough."),
              description=_("A first name is enough.")),
        choice("way", _("How may we reach you?"), WAYS, _("Choose how we may reach you.")),
        short("phone", _("Phone number"), "", missing="", most=20),
        short("email", _("E-mail address"), "", missing="", most=200),
        choice("voicemail", _("May we leave a message on the phone?"), YES_NO, _("Choose yes or no."), missing="no",
               description=_("Choose no when somebody else may not hear it.")),
    ]  # fmt: skip
    if not names_somebody(answers):
        fields.append(
            short("area", _("In which neighbourhood is it?"), "", missing="", most=4,
                  description=_("The four digits of the postcode, if you want. Then the right team calls you."))
        )  # fmt: skip
    return schema_of(*fields, validator=reachable)


def _shown_person(request: Request, values: Mapping[str, Any]) -> list[str]:
    return [values["name"], f"{values['postcode']}, {values['house']}", values["phone"], values["said"],
            *say(request, title_of(SOURCE, values["source"])), values["hidden_why"]]  # fmt: skip


def _shown_reach(request: Request, values: Mapping[str, Any]) -> list[str]:
    return [values["name"], *say(request, title_of(WAYS, values["way"])), values["phone"], values["email"],
            values.get("area", "")]  # fmt: skip


QUESTIONS = (
    Question("danger", _("Is there danger now?"), _("Then we say first whom to call, by day and by night."), _danger,
             lambda r, v: say(r, title_of(DANGER, v["danger"])), template="worries/danger_question.jinja2"),
    Question("call", _("Call first"), _("They come at once. We do not work at night."), _call,
             lambda r, v: say(r, title_of(CALLED, v["call"])), is_danger, template="worries/call_question.jinja2"),
    Question("what", _("What worries you?"), _("Then we can give you advice that fits. We keep no name of the person."),
             _what, lambda r, v: [v["what"], v["did"]]),
    Question("further", _("How do you want to go on?"),
             _("Whoever we write about has to know it. So we write no name down unless you want us to."), _further,
             lambda r, v: say(r, title_of(GO_ON, v["further"])), template="worries/further_question.jinja2"),
    Question("person", _("Who is it?"), _("Then the team can go there. The person hears everything you say here."),
             person_schema, _shown_person, names_somebody, template="worries/person_question.jinja2"),
    Question("reach", _("Who are you?"), _("Then we can give you advice, and ask you something."), _reach,
             _shown_reach),
)  # fmt: skip
