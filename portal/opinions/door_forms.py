"""What an expert is asked: to sign that they are independent, to say no, and to judge."""

from datetime import date
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.people import schema_of, wrong
from portal.cases.schemas import Day, Text, choice, short
from portal.opinions.labels import RIGHT_PLAN
from portal.ui.forms import Form

_ = TranslationStringFactory("portal")
LONGEST, LONGEST_WHY = 8000, 500
#: The words that an expert signs: what `independence` weighs, as a promise of their own.
DECLARATION = (
    _("I do not work for who made this plan, and not for anybody who is paid for it."),
    _("I had nothing to do with this plan before, and I do not work in the team that made it."),
    _("Nobody tells me what to find. What I read and hear I keep to myself."),
    _("Does something of this change? Then I say so at once and I stop."),
)
_LONG = _("Your text is longer than ${max} characters. Make it a little shorter.")


def declaration(request: Request) -> str:
    """The words to sign, in the reader's language."""
    return "\n".join(request.localizer.translate(line) for line in DECLARATION)


def _words(name: str, title: Any, rows: int, most: int, **more: Any) -> Any:
    return colander.SchemaNode(
        Text(), name=name, oid=name, title=title, validator=colander.Length(max=most, max_err=_LONG),
        widget=deform.widget.TextAreaWidget(rows=rows), **more,
    )  # fmt: skip


def sign_form(request: Request) -> Form:
    """A tick under the declaration, and a name."""

    def ticked(node: Any, value: bool) -> None:
        if not value:
            raise colander.Invalid(node, _("Tick this when it is so. Is it not so? Then say no to this plan."))

    signed = colander.SchemaNode(
        colander.Boolean(), name="signed", oid="signed", title=_("Are you independent?"), validator=ticked,
        widget=deform.widget.CheckboxWidget(label=_("This is so. I sign it.")),
    )  # fmt: skip
    name = short("name", _("Your name"), _("Write your name: that is how you sign."))
    form: Form = request.form(schema_of(signed, name), _("Sign, and say yes"))
    return form


def stop_form(request: Request) -> Form:
    """No, or not any more, with why."""
    why = _words(
        "why", _("Why?"), 3, LONGEST_WHY, missing_msg=_("Write why, in a few words."),
        description=_("The coordinator reads this. Such as: no time, or I know somebody of the team."),
    )  # fmt: skip
    form: Form = request.form(schema_of(why), _("Send, and stop"))
    return form


def judge_form(request: Request, today: date) -> Form:
    """The one question that every expert gets, what should change and why."""

    def whole(node: Any, values: dict[str, Any]) -> None:
        if values["right_plan"] != "yes" and not values["change"]:
            wrong(node, "change", _("Write what should change."))
        if values["talked_on"] is not None and values["talked_on"] > today:
            wrong(node, "talked_on", _("Choose the day on which you talked: today or before."))

    schema = schema_of(
        choice("right_plan", _("Is this the right plan?"), list(RIGHT_PLAN.items()), _("Choose what you find.")),
        _words("change", _("What should change?"), 6, LONGEST, missing="",
               description=_("Write to who asked: short sentences, no jargon.")),
        _words("why", _("Why do you find this?"), 8, LONGEST, missing_msg=_("Write why you find this.")),
        colander.SchemaNode(
            Day(), name="talked_on", oid="talked_on", title=_("When did you talk with who asked?"), missing=None,
            description=_("Leave it empty when they did not want to talk."),
            widget=deform.widget.TextInputWidget(template="date"),
        ),
        validator=whole,
    )  # fmt: skip
    form: Form = request.form(schema, _("Read it once more"))
    return form
