"""The forms around a report: staff write it, the resident answers it, staff write down what they heard."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory

from portal.cases.people import schema_of, wrong
from portal.cases.schemas import Day, Text, choice
from portal.cases.services import LONGEST_MESSAGE

_ = TranslationStringFactory("portal")
#: A part of a report is at most so long: four sheets of paper.
LONGEST_PART = 8000
#: A plan is looked at again within this time; later than that it is no plan any more.
FARTHEST = timedelta(days=365)
#: The field in which a screen says how far it had read, and the one that says which report was on it.
SEEN, NUMBER = "__seen__", "number"
LONG = _("Your text is longer than ${max} characters. Make it a little shorter.")
#: What a resident may say, and what staff may have been told.
SAYS = {
    "agree": _("I agree with the plan"),
    "disagree": _("I do not agree with the plan"),
    "remark": _("Something in it is not right, or something is missing"),
}
WERE_TOLD = {
    "agree": _("They agree with the plan"),
    "disagree": _("They do not agree with the plan"),
    "nothing": _("They did not say, not after we asked again either. We finish the request."),
}
AUTHORS = [("resident", _("I am the person the plan is about")), ("representative", _("I speak for that person"))]


def _hidden(name: str) -> Any:
    return colander.SchemaNode(colander.Integer(), name=name, missing=0, widget=deform.widget.HiddenWidget())


def _words(name: str, title: Any, missing_msg: Any, rows: int, most: int, **more: Any) -> Any:
    return colander.SchemaNode(
        Text(), name=name, oid=name, title=title, missing_msg=missing_msg,
        validator=colander.Length(max=most, max_err=LONG), widget=deform.widget.TextAreaWidget(rows=rows), **more,
    )  # fmt: skip


def _told_of(name: str, title: Any, label: Any, missing_msg: Any) -> Any:
    """A tick that has to be there, with why."""

    def is_set(node: Any, value: bool) -> None:
        if not value:
            raise colander.Invalid(node, missing_msg)

    return colander.SchemaNode(
        colander.Boolean(), name=name, oid=name, title=title, validator=is_set,
        widget=deform.widget.CheckboxWidget(label=label),
    )  # fmt: skip


def report_schema(today: date) -> colander.Schema:
    """What a report holds. `today` is the date here: a plan is looked at again after it."""

    def ahead(node: Any, value: date) -> None:
        if value <= today:
            raise colander.Invalid(node, _("Choose a day after today: then you look together whether the plan fits."))
        if value > today + FARTHEST:
            raise colander.Invalid(node, _("Choose a day within a year."))

    return schema_of(
        _hidden(SEEN),
        _words("found", _("What did we find?"), _("Write what you found."), 8, LONGEST_PART,
               description=_("Write as you would say it at the kitchen table: short sentences, no jargon.")),
        _words("plan", _("The plan: who does what?"), _("Write who does what."), 8, LONGEST_PART,
               description=_("Name the resident and the people around them only for what they said yes to.")),
        _words("costs", _("What does it cost the resident?"), _("Write what it costs. “Nothing” is an answer too."), 2,
               LONGEST_MESSAGE, description=_("The own contribution, and who asks for it.")),
        _told_of("budget", _("In kind or with a budget"),
                 _("We talked about help in kind and a personal budget (pgb)"),
                 _("Talk about both first. The law (Wmo 2015, article 2.3.2) says that people hear what they can "
                   "choose: help in kind or a personal budget.")),
        _told_of("choices", _("Which providers"), _("We showed which providers there are"),
                 _("Show first which providers there are. Without that nobody can choose, and the law asks that people "
                   "can.")),
        colander.SchemaNode(
            Day(), name="evaluate_on", oid="evaluate_on", title=_("When do you look at the plan again?"),
            description=_("A day within a year. You and the resident get a message on that day."), validator=ahead,
            missing_msg=_("Choose the day on which you look at the plan again."),
            widget=deform.widget.TextInputWidget(template="date"),
        ),
    )  # fmt: skip


def heard_schema(views: Sequence[str]) -> colander.Schema:
    """What the resident told us of the report."""
    view = choice(
        "view", _("What did they say?"), [(one, WERE_TOLD[one]) for one in views], _("Choose what they said.")
    )
    view.validator = colander.OneOf(WERE_TOLD)  # what no longer fits is told in our own words
    return schema_of(
        _hidden(SEEN), view,
        _words("text", _("In their own words"), "", 4, LONGEST_MESSAGE, missing="",
               description=_("They can read this. Write what they said, not what you think of it.")),
    )  # fmt: skip


def reply_schema(views: Sequence[str], asks_who: bool) -> colander.Schema:
    """What the resident thinks of it. With `asks_who` the form asks who answers: only who it is about agrees."""
    values = [(view, SAYS[view]) for view in views]

    def fits(node: Any, given: dict[str, Any]) -> None:
        if given["view"] == "remark" and not given["text"]:
            wrong(node, "text", _("Write what is not right, or what is missing."))
        if given.get("who") == "representative" and given["view"] != "remark":
            wrong(node, "view", _("Only the person the plan is about says yes or no to it. You can write what is not "
                                  "right, or what is missing."))  # fmt: skip

    who = [choice("who", _("Who answers?"), AUTHORS, _("Choose who answers."))] if asks_who else []
    missing = _("Choose what you think of it.")
    view = choice("view", _("What do you think of it?"), values, missing, **({} if asks_who else {"as_heading": True}))
    view.validator = colander.OneOf(SAYS)  # what no longer fits is told in our own words
    return schema_of(
        _hidden(NUMBER), *who, view,
        _words("text", _("Your own words"), "", 5, LONGEST_MESSAGE, missing="",
               description=_("What is different, what is missing, or what you would rather have?")),
        validator=fits,
    )  # fmt: skip
