"""What people choose from about a second opinion, in words."""

from pyramid.i18n import TranslationStringFactory

_ = TranslationStringFactory("portal")
#: Which plan it is about.
OURS = ("ours", _("The plan that you got from us"))
PLANS = [
    ("paper", _("A plan that I have on paper, or in an e-mail")),
    ("none", _("I have no plan yet")),
]
#: The answer to the one question that every expert gets.
RIGHT_PLAN = {
    "yes": _("Yes, this is the right plan."),
    "partly": _("In part: something has to change."),
    "no": _("No, this is not the right plan."),
}
#: What who asked says of an expert.
EXPERT = [
    ("accept", _("Yes, this expert may look at my plan")),
    ("refuse", _("I would like another expert")),
]
#: What who asked says of the opinion.
ANSWERS = [
    ("agreed_original", _("I agree with the plan as it was")),
    ("agreed_changed", _("I agree with the changed plan")),
    ("agreed_alternative", _("Another way suits me, without this plan")),
    ("not_agree", _("I am not content")),
    ("leave_it", _("I am not content, and I leave it at this")),
]
#: What can be given to an expert, and what that means.
ITEMS = {
    "words": (_("What I wrote when I asked"), _("Then the expert knows what you doubt.")),
    "plan": (_("The plan and its report"), _("Without it the expert cannot judge what we wrote.")),
    "reach": (_("My name and how to reach me"), _("Then the expert can talk with you. It is not needed.")),
}
#: Why something cannot be done now, as what to do instead.
NOT_SO = {
    "enough": _("You asked for another expert twice. Call us: we look at it with you."),
    "nothing": _("Choose at least one thing. Without it the expert cannot begin."),
    "conflict": _("This expert is not independent any more. We look for another."),
    "none": _("There is no expert at this moment. We look for one."),
}
#: The same things, in the words of who judges.
FOR_EXPERT = {
    "words": _("What the resident wrote"),
    "plan": _("The plan and its report"),
    "reach": _("Name and how to reach the resident"),
}
#: Why somebody cannot judge a plan, for the coordinator.
CONFLICTS = {
    "same_employer": _("works for the same organisation as who made the plan"),
    "provider": _("works for an organisation that is paid for the plan"),
    "in_team": _("works or worked in the team of the plan"),
    "earlier_part": _("had to do with this plan before"),
    "stopped": _("stopped"),
    "not_signed": _("has not signed"),
}
#: Why nobody waits any more for somebody who did not answer, as it is kept.
SILENT = "silent"
#: Why somebody was stopped by the rules or the days, and not by a person.
BY_ITSELF = {**CONFLICTS, SILENT: _("did not answer in time")}
#: How it stands with somebody who was asked.
STANDS = {
    "invited": _("asked"),
    "declined": _("said no"),
    "proposed": _("signed, proposed to the resident"),
    "refused": _("the resident would like another"),
    "accepted": _("accepted by the resident"),
    "ended": _("stopped"),
}
#: Why a form of the desk cannot be done now.
NOT_NOW = {
    "owner": _("First take it in hand: the resident hears your name."),
    "unchecked": _("First write down who made the plan and who is paid for it."),
    "asked": _("Somebody is asked already. Wait for the answer, or do not wait any more."),
    "conflict": _("This expert is not independent of this plan. Choose another."),
    "enough": _("The resident asked for another expert twice. Talk about it with them."),
    "nothing": _("Choose at least one thing. Without it the expert cannot begin."),
    "none": _("Nobody is asked at this moment."),
}
