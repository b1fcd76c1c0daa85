"""What became of the talks of a team, counted by week. Sums only: nobody can be found in them."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select

from portal.bookings.chart import monday_of
from portal.bookings.diaries import midnight
from portal.bookings.models import Booking
from portal.foundation.clock import local_date

#: What is counted: talks that took place, those to which nobody came, and those that were moved or cancelled.
COUNTED = ("done", "no_show", "moved", "cancelled")


def talks_by_week(reader: Connection, team: str, first: date, after: date) -> Mapping[date, Counter[str]]:
    """How often each happened, by the Monday of the week in which the talk was, or would have been."""
    rows = reader.execute(
        select(Booking.starts_at, Booking.state).where(
            Booking.team_slug == team, Booking.state.in_(COUNTED), Booking.case_id.is_not(None),
            Booking.starts_at >= midnight(first), Booking.starts_at < midnight(after),
        )
    )  # fmt: skip
    found: dict[date, Counter[str]] = {}
    for starts_at, state in rows:
        found.setdefault(monday_of(local_date(starts_at)), Counter())[state] += 1
    return found
