"""What is asked of a page as a whole."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory

from portal.bookings.schemas import one_of, the_day, tick
from portal.cases.people import schema_of
from portal.cases.schemas import short
from portal.editing.checks import SLUG

_ = TranslationStringFactory("portal")
#: Words that stand where the short name of a page would: no page has them.
TAKEN = frozenset({"nieuw", "wacht", "talen", "vertalen", "vertaalbestanden"})
AUDIENCES = (
    ("resident", _("Residents")),
    ("carer", _("Carers")),
    ("volunteer", _("Volunteers")),
    ("young", _("Young people")),
    ("professional", _("Professionals")),
)
TOO_LONG = _("This is longer than ${max} characters. Make it a little shorter.")
_LINES = re.compile(r"\s*\n\s*")


def _key(node: Any, value: str) -> None:
    if not re.fullmatch(SLUG, value) or len(value) > 80 or value in TAKEN:
        raise colander.Invalid(node, _("Use small letters, numbers and hyphens, such as: help-with-forms."))


def new_schema(today: date, parents: Sequence[tuple[str, Any]]) -> colander.Schema:
    """A page that is not there yet."""
    return schema_of(
        colander.SchemaNode(
            colander.String(), name="key", oid="facts-key", title=_("Short name"), validator=_key,
            missing_msg=_("Write a short name, such as: help-with-forms."),
            description=_("It stands in the address and never changes. Small letters, numbers and hyphens."),
            widget=deform.widget.TextInputWidget(autocomplete="off"),
        ),
        *_kept(today, parents),
    )  # fmt: skip


def facts_schema(
    today: date, stands: date, parents: Sequence[tuple[str, Any]], themes: Sequence[tuple[str, Any]]
) -> colander.Schema:
    """Everything that holds for a page in every language. The day that `stands` may stay, also when it is over."""
    return schema_of(
        *_kept(today, parents, stands),
        colander.SchemaNode(
            colander.Integer(), name="place", oid="facts-place", title=_("Place among its neighbours"), missing=0,
            description=_("The lowest number stands first."), validator=colander.Range(0, 999),
            widget=deform.widget.TextInputWidget(),
        ),
        _some("topics", _("Themes"), themes, _("Search leaves out a page without a theme.")),
        _some("audience", _("For whom"), AUDIENCES, ""),
        lines("sources", _("Sources"), _("One on a line: a law with its article, a decision with its date.")),
        tick("facts", "legal", _("Does the law count here?"), _("Yes: somebody else publishes than who wrote it")),
        tick("facts", "with_exit", _("May nobody else see that somebody reads this?"),
             _("Yes: it gets the link “Exit this page”")),
    )  # fmt: skip


def _kept(today: date, parents: Sequence[tuple[str, Any]], stands: date | None = None) -> tuple[Any, ...]:
    day = the_day("facts", "review_by", _("When do we look at it again?"), today,
                  _("Within half a year. Such as 3-12-2026."))  # fmt: skip
    day.validator = _unless(stands, day.validator)
    return (
        one_of("facts", "parent", _("Below which page?"), [("", _("At the top")), *parents], missing=""),
        short("owner", _("Who keeps it true?"), _("Write who keeps it true: a role, such as: complaints coordinator."),
              most=120, description=_("A role, no person.")),
        day,
    )  # fmt: skip


def _unless(stands: date | None, ask: Any) -> Any:
    """Ask it of every day but the one that stands: who mends an owner did not look whether the page is true."""

    def run(node: Any, value: date) -> None:
        if value != stands:
            ask(node, value)

    return run


def _some(name: str, title: Any, values: Sequence[tuple[str, Any]], description: Any) -> Any:
    return colander.SchemaNode(
        colander.Set(), name=name, oid=f"facts-{name}", title=title, missing=set(), description=description,
        validator=colander.ContainsOnly([value for value, _words in values]),
        widget=deform.widget.CheckboxChoiceWidget(values=values),
    )  # fmt: skip


def lines(name: str, title: Any, description: Any) -> Any:
    """Several short texts, one on a line."""
    return colander.SchemaNode(
        colander.String(), name=name, oid=f"facts-{name}", title=title, missing="", description=description,
        preparer=lambda value: _LINES.sub("\n", value.strip()) if value else value,
        validator=colander.Length(max=4_000, max_err=TOO_LONG),
        widget=deform.widget.TextAreaWidget(rows=5),
    )  # fmt: skip
