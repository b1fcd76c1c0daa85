"""Who asks, for whom, where they live and how to reach them: questions that every form shares, and what comes of them.

A kind gives them its own title and its own reason; the fields, their messages and their limits are the same everywhere.
"""

from collections.abc import Mapping
from typing import Any

import colander
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.asking import Answers
from portal.cases.models import Representative
from portal.cases.schemas import choice, email, phone, postcode, short
from portal.messaging.rules import mobile
from portal.teams.places import read_municipality

_ = TranslationStringFactory("portal")
WHO = [("me", _("For myself")), ("helper", _("For somebody I help")), ("carer", _("For somebody I care for")),
       ("professional", _("For somebody, as part of my work"))]  # fmt: skip
WAYS = [
    ("phone", _("By phone")),
    ("sms", _("By text message (SMS)")),
    ("email", _("By e-mail")),
    ("letter", _("By letter")),
]
GETS = [("helper", _("I do")), ("resident", _("The person I ask for"))]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
NO_PHONE = _("Write the phone number, such as 06 12345678.")
NO_EMAIL = _("Write the e-mail address, such as naam@voorbeeld.nl.")


def for_somebody_else(answers: Answers) -> bool:
    """Whether the one who fills it in asks for another."""
    return bool(answers.get("who", {}).get("who", "me") != "me")


def schema_of(*nodes: Any, validator: Any = None) -> colander.Schema:
    """The fields of one page."""
    schema = colander.SchemaNode(colander.Mapping(), validator=validator)
    for node in nodes:
        schema.add(node)
    return schema


def wrong(node: Any, field: str, message: Any) -> None:
    """Raise a message at a field."""
    fault = colander.Invalid(node)
    fault.add(colander.Invalid(node[field], message), [child.name for child in node.children].index(field))
    raise fault


def readable(node: Any, values: Mapping[str, Any]) -> None:
    """What may stay empty, but was filled in, has to be right: else we would throw it away."""
    if values["phone"] and not phone(values["phone"]):
        wrong(node, "phone", NO_PHONE)
    if values["email"] and not email(values["email"]):
        wrong(node, "email", NO_EMAIL)


def title_of(values: list[tuple[str, Any]], code: str) -> Any:
    """What an answer of a list is called."""
    return dict(values).get(code, code)


def say(request: Request, *messages: Any) -> list[str]:
    """Messages in the reader's language."""
    return [request.localizer.translate(message) for message in messages if message]


def address(values: Mapping[str, Any]) -> str:
    """A postcode and a house number as they are written here."""
    found = postcode(values["postcode"]) or ""
    return f"{found[:4]} {found[4:]}, {values['house']}"


def ask_who(_request: Request, _answers: Answers) -> colander.Schema:
    """For whom it is."""
    return schema_of(choice("who", _("Who is it for?"), WHO, _("Choose who it is for."), as_heading=True))


def ask_helper(_request: Request, _answers: Answers) -> colander.Schema:
    """Who asks for somebody else; not behind their back."""

    def reachable(node: Any, values: dict[str, Any]) -> None:
        if not values["phone"] and not values["email"]:
            wrong(node, "phone", _("Give your phone number or your e-mail address, so that we can reach you."))
        readable(node, values)
        if values["knows"] != "yes":
            wrong(node, "knows", _("Ask the person first. Is that not possible? Call us."))

    return schema_of(
        short("helper_name", _("Your own name"), _("Write your name.")),
        short("phone", _("Your phone number"), "", missing="", most=20),
        short("email", _("Your e-mail address"), "", missing="", most=200),
        choice("knows", _("Does the person know that you ask this?"), YES_NO, _("Choose yes or no.")),
        choice("messages", _("Who gets our messages?"), GETS, _("Choose who gets our messages.")),
        validator=reachable,
    )  # fmt: skip


def ask_home(request: Request, _answers: Answers) -> colander.Schema:
    """An address in this municipality, or one that we do not know."""
    own = request.site.profile.municipality

    def lies_here(node: Any, value: str) -> None:
        digits = postcode(value)
        if digits is None:
            raise colander.Invalid(
                node,
                _(
                    "Write the postcode like this: ${example}.",
                    mapping={"example": request.site.profile.example_postcode},
                ),
            )
        found = read_municipality(request.looking.connection(), digits[:4])
        if found is not None and found != own:
            raise colander.Invalid(
                node,
                _("This address is in ${place}. Ask the municipality of ${place} for help.", mapping={"place": found}),
            )

    node = short("postcode", _("Postcode"), _("Write the postcode."), most=10)
    node.validator = lies_here
    return schema_of(node, short("house", _("House number"), _("Write the house number."), most=20))


def ask_name(_request: Request, answers: Answers) -> colander.Schema:
    """What somebody is called."""
    title = _("The name of the person you ask for") if for_somebody_else(answers) else _("Your name")
    return schema_of(short("name", title, _("Write the name."), description=_("As you want to be called.")))


def ask_reach(_request: Request, _answers: Answers, also: Any = None) -> colander.Schema:
    """How somebody wants to hear from us; nobody needs e-mail. `also(node, values)` may ask for more."""

    def reachable(node: Any, values: dict[str, Any]) -> None:
        needs = {"phone": phone, "sms": mobile}.get(values["way"])
        if needs and not needs(values["phone"]):
            wrong(node, "phone", NO_PHONE)
        if values["way"] == "email" and not email(values["email"]):
            wrong(node, "email", NO_EMAIL)
        readable(node, values)
        if also is not None:
            also(node, values)

    return schema_of(
        choice("way", _("How may we reach you?"), WAYS, _("Choose how we may reach you."), as_heading=True),
        short("phone", _("Phone number"), "", missing="", most=20),
        short("email", _("E-mail address"), "", missing="", most=200),
        choice("voicemail", _("May we leave a message on the phone?"), YES_NO, _("Choose yes or no."), missing="no",
               description=_("Choose no when somebody else may not hear it.")),
        validator=reachable,
    )  # fmt: skip


def helper_of(answers: Answers) -> Representative | None:
    """Who asks for somebody else; None when somebody asks for themselves."""
    if not for_somebody_else(answers):
        return None
    helper = answers["helper"]
    return Representative(
        name=helper["helper_name"], relation=answers["who"]["who"], phone=phone(helper["phone"]),
        email=email(helper["email"]), gets_messages=helper["messages"] == "helper",
    )  # fmt: skip
