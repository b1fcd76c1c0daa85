"""The questions of a complaint: short fields one at a time, and nobody has to prove anything.

Only what the law asks before a complaint must be handled (article 9:4: name, address, what happened) has to be
answered; who stays without a name is told beforehand what that means.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.asking import Answers, Question
from portal.cases.people import (
    WAYS,
    WHO,
    address,
    ask_helper,
    ask_name,
    ask_reach,
    ask_who,
    for_somebody_else,
    say,
    schema_of,
    title_of,
    wrong,
)
from portal.cases.schemas import Text, choice, postcode, short
from portal.complaints.labels import ABOUT, FIRST, LETTER, NAMED
from portal.complaints.telling import objection_line
from portal.complaints.words import TEXTS
from portal.foundation.clock import today
from portal.teams.placing import what_teams_are_called
from portal.ui.dates import day_and_year
from portal.ways.days import Unread, read_day
from portal.ways.labels import SLIPS, WHY
from portal.ways.rules import Why

_ = TranslationStringFactory("portal")
LONGEST_STORY, LONGEST_WISH = 3000, 1000
#: So many other things may stand beside the first.
MORE = (2, 3)
_LONG = _("Your text is longer than ${max} characters. Make it a little shorter.")
NO_TEAM = ""


def is_named(answers: Answers) -> bool:
    """Whether we may know who it is."""
    return bool(answers.get("named", {}).get("named") != "anonymous")


def _story(name: str, title: Any, rows: int, most: int, missing_msg: Any = "", **kw: Any) -> Any:
    return colander.SchemaNode(
        Text(), name=name, oid=name, title=title, missing_msg=missing_msg,
        validator=colander.Length(max=most, max_err=_LONG), widget=deform.widget.TextAreaWidget(rows=rows), **kw,
    )  # fmt: skip


def _teams(request: Request) -> list[tuple[str, str]]:
    called = what_teams_are_called(request.looking.connection())
    return [(NO_TEAM, request.localizer.translate(_("I do not know, or another team"))),
            *((slug, team.name) for slug, team in called.items())]  # fmt: skip


def _about(request: Request, _answers: Answers) -> colander.Schema:
    def told(node: Any, values: dict[str, Any]) -> None:
        if values["about"] == "provider" and not values["whom"]:
            wrong(node, "whom", _("Write the name of the organisation. Not sure? Write what you know."))

    teams = _teams(request)
    team = colander.SchemaNode(
        colander.String(), name="team", oid="team", title=_("Which neighbourhood team?"), missing=NO_TEAM,
        validator=colander.OneOf([slug for slug, _name in teams]), widget=deform.widget.SelectWidget(values=teams),
        description=_("Nobody of that team sees your complaint."),
    )  # fmt: skip
    return schema_of(
        choice("about", _("What is it about?"), ABOUT, _("Choose what it is about.")),
        team,
        short("whom", _("Who was it, or which organisation?"), "", missing="",
              description=_("A name, if you know it. “The man at the desk” is fine too.")),
        validator=told,
    )  # fmt: skip


def _happened(_request: Request, _answers: Answers) -> colander.Schema:
    titles = (_("Something else that went wrong"), _("One more thing that went wrong"))
    more = [_story(f"more_{number}", title, 2, LONGEST_WISH, missing="")
            for number, title in zip(MORE, titles, strict=True)]  # fmt: skip
    return schema_of(
        _story("what", _("What happened?"), 6, LONGEST_STORY, _("Write in a few words what happened."),
               description=_("You need no proof. Write it as you would tell it.")),
        short("when", _("When was it?"), "", missing="", most=100,
              description=_("Roughly is fine, such as: last week.")),
        short("where", _("Where was it?"), "", missing="", most=100, description=_("Such as: at home, on the phone.")),
        *more,
    )  # fmt: skip


def read_decision(request: Request, typed: str) -> date:
    """The date of a letter. Raises `Unread`."""
    return read_day(typed, today(request.clock))


def ask_decision(request: Request, _answers: Answers) -> colander.Schema:
    """Whether there is a letter with a decision, and of which day."""

    def dated(node: Any, values: dict[str, Any]) -> None:
        if values["letter"] == "yes" and values["date"]:
            try:
                read_decision(request, values["date"])
            except Unread as fault:
                wrong(node, "date", SLIPS[fault.slip])

    return schema_of(
        choice("letter", _("Is it also about a letter with a decision?"), LETTER,
               _("Choose yes, no, or I do not know."), as_heading=True),
        short("date", _("Which date is on the letter?"), "", missing="", most=60,
              description=_("Such as 14 January 2027. Then we tell you until when you can object.")),
        validator=dated,
    )  # fmt: skip


def decided_on(request: Request, answers: Answers) -> date | None:
    """The date of the letter, when there is one and it was given."""
    values = answers.get("decision", {})
    if values.get("letter") != "yes" or not values.get("date"):
        return None
    return read_decision(request, values["date"])


def heed(request: Request, values: Mapping[str, Any]) -> str:
    """What to know at once about objection, in the reader's language; empty where there is no letter."""
    if values["letter"] == "no":
        return ""
    on = decided_on(request, {"decision": values})
    if on is None:
        why = Why.DECISION_UNDATED if values["letter"] == "yes" else Why.DECISION_UNSURE
        said: str = request.localizer.translate(WHY[why])
        return said % {"weeks": request.policies["bezwaar_window"].value}
    return objection_line(TEXTS, request.policies["bezwaar_window"].due(on), today(request.clock), request.locale)


