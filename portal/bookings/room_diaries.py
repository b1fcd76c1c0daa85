"""From rows to the rooms that `availability` looks at: what a team lists, and when each is taken."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from portal.bookings.availability import Room
from portal.bookings.models import Booking
from portal.bookings.rules import GRID, Span
from portal.bookings.standing import EPOCH, cells_of, to_let_go
from portal.bookings.thing_models import Thing, ThingCell

#: The rooms of a team by their number, with what each has.
Listed = Mapping[int, frozenset[str]]


def listed_rooms(reader: Session | Connection, team_slug: str) -> Listed:
    """The rooms that a team uses. One question."""
    query = select(Thing.id, Thing.features).where(Thing.team_slug == team_slug, Thing.kind == "room", Thing.active)
    return {row.id: frozenset(row.features) for row in reader.execute(query.order_by(Thing.id))}


def rooms_between(
    reader: Session | Connection, listed: Listed, begin: datetime, end: datetime, now: datetime
) -> list[Room]:  # fmt: skip
    """These rooms with when they are taken. One question, and none where nothing is listed."""
    if not listed:
        return []
    cells, cell = cells_of(begin, end), ThingCell.cell
    # of each talk its first and its last quarter: it has its room in one piece, and only what stands has one at all
    rows = reader.execute(
        select(ThingCell.thing_id, func.min(cell).label("first"), func.max(cell).label("last"))
        .where(ThingCell.thing_id.in_(list(listed)), cell.between(cells[0], cells[-1]))
        .where(ThingCell.booking_id.not_in(select(Booking.id).where(to_let_go(now))))
        .group_by(ThingCell.thing_id, ThingCell.booking_id)
    ).all()
    taken: dict[int, list[Span]] = {number: [] for number in listed}
    for thing_id, first, last in rows:
        taken[thing_id].append((EPOCH + first * GRID, EPOCH + (last + 1) * GRID))
    return [Room(features, taken[number]) for number, features in listed.items()]
