"""The chain of events of a case: each row is bound to the one before."""

import json
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseEvent
from portal.cases.workflow import Actor, Author


def link(previous: str, case_id: str, number: int, at: datetime, parts: tuple[str | None, ...]) -> str:
    """The hash of an event: of all it says and of the hash before it."""
    said = json.dumps([previous, case_id, number, at.astimezone(UTC).isoformat(), *parts], ensure_ascii=True)
    return sha256(said.encode()).hexdigest()


def _parts(row: CaseEvent) -> tuple[str | None, ...]:
    """What the hash is made of. Who of the staff did it is a part only where there is somebody."""
    who = (f"staff:{row.staff_id}",) if row.staff_id is not None else ()
    return (row.author, row.action, row.from_state, row.to_state, row.reason, *who)


def add_event(
    session: Session, case: Case, action: str, who: Author | Actor, before: str, now: datetime,
    reason: str | None = None,
) -> CaseEvent:  # fmt: skip
    """Write down what happened to a case that is now in its new state. Two at once: the second is tried again."""
    last = session.scalar(
        select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.number.desc()).limit(1)
    )
    number, previous = (last.number + 1, last.hash) if last else (1, "")
    actor = who if isinstance(who, Actor) else Actor(who)
    event = CaseEvent(
        case_id=case.id, number=number, at=now, author=str(actor.author), action=action, from_state=before,
        to_state=case.state, reason=reason, staff_id=actor.staff_id,
    )  # fmt: skip
    event.hash = link(previous, case.id, number, now, _parts(event))
    session.add(event)
    case.head = event.hash
    return event


def broken_link(session: Session, case_id: str) -> int | None:
    """The number of the first event that is not as it was written, or that is missing; None when the chain is whole."""
    previous, number = "", 0
    rows = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.number))
    for number, row in enumerate(rows, 1):
        if row.number != number or row.hash != link(previous, case_id, number, row.at, _parts(row)):
            return number
        previous = row.hash
    head = session.scalar(select(Case.head).where(Case.id == case_id))
    return None if previous == (head or "") else number + 1
