"""Mails to the coordinators of the team of a request: a number and a link, and nothing of people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import StaffGrant
from portal.accounts.reading import working_on
from portal.accounts.roles import Role
from portal.cases.models import Case
from portal.cases.notices import Surroundings, about_for_staff
from portal.cases.references import spoken
from portal.conversations.words import STAFF_TEXTS
from portal.foundation.clock import local_date
from portal.foundation.i18n import SOURCE
from portal.messaging.services import Messages


def tell_coordinators(
    session: Session, case: Case, moment: str, occasion: str, now: datetime, site: Surroundings,
    more: Mapping[str, str] | None = None,
) -> int:  # fmt: skip
    """Mail who coordinates, once for an occasion; returns how many mails are new. `more` facts fill the words."""
    link = site.base_url + site.path("desk.case", locale=SOURCE.segment, reference=case.reference)
    facts = {"reference": spoken(case.reference), "link": link, **(more or {})}
    said = STAFF_TEXTS.say(moment, SOURCE, facts)
    return sum(
        Messages(session, now).send(
            dedupe_key=f"{case.id}:{moment}:{occasion}:{staff_id}", about=about_for_staff(case.id), channel="email",
            recipient=address, subject=said.subject, text=said.text, locale=SOURCE.code,
        )
        for staff_id, address in coordinators(session, case, now).items()
    )  # fmt: skip


def coordinators(session: Session, case: Case, now: datetime) -> Mapping[int, str]:
    """(id, address) of who coordinates the team of a request; of all teams when there is no team, or nobody in it."""
    leads = working_on(local_date(now)).where(StaffGrant.role == Role.TEAM_COORDINATOR)
    found = session.execute(leads.where(StaffGrant.team_slug == case.team_slug)).all() if case.team_slug else []
    rows: Any = found or session.execute(leads.where(StaffGrant.team_slug.is_not(None))).all()
    return {row.id: row.email for row in rows}
