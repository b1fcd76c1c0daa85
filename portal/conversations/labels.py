"""What residents choose from when they ask for a conversation, in words."""

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")
#: About what; several may be ticked, none has to be.
TOPICS = [
    ("home_care", _("Care and help at home")),
    ("money", _("Money")),
    ("work_day", _("Work, or something to do in the day")),
    ("family", _("Bringing up children, and family")),
    ("living", _("Living on my own")),
    ("other", _("Something else")),
    ("unknown", _("I do not know yet")),
]
#: Anybody may say so; nobody judges it.
URGENT = [("yes", _("It cannot wait"))]
#: How one may talk. In writing is one of them: who cannot talk easily is not worse off.
PLACES = [
    ("home", _("At my home")),
    ("team", _("At the neighbourhood team")),
    ("phone", _("By phone")),
    ("video", _("With a video call")),
    ("writing", _("In writing, without a talk")),
    ("elsewhere", _("Somewhere else")),
]
SUPPORTER = [
    ("yes", _("Yes, I want a client supporter")),
    ("no", _("No, not now")),
    ("tell", _("First tell me more about it")),
]
INTERPRETERS = [
    ("none", _("No interpreter")),
    ("language", _("An interpreter for my language")),
    ("sign", _("A sign language interpreter")),
    ("writing", _("A writing interpreter: somebody who types along")),
]
#: What helps at the conversation. None of it says anything about somebody's health.
NEEDS = [
    ("lift", _("A lift, or no stairs")),
    ("quiet", _("A quiet room")),
    ("woman", _("A conversation with a woman")),
    ("man", _("A conversation with a man")),
    ("large_print", _("Letters in large print")),
]
