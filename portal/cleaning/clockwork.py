"""What happens by itself: a provider who does not answer in time."""

from typing import Any

from sqlalchemy import select

from portal.cases.models import Case, Term
from portal.cleaning.kind import ANSWER
from portal.cleaning.services import CleaningService, Place
from portal.cleaning.words import TEXTS
from portal.foundation.clock import Clock, today
from portal.foundation.db import reading, writing
from portal.foundation.policies import read_policies
from portal.foundation.site import Site

#: Requests looked at in one go.
HANDFUL = 50


def look(site: Site, clock: Clock, path: Any) -> int:
    """Take the requests whose answer is overdue out of the providers' hands; returns how many."""
    query = (
        select(Case)
        .join(Term, Term.case_id == Case.id)
        .where(Case.state == "offered", Term.key == ANSWER, Term.ended_on.is_(None), Term.due_on < today(clock))
        .limit(HANDFUL)
    )
    with reading(site.engine) as connection:  # SQLite has one write lock; looking does not take it
        if connection.execute(query.with_only_columns(Case.id)).first() is None:
            return 0
    with writing(site.engine) as session:
        overdue = session.scalars(query.with_for_update(skip_locked=True)).all()
        if overdue:
            policies = read_policies(session.connection(), today(clock))
            place = Place(site.base_url, str(site.profile.contact["phone"]), path)
            service = CleaningService(session, policies, TEXTS, clock.now(), place)
            for case in overdue:
                service.silence(case)
        return len(overdue)
