"""A second opinion that was asked, and an expert who may judge it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.cases.entry import Entry
from portal.cases.models import Case, Contact
from portal.opinions.judging import Judging
from portal.opinions.services import Asked
from tests.clock import FixedClock
from tests.unit.opinions.asking import COORDINATOR, DOUBT, EMAIL, FACTS, NAME, an_expert, judging

ANSWERS = {"plan": "paper", "letter": "no", "doubt": DOUBT, "company": [], "interpreter": "none", "language": ""}
PLAN = Asked(plan_on=date(2026, 11, 2), team="midden", decision_on=date(2026, 11, 16))


@pytest.fixture
def opinions(session: Session, clock: FixedClock) -> Callable[..., Judging]:
    """The service as it is now, for who works with it: `opinions(COORDINATOR)`."""
    return lambda staff_id=COORDINATOR: judging(session, clock, staff_id)


@pytest.fixture
def asked(opinions: Callable[..., Judging]) -> Callable[..., Case]:
    """A second opinion that came in now."""

    def ask(key: str = "sent", plan: Asked = PLAN, way: str = "email") -> Case:
        contact = Contact(name=NAME, postcode="8011PK", house="127", way=way, email=EMAIL, voicemail=False,
                          interpreter=False)  # fmt: skip
        return opinions(None).file(key, dict(ANSWERS), plan, contact, Entry("nl")).case

    return ask


@pytest.fixture
def with_expert(session: Session, asked: Callable[..., Case], opinions: Callable[..., Judging]) -> Callable[..., Any]:
    """A second opinion as far as a state, with the expert who was asked."""

    def bring(state: str = "proposed", **more: Any) -> tuple[Case, Any]:
        case, desk, expert = asked(**more), opinions(), an_expert(session)
        desk.acknowledge(case)
        desk.check_plan(case, FACTS)
        desk.invite(case, expert)
        if state == "invited":
            return case, expert
        desk.propose(case, "Ik ben onafhankelijk.")
        for step, act in (("accepted", lambda: desk.accept(case, "resident")),
                          ("under_review", lambda: desk.release(case, "resident", ["words"])),
                          ("opinion_sent", lambda: desk.judge(case, "no", "Meer hulp", "Te zwaar", None))):  # fmt: skip
            if case.state == state:
                break
            act()
            assert case.state == step
        return case, expert

    return bring
