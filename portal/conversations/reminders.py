"""Reminders of a talk: some days before and some hours before, to who asked and to whom they bring along.

Each is said once for a moment that stands: its dedupe key names the booking, so that two workers at the same time say
it once, and a talk that was moved is reminded again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.bookings.models import Booking
from portal.cases.models import Case, CaseEvent
from portal.cases.notices import Notices, Surroundings, notice_key, surroundings
from portal.cases.texts import Texts
from portal.cases.tracking import TrackDesk
from portal.conversations.hours import Which, may_go, reminder_due
from portal.conversations.telling import Companion, Telling, company_of
from portal.conversations.words import TEXTS
from portal.foundation.clock import Clock, today
from portal.foundation.db import reading, writing
from portal.foundation.policies import Policy, read_policies
from portal.foundation.site import Site
from portal.messaging.models import Message

#: Talks of which is told in one look; the next look comes soon.
HANDFUL = 50
#: Two days on the wall are an hour longer when the clock is put back.
AN_HOUR = timedelta(hours=1)
#: The steps by which somebody chose a moment.
CHOOSING = ("book", "move")


@dataclass(frozen=True)
class Saying:
    """One reminder to one person; without a companion it is for who asked."""

    key: str
    channel: str
    companion: Companion | None


class Reminders:
    """The reminders of one site. Looks on any session; says on one that writes."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], texts: Texts, now: datetime, site: Surroundings
    ) -> None:
        self._session, self._policies, self._now = session, policies, now
        self._telling, self._notices = Telling(session, policies, texts, now, site), Notices(session, texts, now)

    def near(self) -> Sequence[Any]:
        """The talks that may have a reminder now, the next one first: id, sequence, starts_at, made_at, case_id."""
        horizon = self._now + self._policies["slot_reminder_first"].span() + AN_HOUR
        query = (
            select(Booking.id, Booking.sequence, Booking.starts_at, Booking.made_at, Booking.case_id)
            .where(Booking.state == "booked", Booking.starts_at > self._now, Booking.starts_at <= horizon)
            .order_by(Booking.starts_at, Booking.id)
        )
        return self._session.execute(query).all()

    def due(self, booking: Any) -> tuple[Which, datetime] | None:
        """Which reminder of a talk has its time now, and since when."""
        first, last = self._policies["slot_reminder_first"], self._policies["slot_reminder_last"]
        return reminder_due(self._now, booking.starts_at, first, last)

    def left_to_say(self, booking: Any, which: Which, since: datetime) -> list[Saying]:
        """What was not said yet of this reminder, to all of them; nothing to who chose the moment since then."""
        if self._booked_at(booking) >= since:
            return []
        case = self._session.get_one(Case, booking.case_id)
        channel = self._notices.reach(case).channel
        occasion = _occasion(booking)
        found = [Saying(notice_key(case, f"remind_{which}", occasion), channel, None)] if channel else []
        found += [
            Saying(notice_key(case, f"company_soon:{which}", f"{occasion}:{one.number}"), one.channel, one)
            for one in company_of(case)
        ]
        keys = [one.key for one in found]
        known = set(self._session.scalars(select(Message.dedupe_key).where(Message.dedupe_key.in_(keys))))
        return [one for one in found if one.key not in known]

    def can_be_said(self, booking: Any, one: Saying) -> bool:
        """Whether it can go out at this hour."""
        return may_go(one.channel, self._now, booking.starts_at)

    def remind(self, booking_id: str) -> int:
        """Say what has its time now of a talk that still stands; returns how many messages are new."""
        query = select(Booking).where(Booking.id == booking_id, Booking.state == "booked")
        booking = self._session.scalar(query.with_for_update(skip_locked=True))
        due = self.due(booking) if booking is not None else None
        if booking is None or due is None:
            return 0
        left = [one for one in self.left_to_say(booking, *due) if self.can_be_said(booking, one)]
        return sum(self._say(booking, due[0], one) for one in left)

    def _say(self, booking: Booking, which: Which, one: Saying) -> bool:
        case = self._session.get_one(Case, booking.case_id)
        if one.companion is not None:
            return self._telling.tell_companion(case, booking, "company_soon", one.companion, one.key)
        token = TrackDesk(self._session, self._now).new_link(case.id, booking.ends_at - self._now)
        return self._telling.tell(case, booking, f"remind_{which}", token, occasion=_occasion(booking))

    def _booked_at(self, booking: Any) -> datetime:
        """When it was chosen. What was held is as old as the hold."""
        chosen = select(func.max(CaseEvent.at)).where(
            CaseEvent.case_id == booking.case_id, CaseEvent.action.in_(CHOOSING)
        )
        return max(booking.made_at, self._session.scalar(chosen) or booking.made_at)


def _occasion(booking: Any) -> str:
    return f"{booking.id}:{booking.sequence}"


class Look:
    """The worker's task. What needs nothing any more is kept in mind, so that a look with nothing to say is short."""

    def __init__(self) -> None:
        self._done: dict[str, set[tuple[str, Which]]] = {}

    def __call__(self, site: Site, clock: Clock, path: Any) -> int:
        """Say what has its time now on a site; returns how many messages are new."""
        around = surroundings(site, path)
        with reading(site.engine) as connection:  # SQLite has one write lock; looking does not take it
            policies = read_policies(connection, today(clock))
            with Session(connection, autoflush=False) as session:
                wanted = self._wanted(site, Reminders(session, policies, TEXTS, clock.now(), around))
        if not wanted:
            return 0
        with writing(site.engine) as session:
            reminders = Reminders(session, policies, TEXTS, clock.now(), around)
            return sum(reminders.remind(booking_id) for booking_id in wanted)

    def _wanted(self, site: Site, reminders: Reminders) -> list[str]:
        """The talks with something to say now."""
        before, done, wanted = self._done.get(site.key, set()), set[tuple[str, Which]](), list[str]()
        for booking in reminders.near():
            due = reminders.due(booking)
            if due is None:
                continue
            left = [] if (booking.id, due[0]) in before else reminders.left_to_say(booking, *due)
            if not left:
                done.add((booking.id, due[0]))
            elif any(reminders.can_be_said(booking, one) for one in left):
                wanted.append(booking.id)
        self._done[site.key] = done
        return wanted[:HANDFUL]
