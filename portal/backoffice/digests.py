"""The mail of the morning: how much waits for somebody and their team. Numbers only."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts.models import StaffGrant
from portal.accounts.reading import working_on
from portal.accounts.roles import Role, principals
from portal.backoffice.models import Digest
from portal.backoffice.rules import Due, how_near, level
from portal.backoffice.words import TEXTS
from portal.cases.models import Case
from portal.cases.scope import visible_to
from portal.cases.workflow import CaseKind
from portal.foundation.clock import LOCAL
from portal.foundation.db import reading, writing
from portal.foundation.i18n import SOURCE
from portal.foundation.security import Identity
from portal.foundation.site import Site
from portal.foundation.workdays import is_working_day
from portal.messaging.services import Messages

#: The hour at which a working day begins.
MORNING = time(8, 0)
HEAPS = ("late", "today", "half", "asks", "free")


def write_digests(site: Site, now: datetime, path: Any, kinds: Collection[CaseKind] = ()) -> int:
    """On the morning of a working day, a mail to everybody who works on cases and for whom something waits; once a day.

    What is counted is what each of them sees in the list: the same scope, walls included.
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
        people = _people(session, here.date(), kinds)
        return sum(_write(session, now, link, person, kinds) for person in people)


@dataclass(frozen=True)
class Person(Identity):
    """Somebody who works here, with what their roles let them see."""

    staff_id: int
    address: str


def _people(session: Session, today: date, kinds: Iterable[CaseKind]) -> list[Person]:
    """Everybody with a role that sees cases of some kind."""
    roles = {role for kind in kinds for role in (*kind.seen_in_team, *kind.seen_by)}
    rows = session.execute(working_on(today).where(StaffGrant.role.in_(sorted(roles)))).all()
    return [_person(staff_id, [row for row in rows if row.id == staff_id])
            for staff_id in dict.fromkeys(row.id for row in rows)]  # fmt: skip


def _person(staff_id: int, rows: Sequence[Any]) -> Person:
    names = frozenset(name for row in rows for name in principals(Role(row.role), row.team_slug))
    return Person(f"staff:{staff_id}", names, staff_id, rows[0].email)


def _write(session: Session, now: datetime, link: str, person: Person, kinds: Collection[CaseKind]) -> bool:
    today = now.astimezone(LOCAL).date()
    ours = frozenset((kind.code, state) for kind in kinds for state in kind.ours)
    count = heaps(_waiting(session.connection(), person, kinds), today, ours)
    if not any(count.values()):
        return False
    said = TEXTS.say("digest", SOURCE, {**{name: str(number) for name, number in count.items()}, "link": link})
    return Messages(session, now).send(
        dedupe_key=f"digest:{person.staff_id}:{today}", about=f"staff:{person.staff_id}", channel="email",
        recipient=person.address, subject=said.subject, text=said.text, locale=SOURCE.code,
    )  # fmt: skip


def _waiting(connection: Connection, person: Person, kinds: Collection[CaseKind]) -> Iterable[Any]:
    """The open cases that somebody has in hand, none of them kept from them, and those they see that nobody has."""
    walled = [kind for kind in kinds if kind.walled]
    outside = or_(Case.kind.not_in([kind.code for kind in walled]), visible_to(person, walled))
    mine = and_(Case.owner_id == person.staff_id, outside)
    nobodys = and_(Case.owner_id.is_(None), visible_to(person, kinds))
    return connection.execute(
        select(Case.owner_id, Case.due_from, Case.due_on, Case.asks_since, Case.kind, Case.state).where(
            Case.closed_at.is_(None), or_(mine, nobodys)
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
