"""The table of a request for cleaning: who may do what, and which promise begins."""

from pyramid.i18n import TranslationStringFactory

from portal.cases.workflow import Author, CaseKind, Step

_ = TranslationStringFactory("portal")
RESIDENT, HELPER = Author.RESIDENT, Author.REPRESENTATIVE
PROVIDER, STAFF, SYSTEM = Author.PROVIDER, Author.STAFF, Author.SYSTEM
ANSWER, START, DESK = "cleaning_provider_answer", "cleaning_start", "cleaning_desk_acts"
UNANSWERED = ("submitted", "declined", "silent", "nobody_came")
#: Where staff may stop when somebody is not heard of any more: nobody comes there now.
HALTED = ("submitted", "declined", "silent", "nobody_came")
LIVE = ("submitted", "offered", "declined", "silent", "accepted", "nobody_came", "started")

CLEANING = CaseKind(
    code="cleaning",
    title=_("Help with cleaning"),
    first="submitted",
    closed=frozenset({"ended", "withdrawn", "let_go"}),
    panel="cleaning/panel.jinja2",
    waiting=frozenset({"submitted", "offered"}),
    ours=frozenset({"submitted", "declined", "silent", "nobody_came"}),
    retention={"ended": "retain_cleaning", "started": "retain_cleaning", "withdrawn": "retain_withdrawn",
               "let_go": "retain_withdrawn"},
    steps=(
        Step("offer", UNANSWERED, "offered", (SYSTEM, RESIDENT, HELPER, STAFF), (ANSWER,), (ANSWER, DESK)),
        # A yes that comes late is better than none: the provider's link stays open for a while.
        Step("accept", ("offered", "silent"), "accepted", (PROVIDER,), (START,), (ANSWER, DESK)),
        # Where a request comes to a halt, the desk has to do something: the resident may choose again, and need not.
        Step("decline", ("offered",), "declined", (PROVIDER,), (DESK,), (ANSWER,)),
        Step("silence", ("offered",), "silent", (SYSTEM,), (DESK,), (ANSWER,)),
        Step("came", ("accepted", "nobody_came"), "started", (RESIDENT, HELPER, STAFF), (), (START, DESK)),
        Step("nobody_came", ("accepted", "started"), "nobody_came", (RESIDENT, HELPER, STAFF), (DESK,), (START,)),
        Step("end", ("started",), "ended", (RESIDENT, HELPER, PROVIDER, STAFF)),
        Step("let_go", HALTED, "let_go", (STAFF,)),
        Step("withdraw", LIVE, "withdrawn", (RESIDENT, HELPER, STAFF)),
    ),
    names={
        "open": _("You asked for help with cleaning"),
        "offer": _("We asked the provider"),
        "accept": _("The provider said yes"),
        "decline": _("The provider said no"),
        "silence": _("The provider did not answer in time"),
        "came": _("The help has come"),
        "nobody_came": _("Nobody came"),
        "end": _("The help ended"),
        "withdraw": _("The request was taken back"),
        "let_go": _("We heard nothing more, and stopped looking"),
    },
    state_names={
        "submitted": _("New"),
        "offered": _("Provider asked"),
        "accepted": _("Provider comes"),
        "declined": _("Provider said no"),
        "silent": _("Provider is silent"),
        "started": _("Help has begun"),
        "nobody_came": _("Nobody came"),
        "ended": _("Ended"),
        "withdrawn": _("Taken back"),
        "let_go": _("Stopped: nothing heard"),
    },
    acts={
        "came": _("They came"),
        "nobody_came": _("Nobody came"),
        "end": _("The help ended"),
        "withdraw": _("The resident takes it back"),
        "let_go": _("We hear nothing more: stop"),
    },
)  # fmt: skip
