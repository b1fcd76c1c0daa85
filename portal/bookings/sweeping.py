"""What happens by itself to talks whose worker is there no longer, or whose team is closed: they are offered again.

Who left, or works in the team of their diary no more, cannot be booked from then on. A talk that is to come and that
nobody could choose now, whatever the reason, is lost: somebody hears of it within the hour.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import Staff, StaffGrant
from portal.accounts.reading import working_on
from portal.accounts.roles import OF_A_TEAM
from portal.bookings.keeping import Keeping
from portal.bookings.losing import MomentLost, Scene, lose
from portal.bookings.models import Booking, BookingWorker
from portal.cases.models import Case
from portal.foundation.clock import Clock, today
from portal.foundation.db import reading, writing
from portal.foundation.policies import read_policies
from portal.foundation.site import Site

#: Talks offered again in one transaction; SQLite has one write lock.
HANDFUL = 20


class Sweep:
    """The worker's task. Who left is looked for each time; whether all that was agreed can be kept, once an hour."""

    def __init__(self, hooks: Mapping[str, MomentLost]) -> None:
        self._hooks, self._done = hooks, dict[str, Any]()

    def __call__(self, site: Site, clock: Clock, path: Any) -> int:
        """Do what is due on a site; returns how many talks were offered again, and how many can be booked no more."""
        now = clock.now()
        hour = now.replace(minute=0, second=0, microsecond=0)
        with reading(site.engine) as connection:  # SQLite has one write lock; looking does not take it
            gone = connection.execute(who_left(today(clock)).limit(1)).first() is not None
            if not gone and self._done.get(site.key) == hour:
                return 0
            policies = read_policies(connection, today(clock))
            looking = Session(connection, autoflush=False)
            if not gone and not self._with_hook(looking, Keeping(looking, policies, now).unfit()):
                self._done[site.key] = hour
                return 0
        with writing(site.engine) as session:
            left = let_go(session, today(clock))
            lost = self._with_hook(session, Keeping(session, policies, now).unfit())[:HANDFUL]
            scene = Scene(session, policies, now, site.base_url, str(site.profile.contact["phone"]), path)
            done = lose(self._hooks, scene, lost)
        if done < HANDFUL:  # else there may be more
            self._done[site.key] = hour
        return left + done

    def _with_hook(self, session: Session, bookings: list[Booking]) -> list[Booking]:
        ids = [one.case_id for one in bookings]
        rows = session.execute(select(Case.id, Case.kind).where(Case.id.in_(ids)))
        kinds = {case_id: kind for case_id, kind in rows}
        return [one for one in bookings if kinds.get(str(one.case_id)) in self._hooks]


def who_left(day: date) -> Any:
    """Who can be booked and works no longer in the team of their diary. Who never had an account is somebody else's."""
    here = working_on(day).where(
        Staff.id == BookingWorker.staff_id, StaffGrant.role.in_(sorted(OF_A_TEAM)),
        StaffGrant.team_slug == BookingWorker.team_slug,
    )  # fmt: skip
    known = exists().where(Staff.id == BookingWorker.staff_id)
    return select(BookingWorker.staff_id).where(
        BookingWorker.active, known, ~here.order_by(None).correlate(BookingWorker).exists()
    )


def let_go(session: Session, day: date) -> int:
    """Who works here no longer cannot be booked; returns how many."""
    ids = session.scalars(who_left(day)).all()
    if ids:
        session.execute(update(BookingWorker).where(BookingWorker.staff_id.in_(ids)).values(active=False))
    return len(ids)
