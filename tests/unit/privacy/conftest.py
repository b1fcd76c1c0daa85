"""Somebody who asks about their data, and the privacy officer who answers."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.cases.entry import Entry
from portal.cases.models import Case, Contact
from portal.cases.notices import Surroundings
from portal.cases.references import new_token
from portal.cases.services import CaseDesk
from portal.cases.workflow import Author
from portal.cleaning.kind import CLEANING
from portal.foundation.clock import local_date
from portal.foundation.policies import read_policies
from portal.privacy.services import Filed, PrivacyRequests
from portal.privacy.telling import Telling
from portal.privacy.words import TEXTS
from tests.clock import FixedClock

OFFICER = 9001
EMAIL, PHONE = "zonneveld.kanarie@example.nl", "0612349876"
WHO = {"name": "Mevrouw Zonneveld-Kanarie", "postcode": "8011PK", "house": "127", "phone": PHONE, "email": EMAIL}


def path(name: str, **kw: Any) -> str:
    """As a route would say it."""
    return f"/{kw.get('locale', 'nl')}/{name}"


def somebody(**more: Any) -> Contact:
    """Who asks."""
    return Contact(**{"way": "email", "voicemail": False, "interpreter": False, **WHO, **more})


@pytest.fixture
def privacy(session: Session, clock: FixedClock) -> Callable[..., PrivacyRequests]:
    """The service as it is now, for the officer."""

    def make(staff_id: int | None = OFFICER) -> PrivacyRequests:
        policies = read_policies(session.connection(), local_date(clock.now()))
        site = Surroundings("https://zwolle.test", "038 000 02 00", path)
        telling = Telling(session, policies, TEXTS, clock.now(), site)
        return PrivacyRequests(session, policies, clock.now(), telling, staff_id)

    return make


@pytest.fixture
def asked(privacy: Callable[..., PrivacyRequests]) -> Callable[..., Case]:
    """A question that came in now."""

    def ask(wants: str = "erasure", key: str = "sent", **contact: Any) -> Case:
        answers = {"numbers": "", "signed": ""}
        return privacy(None).file(key, answers, Filed(wants, "Alles"), somebody(**contact), Entry("nl")).case

    return ask


@pytest.fixture
def cleaning(session: Session, clock: FixedClock) -> Callable[..., Case]:
    """A request for cleaning: of the same person, or of who is given."""

    def ask(**contact: Any) -> Case:
        desk = CaseDesk(session, CLEANING, read_policies(session.connection(), local_date(clock.now())), clock.now())
        case = desk.open(new_token(), {"provider": "anyone"}, somebody(**contact), "nl", team="midden").case
        desk.take(case, "offer", Author.SYSTEM)
        return case

    return ask
