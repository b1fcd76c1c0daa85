"""Words for where a version stands, and for why something cannot be decided now."""

from collections.abc import Mapping
from typing import Any

from pyramid.i18n import TranslationStringFactory

from portal.editing.write_labels import REFUSED as WRITING

_ = TranslationStringFactory("portal")

STATES: Mapping[str, Any] = {
    "draft": _("Being written"),
    "review": _("Waits for a publisher"),
    "scheduled": _("Goes on show by itself"),
    "published": _("On show"),
    "replaced": _("Was on show"),
    "withdrawn": _("Taken away"),
    "dropped": _("Thrown away"),
}

#: Codes of `NotSo` → what is the case, and what to do.
REFUSED: Mapping[str, Any] = {
    **WRITING,
    "eyes": _("You wrote in this text yourself. On this page the law counts, so another publisher has to look."),
    "source_first": _("There is no plain Dutch text on show yet. Publish that one first."),
    "address": _("Another page has this address. Write another address in the text, then publish it."),
    "hard": _("Some sentences are harder than simple Dutch may be. Make them easier, or say why it may go out."),
    "past": _("This moment is over. Choose a later one."),
    "order": _("It would go off before it goes on. Choose a later end."),
    "source": _("Plain Dutch goes away only with its whole page."),
}

DONE: Mapping[str, Any] = {
    "gepubliceerd": _("It is on show. Readers see it within a second, and search finds it soon."),
    "gepland": _("It goes on show by itself at the moment you chose."),
    "teruggegeven": _("The writer has it back, with your remark."),
    "weggehaald": _("The text is taken away. Readers in this language see the Dutch text."),
}