def _heeded(request: Request, answers: Answers) -> dict[str, Any]:
    return {"heed": heed(request, answers["decision"]) if "decision" in answers else ""}


def _wish(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(
        _story("wish", _("What would help you?"), 4, LONGEST_WISH, missing="",
               description=_("Such as: an apology, another worker, that it does not happen to others.")),
        choice("first", _("Shall we first try to solve it together?"), FIRST, "", missing="examine",
               description=_("Somebody who was not involved calls you. No date changes; you may stop at any time.")),
    )  # fmt: skip


def _named(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(choice("named", _("With your name, or without?"), NAMED, _("Choose with or without your name."),
                            as_heading=True))  # fmt: skip


def _home(request: Request, _answers: Answers) -> colander.Schema:
    def readable(node: Any, value: str) -> None:
        if postcode(value) is None:
            example = request.site.profile.example_postcode
            message = _("Write the postcode like this: ${example}.", mapping={"example": example})
            raise colander.Invalid(node, message)

    node = short("postcode", _("Postcode"), _("Write the postcode."), most=10)
    node.validator = readable
    return schema_of(node, short("house", _("House number"), _("Write the house number."), most=20))


def _shown_happened(_request: Request, values: Mapping[str, Any]) -> list[str]:
    parts = [part for part in (values["what"], *(values[f"more_{number}"] for number in MORE)) if part]
    numbered = [f"{number}. {part}" for number, part in enumerate(parts, 1)] if len(parts) > 1 else parts
    return [*numbered, values["when"], values["where"]]


def _shown_about(request: Request, values: Mapping[str, Any]) -> list[str]:
    team = dict(_teams(request)).get(values["team"], "") if values["team"] else ""
    return [*say(request, title_of(ABOUT, values["about"])), team, values["whom"]]


def shown_decision(request: Request, values: Mapping[str, Any]) -> list[str]:
    """What was answered to that."""
    on = decided_on(request, {"decision": values})
    return [*say(request, title_of(LETTER, values["letter"])), day_and_year(on, request.locale) if on else "",
            heed(request, values)]  # fmt: skip


QUESTIONS = (
    Question("who", _("Who is it for?"), _("You may also complain about what happened to somebody else."), ask_who,
             lambda r, v: say(r, title_of(WHO, v["who"]))),
    Question("helper", _("Who are you?"), _("Then we can ask you something, and the person knows who asked."),
             ask_helper, lambda r, v: [v["helper_name"], v["phone"] or v["email"]], for_somebody_else),
    Question("about", _("What is your complaint about?"), _("Then somebody who was not involved handles it."), _about,
             _shown_about),
    Question("happened", _("What happened?"), _("Then we know what to look into. Each thing gets its own answer."),
             _happened, _shown_happened),
    Question("decision", _("Is there a letter with a decision?"),
             _("You can object to a decision. That has a last day, and a complaint does not change it."),
             ask_decision, shown_decision, template="complaints/decision_question.jinja2"),
    Question("wish", _("What would help?"), _("Then we know what you want to come of it. You may leave this empty."),
             _wish, lambda r, v: [v["wish"], *say(r, title_of(FIRST, v["first"]))],
             template="complaints/wish_question.jinja2", context=_heeded),
    Question("named", _("With or without your name?"), _("By law we must answer a complaint with a name and address."),
             _named, lambda r, v: say(r, title_of(NAMED, v["named"])), template="complaints/named_question.jinja2"),
    Question("name", _("What is the name?"), _("Then we know whom to ask for."), ask_name, lambda r, v: [v["name"]],
             is_named),
    Question("home", _("Where do you live?"), _("The law asks for your address, so that we can write to you."), _home,
             lambda r, v: [address(v)], is_named),
    Question("reach", _("How may we reach you?"), _("To tell you who handles it and what we find."), ask_reach,
             lambda r, v: [*say(r, title_of(WAYS, v["way"])), v["phone"], v["email"]], is_named),
)  # fmt: skip
