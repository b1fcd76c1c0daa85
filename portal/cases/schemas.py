"""What the common screens of requests accept, and the fields that more than one form asks."""

import re
from datetime import date
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory

from portal.cases.services import LONGEST_MESSAGE
from portal.foundation.lib.post import is_email

_ = TranslationStringFactory("portal")
_POSTCODE = re.compile(r"([1-9][0-9]{3})([A-Z]{2})")
_PHONE = re.compile(r"(?:\+|00)?[0-9]{9,14}")
LONGEST_NAME = 80
_LONG = _("This is longer than ${max} characters. Make it a little shorter.")


def postcode(typed: str) -> str | None:
    """A Dutch postcode as six signs; None when it is none."""
    found = _POSTCODE.fullmatch(re.sub(r"[\s\-.]", "", typed).upper())
    return "".join(found.groups()) if found else None


def phone(typed: str) -> str | None:
    """A phone number as digits, with + for another country; None when it is none."""
    digits = re.sub(r"[\s\-().]", "", typed)
    return digits if _PHONE.fullmatch(digits) else None


def email(typed: str) -> str | None:
    """An e-mail address; None when it cannot be one."""
    return typed.strip() if is_email(typed.strip()) else None


#: A year is written with so many digits; what a date is made of.
YEAR, DAY_MONTH_YEAR = 4, ("day", "month", "year")
NO_DAY = _("This day is not on the calendar. Look at the day and the month.")


class Text(colander.String):
    """Words of a person: spaces around and control characters away."""

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """The words, or null when nothing is left."""
        if isinstance(cstruct, str):
            cstruct = "".join(sign for sign in cstruct if sign.isprintable() or sign in "\n\r\t").strip()
        return super().deserialize(node, cstruct)


class Day(Text):
    """A date: as a browser sends it (2027-03-01) or as people write it (1-3-2027)."""

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """The date, or a message that says how to write it, or that there is no such day."""
        typed = super().deserialize(node, cstruct)
        if typed is colander.null:
            return typed
        parts = typed.replace("/", "-").replace(".", "-").replace(" ", "-").split("-")
        if len(parts[0]) != YEAR:
            parts.reverse()
        if len(parts) != len(DAY_MONTH_YEAR) or len(parts[0]) != YEAR or not all(part.isdecimal() for part in parts):
            raise colander.Invalid(node, _("Write the date like this: 3-12-2026."))
        try:
            return date(*(int(part) for part in parts))
        except ValueError as fault:
            raise colander.Invalid(node, NO_DAY) from fault

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """As a field for a date wants it."""
        return appstruct.isoformat() if isinstance(appstruct, date) else super().serialize(node, appstruct)


def short(
    name: str, title: Any, missing_msg: Any, *, most: int = LONGEST_NAME, description: Any = "", **kw: Any
) -> Any:
    """A field of one line. `missing` makes it one that may stay empty."""
    return colander.SchemaNode(
        Text(), name=name, oid=name, title=title, description=description, missing_msg=missing_msg,
        validator=colander.Length(max=most, max_err=_LONG),
        **kw,
    )  # fmt: skip


def choice(
    name: str, title: Any, values: list[tuple[str, Any]], missing_msg: Any, description: Any = "", **kw: Any
) -> Any:
    """One of a few answers."""
    return colander.SchemaNode(
        colander.String(), name=name, oid=name, title=title, description=description, missing_msg=missing_msg,
        validator=colander.OneOf([value for value, _title in values], ),
        widget=deform.widget.RadioChoiceWidget(values=values), **kw,
    )  # fmt: skip


class ResumeSchema(colander.Schema):
    """The code of a draft."""

    code = short(
        "code", _("Your code"), _("Type the code that stood on your screen."), most=40,
        description=_("12 letters and numbers, such as 7KD4 MW3F 9XPA."),
    )  # fmt: skip


class FindSchema(colander.Schema):
    """The reference, and something one knows."""

    reference = short(
        "reference", _("Your number"), _("Type the number of your request."), most=40,
        description=_("8 letters and numbers, such as 7KD4 MW3F. It is in our letter or message."),
    )  # fmt: skip
    known = short(
        "known", _("Your postcode, or the last 4 digits of your phone number"),
        _("Type your postcode, or the last 4 digits of your phone number."), most=20,
        description=_("As you gave it with your request."),
    )  # fmt: skip


class CodeSchema(colander.Schema):
    """The code of six digits."""

    code = short("code", _("The code of 6 digits"), _("Type the 6 digits that we sent you."), most=20)


class MessageSchema(colander.Schema):
    """Something to add to a request."""

    text = colander.SchemaNode(
        Text(), oid="text", title=_("Your message"), missing_msg=_("Write what you want to tell us."),
        description=_("Do not write about your health. We do not need it."),
        validator=colander.Length(
            max=LONGEST_MESSAGE, max_err=_("Your text is longer than ${max} characters. Make it a little shorter.")
        ),
        widget=deform.widget.TextAreaWidget(rows=5),
    )  # fmt: skip
