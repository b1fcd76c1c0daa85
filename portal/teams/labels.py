"""The words for what a building has or has not."""

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")

#: (what the building may have, words when it has, words when it has not). Both are said: silence helps nobody.
BUILDING = (
    ("step_free", _("You can come in without steps."), _("There are steps at the door. Call us and we help you.")),
    ("lift", _("There is a lift."), _("There is no lift.")),
    ("toilet", _("There is a toilet for wheelchairs."), _("There is no toilet for wheelchairs.")),
    ("hearing_loop", _("There is a hearing loop."), _("There is no hearing loop.")),
    ("quiet_room", _("There is a quiet room."), _("There is no quiet room.")),
    (
        "parking",
        _("There is a parking place for people with a disability."),
        _("There is no parking place of our own."),
    ),
)
