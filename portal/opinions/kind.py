"""The table of a second opinion: who may do what, and which promise begins.

It is a right: nobody refuses it, and nobody ends it but who asked. Only they say whether they are content; staff may
write down what they were told (`heard_…`), and who asked hears what was written. The expert is not one of the staff.
"""

from pyramid.i18n import TranslationStringFactory

from portal.cases.workflow import Author, CaseKind, Step

_ = TranslationStringFactory("portal")
RESIDENT, HELPER = Author.RESIDENT, Author.REPRESENTATIVE
STAFF, SYSTEM, EXPERT = Author.STAFF, Author.SYSTEM, Author.EXPERT
THEIRS = (RESIDENT, HELPER)
#: Our own promises, as the law is silent: 2, 5, 15 and 5 working days, and 5 for a talk when it did not help.
ACK, PROPOSE = "second_opinion_ack", "second_opinion_expert_proposed"
JUDGE, FOLLOW_UP, TALK = "second_opinion_opinion", "second_opinion_follow_up", "second_opinion_talk"
#: While somebody looks at the plan, or is looked for.
SEARCHING = ("received", "acknowledged")
WITH_EXPERT = ("proposed", "accepted", "under_review")
ANSWERED = ("opinion_sent", "not_agreed", "routes_shown")
OPEN = (*SEARCHING, *WITH_EXPERT, *ANSWERED)
#: What who asked may say in the end: their plan as it was, a changed one, or another way than a plan.
AGREED = ("agreed_original", "agreed_changed", "agreed_alternative")


def _both(action: str, states: tuple[str, ...], to: str, starts: tuple[str, ...] = (), ends: tuple[str, ...] = ()) -> tuple[Step, ...]:  # fmt: skip  # noqa: E501
    """A step of who asked, and the same step as staff heard it from them."""
    return Step(action, states, to, THEIRS, starts, ends), Step(f"heard_{action}", states, to, (STAFF,), starts, ends)


SECOND_OPINION = CaseKind(
    code="second_opinion",
    title=_("A second opinion"),
    first="received",
    closed=frozenset({*AGREED, "closed", "withdrawn"}),
    panel="opinions/panel.jinja2",
    waiting=frozenset({"received", "acknowledged", "under_review"}),
    ours=frozenset({"received", "acknowledged", "under_review", "opinion_sent", "not_agreed"}),
    retention={**{state: "retain_second_opinion" for state in (*AGREED, "closed")}, "withdrawn": "retain_withdrawn"},
    steps=(
        Step("begin", ("received",), "received", (SYSTEM,), (ACK, PROPOSE)),
        Step("acknowledge", ("received",), "acknowledged", (STAFF,), (), (ACK,)),
        Step("invite", ("acknowledged",), "acknowledged", (STAFF,)),
        Step("decline", ("acknowledged",), "acknowledged", (EXPERT,)),
        Step("call_off", ("acknowledged",), "acknowledged", (STAFF, SYSTEM)),
        # The expert signs that they are independent, and is proposed with that.
        Step("propose", ("acknowledged",), "proposed", (EXPERT,), (), (PROPOSE,)),
        *_both("accept_expert", ("proposed",), "accepted"),
        *_both("refuse_expert", ("proposed",), "acknowledged", (PROPOSE,)),
        *_both("release", ("accepted",), "under_review", (JUDGE,)),
        *_both("change_release", ("under_review",), "under_review"),
        # Somebody turns out to be not independent, or cannot go on: another is looked for, and nothing is lost.
        Step("end_expert", WITH_EXPERT, "acknowledged", (STAFF, SYSTEM, EXPERT), (PROPOSE,), (JUDGE,)),
        Step("opinion", ("under_review",), "opinion_sent", (EXPERT,), (FOLLOW_UP,), (JUDGE,)),
        *(Step("react", (state,), state, (STAFF,)) for state in ANSWERED),
        Step("follow_up", ("opinion_sent",), "opinion_sent", (STAFF,), (), (FOLLOW_UP,)),
        *(step for answer in AGREED for step in _both(answer, ANSWERED, answer)),
        *_both("not_agree", ("opinion_sent",), "not_agreed", (TALK,), (FOLLOW_UP,)),
        Step("talk_on", ("not_agreed",), "routes_shown", (STAFF,), (), (TALK,)),
        *_both("leave_it", ("not_agreed", "routes_shown"), "closed"),
        # They said that they do not agree, and read where else they can go: after some weeks it is put away.
        Step("put_away", ("routes_shown",), "closed", (SYSTEM,)),
        Step("withdraw", OPEN, "withdrawn", THEIRS),
    ),
    names={
        "open": _("You asked for a second opinion"),
        "begin": _("The days that we promised began"),
        "acknowledge": _("Somebody takes care of your question"),
        "invite": _("We asked an expert to look at your plan"),
        "decline": _("This expert cannot do it: we ask another"),
        "call_off": _("We ask another expert"),
        "propose": _("We propose an expert to you"),
        "accept_expert": _("You said yes to the expert"),
        "heard_accept_expert": _("You told us yes to the expert"),
        "refuse_expert": _("You would like another expert"),
        "heard_refuse_expert": _("You told us that you would like another expert"),
        "release": _("You chose what the expert may see"),
        "heard_release": _("You told us what the expert may see"),
        "change_release": _("You changed what the expert may see"),
        "heard_change_release": _("You told us to change what the expert may see"),
        "end_expert": _("This expert stops: we look for another"),
        "opinion": _("The expert wrote the opinion"),
        "react": _("The team wrote what it thinks of the opinion"),
        "follow_up": _("We talked with you about the opinion"),
        "agreed_original": _("You agree with the plan as it was"),
        "heard_agreed_original": _("You told us that you agree with the plan as it was"),
        "agreed_changed": _("You agree with the changed plan"),
        "heard_agreed_changed": _("You told us that you agree with the changed plan"),
        "agreed_alternative": _("You found another way that suits you"),
        "heard_agreed_alternative": _("You told us that another way suits you"),
        "not_agree": _("You are not content: we talk with you"),
        "heard_not_agree": _("You told us that you are not content: we talk with you"),
        "talk_on": _("We told you where else you can go"),
        "leave_it": _("You leave it at this"),
        "heard_leave_it": _("You told us that you leave it at this"),
        "put_away": _("Your second opinion is finished"),
        "withdraw": _("The request was taken back"),
    },
    state_names={
        "received": _("New"),
        "acknowledged": _("Looking for an expert"),
        "proposed": _("Expert proposed"),
        "accepted": _("To be released"),
        "under_review": _("With the expert"),
        "opinion_sent": _("Opinion sent"),
        "agreed_original": _("Plan stays"),
        "agreed_changed": _("Plan changed"),
        "agreed_alternative": _("Another way"),
        "not_agreed": _("Not content"),
        "routes_shown": _("Ways on shown"),
        "closed": _("Finished"),
        "withdrawn": _("Taken back"),
    },
    documents=_("The plan on paper, or other papers"),
    acts={},
    seen_in_team=(),
    seen_by=("second_opinion_coordinator",),
    led_by=("second_opinion_coordinator",),
)  # fmt: skip
