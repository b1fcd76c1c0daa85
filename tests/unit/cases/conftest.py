"""A desk for requests, and somebody who asks."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.cases.models import Case, Contact
from portal.cases.services import CaseDesk, Opened
from portal.cases.tracking import TrackDesk
from portal.cleaning.kind import CLEANING
from portal.foundation.policies import Policy, read_policies
from portal.foundation.site import Site
from tests.clock import FixedClock
from tests.unit.cleaning.asking import Books

ANSWERS = {"provider": "anyone", "parts": ["mo-morning"], "start": "soon", "note": ""}
CONTACT = {
    "name": "Mevrouw Jansen", "postcode": "8011PK", "house": "12", "way": "email", "phone": "0612345678",
    "email": "m.jansen@example.nl", "voicemail": False, "interpreter": False,
}  # fmt: skip


def somebody(**other: Any) -> Contact:
    """Who asks, with e-mail unless told otherwise."""
    return Contact(**CONTACT | other)


@pytest.fixture
def policies(session: Session) -> Mapping[str, Policy]:
    """The rules that hold on the first day."""
    return read_policies(session.connection(), date(2026, 11, 23))


@pytest.fixture
def desk(session: Session, policies: Mapping[str, Policy], clock: FixedClock) -> Callable[[], CaseDesk]:
    """Makes the desk as it is at this moment."""
    return lambda: CaseDesk(session, CLEANING, policies, clock.now())


@pytest.fixture
def opened(desk: Callable[[], CaseDesk]) -> Opened:
    """A request that was opened now."""
    return desk().open("key-1", dict(ANSWERS), somebody(), "nl")


@pytest.fixture
def case(opened: Opened) -> Case:
    """The case of that request."""
    return opened.case


@pytest.fixture
def track(session: Session, clock: FixedClock) -> Callable[[], TrackDesk]:
    """Makes the door for who follows, as it is at this moment."""
    return lambda: TrackDesk(session, clock.now())


@pytest.fixture
def books(zwolle: Site) -> Iterator[Books]:
    """What Zwolle has written down; nobody asked anything before, and nothing stays behind."""
    books = Books(zwolle)
    books.empty()
    yield books
    books.empty()
