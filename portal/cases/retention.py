"""How long a case is kept once it came to rest, and throwing it away with everything that hangs on it.

What is due when is decided by `Rule` and `rules_of`, which ask no database. The worker does it once an hour; what goes
leaves a `DeletionRecord` behind, and nothing of whom it was about.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, and_, delete, exists, false, func, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.cases.models import AccessKey, Attempt, Case, DeletionRecord, Draft
from portal.cases.notices import about_for_staff
from portal.cases.references import new_id
from portal.cases.workflow import CaseKind
from portal.foundation.clock import Clock, local_date, today
from portal.foundation.db import reading, writing
from portal.foundation.faults import describe
from portal.foundation.outbox import OutboxRow
from portal.foundation.policies import Policy, read_policies
from portal.foundation.site import Site
from portal.messaging.models import Message
from portal.messaging.services import KIND

log = logging.getLogger(__name__)
#: Cases thrown away in one transaction: SQLite has one write lock, and who sends a form waits for it.
HANDFUL = 50
#: Cases the worker throws away in one look; then messages and index have their turn, and it looks again.
MOST_A_LOOK = 1000
#: The worker looks every few seconds; what is counted in days can wait.
EVERY = timedelta(hours=1)
#: What passes by itself, in the order of the report.
PASSING = {"drafts": (Draft, Draft.expires_at), "attempts": (Attempt, Attempt.until),
           "keys": (AccessKey, AccessKey.expires_at)}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """Cases of a kind in a state are kept as long as a policy says. Without a policy they are kept."""

    kind: str
    state: str
    policy: Policy | None

    def latest(self, now: datetime) -> datetime | None:
        """What came into the state at this moment or before has been kept long enough."""
        return now - self.policy.span() if self.policy else None

    def is_over(self, moved_at: datetime, now: datetime) -> bool:
        """Whether a case that came into the state then is due now."""
        latest = self.latest(now)
        return latest is not None and moved_at <= latest

    @property
    def basis(self) -> str:
        """The policy and its value, for the record that stays behind."""
        return f"{self.policy.key}: {self.policy.value} {self.policy.unit}" if self.policy else ""


def rules_of(kinds: Iterable[CaseKind], policies: Mapping[str, Policy]) -> list[Rule]:
    """A rule for each state of each kind that is not kept for ever."""
    return [
        Rule(kind.code, state, policies.get(key))
        for kind in sorted(kinds, key=lambda one: one.code)
        for state, key in sorted(kind.retention.items())
    ]


@dataclass(frozen=True)
class Line:
    """What is due in one state, or what went: how many, since when the oldest; and how many the law holds back."""

    rule: Rule
    due: int
    oldest: date | None
    held: int


@dataclass(frozen=True)
class Report:
    """What a run would do, or did. `passing` are drafts, attempts and keys; `failed` the cases that did not go."""

    lines: tuple[Line, ...]
    passing: Mapping[str, int]
    failed: int = 0

    @property
    def due(self) -> int:
        """All cases together."""
        return sum(line.due for line in self.lines)


def throw_away(
    session: Session, cases: Sequence[Any], why: str, basis: Callable[[Any], str], now: datetime, batch: str
) -> None:
    """Throw cases away with their messages; their rows elsewhere go with them. Each leaves a record.

    Cases are rows with id, kind, state and received_at, locked by the caller.
    """
    ids = [case.id for case in cases]
    about = [*ids, *map(about_for_staff, ids)]
    throw_away_messages(session, session.scalars(select(Message.id).where(Message.about.in_(about))).all())
    session.execute(delete(Case).where(Case.id.in_(ids)))
    for case in cases:
        session.add(
            DeletionRecord(
                batch=batch, kind=case.kind, state=case.state, opened_on=local_date(case.received_at), deleted_at=now,
                why=why, basis=basis(case),
            )
        )  # fmt: skip
    session.flush()


def throw_away_messages(session: Session, ids: Sequence[int]) -> None:
    """Throw messages away, and what the worker still had to do for them."""
    of_these = OutboxRow.payload["id"].as_integer().in_(ids)
    session.execute(delete(OutboxRow).where(OutboxRow.kind == KIND, OutboxRow.done_at.is_(None), of_these))
    session.execute(delete(Message).where(Message.id.in_(ids)))


def hold(session: Session, reference: str, because: str | None) -> bool:
    """Keep a case for a reason in law, or no longer when there is none; False when there is no such case."""
    values = {Case.held: because, Case.version: Case.version + 1}
    found = session.execute(update(Case).where(Case.reference == reference).values(values).returning(Case.id))
    return found.first() is not None


class Retention:
    """Throws away what was kept long enough in one municipality, as it is at one moment."""

    def __init__(self, engine: Engine, rules: Sequence[Rule], now: datetime) -> None:
        self._engine, self._rules, self._now = engine, rules, now
        self._of = {(rule.kind, rule.state): rule for rule in rules}

    def report(self) -> Report:
        """What a run would do now; changes nothing."""
        with reading(self._engine) as connection:
            due, held = self._count(connection)
            passing = {name: self._passed(connection, name) for name in PASSING}
        return self._report(due, held, passing)

    def run(self, most: int | None = None) -> Report:
        """Do it, a handful at a time, `most` cases in all. Takes no lock when nothing is due.

        A case that cannot go holds up no other; a database that does not answer is raised as it is.
        """
        with reading(self._engine) as connection:
            if not connection.scalar(select(or_(self._something_due(), *map(self._something_passed, PASSING)))):
                return self._report([], self._count(connection)[1], dict.fromkeys(PASSING, 0))
        passing, batch, ids = self._sweep(), new_id(), self._ids(most)
        gone: list[Any] = []
        failed = sum(self._try(ids[at : at + HANDFUL], batch, gone) for at in range(0, len(ids), HANDFUL))
        with reading(self._engine) as connection:
            held = self._count(connection)[1]
        return self._report([(case.kind, case.state, 1, case.moved_at) for case in gone], held, passing, failed)

    def _due(self) -> Any:
        """The cases whose time is over; but while somebody waits for an answer, nothing is thrown away."""
        of_rule = [
            and_(Case.kind == rule.kind, Case.state == rule.state, Case.moved_at <= rule.latest(self._now))
            for rule in self._rules
            if rule.policy
        ]
        return and_(or_(false(), *of_rule), Case.asks_since.is_(None))

    def _something_due(self) -> Any:
        return exists().where(self._due(), Case.held.is_(None))

    def _something_passed(self, name: str) -> Any:
        return exists().where(PASSING[name][1] <= self._now)

    def _passed(self, connection: Connection, name: str) -> int:
        table, until = PASSING[name]
        return connection.scalar(select(func.count()).select_from(table).where(until <= self._now)) or 0

    def _ids(self, most: int | None) -> list[str]:
        query = select(Case.id).where(self._due(), Case.held.is_(None)).order_by(Case.moved_at, Case.id)
        with reading(self._engine) as connection:
            return list(connection.scalars(query.limit(most)))

    def _count(self, connection: Connection) -> tuple[list[Any], dict[tuple[str, str], int]]:
        """(kind, state, how many, the oldest) of what may go; and how many are held by kind and state."""
        is_held = Case.held.is_not(None)
        query = select(Case.kind, Case.state, func.count(), func.min(Case.moved_at), is_held).where(self._due())
        rows = connection.execute(query.group_by(Case.kind, Case.state, is_held)).all()
        return [row[:4] for row in rows if not row[4]], {(row[0], row[1]): row[2] for row in rows if row[4]}

    def _sweep(self) -> dict[str, int]:
        """Before the cases, so that keys that go with a case are counted as in a dry run."""
        with writing(self._engine) as session:
            return {
                name: len(session.execute(delete(table).where(until <= self._now).returning(until)).all())
                for name, (table, until) in PASSING.items()
            }

    def _try(self, ids: Sequence[str], batch: str, gone: list[Any]) -> int:
        """Throw a handful away, or what can go of it one by one; adds to `gone`, returns how many could not."""
        try:
            gone.extend(self._throw_away(ids, batch))
            return 0
        except OperationalError:
            raise
        except Exception as fault:
            log.error("retention: %d cases could not be thrown away: %s", len(ids), describe(fault))
            return 1 if len(ids) == 1 else sum(self._try([one], batch, gone) for one in ids)

    def _throw_away(self, ids: Sequence[str], batch: str) -> list[Any]:
        """Only what is still due and free: somebody may have it in hand at this moment."""
        query = select(Case.id, Case.kind, Case.state, Case.received_at, Case.moved_at).where(
            Case.id.in_(ids), self._due(), Case.held.is_(None)
        )
        with writing(self._engine) as session:
            cases = list(session.execute(query.with_for_update(skip_locked=True)))
            throw_away(session, cases, "time", lambda case: self._of[case.kind, case.state].basis, self._now, batch)
        return cases

    def _report(
        self, found: Sequence[Any], held: Mapping[Any, int], passing: Mapping[str, int], failed: int = 0
    ) -> Report:
        lines = []
        for rule in self._rules:
            mine = [(n, moved_at) for kind, state, n, moved_at in found if (kind, state) == (rule.kind, rule.state)]
            oldest = min((local_date(moved_at) for _n, moved_at in mine), default=None)
            lines.append(Line(rule, sum(n for n, _ in mine), oldest, held.get((rule.kind, rule.state), 0)))
        return Report(tuple(lines), passing, failed)


def retention_of(site: Site, kinds: Mapping[str, CaseKind], clock: Clock) -> Retention:
    """What is due on a site at this moment, by the policies that hold today."""
    with reading(site.engine) as connection:
        policies = read_policies(connection, today(clock))
    return Retention(site.engine, rules_of(kinds.values(), policies), clock.now())


class Hourly:
    """The worker's task: once an hour per site and process, sooner when there was more than one look can do."""

    def __init__(self, kinds: Mapping[str, CaseKind]) -> None:
        self._kinds, self._last = kinds, dict[str, datetime]()

    def __call__(self, site: Site, clock: Clock, path: Callable[..., str]) -> int:
        """Throw away what is due on a site; returns how many cases."""
        now = clock.now()
        last = self._last.get(site.key)
        if last is not None and timedelta(0) <= now - last < EVERY:
            return 0
        report = retention_of(site, self._kinds, clock).run(MOST_A_LOOK)
        if report.due < MOST_A_LOOK:
            self._last[site.key] = now
        if report.due or report.failed:
            log.info("retention: %s: %d cases thrown away, %d could not be", site.key, report.due, report.failed)
        return report.due
