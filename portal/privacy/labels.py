"""What people choose from when they ask about their data, and what staff choose from when they answer, in words."""

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")
WANTS = [
    ("access", _("See what you have about me: then you get an overview")),
    ("correction", _("Something is not right: then we correct it, or put your words with it")),
    ("erasure", _("Throw something away: then we do so, unless the law says that we must keep it")),
    ("objection", _("I do not want you to use my data: then we look whether we may go on")),
    ("copy", _("Take my data along: then you get a file that other organisations can read")),
]
SIGNED = [
    ("yes", _("Yes, we have that on paper")),
    ("no", _("No, not yet: call us, then we look together how it can be done")),
]
#: How we know that it is them. Nothing of a paper with a photo is kept.
PROOFS = [
    ("code", _("They gave the code that we sent them")),
    ("desk", _("They came to the desk and showed who they are")),
    ("called_back", _("I called them back on a number that we already had")),
]
FOUND_BY = {
    "reach": _("the same phone or e-mail"),
    "name": _("the same name and address"),
    "number": _("the number that was given"),
}
AS = {
    "own": _("asked for it"),
    "helper": _("only helps somebody with it"),
    "company": _("only comes along to the talk"),
}
DECISIONS = [
    ("given", _("Give a copy")),
    ("corrected", _("It was corrected")),
    ("erased", _("Throw away")),
    ("kept", _("Keep as it is, with a reason")),
]
#: The same for who asked.
BECAME = {
    "given": _("You get a copy"),
    "corrected": _("We corrected it"),
    "erased": _("We threw it away"),
    "kept": _("We keep it"),
}
#: Why something can not be done (`NotSo`), as what to do instead.
NOT_SO = {
    "twice": _("This was done already. The date stands above."),
    "late": _("The first month is over: more time can no longer be taken. Answer now."),
    "code": _("No code was given yet. Choose another way, or ask them to give the code first."),
    "number": _("One of these numbers is not there. Look at them again."),
    "why": _("Write for each thing that stays why it stays."),
    "held": _("One of these is held for a reason in law. Keep it, and write that reason."),
    "proof": _("A code shows only whose phone or e-mail it is. See them, or call back a number that we already had, "
               "before you do this with a request that was found in another way."),
    "another": _("This request is about somebody else than who asked it. Keep it, and answer in your own words."),
    "nothing": _("There is nothing to throw away."),
    "undecided": _("First choose what happens with each thing that was found."),
    "done": _("Something was thrown away already: answer, and say what was done and what not."),
    "not_done": _("First throw away what you chose to throw away."),
}  # fmt: skip
