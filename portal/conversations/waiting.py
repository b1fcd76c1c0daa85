"""Who would like to come earlier: first come, first asked; what comes free is kept for one of them at a time.

A row of `Waiting` is locked before any diary is, so that a look of the worker and a choice of the resident at the same
moment come one after the other. What somebody has now is given back only when the earlier moment is theirs.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.bookings.availability import Moment, Wish
from portal.bookings.models import Booking
from portal.bookings.services import AlreadyBooked, Bookings, MomentTaken
from portal.cases.models import Case
from portal.cases.notices import Notices, Surroundings
from portal.cases.texts import Texts
from portal.cases.tracking import TrackDesk
from portal.conversations.hours import awake_after, is_night, is_office_time
from portal.conversations.models import Waiting
from portal.conversations.team_mail import tell_coordinators
from portal.conversations.telling import Telling, shown
from portal.conversations.wishes import wish_of_case
from portal.foundation.i18n import SOURCE
from portal.foundation.policies import Policy


class WaitingList:
    """The list. Flushes; who calls it commits."""

    def __init__(self, session: Session, policies: Mapping[str, Policy], now: datetime) -> None:
        self._session, self._policies, self._now = session, policies, now
        self._bookings = Bookings(session, policies, now)

    def join(self, case: Case) -> bool:
        """Put a request on the list, at its end; whether it was not there yet."""
        if self.locked(case.id) is not None:
            return False
        self._session.add(Waiting(case_id=case.id, since=self._now, hold_key=None, quiet_until=None))
        self._session.flush()
        return True

    def leave(self, case_id: str) -> bool:
        """Take a request off the list, and let go of what was kept for it; whether it was there."""
        row = self.locked(case_id)
        if row is None:
            return False
        held = self._bookings.held(row.hold_key) if row.hold_key else None
        if held is not None:
            self._bookings.end(held, "lapsed")
        self._session.delete(row)
        self._session.flush()
        return True

    def waits(self, case_id: str) -> bool:
        """Whether a request is on the list."""
        return self._session.get(Waiting, case_id) is not None

    def kept(self, case_id: str) -> Booking | None:
        """The earlier moment that is kept for a request now."""
        row = self._session.get(Waiting, case_id)
        return self._bookings.held(row.hold_key) if row is not None and row.hold_key else None

    def can_gain(self, booking: Booking) -> bool:
        """Whether there can be a moment that is enough earlier than this one."""
        return booking.starts_at - self._gain > self._now + self._policies["booking_lead"].span()

    def locked(self, case_id: str, *, or_pass: bool = False) -> Waiting | None:
        """The row of a request as it is now, ours until the end; with `or_pass` none when another has it."""
        query = select(Waiting).where(Waiting.case_id == case_id).with_for_update(skip_locked=or_pass)
        return self._session.scalar(query.execution_options(populate_existing=True))

    @property
    def _gain(self) -> timedelta:
        return self._policies["waiting_gain"].span()


class Earlier(WaitingList):
    """What the worker does for the list: see what came free, keep it for the first who gains by it, and ask them."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], texts: Texts, now: datetime, site: Surroundings
    ) -> None:
        super().__init__(session, policies, now)
        self._site, self._seen = site, dict[tuple[str, Wish], Moment | None]()
        self._telling, self._notices = Telling(session, policies, texts, now, site), Notices(session, texts, now)

    def to_do(self) -> list[str]:
        """The requests with something to do now, who waits longest first. Changes nothing."""
        rows = self._session.scalars(select(Waiting).order_by(Waiting.since, Waiting.case_id)).all()
        return [row.case_id for row in rows if self._is_something_to_do(row)]

    def serve(self, case_id: str) -> bool:
        """Do what is to be done for one of them; whether anything was. A moment that is gone by now is no fault."""
        row = self.locked(case_id, or_pass=True)
        if row is None:
            return False
        booking = self._stands(row)
        if booking is None:
            return self.leave(case_id)
        if self._has_lapsed(row):
            row.hold_key, row.quiet_until = None, self._now + self._policies["waiting_quiet"].span()
            self._session.flush()
            return True
        case = self._session.get_one(Case, case_id)
        return self._may_be_asked(row, case) and self._ask(row, case, booking)

    def _is_something_to_do(self, row: Waiting) -> bool:
        booking = self._stands(row)
        if booking is None or self._has_lapsed(row):
            return True
        case = self._session.get_one(Case, row.case_id)
        return self._may_be_asked(row, case) and self._first(case, booking) is not None

    def _stands(self, row: Waiting) -> Booking | None:
        """The appointment they have; without one, or when it began, there is nothing to come earlier than."""
        booking = self._bookings.of_case(row.case_id)
        ahead = booking is not None and booking.state == "booked" and booking.starts_at > self._now
        return booking if ahead else None

    def _has_lapsed(self, row: Waiting) -> bool:
        return row.hold_key is not None and self._bookings.held(row.hold_key) is None

    def _may_be_asked(self, row: Waiting, case: Case) -> bool:
        """Whether they can be asked at this hour: by a message in the day, by a call while somebody is at the desk."""
        if row.hold_key is not None or (row.quiet_until is not None and row.quiet_until > self._now):
            return False
        channel = self._notices.reach(case).channel
        if channel == "letter":  # what was kept would be over before the letter came
            return False
        return not is_night(self._now) if channel else is_office_time(self._now)

    def _first(self, case: Case, booking: Booking) -> Moment | None:
        """The first free moment for their wish, when it is enough earlier. Who ask alike share one search."""
        if case.team_slug is None or not self.can_gain(booking):
            return None
        asked = case.team_slug, wish_of_case(self._session, self._policies, case)
        if asked not in self._seen:
            self._seen[asked] = next(iter(self._bookings.free(*asked, 1)), None)
        moment = self._seen[asked]
        return moment if moment is not None and moment.start <= booking.starts_at - self._gain else None

    def _ask(self, row: Waiting, case: Case, booking: Booking) -> bool:
        moment = self._first(case, booking)
        if moment is None:
            return False
        until = awake_after(self._now, self._policies["waiting_hold"].span())
        wish, key = wish_of_case(self._session, self._policies, case), f"earlier:{case.id}"
        try:
            held = self._bookings.hold(str(case.team_slug), wish, moment, key, until)
        except (MomentTaken, AlreadyBooked):  # somebody else was first, and there may be another next time
            return False
        row.hold_key = key
        self._session.flush()
        self._tell(case, held, until)
        return True

    def _tell(self, case: Case, held: Booking, until: datetime) -> None:
        """Ask who asked; who hears it by phone is called by somebody of the team."""
        if self._notices.reach(case).channel:
            token = TrackDesk(self._session, self._now).new_link(case.id, until - self._now)
            self._telling.tell(case, held, "earlier_free", token, occasion=held.id)
        else:
            facts = {"when": shown(held.starts_at, SOURCE), "kept_until": shown(until, SOURCE)}
            tell_coordinators(self._session, case, "earlier_call", held.id, self._now, self._site, facts)
