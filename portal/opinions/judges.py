"""What is known of a plan and of who would judge it, from the database as it stands now: for `independence`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Staff, StaffGrant
from portal.cases.models import CaseEvent, CaseLook
from portal.opinions.independence import Conflict, Judge, Plan, conflicts, in_lines
from portal.opinions.models import Expert, Invitation, Opinion, SecondOpinion


@dataclass(frozen=True)
class Weighed:
    """Somebody of the pool, with every reason why they cannot judge one plan: none when they can."""

    expert: Expert
    against: frozenset[Conflict]


def pool(session: Session, today: date) -> Sequence[Expert]:
    """Who judges plans today; who has most free hours comes first."""
    there = Expert.left_on.is_(None) | (Expert.left_on > today)
    query = select(Expert).where(Expert.since <= today, there).order_by(Expert.free_hours.desc(), Expert.name)
    return session.scalars(query).all()


def plan_of(asked: SecondOpinion) -> Plan:
    """The plan as the rule wants to know it."""
    return Plan(asked.author_employer, in_lines(asked.providers), asked.team_slug)


def judge_of(session: Session, expert: Expert, asked: SecondOpinion, today: date, *, signed: bool) -> Judge:
    """Somebody of the pool as the rule wants to know them.

    Who is or was one of the staff is known by their e-mail: their teams, also of before, and what they did or
    looked at in the case of the plan.
    """
    staff_id = session.scalar(select(Staff.id).where(Staff.email == expert.email.casefold()))
    teams = session.scalars(select(StaffGrant.team_slug).where(StaffGrant.staff_id == staff_id)) if staff_id else ()
    return Judge(
        employer=expert.employer, teams=frozenset(team for team in teams if team),
        took_part=_took_part(session, expert, asked, staff_id), signed=signed,
        stopped=expert.left_on is not None and expert.left_on <= today,
    )  # fmt: skip


def weigh(session: Session, asked: SecondOpinion, today: date) -> list[Weighed]:
    """Everybody of the pool who was not asked for this plan before, with what stands against them."""
    before = set(session.scalars(select(Invitation.expert_id).where(Invitation.case_id == asked.case_id)))
    plan = plan_of(asked)
    return [
        Weighed(expert, conflicts(judge_of(session, expert, asked, today, signed=False), plan, to_sign=True))
        for expert in pool(session, today)
        if expert.id not in before
    ]


def _took_part(session: Session, expert: Expert, asked: SecondOpinion, staff_id: int | None) -> bool:
    if staff_id is not None and staff_id == asked.author_id:
        return True
    if asked.plan_case_id is None:
        return False
    judged = (
        select(Opinion.case_id)
        .join(SecondOpinion, SecondOpinion.case_id == Opinion.case_id)
        .where(Opinion.expert_id == expert.id, Opinion.case_id != asked.case_id,
               SecondOpinion.plan_case_id == asked.plan_case_id)
    )  # fmt: skip
    if session.scalar(judged.limit(1)) is not None:
        return True
    if staff_id is None:
        return False
    did = select(CaseEvent.id).where(CaseEvent.case_id == asked.plan_case_id, CaseEvent.staff_id == staff_id)
    looked = select(CaseLook.id).where(CaseLook.case_id == asked.plan_case_id, CaseLook.staff_id == staff_id)
    return any(session.scalar(query.limit(1)) is not None for query in (did, looked))
