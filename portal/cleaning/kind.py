"""The table of a request for cleaning: who may do what, and which promise begins."""

from pyramid.i18n import TranslationStringFactory

from portal.cases.workflow import Author, CaseKind, Step

_ = TranslationStringFactory("portal")
RESIDENT, HELPER = Author.RESIDENT, Author.REPRESENTATIVE
PROVIDER, STAFF, SYSTEM = Author.PROVIDER, Author.STAFF, Author.SYSTEM
ANSWER, START = "cleaning_provider_answer", "cleaning_start"
UNANSWERED = ("submitted", "declined", "silent")
LIVE = ("submitted", "offered", "declined", "silent", "accepted", "nobody_came", "started")

CLEANING = CaseKind(
    code="cleaning",
    title=_("Help with cleaning"),
    first="submitted",
    closed=frozenset({"ended", "withdrawn"}),
    panel="cleaning/panel.jinja2",
    waiting=frozenset({"submitted", "offered"}),
    retention="retain_cleaning",
    steps=(
        Step("offer", UNANSWERED, "offered", (SYSTEM, RESIDENT, HELPER, STAFF), (ANSWER,), (ANSWER,)),
        Step("accept", ("offered",), "accepted", (PROVIDER,), (START,), (ANSWER,)),
        Step("decline", ("offered",), "declined", (PROVIDER,), (), (ANSWER,)),
        Step("silence", ("offered",), "silent", (SYSTEM,), (), (ANSWER,)),
        Step("came", ("accepted", "nobody_came"), "started", (RESIDENT, HELPER, STAFF), (), (START,)),
        Step("nobody_came", ("accepted", "started"), "nobody_came", (RESIDENT, HELPER, STAFF)),
        Step("end", ("started",), "ended", (RESIDENT, HELPER, PROVIDER, STAFF)),
        Step("withdraw", LIVE, "withdrawn", (RESIDENT, HELPER)),
    ),
    names={
        "open": _("You asked for help with cleaning"),
        "offer": _("We asked the provider"),
        "accept": _("The provider said yes"),
        "decline": _("The provider said no"),
        "silence": _("The provider did not answer in time"),
        "came": _("You said: they came"),
        "nobody_came": _("You said: nobody came"),
        "end": _("The help ended"),
        "withdraw": _("You took your request back"),
        "message": _("You told us something"),
    },
)  # fmt: skip
