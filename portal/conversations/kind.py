"""The table of a request for a conversation: who may do what, and which promise begins.

By law such a request starts an investigation of six weeks, however the conversation goes; its report ends them. A
conversation is a means: in writing, or with a call to find a moment together, is as good as a moment chosen online.
Whether a plan is agreed is said by who it is about; staff may only write down what they were told.
"""

from pyramid.i18n import TranslationStringFactory

from portal.bookings.losing import LOST
from portal.cases.workflow import Author, CaseKind, Step

_ = TranslationStringFactory("portal")
RESIDENT, HELPER = Author.RESIDENT, Author.REPRESENTATIVE
STAFF, SYSTEM = Author.STAFF, Author.SYSTEM
#: The investigation of the law, and our own promise to agree on a moment. The own plan of a resident is no promise of
#: ours and no term here: its date is only told.
INVESTIGATION, FIRST_MOMENT, OWN_PLAN = "melding_investigation", "conversation_first_slot", "personal_plan_window"
#: Somebody said that it cannot wait: a coordinator answers.
URGENT = "conversation_first_slot_urgent"
LIVE = ("received", "booked", "no_contact")
#: The states with a report that is theirs to answer, and those in which something still happens.
ANSWERED = ("plan_agreed", "plan_not_agreed")
OPEN = (*LIVE, "talked", "report_sent", *ANSWERED)


def _anywhere(
    action: str, authors: tuple[Author, ...], starts: tuple[str, ...] = (), ends: tuple[str, ...] = ()
) -> tuple[Step, ...]:
    """A step that changes no state, wherever the request stands."""
    return tuple(Step(action, (state,), state, authors, starts, ends) for state in OPEN)


CONVERSATION = CaseKind(
    code="conversation",
    title=_("A conversation"),
    first="received",
    closed=frozenset({"closed", "withdrawn"}),
    panel="conversations/panel.jinja2",
    waiting=frozenset({"received"}),
    ours=frozenset({"received", "talked", "no_contact", *ANSWERED}),
    retention={"closed": "retain_booking_details", "withdrawn": "retain_withdrawn"},
    steps=(
        Step("begin", ("received",), "received", (SYSTEM,), (INVESTIGATION, FIRST_MOMENT)),
        Step("book", ("received", "no_contact"), "booked", (SYSTEM, RESIDENT, HELPER, STAFF), (), (FIRST_MOMENT,)),
        Step("move", ("booked",), "booked", (RESIDENT, HELPER, STAFF)),
        Step("give_back", ("booked",), "received", (RESIDENT, HELPER, STAFF), (FIRST_MOMENT,)),
        # We cannot keep what we agreed: with a colleague it goes on, else it is offered again, never only cancelled.
        Step("colleague", ("booked",), "booked", (STAFF, SYSTEM)),
        Step(LOST, ("booked",), "received", (STAFF, SYSTEM), (FIRST_MOMENT,)),
        Step("talked", LIVE, "talked", (STAFF,), (), (FIRST_MOMENT,)),
        # Never a refusal: the six weeks go on, and a moment can still be chosen.
        Step("no_contact", ("received", "booked"), "no_contact", (STAFF,), (), (FIRST_MOMENT,)),
        Step("report", ("talked", "report_sent", "plan_not_agreed"), "report_sent", (STAFF,), (), (INVESTIGATION,)),
        Step("remark", ("report_sent",), "report_sent", (RESIDENT, HELPER)),
        Step("agree", ("report_sent", "plan_not_agreed"), "plan_agreed", (RESIDENT,)),
        Step("disagree", ("report_sent", "plan_agreed"), "plan_not_agreed", (RESIDENT,)),
        Step("heard_agree", ("report_sent", "plan_not_agreed"), "plan_agreed", (STAFF,)),
        Step("heard_disagree", ("report_sent", "plan_agreed"), "plan_not_agreed", (STAFF,)),
        Step("heard_nothing", ("report_sent",), "closed", (STAFF,)),
        *(Step("tried", (state,), state, (STAFF,)) for state in LIVE),
        *_anywhere("urgent", (RESIDENT, HELPER, STAFF), starts=(URGENT,)),
        *_anywhere("urgent_answered", (STAFF,), ends=(URGENT,)),
        *_anywhere("may_apply", (SYSTEM,)),
        Step("close", ("no_contact", *ANSWERED), "closed", (STAFF,)),
        Step("withdraw", OPEN, "withdrawn", (RESIDENT, HELPER, STAFF)),
    ),
    names={
        "open": _("You asked for a conversation"),
        "begin": _("The time in which we must answer began"),
        "book": _("There is a moment for your conversation"),
        "move": _("Your conversation got another moment"),
        "give_back": _("Your appointment was cancelled"),
        "colleague": _("Somebody else of the team talks with you"),
        LOST: _("We could not keep your appointment"),
        "talked": _("We talked with you"),
        "tried": _("We tried to reach you"),
        "no_contact": _("We could not reach you"),
        "report": _("We sent you the report and the plan"),
        "remark": _("You wrote what you think of the report"),
        "agree": _("You agreed with the plan"),
        "disagree": _("You do not agree with the plan"),
        "heard_agree": _("You told us that you agree with the plan"),
        "heard_disagree": _("You told us that you do not agree with the plan"),
        "heard_nothing": _("We did not hear what you think of the plan"),
        "urgent": _("It was marked: this cannot wait"),
        "urgent_answered": _("Somebody of the team called about what cannot wait"),
        "may_apply": _("The six weeks are over: you may apply now"),
        "close": _("Your request is finished"),
        "withdraw": _("The request was taken back"),
    },
    state_names={
        "received": _("No moment yet"),
        "booked": _("Moment agreed"),
        "talked": _("Talked"),
        "no_contact": _("Not reached"),
        "report_sent": _("Report sent"),
        "plan_agreed": _("Plan agreed"),
        "plan_not_agreed": _("Plan not agreed"),
        "closed": _("Finished"),
        "withdrawn": _("Taken back"),
    },
    documents=_("Your own plan or other papers"),
    acts={
        "talked": _("We talked with them"),
        "give_back": _("Cancel the appointment"),
        "urgent": _("This cannot wait"),
        "urgent_answered": "",
        "no_contact": _("We cannot reach them"),
        "close": _("Finish this request"),
        "withdraw": _("The resident takes it back"),
    },
    told={"give_back": "given_back", "urgent": "urgent", "urgent_answered": "talked"},
    by_letter=frozenset({"no_contact"}),
)  # fmt: skip
