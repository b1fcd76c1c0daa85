"""What the forms of who publishes ask: now or at a moment, why although it is hard, what the writer still has to do."""

from datetime import date, datetime, time
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory

from portal.bookings.models import MIDNIGHT
from portal.bookings.schemas import the_day, the_time, unseen
from portal.cases.people import schema_of
from portal.cases.schemas import choice, short
from portal.foundation.clock import LOCAL
from portal.pages.versions import LONGEST_NOTE

_ = TranslationStringFactory("portal")
NOW, LATER = "now", "later"
#: Which version was looked at; another one is never published by accident.
SEEN = "seen"
LONGEST_REMARK = 2_000
WHEN_CHOSEN = _("Only when you choose a moment. Such as 3-12-2026.")
WHEN_IT_STAYS = _("Leave it empty when it stays. Such as 3-12-2026.")


def publish_schema(today: date, seen: str, *, hard: bool) -> colander.Schema:
    """Now or at a moment; `hard`: a reason is asked, as the text is harder than its level allows."""
    reason = short(
        "reason", _("Why may it go out although it is hard?"), "", most=LONGEST_NOTE, missing="",
        description=_("Such as: the lawyer wants this sentence. It stays with the version."),
    )  # fmt: skip
    return schema_of(
        unseen(SEEN, seen),
        choice("when", _("When does it go on show?"), [(NOW, _("Now")), (LATER, _("At a moment that I choose"))],
               _("Choose when it goes on show.")),
        the_day("publish", "on_day", _("From which day?"), today, WHEN_CHOSEN, missing=colander.drop),
        the_time("publish", "on_time", _("From what time?"), missing="00:00"),
        the_day("publish", "off_day", _("Until which day?"), today, WHEN_IT_STAYS, missing=colander.drop),
        *((reason,) if hard else ()),
    )  # fmt: skip


def remark_schema() -> colander.Schema:
    """What the writer still has to do."""
    return schema_of(
        colander.SchemaNode(
            colander.String(),
            name="remark",
            oid="remark",
            title=_("What should the writer still do?"),
            missing_msg=_("Write what should change, so that the writer can go on."),
            validator=colander.Length(
                max=LONGEST_REMARK, max_err=_("This is longer than ${max} characters. Make it a little shorter.")
            ),
            widget=deform.widget.TextAreaWidget(rows=5),
        )
    )


def moment(day: date | None, at: str) -> datetime | None:
    """A moment on the clock on the wall; None without a day. Midnight at the end of a day is its last minute."""
    if day is None:
        return None
    return datetime.combine(day, time(23, 59) if at == MIDNIGHT else time.fromisoformat(at), LOCAL)


def chosen(values: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
    """From when and until when, as the form says."""
    return moment(values.get("on_day"), values["on_time"]), moment(values.get("off_day"), MIDNIGHT)
