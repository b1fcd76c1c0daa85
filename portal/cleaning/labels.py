"""What a provider answered, in words."""

from collections.abc import Mapping
from typing import Any

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")
REASONS: Mapping[str, Any] = {
    "no_capacity": _("We have no room now"),
    "not_in_area": _("We do not work there"),
    "not_these_days": _("Not on these days"),
    "other": _("Another reason"),
}
OFFERS: Mapping[str, Any] = {
    "open": _("Has not answered yet"),
    "accepted": _("Said yes"),
    "declined": _("Said no"),
    "lapsed": _("No longer needed"),
}
