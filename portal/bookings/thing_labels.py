"""What rooms and cars are called on screen."""

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")
KIND_NAMES = {"room": _("A room"), "car": _("A car")}
#: What a room may have; residents ask for the same on the form for a conversation.
FEATURES = [("lift", _("A lift, or no stairs")), ("quiet", _("A quiet room"))]
