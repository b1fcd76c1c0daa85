"""An example diary for a portal in development: invented workers from `content/bookings/*.yaml` with their hours.

Nobody of them can sign in: they are given no password, no second step and no invitation, and their addresses end in
`.example`, which leads nowhere.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import Staff
from portal.accounts.roles import Role
from portal.accounts.services import AlreadyHere, StaffAccounts
from portal.bookings.models import BookingWorker, WorkPattern
from portal.bookings.thing_keeping import ThingList
from portal.foundation.clock import local_date
from portal.foundation.seeding import ContentError, read_yaml
from portal.foundation.site import Site
from portal.teams.models import Team

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
EMPLOYER = "Voorbeeld"


def add_example(session: Session, site: Site, now: datetime) -> int:
    """Add the invented workers of every team that is here; again, only who is missing. Returns how many were added.

    With them come rooms and cars, for a team that lists nothing yet.

    Raises `ContentError` for a file that cannot be used.
    """
    added = 0
    for path in sorted((site.content / "bookings").glob("*.yaml")):
        if session.get(Team, path.stem) is None:
            raise ContentError(f"{path}: there is no team “{path.stem}” here.")
        try:
            data = read_yaml(path)
            if data["example"] is not True:
                raise ValueError("only people who do not exist are added: example: true")
            added += sum(_add(session, path.stem, worker, now) for worker in data["workers"])
            _add_things(session, path.stem, data.get("things", ()), now)
        except (KeyError, ValueError, TypeError) as fault:
            raise ContentError(f"{path}: {fault!r}") from fault
    return added


def _add(session: Session, team: str, worker: dict[str, Any], now: datetime) -> bool:
    accounts = StaffAccounts(session, now, local_date(now))
    email = f"{worker['name'].lower().replace(' ', '.')}@{team}.example"
    try:
        staff: Staff = accounts.add(email, worker["name"], EMPLOYER)
    except AlreadyHere:
        return False
    accounts.grant(staff, Role.TEAM_WORKER, team)
    if session.get(BookingWorker, staff.id) is not None:  # somebody who comes back finds their diary
        return True
    session.add(
        BookingWorker(
            staff_id=staff.id, team_slug=team, most_a_day=worker["most_a_day"], skills=worker["skills"],
            languages=worker["languages"], active=True,
        )
    )  # fmt: skip
    session.flush()
    for hours in worker["hours"]:
        session.add_all(_patterns(staff.id, hours, local_date(now)))
    session.flush()
    return True


def _add_things(session: Session, team: str, things: Iterable[dict[str, Any]], now: datetime) -> None:
    listed = ThingList(session, now)
    if listed.of_teams([team])[team]:
        return
    for one in things:
        listed.add(team, one["kind"], one["name"], one.get("features", ()))


def _patterns(staff_id: int, hours: dict[str, Any], since: date) -> list[WorkPattern]:
    return [
        WorkPattern(
            staff_id=staff_id, weekday=WEEKDAYS.index(day), start=hours["from"], end=hours["to"],
            places=hours["places"], valid_from=since, valid_until=None, every=hours.get("every", 1),
        )
        for day in hours["days"]
    ]  # fmt: skip
