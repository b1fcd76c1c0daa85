"""The questions before a conversation: what makes it a good one, and none about illness, money or who somebody is.

Nothing but for whom, where and how to reach somebody has to be answered: the rest is told face to face, if at all.
"""

from collections.abc import Mapping
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.asking import Answers, Question
from portal.cases.people import (
    NO_PHONE,
    WAYS,
    WHO,
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
    wrong,
)
from portal.cases.schemas import Text, choice, email, short
from portal.conversations.choosing import (
    CALL,
    alike,
    ask_moment,
    holds,
    moment_page,
    shown_moment,
    takes,
)
from portal.conversations.labels import INTERPRETERS, NEEDS, PLACES, SUPPORTER, TOPICS, URGENT
from portal.messaging.rules import mobile

_ = TranslationStringFactory("portal")
LONGEST_WORDS, LONGEST_NOTE = 1000, 300
#: So many people may be written down to come along; more are welcome without.
COMPANY = (1, 2)
_LONG = _("Your text is longer than ${max} characters. Make it a little shorter.")


def is_a_talk(answers: Answers) -> bool:
    """Whether there will be a moment at all: not when everything goes in writing."""
    return bool(answers.get("where", {}).get("place") != "writing")


def _ticks(name: str, title: Any, values: list[tuple[str, Any]], **kw: Any) -> Any:
    """Several may be ticked, and none has to be."""

    def known(node: Any, found: set[Any]) -> None:
        if not found <= {code for code, _words in values}:
            raise colander.Invalid(node, _("Choose from the list."))

    return colander.SchemaNode(
        colander.Set(), name=name, oid=name, title=title, missing=set(), validator=known,
        widget=deform.widget.CheckboxChoiceWidget(values=values), **kw,
    )  # fmt: skip


def _long(name: str, title: Any, most: int, description: Any) -> Any:
    return colander.SchemaNode(
        Text(), name=name, oid=name, title=title, missing="", description=description,
        validator=colander.Length(max=most, max_err=_LONG), widget=deform.widget.TextAreaWidget(rows=4),
    )  # fmt: skip


