"""The list of rooms and cars: added, renamed, taken out of use and put back; and which talks that touches."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.bookings.models import LIVE, Booking
from portal.bookings.thing_models import Thing, ThingCell, ThingMissing


@dataclass(frozen=True)
class Talk:
    """A talk that has a room or a car and is not over."""

    booking_id: str
    case_id: str | None
    starts_at: datetime
    staff_id: int


class ThingList:
    """The rooms and cars of teams. Flushes; who calls it commits."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def of_teams(self, teams: Iterable[str]) -> dict[str, list[Thing]]:
        """All that these teams list, also what is out of use: rooms before cars, by name."""
        found: dict[str, list[Thing]] = {team: [] for team in teams}
        query = select(Thing).where(Thing.team_slug.in_(list(found)))
        for one in self._session.scalars(query.order_by(Thing.kind.desc(), Thing.name, Thing.id)):
            found[one.team_slug].append(one)
        return found

    def add(self, team: str, kind: str, name: str, features: Collection[str]) -> Thing:
        """A room or a car from now on. Talks that were agreed before it was listed get none by themselves."""
        thing = Thing(team_slug=team, kind=kind, name=name, features=sorted(features), active=True)
        self._session.add(thing)
        self._session.flush()
        return thing

    def change(self, thing: Thing, name: str, features: Collection[str]) -> None:
        """Another name, other features; the talks that have it keep it."""
        thing.name, thing.features = name, sorted(features)
        self._session.flush()

    def talks(self, thing: Thing) -> Sequence[Talk]:
        """The talks that are booked, have it and are not over, the first first."""
        having = select(ThingCell.booking_id).where(ThingCell.thing_id == thing.id)
        query = (
            select(Booking.id, Booking.case_id, Booking.starts_at, Booking.staff_id)
            .where(Booking.id.in_(having), Booking.state == "booked", Booking.ends_at > self._now)
            .order_by(Booking.starts_at, Booking.id)
        )
        return [Talk(*row) for row in self._session.execute(query)]

    def stop(self, thing: Thing) -> int:
        """Out of use: the talks that had it and are not over lost it, and their staff see so. Returns how many.

        Somebody chooses another for each: nobody is sent away for want of a room.
        """
        having = select(ThingCell.booking_id).where(ThingCell.thing_id == thing.id)
        not_over = select(Booking.id).where(
            Booking.id.in_(having), Booking.state.in_(LIVE), Booking.ends_at > self._now
        )
        # in the order of everybody who takes something: first the talks, then the thing
        ids = self._session.scalars(not_over.order_by(Booking.id).with_for_update()).all()
        self._session.execute(select(Thing.id).where(Thing.id == thing.id).with_for_update()).all()
        self._session.execute(delete(ThingCell).where(ThingCell.thing_id == thing.id, ThingCell.booking_id.in_(ids)))
        for booking_id in ids:
            self._session.merge(ThingMissing(booking_id=booking_id, kind=thing.kind))
        thing.active = False
        self._session.flush()
        return len(ids)

    def start(self, thing: Thing) -> None:
        """In use again."""
        thing.active = True
        self._session.flush()
