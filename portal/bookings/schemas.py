"""Days, times and ticks as people write them, with a message for each slip."""

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory

from portal.bookings.models import MIDNIGHT
from portal.cases import schemas as cases
from portal.cases.schemas import Text

_ = TranslationStringFactory("portal")
#: A day further away than this is a slip of the pen.
FARTHEST = timedelta(days=1096)
#: More talks than fit in a day.
MOST_TALKS = 20
_SUCH_AS = _("Such as 3-12-2026.")
#: Which form of a page was sent.
WHAT = "what"


class Day(cases.Day):
    """The same, shown as people write it: 3-12-2026."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """A date as it is written here."""
        return f"{appstruct:%-d-%-m-%Y}" if isinstance(appstruct, date) else super().serialize(node, appstruct)


class Clock(Text):
    """A time as people write it: 9:00, 9.00 or 9; kept as `09:00`, and midnight at the end as `24:00`."""

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """The time, or a message that says how to write it."""
        typed = super().deserialize(node, cstruct)
        if typed is colander.null:
            return typed
        hour, _sign, minute = typed.replace(".", ":").replace(" ", "").partition(":")
        written = f"{hour:0>2}:{minute or '00'}"
        try:
            if written != MIDNIGHT:
                written = f"{time.fromisoformat(written):%H:%M}"
        except ValueError as fault:
            raise colander.Invalid(node, _("Write the time like this: 9:00.")) from fault
        return written

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """A time without the nought before it."""
        return appstruct.removeprefix("0") if isinstance(appstruct, str) else super().serialize(node, appstruct)


def the_day(form: str, name: str, title: Any, today: date, description: Any = _SUCH_AS, **kw: Any) -> Any:
    """A day from today on, within three years."""

    def soon(node: Any, value: date) -> None:
        if value < today:
            raise colander.Invalid(node, _("This day is over. Write today or a later day."))
        if value > today + FARTHEST:
            raise colander.Invalid(node, _("This is more than three years away. Look at the year."))

    return _line(Day(), form, name, title, _("Write the day, such as 3-12-2026."), description, validator=soon, **kw)


def the_time(form: str, name: str, title: Any, **kw: Any) -> Any:
    """A time of the clock on the wall."""
    return _line(Clock(), form, name, title, _("Write the time, such as 9:00."), "", **kw)


def a_number(form: str, name: str, title: Any, description: Any) -> Any:
    """How many talks a day."""
    say = _("Write a number from 1 to ${most}.", mapping={"most": MOST_TALKS})

    def some(node: Any, value: int) -> None:
        if not 1 <= value <= MOST_TALKS:
            raise colander.Invalid(node, say)

    return _line(_Number(), form, name, title, say, description, validator=some)


class _Number(colander.Integer):
    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """A whole number."""
        try:
            return super().deserialize(node, cstruct)
        except colander.Invalid as fault:
            raise colander.Invalid(node, node.missing_msg) from fault


def _line(kind: Any, form: str, name: str, title: Any, missing_msg: Any, description: Any, **kw: Any) -> Any:
    return colander.SchemaNode(
        kind, name=name, oid=f"{form}-{name}", title=title, missing_msg=missing_msg, description=description,
        widget=deform.widget.TextInputWidget(autocomplete="off"), **kw,
    )  # fmt: skip


def ticks(
    form: str, name: str, title: Any, values: Sequence[tuple[str, Any]], missing_msg: Any, **kw: Any
) -> Any:  # fmt: skip
    """Some of a list; at least one, unless `missing` says otherwise."""

    def known(node: Any, found: set[Any]) -> None:
        if not found and "missing" not in kw:
            raise colander.Invalid(node, missing_msg)
        if not found <= {code for code, _words in values}:
            raise colander.Invalid(node, _("Choose from the list."))

    return colander.SchemaNode(
        colander.Set(), name=name, oid=f"{form}-{name}", title=title, missing_msg=missing_msg, validator=known,
        widget=deform.widget.CheckboxChoiceWidget(values=values), **kw,
    )  # fmt: skip


def one_of(form: str, name: str, title: Any, values: Sequence[tuple[str, Any]], **kw: Any) -> Any:
    """One of a list that opens."""
    return colander.SchemaNode(
        colander.String(), name=name, oid=f"{form}-{name}", title=title, missing_msg=_("Choose from the list."),
        validator=colander.OneOf([value for value, _words in values]),
        widget=deform.widget.SelectWidget(values=values), **kw,
    )  # fmt: skip


def tick(form: str, name: str, title: Any, label: Any) -> Any:
    """One tick, on or off."""
    return colander.SchemaNode(
        colander.Boolean(), name=name, oid=f"{form}-{name}", title=title, missing=False,
        widget=deform.widget.CheckboxWidget(label=label),
    )  # fmt: skip


def unseen(name: str, value: str) -> Any:
    """What a form brings along without showing it."""
    return colander.SchemaNode(
        colander.String(), name=name, default=value, missing=value, widget=deform.widget.HiddenWidget()
    )  # fmt: skip


def order(first: str, last: str, message: Any, *, may_be_equal: bool = True) -> Callable[[Any, dict[str, Any]], None]:
    """A check on two fields of a form: the second is not before the first. Empty ones are no matter."""

    def check(node: Any, values: dict[str, Any]) -> None:
        begin, end = values[first], values[last]
        if not begin or not end or end > begin or (may_be_equal and end == begin):
            return
        fault = colander.Invalid(node)
        at = [child.name for child in node.children].index(last)
        fault.add(colander.Invalid(node[last], message), at)
        raise fault

    return check