def _about(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(
        _ticks("topics", _("What is it about?"), TOPICS, description=_("You may choose more than one, or none.")),
        _long("words", _("Do you want to say something about it yourself?"), LONGEST_WORDS,
              _("A few words are enough. You do not have to write about illness: that can wait for the talk.")),
        _ticks("urgent", _("Can it wait?"), URGENT,
               description=_("Tick this when it cannot. A coordinator calls you within one working day. In danger now? "
                             "Call 112.")),
    )  # fmt: skip


def _where(_request: Request, _answers: Answers) -> colander.Schema:
    def told(node: Any, values: dict[str, Any]) -> None:
        if values["place"] == "elsewhere" and not values["other_place"]:
            wrong(node, "other_place", _("Write where you want to talk, such as: the library."))

    return schema_of(
        choice("place", _("How do you want to talk?"), PLACES, _("Choose how you want to talk."), as_heading=True),
        short("other_place", _("Somewhere else: where?"), "", missing="", most=100),
        validator=told,
    )


def _supporter(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(
        choice("supporter", _("Do you want a client supporter?"), SUPPORTER, _("Choose yes, no, or tell me more."),
               as_heading=True)
    )  # fmt: skip


def ask_language(_request: Request, _answers: Answers) -> colander.Schema:
    """Which language, and whether an interpreter comes."""

    def named(node: Any, values: dict[str, Any]) -> None:
        if values["interpreter"] == "language" and not values["language"]:
            wrong(node, "language", _("Write the language for which you want an interpreter."))

    return schema_of(
        choice("interpreter", _("Do you want an interpreter?"), INTERPRETERS, "", missing="none",
               description=_("It costs you nothing. It need not be somebody of your family.")),
        short("language", _("Which language do you like to speak?"), "", missing="", most=40),
        validator=named,
    )  # fmt: skip


def _needs(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(
        _ticks("needs", _("What is pleasant for you?"), NEEDS,
               description=_("You may choose more than one, or none.")),
        _long("note", _("Is there something practical to know?"), LONGEST_NOTE,
              _("Such as: the bell is broken, there is a dog. Not about your health.")),
    )  # fmt: skip


def _reachable(typed: str) -> bool:
    return mobile(typed) is not None or email(typed) is not None


def _company(_request: Request, _answers: Answers) -> colander.Schema:
    def whole(node: Any, values: dict[str, Any]) -> None:
        for number in COMPANY:
            name, reach = values[f"name_{number}"], values[f"reach_{number}"]
            if (reach or values[f"role_{number}"]) and not name:
                wrong(node, f"name_{number}", _("Write the name, or leave all of this empty."))
            if name and not _reachable(reach):
                wrong(node, f"reach_{number}", _("Write a mobile number or an e-mail address."))

    titles = {
        1: (_("Name"), _("Who is this for you?"), _("Mobile number or e-mail address")),
        2: (_("Second person: name"), _("Second person: who is this for you?"),
            _("Second person: mobile number or e-mail address")),
    }  # fmt: skip
    nodes = []
    for number in COMPANY:
        name, role, reach = titles[number]
        nodes += [
            short(f"name_{number}", name, "", missing=""),
            short(f"role_{number}", role, "", missing="", most=40,
                  description=_("Such as: my daughter, a neighbour, somebody of my church or mosque.")),
            short(f"reach_{number}", reach, "", missing="", most=200,
                  description=_("They get the date and the place. We tell them nothing else.")),
        ]  # fmt: skip
    return schema_of(*nodes, validator=whole)


def people_of(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """Who comes along: name, role and how to reach them."""
    return [
        {part: values[f"{part}_{number}"] for part in ("name", "role", "reach")}
        for number in COMPANY
        if values.get(f"name_{number}")
    ]


def _reach(request: Request, answers: Answers) -> colander.Schema:
    by_phone = answers["where"]["place"] == "phone" or answers.get("moment", {}).get("moment") == CALL
    by_video = answers["where"]["place"] == "video"

    def enough(node: Any, values: dict[str, Any]) -> None:
        if by_phone and not values["phone"]:
            wrong(node, "phone", NO_PHONE)
        if by_video and not (values["phone"] or values["email"]):
            wrong(node, "phone", _("Give a phone number or an e-mail address, so that we can send you the link."))

    return ask_reach(request, answers, enough)


def _shown_topics(request: Request, values: Mapping[str, Any]) -> list[str]:
    urgent = [title for code, title in URGENT if code in values.get("urgent", ())]
    topics = [title for code, title in TOPICS if code in values["topics"]]
    return [*say(request, *topics), values["words"], *say(request, *urgent)]


QUESTIONS = (
    Question("who", _("Who is it for?"), _("So that we know whom to write to, and how."), ask_who,
             lambda r, v: say(r, title_of(WHO, v["who"]))),
    Question("helper", _("Who are you?"), _("Then we can ask you something, and the person knows who asked."),
             ask_helper, lambda r, v: [v["helper_name"], v["phone"] or v["email"]], for_somebody_else),
    Question("about", _("What do you want to talk about?"),
             _("Then somebody comes who knows about it. You may leave this empty."), _about, _shown_topics),
    Question("home", _("Where do you live?"), _("Your address decides which team talks with you."), ask_home,
             lambda r, v: [address(v)]),
    Question("where", _("How do you want to talk?"), _("You choose. No way is better for us than another."), _where,
             lambda r, v: [*say(r, title_of(PLACES, v["place"])), v["other_place"]]),
    Question("supporter", _("Do you want somebody at your side?"),
             _("By law we tell everybody this before there is an appointment."), _supporter,
             lambda r, v: say(r, title_of(SUPPORTER, v["supporter"])),
             template="conversations/supporter_question.jinja2"),
    Question("language", _("Language and interpreter"), _("Then we understand each other. You may leave this empty."),
             ask_language, lambda r, v: [*say(r, title_of(INTERPRETERS, v["interpreter"])), v["language"]]),
    Question("needs", _("What helps at the talk?"), _("Then we choose a room and a person that suit you."), _needs,
             lambda r, v: [*say(r, *[title for code, title in NEEDS if code in v["needs"]]), v["note"]]),
    Question("company", _("Who comes along?"),
             _("Then we can send them the date and the place. You may leave this empty."), _company,
             lambda r, v: [f"{one['name']}, {one['reach']}" for one in people_of(v)], is_a_talk,
             template="conversations/company_question.jinja2"),
    Question("moment", _("When does it suit you?"), _("Then you know at once when the talk is."), ask_moment,
             shown_moment, is_a_talk, holds, takes, "conversations/moment_question.jinja2", moment_page, alike),
    Question("name", _("What is the name?"), _("Then we know whom to ask for."), ask_name, lambda r, v: [v["name"]]),
    Question("reach", _("How may we reach you?"), _("To confirm the appointment. You need no e-mail."), _reach,
             lambda r, v: [*say(r, title_of(WAYS, v["way"])), v["phone"], v["email"]]),
)  # fmt: skip
