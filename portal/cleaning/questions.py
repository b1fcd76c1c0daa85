"""The questions of a request for cleaning: as few as a provider needs to come, and none about why."""

from collections.abc import Mapping
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.asking import Answers, Question
from portal.cases.schemas import Text, choice, email, phone, postcode, short
from portal.cleaning.rules import ANYONE, DAY_PARTS, in_turn, works_at
from portal.cleaning.services import read_providers
from portal.messaging.rules import mobile
from portal.teams.places import read_municipality

_ = TranslationStringFactory("portal")
LONGEST_NOTE = 300
WHO = [("me", _("For myself")), ("helper", _("For somebody I help")), ("carer", _("For somebody I care for")),
       ("professional", _("For somebody, as part of my work"))]  # fmt: skip
WAYS = [
    ("phone", _("By phone")),
    ("sms", _("By text message (SMS)")),
    ("email", _("By e-mail")),
    ("letter", _("By letter")),
]
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
GETS = [("helper", _("I do")), ("resident", _("The person I ask for"))]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
NO_PHONE = _("Write the phone number, such as 06 12345678.")
NO_EMAIL = _("Write the e-mail address, such as naam@voorbeeld.nl.")
NO_PART = _("Choose at least one part of a day.")


def _address(values: Mapping[str, Any]) -> str:
    found = postcode(values["postcode"]) or ""
    return f"{found[:4]} {found[4:]}, {values['house']}"


def for_somebody_else(answers: Answers) -> bool:
    """Whether the one who fills it in asks for another."""
    return bool(answers.get("who", {}).get("who", "me") != "me")


def _schema(*nodes: Any, validator: Any = None) -> colander.Schema:
    schema = colander.SchemaNode(colander.Mapping(), validator=validator)
    for node in nodes:
        schema.add(node)
    return schema


def _wrong(node: Any, field: str, message: Any) -> None:
    """Raise a message at a field."""
    fault = colander.Invalid(node)
    fault.add(colander.Invalid(node[field], message), [child.name for child in node.children].index(field))
    raise fault


def _readable(node: Any, values: Mapping[str, Any]) -> None:
    """What may stay empty, but was filled in, has to be right: else we would throw it away."""
    if values["phone"] and not phone(values["phone"]):
        _wrong(node, "phone", NO_PHONE)
    if values["email"] and not email(values["email"]):
        _wrong(node, "email", NO_EMAIL)


def _title(values: list[tuple[str, Any]], code: str) -> Any:
    return dict(values).get(code, code)


def _say(request: Request, *messages: Any) -> list[str]:
    return [request.localizer.translate(message) for message in messages if message]


def _who(_request: Request, _answers: Answers) -> colander.Schema:
    return _schema(choice("who", _("Who is it for?"), WHO, _("Choose who it is for."), as_heading=True))


def _helper(_request: Request, _answers: Answers) -> colander.Schema:
    def reachable(node: Any, values: dict[str, Any]) -> None:
        if not values["phone"] and not values["email"]:
            _wrong(node, "phone", _("Give your phone number or your e-mail address, so that we can reach you."))
        _readable(node, values)
        if values["knows"] != "yes":
            _wrong(node, "knows", _("Ask the person first. Is that not possible? Call us."))

    return _schema(
        short("helper_name", _("Your own name"), _("Write your name.")),
        short("phone", _("Your phone number"), "", missing="", most=20),
        short("email", _("Your e-mail address"), "", missing="", most=200),
        choice("knows", _("Does the person know that you ask this?"), YES_NO, _("Choose yes or no.")),
        choice("messages", _("Who gets our messages?"), GETS, _("Choose who gets our messages.")),
        validator=reachable,
    )  # fmt: skip


def _home(request: Request, _answers: Answers) -> colander.Schema:
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
    return _schema(node, short("house", _("House number"), _("Write the house number."), most=20))  # fmt: skip


def providers_here(request: Request, answers: Answers) -> list[Any]:
    """The providers who work at this address, in the order of this visitor."""
    digits = (postcode(answers.get("home", {}).get("postcode", "")) or "")[:4]
    visitor = str(answers.get("home", {})) + str(answers.get("who", {}))
    return in_turn(works_at(read_providers(request.looking.connection()), digits), visitor)


