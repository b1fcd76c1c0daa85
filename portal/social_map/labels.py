"""The words for the fixed codes of an entry, as messages."""

from collections.abc import Mapping
from typing import Any

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")

KINDS = {
    "group": _("Group of neighbours"),
    "initiative": _("Initiative in the neighbourhood"),
    "volunteer": _("Something to do for others"),
    "care": _("Professional help"),
    "helpline": _("Help by phone or chat"),
}
AUDIENCES = {
    "everyone": _("everyone"),
    "young": _("young people"),
    "parents": _("parents"),
    "older": _("older people"),
    "carers": _("people who care for someone"),
    "newcomers": _("people who are new in the Netherlands"),
    "volunteers": _("volunteers"),
    "disability": _("people with a disability"),
    "women": _("women"),
    "men": _("men"),
}
COME = {
    "walk_in": _("You can just walk in"),
    "call": _("Call first"),
    "register": _("Sign up first"),
    "referral": _("Somebody has to refer you"),
    "online": _("By website, chat or e-mail"),
}
PER = {
    "visit": _("a visit"),
    "hour": _("an hour"),
    "month": _("a month"),
    "year": _("a year"),
    "meal": _("a meal"),
    None: "",
}
#: Names of parameters of the search screen, as headings of the filters.
FILTERS = {
    "thema": _("Theme"),
    "wijk": _("Neighbourhood"),
    "soort": _("Kind"),
    "voor": _("For whom"),
    "formeel": _("Neighbours or professionals"),
    "gratis": _("Costs"),
    "taal": _("Language"),
    "open": _("Opening hours"),
    "drempelvrij": _("The building"),
}
FORMAL = {"yes": _("Professionals"), "no": _("Neighbours and volunteers")}
FREE = {"yes": _("Free")}
OPEN = {"now": _("Open now")}
STEP_FREE = {"yes": _("No steps at the door")}

#: filter → the words of its fixed values; wijk and thema have names of their own.
VALUES: Mapping[str, Mapping[Any, Any]] = {
    "soort": KINDS, "voor": AUDIENCES, "formeel": FORMAL, "gratis": FREE,
    "open": OPEN, "drempelvrij": STEP_FREE,
}  # fmt: skip
