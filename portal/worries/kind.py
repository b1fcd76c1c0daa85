"""The table of a worry about somebody else: advice without names comes first, and whoever is named hears of it in time.

A name is there for a month at most before the person is told (`inform_person_not_asked`); only two people together may
decide that it is not safe yet, with a reason and a date. What is over goes away by itself (`clockwork`). Who told us
of it reads that we told the person and that we are done; never what the person said, nor what came of it.
"""

from pyramid.i18n import TranslationStringFactory

from portal.cases.workflow import Author, CaseKind, Step

_ = TranslationStringFactory("portal")
RESIDENT, HELPER = Author.RESIDENT, Author.REPRESENTATIVE
STAFF, SYSTEM = Author.STAFF, Author.SYSTEM
#: What the law promises the person, and what we promise beside it: an answer, sooner in danger, and no loose end.
INFORM, ADVICE, DANGER, AFTER, REVIEW = (
    "inform_person_not_asked", "worry_advice", "worry_danger", "worry_after", "worry_safety_review",
)  # fmt: skip
#: Somebody is named who does not know of it yet.
SILENT = ("named", "triage")
#: We may be here only when the person knows of it.
TOLD = ("informed", "offered", "no_action", "refused")
#: How it ends for the person. Who told us of it reads the same for each.
ENDS = ("offered", "no_action", "refused")
_WITH_NAME = (*SILENT, "informed", "safety")
_DONE = _("We are done")

WORRY = CaseKind(
    code="worry",
    title=_("A worry about somebody else"),
    first="advice",
    closed=frozenset({"advised", *ENDS, "lapsed", "withdrawn"}),
    panel="worries/panel.jinja2",
    waiting=frozenset({"advice"}),
    ours=frozenset({"advice", *_WITH_NAME}),
    retention={
        "advised": "retain_worry_advice", "offered": "retain_worry", "no_action": "retain_worry",
        "refused": "retain_worry", "lapsed": "retain_worry_advice", "withdrawn": "retain_withdrawn",
    },
    steps=(
        Step("begin", ("advice",), "advice", (SYSTEM,), (ADVICE,)),
        Step("begin_danger", ("advice",), "advice", (SYSTEM,), (DANGER,)),
        Step("advise", ("advice",), "advised", (STAFF,), (), (ADVICE, DANGER)),
        Step("name", ("advice", "advised"), "named", (RESIDENT, HELPER, STAFF), (INFORM,), (ADVICE,)),
        Step("look", ("named",), "triage", (STAFF,), (), (DANGER,)),
        Step("inform", (*SILENT, "safety"), "informed", (STAFF,), (AFTER,), (INFORM, REVIEW, DANGER)),
        Step("propose_safety", SILENT, "triage", (STAFF,), (), (DANGER,)),
        Step("propose_safety", ("informed",), "informed", (STAFF,)),
        Step("propose_safety", ("safety",), "safety", (STAFF,)),
        Step("give_back_safety", ("triage",), "triage", (STAFF,)),
        Step("give_back_safety", ("informed",), "informed", (STAFF,)),
        Step("give_back_safety", ("safety",), "safety", (STAFF,)),
        Step("safety", ("triage", "informed", "safety"), "safety", (STAFF,), (REVIEW,), (INFORM, AFTER, REVIEW)),
        *(Step("share", (state,), state, (STAFF,)) for state in _WITH_NAME),
        Step("offer", ("informed", "safety"), "offered", (STAFF,)),
        Step("no_action", ("informed", "safety"), "no_action", (STAFF,)),
        Step("refuse", ("informed", "safety"), "refused", (STAFF,)),
        Step("lapse", (*SILENT, "safety"), "lapsed", (SYSTEM,)),
        Step("withdraw", ("advice", *SILENT), "withdrawn", (RESIDENT, HELPER)),
    ),
    names={
        "open": _("You told us your worry"),
        "advise": _("You got our advice"),
        "name": _("You told us who it is about"),
        "look": _("We look into it"),
        "inform": _("We told the person"),
        "offer": _DONE,
        "no_action": _DONE,
        "refuse": _DONE,
        "lapse": _("We were too late: the name is thrown away"),
        "withdraw": _("The worry was taken back"),
    },
    staff_names={
        "begin": _("The promise to give advice began"),
        "begin_danger": _("It is about danger: the promise to call began"),
        "propose_safety": _("Somebody proposed not to tell the person yet"),
        "give_back_safety": _("A colleague did not agree with that"),
        "safety": _("Two people decided: for safety, not yet"),
        "share": _("Somebody else was told"),
        "offer": _("The person was offered a conversation"),
        "no_action": _("Nothing needs to be done"),
        "refuse": _("The person does not want help: that is their right"),
    },
    state_names={
        "advice": _("Asks for advice"),
        "advised": _("Advice given"),
        "named": _("A person is named"),
        "triage": _("Being looked into"),
        "informed": _("The person knows"),
        "offered": _("Conversation offered"),
        "no_action": _("Nothing to do"),
        "refused": _("Wants no help: their right"),
        "safety": _("Not told yet, for safety"),
        "lapsed": _("Too late: name gone"),
        "withdrawn": _("Worry taken back"),
    },
    acts={"look": _("I look into it")},
    about_another=True,
)  # fmt: skip
