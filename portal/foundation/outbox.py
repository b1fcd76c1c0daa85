"""Work to do after a commit, written down in the same transaction as what asked for it.

A row stands or falls with its cause. The worker runs it at least once; whoever handles a kind makes sure that twice
does no harm. A fault is tried again after growing pauses and is visible in the row.

Most kinds are handled by the handful, inside one transaction. A kind that speaks with somebody outside is handled
`OneByOne`: each row by itself, with no transaction open meanwhile.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pyramid.config import Configurator
from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.foundation.clock import Clock
from portal.foundation.db import Base, reading, writing
from portal.foundation.faults import describe
from portal.foundation.site import Site

log = logging.getLogger(__name__)

#: Pauses after the first, second … fault. Together under three days, then the row waits for a person.
PAUSES = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 3_600, 14_400, 43_200, 86_400, 86_400))
#: How long a row that was done can still be looked at.
DONE_IS_KEPT = timedelta(days=30)
#: Rows taken in one go.
HANDFUL = 200
#: Rows handled one by one before another kind gets its turn.
IN_A_ROW = 20
#: How long a row that is handled by itself stays with the worker that took it; then that worker must be dead. Longer
#: than a mail server that thinks ten seconds about each of its ten answers.
TAKEN_FOR = timedelta(minutes=5)


class OutboxRow(Base):
    """One thing to do. `payload` holds keys, never anybody's words."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "done_at", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    given_up: Mapped[bool] = mapped_column(default=False)
    fault: Mapped[str | None] = mapped_column(String(300))


#: Does the work for a handful of payloads of one kind at once. Raises whatever goes wrong.
Handler = Callable[[Site, list[dict[str, Any]]], None]


@dataclass(frozen=True)
class OneByOne:
    """Does the work for one payload at a time, in transactions of its own. Raises whatever goes wrong."""

    handle: Callable[[Site, dict[str, Any]], None]


Handlers = Mapping[str, Handler | OneByOne]


def post(session: Session, kind: str, payload: dict[str, Any], now: datetime) -> None:
    """Write down one thing to do, due at once."""
    session.add(OutboxRow(kind=kind, payload=payload, due_at=now))


def _waiting(now: datetime, kind: str | None = None) -> Any:
    query = select(OutboxRow).where(OutboxRow.done_at.is_(None), OutboxRow.given_up.is_(False), OutboxRow.due_at <= now)
    return query if kind is None else query.where(OutboxRow.kind == kind)


def gives_up_after(attempts: int) -> bool:
    """Whether a row that went wrong so many times now waits for a person."""
    return attempts > len(PAUSES)


def _put_off(row: OutboxRow, now: datetime, fault: Exception) -> None:
    row.attempts += 1
    row.fault = type(fault).__name__  # the type only: a message may quote somebody's words
    if gives_up_after(row.attempts):
        row.given_up = True
    else:
        row.due_at = now + PAUSES[row.attempts - 1]


def _run_kind(site: Site, kind: str, handler: Handler, clock: Clock) -> int:
    with writing(site.engine) as session:
        rows = list(
            session.scalars(
                _waiting(clock.now(), kind).order_by(OutboxRow.id).limit(HANDFUL).with_for_update(skip_locked=True)
            )
        )
        try:
            if rows:
                handler(site, [row.payload for row in rows])
        except Exception as fault:
            log.error("outbox: %d rows of kind %s put off: %s", len(rows), kind, describe(fault))
            for row in rows:
                _put_off(row, clock.now(), fault)
            return 0
        for row in rows:
            row.done_at = clock.now()
        _forget_what_is_done(session, clock)
    return len(rows)


def _forget_what_is_done(session: Session, clock: Clock) -> None:
    session.execute(delete(OutboxRow).where(OutboxRow.done_at < clock.now() - DONE_IS_KEPT))


def _take_one(site: Site, kind: str, clock: Clock) -> tuple[int, dict[str, Any]] | None:
    """The next row, promised to us for a while; when we die meanwhile it is due again by itself."""
    with writing(site.engine) as session:
        row = session.scalars(
            _waiting(clock.now(), kind).order_by(OutboxRow.id).limit(1).with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return None
        row.due_at = clock.now() + TAKEN_FOR
        return row.id, row.payload


def _run_one(site: Site, kind: str, job: OneByOne, clock: Clock) -> bool:
    """Handle the next row; False when there is none or it went wrong."""
    taken = _take_one(site, kind, clock)
    if taken is None:
        return False
    number, payload = taken
    wrong: Exception | None = None
    try:
        job.handle(site, payload)
    except Exception as fault:
        log.error("outbox: a row of kind %s put off: %s", kind, describe(fault))
        wrong = fault
    with writing(site.engine) as session:
        row = session.get(OutboxRow, number)
        if row is None:  # thrown away meanwhile, with what it was about
            return wrong is None
        if wrong is not None:
            _put_off(row, clock.now(), wrong)
            return False
        row.done_at = clock.now()
        _forget_what_is_done(session, clock)
    return True


def _run_one_by_one(site: Site, kind: str, job: OneByOne, clock: Clock) -> int:
    """A fault ends the turn: when the other side is away, each row would wait for it and other kinds for them all."""
    done = 0
    while done < IN_A_ROW and _run_one(site, kind, job, clock):
        done += 1
    return done


def run_once(site: Site, handlers: Handlers, clock: Clock) -> int:
    """Do what is due now. Returns how many rows were done."""
    with reading(site.engine) as connection:
        kinds = connection.scalars(_waiting(clock.now()).with_only_columns(OutboxRow.kind).distinct()).all()
    done = 0
    for kind in kinds:
        handler = handlers.get(kind)
        if isinstance(handler, OneByOne):
            done += _run_one_by_one(site, kind, handler, clock)
        elif handler is not None:
            done += _run_kind(site, kind, handler, clock)
    return done


def waiting(session: Session) -> int:
    """How many rows are not done yet, the given-up ones included."""
    return session.scalar(select(func.count()).where(OutboxRow.done_at.is_(None))) or 0


def add_job_handler(config: Configurator, kind: str, handler: Handler | OneByOne) -> None:
    """Directive: who does the work of a kind."""
    config.action(("job", kind), lambda: config.registry.job_handlers.__setitem__(kind, handler))


def includeme(config: Configurator) -> None:
    """Open the register of handlers."""
    config.registry.job_handlers = {}
    config.add_directive("add_job_handler", add_job_handler)
