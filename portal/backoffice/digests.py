"""The mail of the morning: how much waits for somebody and their team. Numbers only."""

from collections.abc import Iterable
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


def write_digests(site: Site, now: datetime, path: Any) -> int:
    """On the morning of a working day, a mail to everybody in a team for whom something waits; once a day."""
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
        return sum(_write(session, here.date(), now, link, *person) for person in _people(session, here.date()))


def _people(session: Session, today: date) -> list[tuple[int, str, set[str]]]:
    """Everybody in a team: id, address, teams."""
    found: dict[int, tuple[int, str, set[str]]] = {}
    for row in session.execute(working_on(today).where(StaffGrant.role.in_(OF_A_TEAM))):
        found.setdefault(row.id, (row.id, row.email, set()))[2].add(row.team_slug)
    return list(found.values())


def _write(
    session: Session, today: date, now: datetime, link: str, staff_id: int, address: str, teams: set[str]
) -> bool:
    count = heaps(_waiting(session.connection(), staff_id, teams), today)
    if not any(count.values()):
        return False
    said = TEXTS.say("digest", SOURCE, {**{name: str(number) for name, number in count.items()}, "link": link})
    return Messages(session, now).send(
        dedupe_key=f"digest:{staff_id}:{today}", about=f"staff:{staff_id}", channel="email", recipient=address,
        subject=said.subject, text=said.text, locale=SOURCE.code,
    )  # fmt: skip


def _waiting(connection: Connection, staff_id: int, teams: set[str]) -> Iterable[Any]:
    """The open cases that somebody has in hand, and those of their teams that nobody has."""
    nobodys = Case.owner_id.is_(None) & Case.team_slug.in_(sorted(teams))
    return connection.execute(
        select(Case.owner_id, Case.due_from, Case.due_on, Case.asks_since).where(
            Case.closed_at.is_(None), or_(Case.owner_id == staff_id, nobodys)
        )
    )


def heaps(rows: Iterable[Any], today: date) -> dict[str, int]:
    """How many of these cases are late, due today, past half of their time, asked about, nobody's."""
    count = dict.fromkeys(HEAPS, 0)
    for row in rows:
        near = how_near(row.due_on, today)
        count["late"] += near == Due.LATE
        count["today"] += near == Due.TODAY
        count["half"] += row.due_on is not None and 50 <= level(row.due_from, row.due_on, today) < 100
        count["asks"] += row.asks_since is not None
        count["free"] += row.owner_id is None
    return count
