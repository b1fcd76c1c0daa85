"""From what somebody answered to what has to be looked for in the diaries."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.bookings.availability import Place, Wish
from portal.bookings.rules import travel_between
from portal.cases.models import Case, Contact
from portal.foundation.policies import Policy
from portal.teams.models import Team

#: Where the worker has to go to.
ON_THE_WAY = frozenset({"home", "elsewhere"})
#: What somebody may ask of the worker: who has it says so in their own diary. When nobody does, we call.
OF_THE_WORKER = frozenset({"woman", "man"})
#: What somebody may ask of the room, where the team lists rooms.
OF_THE_ROOM = frozenset({"lift", "quiet"})


def features_of(place: str, needs: Iterable[str]) -> frozenset[str]:
    """What the room of a talk must have; nothing when it is not at the team."""
    return OF_THE_ROOM & set(needs) if place == Place.TEAM else frozenset()


def wish_of(
    session: Session, policies: Mapping[str, Policy], team: str | None, place: str, postcode: str, needs: list[str]
) -> Wish:
    """A talk of the usual length, with the time it takes to come and go."""
    same, near, far = (policies[f"travel_{how}"].span() for how in ("same", "near", "far"))
    travel = timedelta()
    if place in ON_THE_WAY:
        here = session.scalar(select(Team.postcode).where(Team.slug == team)) if team else None
        travel = travel_between(here[:4] if here else None, postcode[:4], same, far, near)
    skills = OF_THE_WORKER & set(needs)
    return Wish(
        Place(place), policies["talk_length"].span(), travel, skills=skills, features=features_of(place, needs)
    )  # fmt: skip


def wish_of_case(session: Session, policies: Mapping[str, Policy], case: Case) -> Wish:
    """The same of a request that was sent."""
    given: Mapping[str, Any] = case.answers
    contact = session.get(Contact, case.id)
    postcode = contact.postcode if contact else ""
    return wish_of(session, policies, case.team_slug, given["place"], postcode, given["needs"])
