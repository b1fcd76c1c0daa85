"""Mails about a second opinion to everybody but who asked: the expert, who coordinates, and the team of the plan.

They hold a number and a date, never a name of who asked and nothing of the plan or the opinion.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Staff, StaffGrant
from portal.accounts.reading import working_on
from portal.accounts.roles import Role
from portal.cases.models import Case, CaseEvent
from portal.cases.notices import Surroundings, about_for_staff
from portal.foundation.clock import local_date
from portal.foundation.i18n import SOURCE
from portal.messaging.services import Messages
from portal.opinions.models import Expert, Invitation, SecondOpinion
from portal.opinions.words import STAFF_TEXTS

#: What the expert reads when this is told to who asked.
TO_EXPERT = {"released": "released", "refused": "not_needed", "expert_ended": "not_needed", "withdrawn": "not_needed"}
#: How it stood with somebody who gets no more mail: they know.
KNOW_ALREADY = ("declined",)


class Others:
    """Tells the others. Flushes; who calls it commits."""

    def __init__(self, session: Session, now: datetime, site: Surroundings) -> None:
        self._session, self._now, self._site = session, now, site

    def tell(self, case: Case, asked: SecondOpinion, moment: str, facts: Mapping[str, str]) -> None:
        """What follows for others from what who asked was told now."""
        last = self._last(case)
        if moment in TO_EXPERT and last is not None and last.state not in KNOW_ALREADY:
            self.expert(case, last, TO_EXPERT[moment], facts)
        if moment == "expert_ended":
            self.coordinator(case, facts)
        if moment == "opinion_sent":
            self._team(case, asked, facts)

    def expert(self, case: Case, invitation: Invitation, moment: str, facts: Mapping[str, str]) -> None:
        """Mail somebody who was asked to judge."""
        to = self._session.get_one(Expert, invitation.expert_id).email
        self._mail(case, moment, f"expert:{invitation.number}", to, facts)

    def coordinator(self, case: Case, facts: Mapping[str, str]) -> None:
        """Mail who has it in hand, else everybody who coordinates, that another expert is needed."""
        today = local_date(self._now)
        query = working_on(today).where(StaffGrant.role == str(Role.SECOND_OPINION_COORDINATOR))
        there = {row.id: row.email for row in self._session.execute(query)}
        for staff_id, email in there.items():
            if case.owner_id not in there or staff_id == case.owner_id:
                self._mail(case, "expert_gone", str(staff_id), email, facts)

    def _team(self, case: Case, asked: SecondOpinion, facts: Mapping[str, str]) -> None:
        """Mail who wrote the plan and who leads their team."""
        leads = (StaffGrant.role == str(Role.TEAM_COORDINATOR)) & (StaffGrant.team_slug == asked.team_slug)
        query = working_on(local_date(self._now)).where(or_(leads, Staff.id == asked.author_id))
        for staff_id, email in {row.id: row.email for row in self._session.execute(query)}.items():
            self._mail(case, "opinion_there", str(staff_id), email, facts)

    def _last(self, case: Case) -> Invitation | None:
        query = select(Invitation).where(Invitation.case_id == case.id).order_by(Invitation.number.desc())
        return self._session.scalar(query.limit(1))

    def _mail(self, case: Case, moment: str, whom: str, recipient: str, facts: Mapping[str, str]) -> None:
        path, segment = self._site.path, SOURCE.segment
        doors = {"desk": path("desk.case", locale=segment, reference=case.reference),
                 "react": path("experts.reaction", locale=segment, reference=case.reference)}  # fmt: skip
        here = {name: self._site.base_url + at for name, at in doors.items()}
        said = STAFF_TEXTS.say(moment, SOURCE, {**here, **facts})
        event = self._session.scalar(select(func.max(CaseEvent.number)).where(CaseEvent.case_id == case.id)) or 0
        Messages(self._session, self._now).send(
            dedupe_key=f"{case.id}:{moment}:{event}:{whom}", about=about_for_staff(case.id), channel="email",
            recipient=recipient, subject=said.subject, text=said.text, locale=SOURCE.code,
        )  # fmt: skip
