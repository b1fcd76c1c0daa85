"""Who handles a complaint in a municipality with pages: each step stands at once, as if done at the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from portal.accounts.roles import Role
from portal.cases.handling import Handling as AtWork
from portal.cases.models import Case
from portal.cases.notices import Surroundings
from portal.complaints.outcomes import Judged, Outcomes
from portal.complaints.telling import Telling
from portal.complaints.words import TEXTS
from portal.foundation.clock import local_date
from portal.foundation.db import writing
from portal.foundation.policies import read_policies
from tests.desk import hire
from tests.staff import forget_everybody
from tests.unit.complaints.conftest import path

HANDLER = "Mariëtte Bloemendaal"
FOUND = {"founded": "U kreeg geen antwoord.", "unfounded": "De brief was op tijd.", "partly": "Het duurde te lang.",
         "no_judgement": "Niemand was erbij."}  # fmt: skip


class Handling:
    """A handler and a coordinator of complaints, and what they do."""

    def __init__(self, site: Any, clock: Any) -> None:
        self.site, self.clock = site, clock
        with writing(site.engine) as session:
            self.handler = hire(session, clock.now(), HANDLER, (Role.COMPLAINT_HANDLER, None))
            self.coordinator = hire(session, clock.now(), "Ruud Smit", (Role.COMPLAINT_COORDINATOR, None))

    @contextmanager
    def _at_work(self, staff_id: int) -> Iterator[tuple[Outcomes, Case]]:
        now = self.clock.now()
        with writing(self.site.engine) as session:
            policies = read_policies(session.connection(), local_date(now))
            around = Surroundings(self.site.base_url, "038 000 02 00", path, "de Nationale ombudsman")
            telling = Telling(session, policies, TEXTS, now, around)
            yield Outcomes(session, policies, now, telling, staff_id), session.scalars(select(Case)).one()

    def do(self, act: str, *given: Any, by: int | None = None, **more: Any) -> Any:
        """One act on the only complaint there is; without a name it is the handler who does it."""
        with self._at_work(by or self.handler) as (complaints, case):
            case.owner_id = case.owner_id or self.handler
            return getattr(complaints, act)(case, *given, **more)

    def take_in_hand(self) -> None:
        """Assign it to the handler, as at the desk."""
        with self._at_work(self.handler) as (complaints, case):
            AtWork(complaints.desk._session, self.clock.now(), self.handler).assign(case, self.handler)

    def conclude(self, *judgements: str) -> None:
        """Conclude, and let the coordinator sign."""
        judged = {number: Judged(code, FOUND[code]) for number, code in enumerate(judgements, 1)}
        self.do("conclude", "Wij spraken met iedereen.", "Wij zeggen sorry.", judged)
        self.do("sign", by=self.coordinator)


def a_handler(zwolle: Any, clock: Any) -> Iterator[Handling]:
    """For a fixture: who handles complaints in Zwolle; nothing of them stays behind."""
    forget_everybody(zwolle)
    yield Handling(zwolle, clock)
    forget_everybody(zwolle)
