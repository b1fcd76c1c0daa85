"""What who asked for a second opinion hears, and the facts that words may name: never more than they must."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.looking import names_of_staff
from portal.cases.models import Case, Term
from portal.cases.notices import Notices, Surroundings
from portal.cases.references import spoken
from portal.cases.texts import Texts
from portal.complaints.telling import objection_line
from portal.foundation.clock import local_date
from portal.foundation.i18n import LOCALES, SOURCE, Locale
from portal.foundation.policies import Policy
from portal.opinions.kind import ACK, FOLLOW_UP, JUDGE, PROPOSE, TALK
from portal.opinions.models import Expert, Invitation, Opinion, Reaction, SecondOpinion
from portal.opinions.others import Others
from portal.ui.dates import day_and_year

#: A fact that is not there.
NOTHING = "–"
#: The promises, by the fact that names their last day.
PROMISES = {"ack_by": ACK, "propose_by": PROPOSE, "judge_by": JUDGE, "follow_up_by": FOLLOW_UP, "talk_by": TALK}
#: How it stands with somebody whose name who asked may know: who was only invited may still say no.
KNOWN = ("proposed", "refused", "accepted", "ended")


class Telling:
    """The facts of a second opinion, and the messages about it."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], texts: Texts, now: datetime, site: Surroundings
    ) -> None:
        self._session, self._policies, self._texts = session, policies, texts
        self._now, self._site = now, site
        self._others = Others(session, now, site)

    def tell(self, case: Case, asked: SecondOpinion, moment: str, token: str = "") -> bool:
        """Tell who asked; with the token of a new request the link opens it at once. A letter may say more.

        Returns whether something was sent. A moment without words of its own is told by the page alone.
        """
        self._others.tell(case, asked, moment, self.facts(case, asked, SOURCE))
        known = self._texts.moments("nl")
        if moment not in known:
            return False
        reader = LOCALES[case.locale]
        door = {"token": token} if token else {}
        path = self._site.path("cases.link" if token else "cases.find", locale=reader.segment, **door)
        facts = {**self.facts(case, asked, reader), "link": self._site.base_url + path}
        letter = f"{moment}_letter" if f"{moment}_letter" in known else None
        return Notices(self._session, self._texts, self._now).tell(case, moment, facts, letter)

    def invite(self, case: Case, asked: SecondOpinion, invitation: Invitation, token: str) -> None:
        """Mail somebody that we ask them to judge, with their link."""
        link = self._site.path("experts.link", locale=SOURCE.segment, token=token)
        by = self._policies["second_opinion_invited"].due(invitation.invited_at)
        facts = {**self.facts(case, asked, SOURCE), "link": self._site.base_url + link,
                 "answer_by": day_and_year(by, SOURCE)}  # fmt: skip
        self._others.expert(case, invitation, "invited", facts)

    def not_needed(self, case: Case, asked: SecondOpinion, invitation: Invitation) -> None:
        """Mail somebody who was asked that we do not wait for them any more."""
        self._others.expert(case, invitation, "not_needed", self.facts(case, asked, SOURCE))

    def look_for_another(self, case: Case, asked: SecondOpinion) -> None:
        """Tell who coordinates that another expert is needed."""
        self._others.coordinator(case, self.facts(case, asked, SOURCE))

    def facts(self, case: Case, asked: SecondOpinion, reader: Locale) -> dict[str, str]:
        """What the texts may name, for who reads them in this language."""
        names = names_of_staff(self._session.connection(), {case.owner_id} if case.owner_id else set())
        return {
            "reference": spoken(case.reference), "phone": self._site.phone,
            "handler": names.get(case.owner_id or 0, NOTHING), "kept": str(self._policies["retain_withdrawn"].value),
            "judge_days": str(self._policies[JUDGE].value), "objection": self._objection(asked, reader),
            **self._promised(case, reader), **self._expert(case), **self._judged(case, reader),
        }  # fmt: skip

    def objection_until(self, asked: SecondOpinion) -> date | None:
        """The last day for objection to the decision that came with the plan: this does not stop that clock."""
        return self._policies["bezwaar_window"].due(asked.decision_on) if asked.decision_on else None

    def _objection(self, asked: SecondOpinion, reader: Locale) -> str:
        until = self.objection_until(asked)
        if until is None:
            return ""
        return objection_line(self._texts, until, local_date(self._now), reader)

    def _promised(self, case: Case, reader: Locale) -> dict[str, str]:
        rows = self._session.execute(
            select(Term.key, Term.due_on).where(Term.case_id == case.id, Term.ended_on.is_(None))
        )
        due = {row.key: day_and_year(row.due_on, reader) for row in rows}
        return {fact: due.get(key, NOTHING) for fact, key in PROMISES.items()}

    def _expert(self, case: Case) -> dict[str, str]:
        query = (
            select(Expert)
            .join(Invitation, Invitation.expert_id == Expert.id)
            .where(Invitation.case_id == case.id, Invitation.state.in_(KNOWN), Invitation.signed_at.is_not(None))
            .order_by(Invitation.number.desc())
        )
        expert = self._session.scalar(query.limit(1))
        if expert is None:
            return {"expert": NOTHING, "employer": NOTHING, "profession": NOTHING}
        return {"expert": expert.name, "employer": expert.employer, "profession": expert.profession}

    def _judged(self, case: Case, reader: Locale) -> dict[str, str]:
        """What only a letter and the page behind a code say."""
        opinion, reaction = self._session.get(Opinion, case.id), self._session.get(Reaction, case.id)
        right = self._texts.say(f"right_{opinion.right_plan}", reader, {}).status if opinion else NOTHING
        return {
            "right_plan": right, "change": (opinion.change if opinion else "") or NOTHING,
            "why": opinion.why if opinion else NOTHING, "reaction": reaction.text if reaction else NOTHING,
        }  # fmt: skip
