"""The fields of the forms with which a complaint is handled."""

from datetime import time
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory

from portal.cases.schemas import Day, Text

_ = TranslationStringFactory("portal")
LONGEST = 8000
_LONG = _("Your text is longer than ${max} characters. Make it a little shorter.")


class Clock(Text):
    """A time of day as people write it: 14:30, 14.30, 9 uur."""

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """The time, or a message that says how to write it."""
        typed = super().deserialize(node, cstruct)
        if typed is colander.null:
            return typed
        hours, _sign, minutes = typed.lower().replace("uur", "").replace(".", ":").strip().partition(":")
        try:
            return time(int(hours), int(minutes or 0))
        except ValueError as fault:
            raise colander.Invalid(node, _("Write the time like this: 14:30.")) from fault

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """Hours and minutes."""
        return f"{appstruct:%H:%M}" if isinstance(appstruct, time) else super().serialize(node, appstruct)


def words_of(name: str, title: Any, missing_msg: Any = "", rows: int = 4, most: int = LONGEST, **kw: Any) -> Any:
    """Words of several lines."""
    return colander.SchemaNode(
        Text(), name=name, oid=name, title=title, missing_msg=missing_msg,
        validator=colander.Length(max=most, max_err=_LONG), widget=deform.widget.TextAreaWidget(rows=rows), **kw,
    )  # fmt: skip


def day_of(name: str, title: Any, **kw: Any) -> Any:
    """A day of the calendar."""
    widget = deform.widget.TextInputWidget(template="date")
    return colander.SchemaNode(Day(), name=name, oid=name, title=title, widget=widget, **kw)


def select_of(name: str, title: Any, values: list[tuple[str, Any]], **kw: Any) -> Any:
    """One of a list; nothing is a choice too."""
    return colander.SchemaNode(
        colander.String(), name=name, oid=name, title=title, missing="",
        validator=colander.OneOf([value for value, _title in values]),
        widget=deform.widget.SelectWidget(values=values), **kw,
    )  # fmt: skip
