"""Requests for cleaning, and a municipality in which nobody asked anything before."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.cases.entry import Entry
from portal.cases.models import Case
from portal.cleaning.services import CleaningService, Place
from portal.cleaning.words import TEXTS
from portal.foundation.policies import read_policies
from portal.foundation.site import Site
from tests.clock import FixedClock
from tests.unit.cases.conftest import ANSWERS, somebody
from tests.unit.cleaning.asking import Books


def path(name: str, **elements: Any) -> str:
    """A path as a test reads it: `/nl/cleaning.offer/<token>`."""
    return f"/{elements['locale']}/{name}/{elements.get('token', '')}"


def service_on(session: Session, clock: FixedClock) -> CleaningService:
    """The service as it is at this moment."""
    policies = read_policies(session.connection(), date(2026, 11, 23))
    return CleaningService(session, policies, TEXTS, clock.now(), Place("https://zwolle.test", "038 000 02 00", path))


def ask(
    service: CleaningService, provider: str = "anyone", key: str = "key", locale: str = "nl", **contact: Any
) -> Case:
    """Ask for help with cleaning."""
    return service.request(key, {**ANSWERS, "provider": provider}, somebody(**contact), Entry(locale)).case


@pytest.fixture
def service(session: Session, clock: FixedClock) -> Callable[[], CleaningService]:
    """Makes the service on a session that is undone after the test."""
    return lambda: service_on(session, clock)


@pytest.fixture
def books(zwolle: Site) -> Iterator[Books]:
    """What Zwolle has written down; nothing before, nothing stays behind."""
    books = Books(zwolle)
    books.empty()
    yield books
    books.empty()
