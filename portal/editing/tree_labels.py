"""Words for how a page stands in a language, and for why a page cannot be arranged as asked."""

from collections.abc import Mapping
from typing import Any

from pyramid.i18n import TranslationStringFactory

from portal.pages.workflow import Standing

_ = TranslationStringFactory("portal")

#: Each with a sign of its own, so that nobody has to tell colours apart.
STANDINGS: Mapping[Standing, tuple[str, Any]] = {
    Standing.MISSING: ("–", _("not there")),
    Standing.WORKING: ("✎", _("being written")),
    Standing.WAITING: ("…", _("waits")),
    Standing.BEHIND: ("↻", _("behind the Dutch text")),
    Standing.UNREAD: ("?", _("not read by a native speaker")),
    Standing.OVERDUE: ("!", _("has to be looked at again")),
    Standing.GOOD: ("✓", _("good")),
}

REFUSED: Mapping[str, Any] = {
    "not_yours": _("Only an editor or a publisher arranges pages. Ask one of them."),
    "taken": _("There is a page with this short name already. Choose another one."),
    "circle": _("A page cannot hang below itself. Choose another place."),
    "order": _("Choose a day after today."),
    "links": _("Other pages lead here, they are named below. Change those first, else their readers arrive nowhere."),
    "children": _("Other pages hang below this one. Hang them elsewhere first."),
    "empty": _("This page never had a plain Dutch text on show. Publish one, then it is there."),
}

DONE: Mapping[str, Any] = {
    "gemaakt": _("The page is there. Now write its plain Dutch text; readers see nothing until you publish it."),
    "bewaard": _("Saved."),
    "weg": _("The page is away in every language. Its addresses say so."),
    "terug": _("The page is back as it was."),
}
