"""Moments with a worker: held while somebody fills in a form, booked for their request, moved, given back.

Who writes in a diary locks it first (`Standing.queue`), so that what was looked at is still so when it is written.
Should anything slip past that, the database refuses it: no two live bookings share a quarter of a worker.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.bookings.availability import Diary, Moment, Wish
from portal.bookings.changes import who_else
from portal.bookings.diaries import Diaries
from portal.bookings.models import LIVE, Booking, Leave
from portal.bookings.standing import IS_LIVE, Standing, talk_of, to_let_go, whole_quarters
from portal.bookings.things import Things, ThingTaken
from portal.cases.references import new_id
from portal.foundation.clock import LOCAL, local_date
from portal.foundation.policies import Policy

ONE_DAY = timedelta(days=1)
#: Holds that are let go in one transaction: SQLite has one write lock, and who sends a form waits for it.
HANDFUL = 200


class MomentTaken(Exception):
    """Somebody was first, or it can no longer be chosen."""


class BookingIsOver(Exception):
    """It stands no longer: it was moved or cancelled, or it took place."""


class HoldIsOver(BookingIsOver):
    """What was held is no longer held, and cannot be taken again."""


class AlreadyBooked(Exception):
    """The form was sent, or the request has another booking; that one can be moved."""


def to_forget(policies: Mapping[str, Policy], now: datetime) -> Any:
    """Which bookings are of a form that was never sent, and cannot be any more."""
    kept = now - policies["draft_kept"].span()
    return and_(Booking.case_id.is_(None), Booking.state.not_in(LIVE), Booking.made_at <= kept)


class Bookings:
    """What happens in the diaries of the teams. Flushes; who calls it commits, or takes all of it back."""

    def __init__(self, session: Session, policies: Mapping[str, Policy], now: datetime) -> None:
        self._session, self._policies, self._now = session, policies, now
        self._standing, self._diaries = Standing(session, now), Diaries(session, policies, now)
        self._things = Things(session, now)

    def diary(self, team_slug: str, first: date, last: date) -> Diary:
        """When who of a team works from the first day to the last, and what is in their diary then."""
        return self._diaries.of_team(team_slug, first, last)

    def free(self, team_slug: str, wish: Wish, most: int = 20, after: datetime | None = None) -> list[Moment]:
        """The first moments that can be chosen, at most so many; with `after` only those that begin later."""
        return self._diaries.free(team_slug, wish, most, after)

    def search(self, team_slug: str, wish: Wish, after: datetime | None = None) -> Iterator[Moment]:
        """All of them one after the other: no more is read than is asked for."""
        return self._diaries.search(team_slug, wish, after)

    def hold(
        self, team_slug: str, wish: Wish, moment: Moment, hold_key: str, until: datetime | None = None
    ) -> Booking:  # fmt: skip
        """Keep a moment for who fills in a form. What the form held before is given back when this one stands.

        With `until` it is kept so long, whatever the policy says. Raises `MomentTaken`, and what the form held is held
        still; `AlreadyBooked` when the form was sent.
        """
        self._standing.queue({moment.staff_id, *self._standing.workers(Booking.hold_key == hold_key)})
        before = self._standing.one(Booking.hold_key == hold_key, Booking.state.in_((*LIVE, "lapsed")))
        if before is not None and before.state == "booked":
            raise AlreadyBooked()
        kept = until or self._now + self._policies["slot_hold"].span()
        held = self._new(team_slug, wish, moment, state="held", hold_key=hold_key, hold_until=kept)
        return self._stand(held, wish, moment, before)

    def book(self, hold_key: str, case_id: str, features: frozenset[str] = frozenset()) -> Booking:
        """What a form held becomes the booking of its request; a second time the same booking comes back.

        A hold that is over is taken again when that can be, in a room with these features. Raises `HoldIsOver` when it
        cannot, or when nothing was held; `AlreadyBooked` when the form or the request has another booking.
        """
        ours = or_(Booking.hold_key == hold_key, Booking.case_id == case_id)
        # not who they were with before: who just held a moment would wait for those in no order, each for the other
        self._standing.queue(self._standing.workers(and_(ours, Booking.state.in_((*LIVE, "lapsed")))))
        known = self._standing.one(ours, Booking.state == "booked")
        if known is not None:
            if (known.hold_key, known.case_id) != (hold_key, case_id):
                raise AlreadyBooked()
            return known
        held = self._standing.one(Booking.hold_key == hold_key, Booking.state.in_(("held", "lapsed")))
        if held is None or not self._book(held, case_id, features):
            raise HoldIsOver()
        return held

    def move(self, booking: Booking, wish: Wish, moment: Moment, lead: timedelta | None = None) -> Booking:
        """Another moment for a request, perhaps with somebody else; the old one is given back when the new one stands.

        `lead` is how soon it may be, where that is not the policy. Raises `MomentTaken`, and the old one stands still;
        `BookingIsOver` when it stood no longer.
        """
        self._standing.queue({moment.staff_id, booking.staff_id})
        before = self._standing.one(Booking.id == booking.id, Booking.state == "booked")
        if before is None:
            raise BookingIsOver()
        new = self._new(
            before.team_slug, wish, moment, state="booked", hold_key=before.hold_key, case_id=before.case_id,
            sequence=before.sequence + 1,
        )  # fmt: skip
        return self._stand(new, wish, moment, before, lead)

    def exchange(self, booking: Booking, hold_key: str) -> Booking:
        """What is held becomes the booking of a request, in the place of the one it has: all of it, or nothing.

        Raises `HoldIsOver` when nothing is held any more, `BookingIsOver` when the other stood no longer.
        """
        self._standing.queue({booking.staff_id, *self._standing.workers(Booking.hold_key == hold_key)})
        held = self._standing.one(Booking.hold_key == hold_key, Booking.state == "held")
        before = self._standing.one(Booking.id == booking.id, Booking.state == "booked")
        if held is None or before is None:
            raise HoldIsOver() if held is None else BookingIsOver()
        had, has = self._things.of(before), self._things.of(held)
        with self._session.begin_nested():  # the quarters of what is held are its own all the while
            self._standing.release([before.id], "moved")
            held.state, held.case_id, held.hold_until = "booked", before.case_id, None
            held.hold_key, held.sequence = before.hold_key, before.sequence + 1
            self._session.flush()
            self._things.follow(held, {kind: one for kind, one in had.items() if kind not in has})
        return held

    def take_over(self, booking: Booking, wanted: Wish, lead: timedelta) -> Booking | None:
        """The same talk with a colleague of its team who is free then and is as `wanted`; None when there is nobody.

        A talk that begins within `lead` comes too soon for anybody. Raises `BookingIsOver` when it stood no longer.
        """
        talk, day = talk_of(booking), local_date(booking.starts_at)
        wish = replace(
            wanted, place=talk.place, length=talk.end - talk.start, travel=talk.travel, part="", features=frozenset()
        )  # fmt: skip
        horizon = self._policies["booking_horizon"].span()
        # it keeps its own room, which is taken by nobody else
        diary = replace(self.diary(booking.team_slug, day, day), rooms=())
        for staff_id in who_else(diary, wish, talk, self._now, lead, horizon):
            with suppress(MomentTaken):
                return self.move(booking, wish, Moment(talk.start, talk.end, staff_id), lead)
        return None

    def cancel(self, booking: Booking) -> bool:
        """Give a moment back; whether it stood until now."""
        return self.end(booking, "cancelled")

    def end(self, booking: Booking, state: str) -> bool:
        """A booking is `cancelled`, `done` or `no_show`: its quarters are free. Whether it stood until now."""
        self._standing.queue({booking.staff_id})
        stood = self._standing.one(Booking.id == booking.id, IS_LIVE)
        if stood is not None:
            self._standing.release([stood.id], state)
        return stood is not None

    def of_case(self, case_id: str) -> Booking | None:
        """The booking of a request that stands."""
        return self._session.scalar(select(Booking).where(Booking.case_id == case_id, IS_LIVE))

    def held(self, hold_key: str) -> Booking | None:
        """What a form holds now."""
        query = select(Booking).where(Booking.hold_key == hold_key, Booking.state == "held")
        return self._session.scalar(query.where(Booking.hold_until > self._now))

    def expire(self) -> int:
        """Let go of what was held too long, a handful at a time; returns how many moments others can have again.

        What a form held that was never sent is forgotten after some days.
        """
        due = select(Booking.id).where(to_let_go(self._now)).limit(HANDFUL).with_for_update(skip_locked=True)
        ids = self._session.scalars(due).all()
        self._standing.release(ids, "lapsed")
        self._session.execute(delete(Booking).where(to_forget(self._policies, self._now)))
        return len(ids)

    def absent(self, staff_id: int, first: date, last: date) -> list[Booking]:
        """Somebody is not there from the first day to the last. Returns what is booked then and is still to come.

        Nothing is cancelled: a person looks for another moment or another worker. What was only held is let go.
        """
        self._standing.queue({staff_id})
        self._session.add(Leave(staff_id=staff_id, first=first, last=last))
        self._session.flush()
        begin, end = (datetime.combine(day, datetime.min.time(), LOCAL) for day in (first, last + ONE_DAY))
        then = and_(Booking.staff_id == staff_id, Booking.starts_at < end, Booking.ends_at > begin)
        held = select(Booking.id).where(then, Booking.state == "held").with_for_update()
        self._standing.release(self._session.scalars(held).all(), "lapsed")
        booked = select(Booking).where(then, Booking.state == "booked", Booking.ends_at > self._now)
        fresh = booked.order_by(Booking.starts_at).execution_options(populate_existing=True)
        return list(self._session.scalars(fresh))

    def _new(self, team_slug: str, wish: Wish, moment: Moment, **more: Any) -> Booking:
        busy_from, busy_until = whole_quarters(moment.start - wish.travel, moment.end + wish.travel)
        return Booking(
            id=new_id(), team_slug=team_slug, staff_id=moment.staff_id, place=str(wish.place), starts_at=moment.start,
            ends_at=moment.end, busy_from=busy_from, busy_until=busy_until, made_at=self._now, **more,
        )  # fmt: skip

    def _stand(
        self, new: Booking, wish: Wish, moment: Moment, before: Booking | None, lead: timedelta | None = None
    ) -> Booking:  # fmt: skip
        """Write a booking down in the place of another. Raises `MomentTaken`, and then nothing has changed."""
        had = self._things.of(before) if before is not None else {}
        try:
            with self._session.begin_nested():
                if before is not None:
                    self._standing.make_room(before)
                if not self._diaries.fits(new.team_slug, wish, moment, lead):
                    raise MomentTaken()
                self._standing.put(new)
                self._things.settle(new, had, wish.features)
        except (IntegrityError, ThingTaken) as fault:
            raise MomentTaken() from fault
        return new

    def _book(self, held: Booking, case_id: str, features: frozenset[str]) -> bool:
        """Book what is held; when that is over, only if it can be taken again. Whether it is booked."""
        try:
            with self._session.begin_nested():
                if held.state == "lapsed" and not self._diaries.fits_again(held, features):
                    return False
                over, held.state, held.case_id, held.hold_until = held.state == "lapsed", "booked", case_id, None
                self._session.flush()
                if over:
                    self._standing.take_quarters(held)
                    self._things.settle(held, {}, features)
        except (IntegrityError, ThingTaken):
            return False
        return True
