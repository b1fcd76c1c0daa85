"""Who told a complaint at the desk or by phone reads what was written down, and says whether it is right.

Anyone may complain by word of mouth (article 9:2); what is looked into are their words, and not ours.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.events import add_event
from portal.cases.models import Case, CaseEvent
from portal.cases.services import CaseDesk
from portal.cases.workflow import Author
from portal.complaints.models import Complaint

#: The ways in on which staff wrote down what somebody said.
SPOKEN = ("phone", "desk")
#: What is written in the time line when they said it.
SAID_RIGHT, SAID_DIFFERENT = "read_right", "read_different"


class ReadBack(StrEnum):
    """How far that is. The last thing they said counts."""

    NOT_NEEDED = ""
    WAITS = "waits"
    RIGHT = "right"
    DIFFERENT = "different"


def is_read_back(channel: str, *, anonymous: bool) -> bool:
    """Whether somebody wrote it down for who complained, and we can ask them."""
    return channel in SPOKEN and not anonymous


def read_back(session: Session, case: Case) -> ReadBack:
    """Whether who complained read what we wrote down, and what they said."""
    if not is_read_back(case.channel, anonymous=session.get_one(Complaint, case.id).anonymous):
        return ReadBack.NOT_NEEDED
    said = what_was_said_of_it(session, case)
    if said is None:
        return ReadBack.WAITS
    return ReadBack.RIGHT if said.action == SAID_RIGHT else ReadBack.DIFFERENT


def what_was_said_of_it(session: Session, case: Case) -> CaseEvent | None:
    """The last time who complained read it and said whether it is right; None before that."""
    query = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.action.in_((SAID_RIGHT, SAID_DIFFERENT)))
    return session.scalar(query.order_by(CaseEvent.number.desc()).limit(1))


def say_right(session: Session, case: Case, now: datetime) -> None:
    """Write down that they read it and that it is right."""
    add_event(session, case, SAID_RIGHT, Author.RESIDENT, case.state, now)
    session.flush()


def say_different(session: Session, desk: CaseDesk, case: Case, text: str, now: datetime) -> None:
    """Keep what is different as their message, which waits for an answer. Raises `TooMuch` and `StepRefused`."""
    desk.say(case, Author.RESIDENT, text)
    add_event(session, case, SAID_DIFFERENT, Author.RESIDENT, case.state, now)
    session.flush()
