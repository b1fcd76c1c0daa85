"""The table of a complaint, by chapter 9 of the Algemene wet bestuursrecht: who may do what, and which promise begins.

Whether somebody is content is said by who complained; staff may only write down what they were told (article 9:5).
Who concludes does not sign, and nobody signs but a coordinator (`staff`).
"""

from pyramid.i18n import TranslationStringFactory

from portal.cases.workflow import Author, CaseKind, Step

_ = TranslationStringFactory("portal")
RESIDENT, HELPER = Author.RESIDENT, Author.REPRESENTATIVE
STAFF, SYSTEM = Author.STAFF, Author.SYSTEM
#: The weeks of the law; what we promise beside them: to say who handles it, and to look once more.
DECIDE, RECEIPT, AGAIN = "complaint_decide", "complaint_receipt", "complaint_again"
#: The states in which the complaint itself is looked into.
FORMAL = ("formal", "hearing_offered", "heard", "concluded")
OPEN = ("received", "informal", *FORMAL)


def _anywhere(action: str, authors: tuple[Author, ...]) -> tuple[Step, ...]:
    """A step that changes no state, wherever the weeks of the law run."""
    return tuple(Step(action, (state,), state, authors) for state in OPEN)


COMPLAINT = CaseKind(
    code="complaint",
    title=_("A complaint"),
    first="received",
    closed=frozenset({"solved", "closed", "withdrawn", "not_handled", "forwarded"}),
    panel="complaints/panel.jinja2",
    waiting=frozenset(OPEN),
    ours=frozenset({"received", "informal", *FORMAL}),
    retention={
        "solved": "retain_complaint", "closed": "retain_complaint", "not_handled": "retain_complaint",
        "forwarded": "retain_complaint", "withdrawn": "retain_withdrawn",
    },
    steps=(
        Step("begin", ("received",), "received", (SYSTEM,), (DECIDE, RECEIPT)),
        Step("named", ("received",), "received", (STAFF,), (), (RECEIPT,)),
        Step("talk", ("received",), "informal", (STAFF,), (), (RECEIPT,)),
        Step("solved", ("informal",), "solved", (RESIDENT, HELPER)),
        Step("told_solved", ("informal",), "solved", (STAFF,)),
        Step("not_solved", ("informal",), "formal", (RESIDENT, HELPER, STAFF)),
        Step("examine", ("received",), "formal", (STAFF,), (), (RECEIPT,)),
        Step("offer_hearing", ("formal",), "hearing_offered", (STAFF,)),
        Step("offer_hearing", ("hearing_offered",), "hearing_offered", (STAFF,)),
        Step("waive", ("hearing_offered",), "heard", (RESIDENT, HELPER)),
        Step("hear", ("hearing_offered",), "heard", (STAFF,)),
        Step("skip_hearing", ("formal", "hearing_offered"), "heard", (STAFF,)),
        Step("conclude", ("heard",), "concluded", (STAFF,)),
        Step("give_back", ("concluded",), "heard", (STAFF,)),
        Step("sign", ("concluded",), "outcome_sent", (STAFF,), (), (DECIDE, AGAIN)),
        Step("accept", ("outcome_sent",), "closed", (RESIDENT, HELPER)),
        Step("once_more", ("outcome_sent",), "formal", (RESIDENT, HELPER), (AGAIN,)),
        Step("close", ("outcome_sent",), "closed", (SYSTEM, STAFF)),
        *_anywhere("extend", (STAFF,)),
        *_anywhere("ask_more", (STAFF,)),
        *_anywhere("agree_more", (RESIDENT, HELPER)),
        *_anywhere("refuse_more", (RESIDENT, HELPER)),
        *_anywhere("keep_from", (STAFF,)),
        *(Step("tell_concerned", (state,), state, (STAFF,)) for state in OPEN if state != "concluded"),
        Step("not_handle", ("received", "informal", "formal", "hearing_offered"), "not_handled", (STAFF,)),
        Step("forward", ("received", "informal", "formal"), "forwarded", (STAFF,)),
        Step("withdraw", (*OPEN, "outcome_sent"), "withdrawn", (RESIDENT, HELPER)),
    ),
    documents=_("Papers that belong to your complaint"),
    names={
        "open": _("You told us your complaint"),
        "assign": _("Somebody takes care of your complaint"),
        "release": _("Your complaint waits for somebody who takes care of it"),
        "read_right": _("You read your complaint: it is right"),
        "read_different": _("You read your complaint and told us what is different"),
        "begin": _("The time in which we must answer began"),
        "named": _("We told you who handles your complaint"),
        "talk": _("We first try to solve it together"),
        "solved": _("You said that it is solved"),
        "told_solved": _("You told us that it is solved"),
        "not_solved": _("It was not solved: we examine your complaint"),
        "examine": _("We examine your complaint"),
        "offer_hearing": _("You can tell your story in a hearing"),
        "waive": _("You said that a hearing is not needed"),
        "hear": _("Your story was heard"),
        "skip_hearing": _("We went on without a hearing"),
        "conclude": _("The conclusion was written"),
        "give_back": _("The conclusion is looked at once more"),
        "sign": _("You got our conclusion"),
        "accept": _("You said that you leave it at this"),
        "once_more": _("You asked us to look once more"),
        "close": _("Your complaint is finished"),
        "extend": _("We need four weeks more"),
        "ask_more": _("We asked you for more time"),
        "agree_more": _("You agreed to more time"),
        "refuse_more": _("You did not agree to more time"),
        "keep_from": _("Somebody it is about cannot see your complaint"),
        "tell_concerned": _("Whom it is about was asked for their side"),
        "not_handle": _("We do not handle this complaint"),
        "forward": _("Your complaint went to somebody who can handle it"),
        "withdraw": _("The complaint was taken back"),
    },
    state_names={
        "received": _("New"),
        "informal": _("Talking first"),
        "formal": _("Being examined"),
        "hearing_offered": _("Hearing offered"),
        "heard": _("Heard"),
        "concluded": _("To be signed"),
        "outcome_sent": _("Conclusion sent"),
        "solved": _("Solved together"),
        "closed": _("Finished"),
        "not_handled": _("Not handled"),
        "forwarded": _("Passed on"),
        "withdrawn": _("Complaint taken back"),
    },
    acts={"close": _("Finish it: nothing more is asked")},
    seen_in_team=(),
    seen_by=("complaint_handler", "complaint_coordinator"),
    led_by=("complaint_coordinator",),
    walled=True,
)  # fmt: skip
