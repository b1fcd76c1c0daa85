"""What people choose from when they complain, and what staff choose from when they handle it, in words."""

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")
ABOUT = [
    ("team", _("A neighbourhood team")),
    ("person", _("Somebody who works there")),
    ("provider", _("An organisation that helps at home")),
    ("way", _("How it went, or something else")),
]
LETTER = [
    ("yes", _("Yes, there is a letter with a decision")),
    ("no", _("No")),
    ("unknown", _("I do not know")),
]
FIRST = [
    ("talk", _("Yes, call me first")),
    ("examine", _("No, look into it at once")),
]
NAMED = [
    ("named", _("With my name: then I get an answer")),
    ("anonymous", _("Without my name: then nobody can answer me")),
]
#: Why the law lets a complaint be left (article 9:8).
GROUNDS = [
    ("handled_before", _("We handled this complaint before")),
    ("older_than_a_year", _("It happened more than a year ago")),
    ("objection", _("Objection is possible, or was")),
    ("appeal", _("Appeal to a judge is possible, or was")),
    ("judge", _("A judge looks at it, or did")),
    ("criminal", _("The police or the public prosecutor look at it")),
    ("too_small", _("It is clearly too small to look into")),
]
JUDGEMENTS = [
    ("founded", _("Founded: we say they are right")),
    ("partly", _("Founded in part")),
    ("unfounded", _("Unfounded")),
    ("no_judgement", _("We cannot say who is right")),
]
PARTIES = [("complainant", _("Who complains")), ("concerned", _("Whom it is about"))]
#: Why a change of the clock can not be made (`clock.NotSo`), as what to do instead.
NOT_SO = {
    "twice": _("This was done already. The date stands above."),
    "late": _("The term is over. Ask the complainant for more time, or answer now."),
    "order": _("Choose a last day that is not before the first."),
    "past": _("Choose a day that is still to come."),
    "agreed": _("Ask first: days count until the complainant agrees."),
    "shorter": _("Choose a date after the date that stands now."),
    "none": _("There is no question for more time that waits for an answer."),
    "self": _("First give it to a colleague: you would not see it any more."),
    "own": _("You wrote this conclusion. Somebody else has to read and sign it."),
    "parts": _("Give each part a judgement and say why."),
    "empty": _("Write what you found and what will change."),
    "known": _("They were told already. It stands with the request."),
    "nobody": _("Nobody leads that team now. Choose somebody by name."),
    "report": _("Write what the complainant said. Were they not there? Choose: no hearing."),
}
