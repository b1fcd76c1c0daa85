"""When a moment that was agreed cannot be kept: the kind of request that it is for hears of it, and says what is next.

Nothing is cancelled here. A kind registers with `add_moment_lost`; it finds a colleague, or tells who asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.bookings.models import Booking, BookingWorker
from portal.bookings.standing import Standing
from portal.cases.models import Case
from portal.foundation.policies import Policy

#: The step of a kind by which a request says that its moment was lost and that it has none now.
LOST = "moment_lost"


@dataclass(frozen=True)
class Scene:
    """What a kind needs to act: where to write, what time it is, how to make links; `staff_id` is who did it.

    Without a `staff_id` it happened by itself. `path` makes paths, as `request.route_path` does.
    """

    session: Session
    policies: Mapping[str, Policy]
    now: datetime
    base_url: str
    phone: str
    path: Callable[..., str]
    staff_id: int | None = None


#: Acts on one booking that can no longer be kept.
MomentLost = Callable[[Scene, Booking], None]


def add_moment_lost(config: Any, kind: str, lost: MomentLost) -> None:
    """Directive: what a kind of request does when a moment of one of its requests cannot be kept."""
    config.registry.moment_lost[kind] = lost


def lose(hooks: Mapping[str, MomentLost], scene: Scene, bookings: Iterable[Booking]) -> int:
    """Let each kind act on the moments it lost; returns how many. Of a kind that registered nothing they stay."""
    lost, done = list(bookings), 0
    _queue_for_all(scene, lost)
    for booking in lost:
        case = scene.session.get(Case, booking.case_id) if booking.case_id else None
        if case is not None and case.kind in hooks:
            hooks[case.kind](scene, booking)
            done += 1
    return done


def _queue_for_all(scene: Scene, lost: Iterable[Booking]) -> None:
    """Whoever may take one over is waited for at once: one after another, two who do this would wait for each other."""
    teams = {booking.team_slug for booking in lost}
    colleagues = scene.session.scalars(select(BookingWorker.staff_id).where(BookingWorker.team_slug.in_(sorted(teams))))
    Standing(scene.session, scene.now).queue({*colleagues, *(booking.staff_id for booking in lost)})
