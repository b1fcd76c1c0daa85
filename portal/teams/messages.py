"""What the portal says after "where do you live": plain words for each outcome, and what to do next."""

from pyramid.i18n import TranslationString, TranslationStringFactory

from portal.foundation.site import Profile
from portal.teams.rules import Outcome
from portal.teams.services import Answer

_ = TranslationStringFactory("portal")

WRONG = {
    "empty": _("Fill in your postcode or the name of your neighbourhood."),
    "length": _("A postcode has 4 digits and 2 letters, such as ${example}. Only the 4 digits is fine too."),
    "zero": _(
        "No postcode starts with 0. Look at an envelope that came by post: your postcode stands below your name."
    ),
    "letters": _("These two letters are used in no postcode. Look at an envelope that came by post."),
}


def say(answer: Answer, profile: Profile) -> TranslationString:
    """One or two sentences for a resident of the municipality of that profile."""
    match answer.outcome:
        case Outcome.TEAM:
            return _("This is your team.")
        case Outcome.CHOOSE:
            return _("More than one team works here. In which neighbourhood do you live?")
        case Outcome.INVALID:
            message = WRONG[answer.why or "empty"]
            return TranslationString(message, mapping={"example": profile.example_postcode})
        case Outcome.PO_BOX:
            return _("This is the postcode of a post box. Fill in the postcode of your home.")
        case Outcome.OUTSIDE:
            return _(
                "You live in the municipality of ${place}. ${place} helps its own residents. "
                "Call your own municipality, or call us if you are not sure.",
                mapping={"place": answer.detail},
            )
        case Outcome.UNKNOWN:
            return _(
                "We do not know this place in ${place}. That does not matter: call us and we find your team together.",
                mapping={"place": profile.municipality},
            )
