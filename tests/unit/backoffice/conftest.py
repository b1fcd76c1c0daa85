"""Cleaning requests on a session that is undone afterwards, and people who work on them."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.backoffice.reading import DeskReader
from portal.cases.models import Case
from portal.cleaning.services import CleaningService, Place
from tests import desk
from tests.clock import FixedClock

PLACE = Place("https://zwolle.test", "038 000 02 00", lambda name, **parts: f"/{parts['locale']}/{name}/")


@pytest.fixture
def staff(session: Session, clock: FixedClock) -> Callable[..., int]:
    """Somebody who works here: `staff("Mila", works("midden"))` gives their number."""
    return lambda name, *roles: desk.hire(session, clock.now(), name, *roles)


@pytest.fixture
def service(session: Session, clock: FixedClock) -> Callable[[], CleaningService]:
    """Makes the service as it is at this moment."""
    return lambda: desk.cleaning(session, clock.now(), PLACE)


@pytest.fixture
def ask(service: Callable[[], CleaningService]) -> Callable[..., Case]:
    """Opens requests: `ask("holtenbroek", way="sms")`."""
    keys = iter(range(1000))
    return lambda team="midden", **asked: desk.ask(service(), f"key-{next(keys)}", team, **asked)


@pytest.fixture
def reads(session: Session, clock: FixedClock) -> Callable[[int], DeskReader]:
    """Makes the reader of somebody as they are at this moment."""
    return lambda staff_id: desk.reader_of(session, clock.now(), staff_id)


@pytest.fixture
def seen(reads: Callable[[int], DeskReader]) -> Callable[..., list[str]]:
    """The numbers of what somebody sees in the inbox, page after page."""

    def numbers(staff_id: int, query: Any) -> list[str]:
        found, more = [], True
        while more:
            lines, more = reads(staff_id).lines(query)
            found += [line.reference for line in lines]
            query = query.but(page=query.page + 1)
        return found

    return numbers
