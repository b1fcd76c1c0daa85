"""Who of the staff looked at a case: what residents see of it, and their colleagues."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from portal.accounts.models import Staff
from portal.cases.models import CaseLook


@dataclass(frozen=True)
class Looked:
    """Somebody looked at a case: how often, and when last."""

    name: str
    staff_id: int
    times: int
    last: datetime


def names_of_staff(reader: Connection, ids: set[int]) -> Mapping[int, str]:
    """The names of these people, also of who left."""
    if not ids:
        return {}
    return {row.id: row.name for row in reader.execute(select(Staff.id, Staff.name).where(Staff.id.in_(ids)))}


@dataclass(frozen=True)
class Look:
    """Somebody opened a case once; `why` is one of `models.LOOKS`."""

    name: str
    at: datetime
    why: str


def each_look(reader: Connection, case_id: str) -> list[Look]:
    """Every time that somebody of the staff opened a case, the last one first."""
    query = select(CaseLook.staff_id, CaseLook.at, CaseLook.why).where(CaseLook.case_id == case_id)
    rows = reader.execute(query.order_by(CaseLook.at.desc(), CaseLook.id.desc())).all()
    names = names_of_staff(reader, {row.staff_id for row in rows})
    return [Look(names.get(row.staff_id, "–"), row.at, row.why) for row in rows]


def who_looked(reader: Connection, case_id: str) -> list[Looked]:
    """Who of the staff opened a case, the last one first."""
    last = func.max(CaseLook.at)
    rows = reader.execute(
        select(CaseLook.staff_id, func.count().label("times"), last.label("last"))
        .where(CaseLook.case_id == case_id)
        .group_by(CaseLook.staff_id)
        .order_by(last.desc())
    ).all()
    names = names_of_staff(reader, {row.staff_id for row in rows})
    return [Looked(names.get(row.staff_id, "–"), row.staff_id, row.times, row.last) for row in rows]
