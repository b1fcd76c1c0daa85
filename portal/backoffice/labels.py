"""What the desk calls things."""

from collections.abc import Mapping
from typing import Any

from pyramid.i18n import TranslationStringFactory

from portal.backoffice.rules import Due

_ = TranslationStringFactory("portal")
DUE: Mapping[str, Any] = {
    Due.LATE.value: _("Too late"),
    Due.TODAY.value: _("Today"),
    Due.SOON.value: _("Within 5 working days"),
    Due.LATER.value: _("Later"),
    Due.NONE.value: _("Without a date"),
}
OWNERS: Mapping[str, Any] = {"me": _("Mine"), "nobody": _("Nobody's"), "others": _("Of colleagues")}
AUTHORS: Mapping[str, Any] = {
    "resident": _("The resident"),
    "representative": _("Who helps the resident"),
    "provider": _("The provider"),
    "expert": _("The independent expert"),
    "staff": _("The team"),
    "system": _("The portal"),
}
DELIVERY: Mapping[str, Any] = {
    "waiting": _("waits to be sent"),
    "sent": _("sent"),
    "failed": _("could not be sent"),
    "printed": _("printed"),
}
PAPER: Mapping[str, Any] = {"email": _("E-mail"), "sms": _("Text message"), "letter": _("Letter")}
RELATIONS: Mapping[str, Any] = {
    "helper": _("Helps the resident"),
    "carer": _("Cares for the resident"),
    "professional": _("Helps as part of their work"),
}
