"""What the week of a diary calls things, and the calendar of who keeps it elsewhere."""

from collections.abc import Mapping
from typing import Any

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")
#: Where a talk is, as the worker sees it: (words, pictogram).
PLACES: Mapping[str, tuple[Any, str]] = {
    "home": (_("At somebody's home"), "house"),
    "team": (_("At the neighbourhood team"), "team"),
    "phone": (_("By phone"), "phone"),
    "video": (_("With a video call"), "digital"),
    "elsewhere": (_("Somewhere else"), "pin"),
}
#: What stands in the calendar of a worker, by place; nothing of whom it is with.
TITLES: Mapping[str, Any] = {
    "home": _("Talk at somebody's home"),
    "team": _("Talk at the neighbourhood team"),
    "phone": _("Talk by phone"),
    "video": _("Talk with a video call"),
    "elsewhere": _("Talk somewhere else"),
}
THINGS: Mapping[str, Any] = {"room": _("Room"), "car": _("Car")}
LOST: Mapping[str, Any] = {"room": _("No room yet"), "car": _("No car yet")}
STATES: Mapping[str, Any] = {"done": _("Took place"), "no_show": _("Nobody was there")}
