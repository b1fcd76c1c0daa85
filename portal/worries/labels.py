"""What people choose from when they worry about somebody, and what staff choose from, in words."""

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")
DANGER = [
    ("no", _("No, not now")),
    ("unknown", _("I am not sure")),
    ("yes", _("Yes, there is danger now")),
]
CALLED = [
    ("called", _("I called, and I want advice as well")),
    ("cannot", _("I cannot call")),
    ("not_now", _("It is not that urgent: I want advice")),
]
GO_ON = [
    ("advice", _("I want advice, without names")),
    ("named", _("I want to say who it is")),
]
SOURCE = [
    ("yes", _("Yes, the person may know that it was me")),
    ("no", _("No, that would do harm")),
]
WAYS = [
    ("phone", _("By phone")),
    ("sms", _("By text message (SMS)")),
    ("email", _("By e-mail")),
]
HOW = [
    ("visit", _("At a visit")),
    ("call", _("By phone")),
    ("letter", _("By letter")),
]
GROUNDS = [
    ("consent", _("The person said yes")),
    ("law", _("The law asks it of us")),
]
#: Why a form of the desk can not be carried out, as what to do instead.
NOT_SO = {
    "future": _("Write the day on which the person was told, not a day to come."),
    "before": _("This day is before the worry came in. Look at the date again."),
    "informed": _("First tell the person, and write down when."),
    "own": _("You proposed this. A colleague has to agree."),
    "none": _("There is no proposal that waits for a second person."),
    "late": _("Choose a date within the longest term. It stands above."),
    "past": _("Choose a day that is still to come."),
    "erased": _("The name is thrown away. There is nobody to do this for."),
    "consent": _("The person does not know of it yet, so cannot have said yes."),
    "gone": _("Somebody was just before you. Look at how it stands now."),
}
