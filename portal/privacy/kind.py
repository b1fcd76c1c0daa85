"""The table of a question about somebody's data, by chapter III of the AVG: who may do what, and the month it may take.

Nothing of anybody is given, changed or thrown away before somebody saw who asks; to say no needs no proof.
"""

from pyramid.i18n import TranslationStringFactory

from portal.cases.workflow import Author, CaseKind, Step

_ = TranslationStringFactory("portal")
RESIDENT, HELPER = Author.RESIDENT, Author.REPRESENTATIVE
STAFF, SYSTEM = Author.STAFF, Author.SYSTEM
#: The month of the law, and the policy that says how much longer it may take.
ANSWER, EXTEND = "avg_answer", "avg_extend"
OPEN = ("received", "identity_checked", "collecting")
ENDED = ("answered", "refused")

PRIVACY = CaseKind(
    code="privacy_request",
    title=_("A question about your data"),
    first="received",
    closed=frozenset({"answered", "refused", "withdrawn"}),
    panel="privacy/panel.jinja2",
    waiting=frozenset(OPEN),
    ours=frozenset(OPEN),
    retention={
        "answered": "retain_privacy_request", "refused": "retain_privacy_request", "withdrawn": "retain_withdrawn",
    },
    steps=(
        Step("begin", ("received",), "received", (SYSTEM,), (ANSWER,)),
        Step("prove", ("received",), "received", (RESIDENT,)),
        Step("check_identity", ("received",), "identity_checked", (STAFF,)),
        Step("collect", ("identity_checked", "collecting"), "collecting", (STAFF,)),
        Step("decide", ("collecting",), "collecting", (STAFF,)),
        Step("carry_out", ("collecting",), "collecting", (STAFF,)),
        Step("answer", ("collecting",), "answered", (STAFF,)),
        Step("refuse", OPEN, "refused", (STAFF,)),
        *(Step("extend", (state,), state, (STAFF,)) for state in OPEN),
        Step("withdraw", OPEN, "withdrawn", (RESIDENT, HELPER)),
    ),
    names={
        "open": _("You asked something about your data"),
        "begin": _("The time in which we must answer began"),
        "prove": _("You showed with a code that it is you"),
        "check_identity": _("We know that it is you"),
        "collect": _("We look up what we have of you"),
        "decide": _("We chose what to do with what we have of you"),
        "carry_out": _("We threw something of you away"),
        "answer": _("You got our answer"),
        "refuse": _("We said no, and why"),
        "extend": _("We need two months more"),
        "withdraw": _("The question was taken back"),
    },
    state_names={
        "received": _("New"),
        "identity_checked": _("We know who it is"),
        "collecting": _("Being looked up"),
        "answered": _("Answered"),
        "refused": _("Said no"),
        "withdrawn": _("Question taken back"),
    },
    acts={},
    seen_in_team=(),
    seen_by=("privacy_officer",),
    led_by=("privacy_officer",),
)  # fmt: skip
