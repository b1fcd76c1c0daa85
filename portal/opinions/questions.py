"""The questions before a second opinion: which plan, and what somebody doubts. Nobody has to prove anything."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import colander
import deform
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.asking import Answers, Question, Refused
from portal.cases.entry import staff_at_work
from portal.cases.people import (
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
from portal.cases.schemas import Text, choice, short
from portal.complaints.labels import LETTER
from portal.complaints.questions import ask_decision, decided_on, read_decision
from portal.complaints.telling import objection_line
from portal.conversations.labels import INTERPRETERS
from portal.conversations.questions import ask_language
from portal.foundation.clock import today
from portal.opinions.labels import OURS, PLANS
from portal.opinions.plans import visited_plan
from portal.opinions.words import TEXTS
from portal.teams.placing import what_teams_are_called
from portal.ui.dates import day_and_year
from portal.ways.days import Unread
from portal.ways.labels import SLIPS, WHY
from portal.ways.rules import Why

_ = TranslationStringFactory("portal")
LONGEST_DOUBT = 3000
_LONG = _("Your text is longer than ${max} characters. Make it a little shorter.")
NO_PLAN = _("Without a plan there is nothing to look at yet. Ask for a conversation in the place of this.")
NO_TEAM = ""
PAGE = "opinions/question.jinja2"


def is_paper(answers: Answers) -> bool:
    """Whether the plan is not one that we have here."""
    return bool(answers.get("plan", {}).get("plan") == "paper")


def _ours(request: Request, answers: Answers) -> date | None:
    """The day of the plan of ours that can be chosen: the one that was chosen before, or that is open here."""
    chosen = answers.get("plan", {})
    if chosen.get("case"):
        return date.fromisoformat(chosen["on"])
    plan = visited_plan(request)
    return plan.on if plan else None


def _plan(request: Request, answers: Answers) -> colander.Schema:
    ours, choices = _ours(request, answers), list(PLANS)
    if ours:
        words = _("The plan that you got from us on ${date}", mapping={"date": day_and_year(ours, request.locale)})
        choices = [(OURS[0], words), *choices]
    return schema_of(choice("plan", _("Which plan is it about?"), choices, _("Choose which plan it is about."),
                            as_heading=True))  # fmt: skip


def _take_plan(request: Request, answers: Answers, values: dict[str, Any], _key: str) -> dict[str, Any]:
    """Remember which plan of ours it is, as the visit that shows it may be over when the form is sent.

    Without a plan nothing is opened: the page that follows says what to do instead.
    """
    if values["plan"] == "none":
        if staff_at_work(request) is not None:
            raise Refused("plan", NO_PLAN)
        raise HTTPSeeOther(request.route_path("opinions.no_plan"))
    if values["plan"] != OURS[0]:
        return values
    plan, before = visited_plan(request), answers.get("plan", {})
    if plan is not None:
        return {**values, "case": plan.case_id, "on": plan.on.isoformat()}
    return {**values, "case": before["case"], "on": before["on"]}


def _teams(request: Request) -> list[tuple[str, str]]:
    called = what_teams_are_called(request.looking.connection())
    return [(NO_TEAM, request.localizer.translate(_("I do not know, or another team"))),
            *((slug, team.name) for slug, team in called.items())]  # fmt: skip


def _paper(request: Request, _answers: Answers) -> colander.Schema:
    def dated(node: Any, values: dict[str, Any]) -> None:
        if values["date"]:
            try:
                read_decision(request, values["date"])
            except Unread as fault:
                wrong(node, "date", SLIPS[fault.slip])

    teams = _teams(request)
    team = colander.SchemaNode(
        colander.String(), name="team", oid="team", title=_("Which neighbourhood team?"), missing=NO_TEAM,
        validator=colander.OneOf([slug for slug, _name in teams]), widget=deform.widget.SelectWidget(values=teams),
        description=_("Nobody of that team judges your plan."),
    )  # fmt: skip
    return schema_of(
        team,
        short("date", _("Which date is on the plan?"), "", missing="", most=60,
              description=_("Such as 14 January 2027. Not sure? Leave it empty.")),
        validator=dated,
    )  # fmt: skip


def plan_date(request: Request, answers: Answers) -> date | None:
    """The date that is on a plan on paper, when it was given."""
    typed = answers.get("paper", {}).get("date") if is_paper(answers) else None
    return read_decision(request, typed) if typed else None


def _doubt(_request: Request, _answers: Answers) -> colander.Schema:
    return schema_of(
        colander.SchemaNode(
            Text(), name="doubt", oid="doubt", title=_("What do you doubt?"), missing="",
            description=_("In your own words. You need no proof. Rather tell it? Leave this empty."),
            validator=colander.Length(max=LONGEST_DOUBT, max_err=_LONG), widget=deform.widget.TextAreaWidget(rows=6),
        )
    )  # fmt: skip


def _company(_request: Request, _answers: Answers) -> colander.Schema:
    def whole(node: Any, values: dict[str, Any]) -> None:
        if values["role"] and not values["name"]:
            wrong(node, "name", _("Write the name, or leave all of this empty."))

    return schema_of(
        short("name", _("Name"), "", missing=""),
        short("role", _("Who is this for you?"), "", missing="", most=40,
              description=_("Such as: my daughter, a neighbour, somebody of my church or mosque.")),
        validator=whole,
    )  # fmt: skip


def people_of(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """Who comes along. How to reach them is not asked: who asked tells them when the talk is."""
    return [{"name": values["name"], "role": values["role"], "reach": ""}] if values.get("name") else []


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
    """It stands on every page after the date of the letter."""
    return {"heed": heed(request, answers["decision"]) if "decision" in answers else ""}


def _shown_plan(request: Request, values: Mapping[str, Any]) -> list[str]:
    if values["plan"] == OURS[0]:
        day = day_and_year(date.fromisoformat(values["on"]), request.locale)
        return say(request, _("The plan that you got from us on ${date}", mapping={"date": day}))
    return say(request, title_of(PLANS, values["plan"]))


def _shown_letter(request: Request, values: Mapping[str, Any]) -> list[str]:
    on = decided_on(request, {"decision": values})
    letter = say(request, title_of(LETTER, values["letter"]))
    return [*letter, day_and_year(on, request.locale) if on else "", heed(request, values)]


QUESTIONS = (
    Question("who", _("Who is it for?"), _("So that we know whom to write to, and how."), ask_who,
             lambda r, v: say(r, title_of(WHO, v["who"]))),
    Question("helper", _("Who are you?"), _("Then we can ask you something, and the person knows who asked."),
             ask_helper, lambda r, v: [v["helper_name"], v["phone"] or v["email"]], for_somebody_else),
    Question("plan", _("Which plan is it about?"), _("Then we look for an expert who had nothing to do with it."),
             _plan, _shown_plan, takes=_take_plan, template="opinions/plan_question.jinja2",
             context=lambda r, a: {"ours": _ours(r, a)}),
    Question("paper", _("What do you know of the plan?"),
             _("Then nobody of that team judges it. You may leave this empty."), _paper,
             lambda r, v: [dict(_teams(r))[v["team"]], v["date"]], is_paper),
    Question("decision", _("Is there a letter with a decision?"),
             _("You can object to a decision. That has a last day, and a second opinion does not change it."),
             ask_decision, _shown_letter, template="opinions/decision_question.jinja2"),
    Question("doubt", _("What do you doubt?"), _("Then the expert knows where to look. You may leave this empty."),
             _doubt, lambda r, v: [v["doubt"]], template=PAGE, context=_heeded),
    Question("company", _("Who comes along?"),
             _("The expert talks with you. You may bring somebody. You may leave this empty."), _company,
             lambda r, v: [v["name"], v["role"]], template=PAGE, context=_heeded),
    Question("language", _("Language and interpreter"), _("Then we understand each other. You may leave this empty."),
             ask_language, lambda r, v: [*say(r, title_of(INTERPRETERS, v["interpreter"])), v["language"]],
             template=PAGE, context=_heeded),
    Question("name", _("What is the name?"), _("Then we know whom to ask for."), ask_name, lambda r, v: [v["name"]],
             template=PAGE, context=_heeded),
    Question("home", _("Where do you live?"), _("To write to you, and so that you can find your request again."),
             ask_home, lambda r, v: [address(v)], template=PAGE, context=_heeded),
    Question("reach", _("How may we reach you?"), _("To tell you who the expert is, and what the answer is."),
             ask_reach, lambda r, v: [*say(r, title_of(WAYS, v["way"])), v["phone"], v["email"]],
             template=PAGE, context=_heeded),
)  # fmt: skip
