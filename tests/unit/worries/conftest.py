"""Worries on Zwolle's database, with colleagues who handle them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.cases.entry import Entry
from portal.cases.models import Case, Contact
from portal.cases.notices import Surroundings
from portal.foundation.clock import local_date
from portal.foundation.policies import read_policies
from portal.foundation.site import Site
from portal.worries.informing import Informing
from portal.worries.services import Named
from portal.worries.telling import Telling
from portal.worries.words import TEXTS
from tests.clock import FixedClock
from tests.desk import hire, works
from tests.unit.cleaning.asking import Books

ANSWERS = {"danger": "no", "call": "", "what": "Een oude man roept 's nachts.", "did": "", "area": ""}
NAME, SAID, WHY = "Meneer Geheim-Kanarie", "Hij roept 's nachts om hulp.", "Hij wordt dan boos op mij."
PERSON = {"name": NAME, "postcode": "8011PK", "house": "12", "said": SAID, "phone": "0687654321"}


def path(name: str, **elements: Any) -> str:
    """A path as a test reads it."""
    return f"/{elements['locale']}/{name}/{elements.get('token', '')}"


def neighbour(**other: Any) -> Contact:
    """Who worries, with e-mail unless told otherwise."""
    who = {"name": "Buurvrouw", "postcode": "", "house": "", "way": "email", "phone": "0612345678",
           "email": "buurvrouw@example.nl", "voicemail": False, "interpreter": False}  # fmt: skip
    return Contact(**who | other)


def service_on(session: Session, clock: FixedClock, staff_id: int | None = None) -> Informing:
    """The service as it is at this moment, for who of the staff is behind the screen."""
    policies = read_policies(session.connection(), local_date(clock.now()))
    around = Surroundings("https://zwolle.test", "038 000 02 00", path)
    return Informing(session, policies, clock.now(), Telling(session, policies, TEXTS, clock.now(), around), staff_id)


@pytest.fixture
def service(session: Session, clock: FixedClock) -> Callable[..., Informing]:
    """Makes the service on a session that is undone after the test."""
    return lambda staff_id=None: service_on(session, clock, staff_id)


@pytest.fixture
def noor(session: Session, clock: FixedClock) -> int:
    """Somebody of the team."""
    return hire(session, clock.now(), "Noor de Vries", works("midden"))


@pytest.fixture
def karim(session: Session, clock: FixedClock) -> int:
    """A colleague."""
    return hire(session, clock.now(), "Karim Bos", works("midden"))


@pytest.fixture
def worry(service: Callable[..., Informing]) -> Callable[..., Case]:
    """Somebody tells a worry; `named` is whom it is about, where they say so at once."""

    def tell(key: str = "key", named: Named | None = None, danger: bool = False, **contact: Any) -> Case:
        answers = {**ANSWERS, "danger": "yes" if danger else "no"}
        return service().file(key, answers, neighbour(**contact), Entry("nl"), danger=danger, named=named).case

    return tell


@pytest.fixture
def named(worry: Callable[..., Case]) -> Case:
    """A worry in which somebody is named, and who said it may be told."""
    return worry(named=Named(**PERSON))


@pytest.fixture
def books(zwolle: Site) -> Iterator[Books]:
    """What Zwolle has written down; nothing before, nothing stays behind."""
    books = Books(zwolle)
    books.empty()
    yield books
    books.empty()
