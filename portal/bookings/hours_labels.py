"""What stands on the screens of diaries, in words."""

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.ui.dates import weekday
from portal.ui.spoken import language_name

_ = TranslationStringFactory("portal")
#: Where somebody talks with residents, in the order of the form.
PLACES = [
    ("home", _("At home with people")),
    ("team", _("At the team")),
    ("phone", _("By phone")),
    ("video", _("With a video call")),
    ("elsewhere", _("Somewhere else")),
]
EVERY = [("1", _("Each week")), ("2", _("Every 2 weeks")), ("4", _("Every 4 weeks"))]
#: What residents may ask of who they talk with, and what somebody knows much about.
SKILLS = [
    ("woman", _("A woman")),
    ("man", _("A man")),
    ("mind", _("Mental health")),
    ("memory", _("Memory and dementia")),
    ("money", _("Money")),
    ("home", _("Care and help at home")),
    ("young", _("Young people")),
]
#: Languages to choose from, by their code; whoever speaks another one has it in their diary already.
LANGUAGES = ("nl", "en", "ar", "tr", "pl", "uk", "fa", "ti", "so", "zgh", "es", "fr", "de", "dse")
DAY_KINDS = [("off", _("I do not work")), ("hours", _("I work at these hours"))]
#: What is said after a change; the word stands in the address.
DONE = {
    "bewaard": _("Kept. No appointment changes by it."),
    "opnieuw": _("Kept. Who had an appointment then hears from us at once."),
    "kwartier": _("Talks begin at whole quarters. So the first one begins a little later than your hours."),
}


def weekdays(request: Request) -> list[tuple[str, str]]:
    """The days of the week by number, in the reader's language."""
    return [(str(number), weekday(number, request.locale).capitalize()) for number in range(7)]


def languages(request: Request, also: list[str]) -> list[tuple[str, str]]:
    """The languages to choose from, and those that somebody has already."""
    codes = dict.fromkeys((*LANGUAGES, *also))
    return [(code, language_name(code, request.locale).capitalize()) for code in codes]
