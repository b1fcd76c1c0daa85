"""The mail of the morning: how much waits for somebody and their team. Numbers only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts.models import StaffGrant
from portal.accounts.reading import working_on
from portal.accounts.roles import Role
from portal.backoffice.models import Digest
from portal.backoffice.rules import Due, how_near, level
from portal.backoffice.words import TEXTS
from portal.cases.models import Case
from portal.foundation.clock import LOCAL
from portal.foundation.db import reading, writing
from portal.foundation.i18n import SOURCE
from portal.foundation.site import Site
from portal.foundation.workdays import is_working_day
from portal.messaging.services import Messages

#: The hour at which a working day begins.
MORNING = time(8, 0)
OF_A_TEAM = (Role.TEAM_WORKER, Role.TEAM_COORDINATOR)
HEAPS = ("late", "today", "half", "asks", "free")


def write_digests(site: Site, now: datetime, path: Any, ours: frozenset[tuple[str, str]] = frozenset()) -> int:
    """On the morning of a working day, a mail to everybody in a team for whom something waits; once a day.

    `ours` are (kind, state) in which the next step is ours: what nobody has in hand counts only there.
    """
    here = now.astimezone(LOCAL)
    if here.time() < MORNING or not is_working_day(here.date()):
        return 0
    with reading(site.engine) as connection:
        if connection.execute(select(Digest.day).where(Digest.day == here.date())).first() is not None:
            return 0
    with writing(site.engine) as session:
        try:
            with session.begin_nested():
                session.add(Digest(day=here.date(), made_at=now))
        except IntegrityError:  # another worker was first
            return 0
        link = site.base_url + path("desk.today")
        people = _people(session, here.date())
        return sum(_write(session, now, link, person, ours) for person in people)


@dataclass(frozen=True)
class Person:
    """Somebody in a team; `leads` when they see cases without a team too."""

    staff_id: int
    address: str
    teams: frozenset[str]
    leads: bool


def _people(session: Session, today: date) -> list[Person]:
    """Everybody in a team."""
    rows = session.execute(working_on(today).where(StaffGrant.role.in_(OF_A_TEAM))).all()
    return [
        Person(
            staff_id, next(row.email for row in rows if row.id == staff_id),
            frozenset(row.team_slug for row in rows if row.id == staff_id),
            any(row.role == Role.TEAM_COORDINATOR for row in rows if row.id == staff_id),
        )
        for staff_id in dict.fromkeys(row.id for row in rows)
    ]  # fmt: skip


def _write(session: Session, now: datetime, link: str, person: Person, ours: frozenset[tuple[str, str]]) -> bool:
    today = now.astimezone(LOCAL).date()
    count = heaps(_waiting(session.connection(), person), today, ours)
    if not any(count.values()):
        return False
    said = TEXTS.say("digest", SOURCE, {**{name: str(number) for name, number in count.items()}, "link": link})
    return Messages(session, now).send(
        dedupe_key=f"digest:{person.staff_id}:{today}", about=f"staff:{person.staff_id}", channel="email",
        recipient=person.address, subject=said.subject, text=said.text, locale=SOURCE.code,
    )  # fmt: skip


def _waiting(connection: Connection, person: Person) -> Iterable[Any]:
    """The open cases that somebody has in hand, and those they see that nobody has."""
    in_sight = Case.team_slug.in_(sorted(person.teams))
    nobodys = Case.owner_id.is_(None) & (or_(in_sight, Case.team_slug.is_(None)) if person.leads else in_sight)
    return connection.execute(
        select(Case.owner_id, Case.due_from, Case.due_on, Case.asks_since, Case.kind, Case.state).where(
            Case.closed_at.is_(None), or_(Case.owner_id == person.staff_id, nobodys)
        )
    )


def heaps(rows: Iterable[Any], today: date, ours: frozenset[tuple[str, str]] = frozenset()) -> dict[str, int]:
    """How many of these cases are late, due today, past half of their time, asked about, nobody's.

    What nobody has in hand is counted where the next step is ours; what others do well is no work of ours.
    """
    count = dict.fromkeys(HEAPS, 0)
    for row in rows:
        near = how_near(row.due_on, today)
        count["late"] += near == Due.LATE
        count["today"] += near == Due.TODAY
        count["half"] += row.due_on is not None and 50 <= level(row.due_from, row.due_on, today) < 100
        count["asks"] += row.asks_since is not None
        count["free"] += row.owner_id is None and (row.kind, row.state) in ours
    return count
