"""Whom a complaint is about hears of it and tells their side (article 9:9), without ever seeing the request itself.

By mail that there is something, who handles it and by when; what it says goes to them on paper, through the handler.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.models import Staff, StaffGrant
from portal.accounts.reading import working_on
from portal.accounts.roles import Role
from portal.cases.looking import names_of_staff
from portal.cases.models import Case, CaseEvent
from portal.cases.notices import Surroundings, about_for_staff
from portal.cases.references import spoken
from portal.cases.workflow import NotSo
from portal.complaints.models import Complaint, ComplaintConcerned, ComplaintPart
from portal.complaints.words import STAFF_TEXTS
from portal.foundation.clock import local_date
from portal.foundation.i18n import SOURCE
from portal.foundation.policies import Policy
from portal.messaging.services import Messages
from portal.ui.dates import clock_time, day_and_year


class Concerned:
    """Who is told that a complaint is about them. Flushes; who calls it commits."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], site: Surroundings, now: datetime,
        staff_id: int | None = None,
    ) -> None:  # fmt: skip
        self._session, self._policies, self._site, self._now = session, policies, site, now
        self._staff_id = staff_id

    def told(self, case: Case) -> Sequence[ComplaintConcerned]:
        """Who was told, in the order in which they were."""
        query = select(ComplaintConcerned).where(ComplaintConcerned.case_id == case.id)
        return self._session.scalars(query.order_by(ComplaintConcerned.told_at, ComplaintConcerned.staff_id)).all()

    def who_leads(self, team: str) -> set[int]:
        """The coordinators of a team today. Raises `NotSo("nobody")`."""
        leads = working_on(local_date(self._now)).where(StaffGrant.role == str(Role.TEAM_COORDINATOR))
        found = {row.id for row in self._session.execute(leads.where(StaffGrant.team_slug == team))}
        if not found:
            raise NotSo("nobody")
        return found

    def tell(self, case: Case, people: Iterable[int], complaint: Complaint, parts: Sequence[ComplaintPart]) -> None:
        """Tell these people, each once, and lay a copy of what it says ready to be printed. Raises `NotSo("known")`."""
        today, known = local_date(self._now), {row.staff_id for row in self.told(case)}
        new = sorted(set(people) - known)
        if not new:
            raise NotSo("known")
        react_by = self._policies["complaint_reaction"].due(today)
        for staff_id in new:
            self._session.add(
                ComplaintConcerned(case_id=case.id, staff_id=staff_id, told_at=self._now, react_by=react_by)
            )
            self._session.flush()
            facts = {"react_by": day_and_year(react_by, SOURCE)}
            self._mail(case, staff_id, "concerned", "told", facts)
            self._copy(case, staff_id, {**facts, **_copied(complaint, parts, case.answers)})

    def say(self, case: Case, moment: str, facts: Mapping[str, Any]) -> None:
        """Mail these words to everybody who was told; nobody else hears of it. Dates and moments are read as people do.

        Sent once for what happened last.
        """
        words = {key: _in_words(value) for key, value in facts.items()}
        last = self._session.scalar(select(func.max(CaseEvent.number)).where(CaseEvent.case_id == case.id)) or 0
        for row in self.told(case):
            self._mail(case, row.staff_id, moment, str(last), words)

    def _facts(self, case: Case) -> dict[str, str]:
        owner = case.owner_id or 0
        name = names_of_staff(self._session.connection(), {owner}).get(owner, "de behandelaar")
        return {"reference": spoken(case.reference), "phone": self._site.phone, "handler": name}

    def _mail(self, case: Case, staff_id: int, moment: str, occasion: str, facts: Mapping[str, str]) -> None:
        said = STAFF_TEXTS.say(moment, SOURCE, {**self._facts(case), **facts})
        Messages(self._session, self._now).send(
            dedupe_key=f"{case.id}:{moment}:{occasion}:{staff_id}", about=about_for_staff(case.id), channel="email",
            recipient=self._session.get_one(Staff, staff_id).email, subject=said.subject, text=said.text,
            locale=SOURCE.code,
        )  # fmt: skip

    def _copy(self, case: Case, staff_id: int, facts: Mapping[str, str]) -> None:
        """On paper, in the list of letters of who handles it: never by mail, and without who told it."""
        person = self._session.get_one(Staff, staff_id)
        said = STAFF_TEXTS.say("copy", SOURCE, {**self._facts(case), **facts, "name": person.name})
        Messages(self._session, self._now).send(
            dedupe_key=f"{case.id}:copy:{staff_id}", about=case.id, channel="letter",
            recipient=f"{person.name}\n{person.employer}", subject=said.subject, text=said.text, locale=SOURCE.code,
        )  # fmt: skip


def _copied(complaint: Complaint, parts: Sequence[ComplaintPart], answers: Mapping[str, Any]) -> dict[str, str]:
    """What the complaint says. Not who told it, nor how to reach them."""
    said = "\n\n".join(f"{part.number}. {part.said}" for part in parts)
    around = [str(answers.get(name, "")) for name in ("when", "where") if answers.get(name)]
    return {
        "parts": said, "asked_on": day_and_year(complaint.received_on, SOURCE),
        "around": "Wanneer en waar: " + ", ".join(around) if around else "",
    }  # fmt: skip


def _in_words(value: Any) -> str:
    if isinstance(value, datetime):
        return clock_time(value, SOURCE)
    return day_and_year(value, SOURCE) if isinstance(value, date) else str(value)
