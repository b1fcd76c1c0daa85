"""What happens by itself: a name whose time is over goes away. Nobody has to think of it, and nobody can forget it."""

from typing import Any

from sqlalchemy import and_, or_, select

from portal.cases.models import Case, Term
from portal.cases.notices import surroundings
from portal.foundation.clock import Clock, today
from portal.foundation.db import reading, writing
from portal.foundation.policies import read_policies
from portal.foundation.site import Site
from portal.worries.kind import INFORM, REVIEW, SILENT, WORRY
from portal.worries.services import Worries
from portal.worries.telling import Telling
from portal.worries.words import TEXTS

#: Worries looked at in one go.
HANDFUL = 50


def look(site: Site, clock: Clock, path: Any) -> int:
    """Close what nobody told the person in time, or looked at again in time; returns how many.

    The last day itself still counts: it goes on the first day after it.
    """
    over = or_(
        and_(Case.state.in_(SILENT), Term.key == INFORM),
        and_(Case.state == "safety", Term.key == REVIEW),
    )
    query = (
        select(Case)
        .join(Term, Term.case_id == Case.id)
        .where(Case.kind == WORRY.code, over, Term.ended_on.is_(None), Term.due_on < today(clock))
        .order_by(Term.due_on, Case.id)
        .limit(HANDFUL)
    )
    with reading(site.engine) as connection:  # SQLite has one write lock; looking does not take it
        if connection.execute(query.with_only_columns(Case.id)).first() is None:
            return 0
    with writing(site.engine) as session:
        cases = session.scalars(query.with_for_update(skip_locked=True, of=Case)).all()
        policies = read_policies(session.connection(), today(clock))
        telling = Telling(session, policies, TEXTS, clock.now(), surroundings(site, path))
        worries = Worries(session, policies, clock.now(), telling)
        for case in cases:
            worries.lapse(case)
        return len(cases)
