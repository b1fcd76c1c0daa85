"""Second opinions: asked, given to somebody independent, and answered. What is seen and judged stands beside it.

Staff who take a step of who asked write down what they were told; the message that follows says what was written.
What cannot be done is `NotSo`. `unchecked`: nobody looked at author and providers; `conflict`: they are not
independent; `asked`: somebody is asked already, or was before; `enough`: refused as often as one may; `none`: nobody
was asked; `nothing`: no item, or no answer; `later`: the opinion is not there yet; `once`: it is there already.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.entry import Entry
from portal.cases.models import Case, Contact, Representative
from portal.cases.references import hashed, new_token
from portal.cases.services import CaseDesk, Opened
from portal.cases.workflow import Author, NotSo
from portal.foundation.clock import local_date
from portal.foundation.i18n import Locale
from portal.foundation.policies import Policy
from portal.opinions.independence import Conflict, conflicts
from portal.opinions.judges import judge_of, plan_of
from portal.opinions.kind import ANSWERED, FOLLOW_UP, SECOND_OPINION
from portal.opinions.models import LIVE, Expert, ExpertKey, Invitation, SecondOpinion
from portal.opinions.telling import Telling


@dataclass(frozen=True)
class Asked:
    """The plan that somebody doubts. One of ours has a case, the number of its report and an author; paper has not."""

    plan_case_id: str | None = None
    plan_number: int | None = None
    plan_on: date | None = None
    team: str | None = None
    author_id: int | None = None
    author_name: str = ""
    author_employer: str = ""
    decision_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """What the coordinator found out about a plan. `providers` are names, one on a line."""

    author_name: str
    author_employer: str
    providers: str
    team: str | None


class Opinions:
    """What happens to second opinions until somebody judges. Flushes; who calls it commits."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], now: datetime, telling: Telling,
        staff_id: int | None = None,
    ) -> None:  # fmt: skip
        self._session, self._policies, self._now = session, policies, now
        self._telling, self._staff_id = telling, staff_id
        self.desk = CaseDesk(session, SECOND_OPINION, policies, now, staff_id)

    @property
    def _today(self) -> date:
        return local_date(self._now)

    def file(
        self, send_key: str, answers: dict[str, Any], asked: Asked, contact: Contact, entry: Entry,
        representative: Representative | None = None,
    ) -> Opened:  # fmt: skip
        """Open one, once per `send_key`; our promises begin."""
        opened = self.desk.open(send_key, answers, contact, entry.locale, entry.channel, representative)
        if not opened.new:
            return opened
        self._session.add(
            SecondOpinion(
                case_id=opened.case.id, plan_case_id=asked.plan_case_id, plan_number=asked.plan_number,
                plan_on=asked.plan_on, team_slug=asked.team, author_id=asked.author_id, author_name=asked.author_name,
                author_employer=asked.author_employer, decision_on=asked.decision_on,
            )
        )  # fmt: skip
        self._session.flush()
        self.desk.take(opened.case, "begin", Author.SYSTEM)
        self.told(opened.case, "received", token=opened.token)
        return opened

    def of(self, case: Case) -> SecondOpinion:
        """The plan that a case is about."""
        return self._session.get_one(SecondOpinion, case.id)

    def invitations(self, case: Case) -> list[Invitation]:
        """Everybody who was asked, in order."""
        query = select(Invitation).where(Invitation.case_id == case.id).order_by(Invitation.number)
        return list(self._session.scalars(query))

    def live(self, case: Case) -> Invitation | None:
        """Who is asked, proposed or at work now."""
        return next((one for one in self.invitations(case) if one.state in LIVE), None)

    def expert(self, invitation: Invitation) -> Expert:
        """Who was asked."""
        return self._session.get_one(Expert, invitation.expert_id)

    def in_pool(self, expert_id: int) -> Expert:
        """Somebody of the pool by number."""
        return self._session.get_one(Expert, expert_id)

    def told(self, case: Case, moment: str, **more: Any) -> None:
        """Tell who asked what happened."""
        self._telling.tell(case, self.of(case), moment, **more)

    def acknowledge(self, case: Case) -> None:
        """Somebody takes care of it; who asked hears who. Raises `StepRefused`."""
        self.desk.take(case, "acknowledge", Author.STAFF)
        self.told(case, "acknowledged")

    def check_plan(self, case: Case, facts: Facts) -> None:
        """Write down who made the plan and who earns by it; who judges now is weighed again. Raises `NotSo`."""
        if not facts.author_employer.strip():
            raise NotSo("unchecked")
        asked = self.of(case)
        asked.author_name, asked.author_employer = facts.author_name, facts.author_employer
        asked.providers, asked.team_slug = facts.providers, facts.team
        asked.checked_by, asked.checked_at = self._staff_id, self._now
        self._session.flush()
        self.recheck(case)

    def invite(self, case: Case, expert: Expert) -> tuple[Invitation, str]:
        """Ask somebody to judge; returns the token of their link, which is told only once.

        Raises `NotSo`: `unchecked`, `asked`, or `conflict`; and `StepRefused`.
        """
        asked, before = self.of(case), self.invitations(case)
        if asked.checked_by is None:
            raise NotSo("unchecked")
        if any(one.state in LIVE or one.expert_id == expert.id for one in before):
            raise NotSo("asked")
        if conflicts(judge_of(self._session, expert, asked, self._today, signed=False), plan_of(asked), to_sign=True):
            raise NotSo("conflict")
        invitation = Invitation(
            case_id=case.id, number=len(before) + 1, expert_id=expert.id, state="invited", invited_by=self._staff_id,
            invited_at=self._now,
        )  # fmt: skip
        self._session.add(invitation)
        self.desk.take(case, "invite", Author.STAFF)
        token = self._link(invitation)
        self._telling.invite(case, asked, invitation, token)
        return invitation, token

    def decline(self, case: Case, why: str) -> None:
        """The expert says no. Raises `NotSo("none")` and `StepRefused`."""
        self._answered(self._asked_now(case), "declined", why)
        self._close_doors(case)
        self.desk.take(case, "decline", Author.EXPERT)
        self._telling.look_for_another(case, self.of(case))

    def call_off(self, case: Case, author: Author, why: str) -> None:
        """Do not wait for them any more. Raises `NotSo("none")` and `StepRefused`."""
        invitation = self._asked_now(case)
        self._answered(invitation, "ended", why)
        self._close_doors(case)
        self.desk.take(case, "call_off", author)
        self._telling.not_needed(case, self.of(case), invitation)
        if author is Author.SYSTEM:
            self._telling.look_for_another(case, self.of(case))

    def propose(self, case: Case, declaration: str) -> None:
        """The expert signed these words, and is proposed to who asked. Raises `NotSo`: `none` or `conflict`."""
        invitation = self._asked_now(case)
        if self._against(case, invitation, signed=True):
            raise NotSo("conflict")
        invitation.state, invitation.declaration, invitation.signed_at = "proposed", declaration, self._now
        self.desk.take(case, "propose", Author.EXPERT)
        self.told(case, "proposed")

    def accept(self, case: Case, author: Author) -> None:
        """Who asked says yes to the expert. Raises `NotSo` and `StepRefused`."""
        invitation = self._with(case)
        self.desk.take(case, said("accept_expert", author), author)
        self._answered(invitation, "accepted", "")
        self.told(case, "accepted")

    def refuse(self, case: Case, author: Author, why: str = "") -> None:
        """Who asked would like somebody else; a reason is theirs to give. Raises `NotSo("enough")`."""
        if self.refusals_left(case) < 1:
            raise NotSo("enough")
        invitation = self._with(case)
        self.desk.take(case, said("refuse_expert", author), author)
        self._answered(invitation, "refused", why)
        self._close_doors(case)
        self.told(case, "refused")

    def refusals_left(self, case: Case) -> int:
        """How often another expert can still be asked for."""
        refused = sum(one.state == "refused" for one in self.invitations(case))
        return max(0, self._policies["second_opinion_refusals"].value - refused)

    def end_expert(self, case: Case, author: Author, why: str) -> None:
        """The expert stops; another is looked for, and nothing that was given stays open. Raises `NotSo("none")`."""
        invitation = self.live(case)
        if invitation is None:
            raise NotSo("none")
        self._answered(invitation, "ended", why)
        self._close_doors(case)
        self.desk.take(case, "end_expert" if case.state != "acknowledged" else "call_off", author)
        self.told(case, "expert_ended")

    def recheck(self, case: Case) -> frozenset[Conflict]:
        """Weigh who judges now once more, as things change: who is not independent any more stops at once."""
        against = self.against(case)
        if against:
            self.end_expert(case, Author.SYSTEM, ", ".join(sorted(against)))
        return against

    def against(self, case: Case) -> frozenset[Conflict]:
        """Why who judges now cannot judge any more; empty when they can, and when nobody judges."""
        invitation = self.live(case)
        if invitation is None or case.state in ANSWERED or case.state in SECOND_OPINION.closed:
            return frozenset()
        return self._against(case, invitation, signed=invitation.signed_at is not None)

    def withdrawn(self, case: Case) -> None:
        """Who asked took it back: who judges stops, and nothing that was given stays open."""
        invitation = self.live(case)
        if invitation is not None:
            self._answered(invitation, "ended", "withdrawn")
        self._close_doors(case)
        self.told(case, "withdrawn")

    def put_away(self, case: Case) -> None:
        """They read where else they can go, and some weeks went by. Raises `StepRefused`."""
        self.desk.take(case, "put_away", Author.SYSTEM)
        self.told(case, "closed")

    def shown(self, case: Case, reader: Locale) -> dict[str, str]:
        """What the texts about it may name, for who reads them in this language."""
        talked = case.state == "opinion_sent" and FOLLOW_UP not in {term.key for term in self.desk.open_terms(case)}
        facts = self._telling.facts(case, self.of(case), reader)
        return {**facts, "heed": facts["objection"], "status_moment": "followed_up" if talked else ""}

    def objection_until(self, case: Case) -> date | None:
        """The last day for objection to the decision that came with the plan; None when we know of none."""
        return self._telling.objection_until(self.of(case))

    def _against(self, case: Case, invitation: Invitation, *, signed: bool) -> frozenset[Conflict]:
        asked = self.of(case)
        judge = judge_of(self._session, self.expert(invitation), asked, self._today, signed=signed)
        return conflicts(judge, plan_of(asked), to_sign=invitation.state == "invited")

    def _asked_now(self, case: Case) -> Invitation:
        invitation = self.live(case)
        if invitation is None or invitation.state != "invited":
            raise NotSo("none")
        return invitation

    def _with(self, case: Case) -> Invitation:
        invitation = self.live(case)
        if invitation is None or invitation.state == "invited":
            raise NotSo("none")
        return invitation

    def _answered(self, invitation: Invitation, state: str, why: str) -> None:
        invitation.state, invitation.why, invitation.answered_at = state, why, self._now

    def _link(self, invitation: Invitation) -> str:
        token = new_token()
        until = self._now + self._policies["second_opinion_link"].span()
        self._session.add(
            ExpertKey(
                hash=hashed(token), case_id=invitation.case_id, number=invitation.number, purpose="link",
                expires_at=until,
            )
        )  # fmt: skip
        self._session.flush()
        return token

    def _close_doors(self, case: Case) -> None:
        """No link, code or visit of an expert opens this case any more."""
        keys = self._session.scalars(select(ExpertKey).where(ExpertKey.case_id == case.id))
        for key in keys:
            self._session.delete(key)
        self._session.flush()


def said(action: str, author: Author) -> str:
    """The step of the table: their own, or what staff heard from them."""
    return f"heard_{action}" if author is Author.STAFF else action
