"""A complaint that was told, and who handles it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.cases.entry import Entry
from portal.cases.models import Case, Contact
from portal.cases.notices import Surroundings
from portal.complaints.outcomes import Outcomes
from portal.complaints.services import Filed
from portal.complaints.telling import Telling
from portal.complaints.words import TEXTS
from portal.foundation.clock import local_date
from portal.foundation.policies import read_policies
from tests.clock import FixedClock

HANDLER, COORDINATOR = 8001, 8002
ANSWERS = {
    "about": "team", "team": "midden", "whom": "De man aan de balie", "what": "Er werd niet geluisterd.", "when": "",
    "where": "", "letter": "no", "wish": "", "first": "examine", "anonymous": False,
}  # fmt: skip
EMAIL = "zonneveld.kanarie@example.nl"


def path(name: str, **kw: Any) -> str:
    """As a route would say it."""
    return f"/{kw.get('locale', 'nl')}/{name}"


def somebody(way: str = "email") -> Contact:
    """Who complains."""
    return Contact(
        name="Mevrouw Zonneveld-Kanarie", postcode="8011PK", house="127", way=way, phone="0612349876", email=EMAIL,
        voicemail=False, interpreter=False,
    )  # fmt: skip


@pytest.fixture
def complaints(session: Session, clock: FixedClock) -> Callable[..., Outcomes]:
    """The service as it is now, for who handles it: `complaints(COORDINATOR)`."""

    def make(staff_id: int | None = HANDLER) -> Outcomes:
        policies = read_policies(session.connection(), local_date(clock.now()))
        site = Surroundings("https://zwolle.test", "038 000 02 00", path, "de Nationale ombudsman")
        return Outcomes(
            session, policies, clock.now(), Telling(session, policies, TEXTS, clock.now(), site), staff_id
        )  # fmt: skip

    return make


@pytest.fixture
def told(complaints: Callable[..., Outcomes]) -> Callable[..., Case]:
    """A complaint that came in now."""

    def tell(*parts: str, way: str = "email", key: str = "sent", **more: Any) -> Case:
        filed = Filed("team", parts or ("Er werd niet geluisterd.",), **({"team": "midden"} | more))
        return complaints(None).file(key, dict(ANSWERS), filed, somebody(way), Entry("nl")).case

    return tell


DECISION = date(2026, 11, 16)