def _provider(request: Request, answers: Answers) -> colander.Schema:
    values = [(one.slug, one.name) for one in providers_here(request, answers)]
    values.append((ANYONE, _("I have no preference: whoever can come first")))
    missing = _("Choose a provider, or “no preference”.")
    return _schema(choice("provider", _("Who may come to clean?"), values, missing, as_heading=True))


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
    return _schema(parts, choice("start", _("When may it begin?"), STARTS, _("Choose when it may begin.")))


def _name(_request: Request, answers: Answers) -> colander.Schema:
    title = _("The name of the person you ask for") if for_somebody_else(answers) else _("Your name")
    return _schema(short("name", title, _("Write the name."), description=_("As you want to be called.")))


def _reach(_request: Request, _answers: Answers) -> colander.Schema:
    def reachable(node: Any, values: dict[str, Any]) -> None:
        needs = {"phone": phone, "sms": mobile}.get(values["way"])
        if needs and not needs(values["phone"]):
            _wrong(node, "phone", NO_PHONE)
        if values["way"] == "email" and not email(values["email"]):
            _wrong(node, "email", NO_EMAIL)
        _readable(node, values)

    return _schema(
        choice("way", _("How may we reach you?"), WAYS, _("Choose how we may reach you.")),
        short("phone", _("Phone number"), "", missing="", most=20),
        short("email", _("E-mail address"), "", missing="", most=200),
        choice("voicemail", _("May we leave a message on the phone?"), YES_NO, _("Choose yes or no."), missing="no",
               description=_("Choose no when somebody else may not hear it.")),
        validator=reachable,
    )  # fmt: skip


def _language(_request: Request, _answers: Answers) -> colander.Schema:
    return _schema(
        short("language", _("Which language do you like to speak?"), "", missing="", most=40),
        choice("interpreter", _("Do you want an interpreter at the first talk?"), YES_NO, "", missing="no",
               description=_("Also sign language. It costs you nothing.")),
    )  # fmt: skip


def _note(_request: Request, _answers: Answers) -> colander.Schema:
    return _schema(colander.SchemaNode(
        Text(), name="note", oid="note", title=_("Is there something practical to know?"), missing="",
        description=_("Such as: the bell is broken, there is a dog. Not about your health."),
        validator=colander.Length(
            max=LONGEST_NOTE, max_err=_("Your text is longer than ${max} characters. Make it a little shorter.")
        ),
        widget=deform.widget.TextAreaWidget(rows=4),
    ))  # fmt: skip


def _shown_provider(request: Request, values: Mapping[str, Any]) -> list[str]:
    names = {one.slug: one.name for one in read_providers(request.looking.connection())}
    return [names[values["provider"]]] if values["provider"] in names else _say(request, _("No preference"))


QUESTIONS = (
    Question("who", _("Who is it for?"), _("So that we know whom to write to, and how."), _who,
             lambda r, v: _say(r, _title(WHO, v["who"]))),
    Question("helper", _("Who are you?"), _("Then we can ask you something, and the person knows who asked."), _helper,
             lambda r, v: [v["helper_name"], v["phone"] or v["email"]], for_somebody_else),
    Question("home", _("Where is the cleaning?"), _("Not every provider works everywhere."), _home,
             lambda r, v: [_address(v)]),
    Question("provider", _("Who may come to clean?"), _("You choose yourself. We recommend nobody."), _provider,
             _shown_provider, holds=_still_comes, template="cleaning/provider_question.jinja2",
             context=lambda r, a: {"providers": providers_here(r, a)}),
    Question("when", _("When is it convenient?"), _("Then the provider can see who is free."), _when,
             lambda r, v: _say(r, *[PARTS[c] for c in DAY_PARTS if c in v["parts"]], _title(STARTS, v["start"]))),
    Question("name", _("What is the name?"), _("Then the provider knows whom to ask for at the door."), _name,
             lambda r, v: [v["name"]]),
    Question("reach", _("How may we reach you?"), _("To say who comes and when. You need no e-mail."), _reach,
             lambda r, v: [*_say(r, _title(WAYS, v["way"])), v["phone"], v["email"]]),
    Question("language", _("Language"), _("Then somebody can come who understands you. You may leave this empty."),
             _language, lambda r, v: [v["language"] or "–"]),
    Question("note", _("Something practical"), _("It helps on the first day. You may leave this empty."), _note,
             lambda r, v: [v["note"] or "–"]),
)  # fmt: skip
