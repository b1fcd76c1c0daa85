"""What the desk does by itself: tell who has a case that a promise comes near, and write a digest in the morning.

A mail tells the number of a case and nothing of people; what it is about stands behind the door.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, false, or_, select, true
from sqlalchemy.orm import Session

from portal.accounts.models import Staff, StaffGrant
from portal.accounts.reading import working_on
from portal.backoffice.digests import write_digests
from portal.backoffice.rules import level
from portal.backoffice.tidying import release_left, tidy
from portal.backoffice.words import TEXTS
from portal.cases.models import Case, Term
from portal.cases.notices import about_for_staff
from portal.cases.references import spoken
from portal.cases.walls import kept_from
from portal.cases.workflow import CaseKind
from portal.foundation.clock import LOCAL, Clock
from portal.foundation.db import reading, writing
from portal.foundation.i18n import SOURCE
from portal.foundation.site import Site
from portal.messaging.services import Messages

#: Promises told of in one go.
HANDFUL = 50
#: A promise is told of from here on by a mail of its own; half-way stands in the digest.
TOLD_FROM = 80


class Look:
    """The worker's task. How far a promise is changes with the day, so that is looked at daily; the rest hourly."""

    def __init__(self, kinds: Mapping[str, CaseKind]) -> None:
        self._kinds, self._done = kinds, dict[tuple[str, str], Any]()

    def __call__(self, site: Site, clock: Clock, path: Any) -> int:
        """Do what is due on a site; returns how much."""
        now = clock.now()
        done = write_digests(site, now, path, self._kinds.values())
        if self._is_new(site, "promises", now.astimezone(LOCAL).date()):
            told = warn(site, now, path, self._kinds)
            done += told
            if told >= HANDFUL:  # there may be more
                self._done.pop((site.key, "promises"))
        if self._is_new(site, "hour", now.replace(minute=0, second=0, microsecond=0)):
            done += release_left(site, now, self._kinds.values()) + tidy(site, now)
        return done

    def _is_new(self, site: Site, what: str, mark: Any) -> bool:
        is_new = self._done.get((site.key, what)) != mark
        self._done[site.key, what] = mark
        return is_new


def warn(site: Site, now: datetime, path: Any, kinds: Mapping[str, CaseKind]) -> int:
    """Tell of promises that came further on their way since they were last told of. Once for each level."""
    today = now.astimezone(LOCAL).date()
    with reading(site.engine) as connection:  # SQLite has one write lock; looking does not take it
        risen = [
            (row.case_id, row.key, row.number)
            for row in connection.execute(_RUNNING)
            if level(row.started_on, row.due_on, today) > row.warned
        ][:HANDFUL]
    if not risen:
        return 0
    with writing(site.engine) as session:
        terms = [session.get(Term, key, with_for_update=True) for key in risen]
        return sum(_went_on(session, site, term, now, path, kinds) for term in terms if term is not None)


#: The promises that still have to be kept, the first due first.
_RUNNING = (
    select(Term.case_id, Term.key, Term.number, Term.started_on, Term.due_on, Term.warned)
    .where(Term.ended_on.is_(None), Term.warned < 100)
    .order_by(Term.due_on, Term.case_id)
)


def _went_on(session: Session, site: Site, term: Term, now: datetime, path: Any, kinds: Mapping[str, CaseKind]) -> bool:
    """Note how far a promise is, and tell of it; another worker may have done so a moment ago."""
    reached = level(term.started_on, term.due_on, now.astimezone(LOCAL).date())
    if term.ended_on is not None or reached <= term.warned:
        return False
    term.warned = reached
    if reached >= TOLD_FROM:
        case = session.get_one(Case, term.case_id)
        _tell(session, site, case, kinds[case.kind], term, now, path)
    return True


def _tell(session: Session, site: Site, case: Case, kind: CaseKind, term: Term, now: datetime, path: Any) -> None:
    """A mail to who has it in hand; at the end, and when nobody has it, to who leads the work on this kind."""
    people = _who_hears(session.connection(), case, kind, now.astimezone(LOCAL).date(), term.warned)
    facts = {
        "reference": spoken(case.reference), "due": f"{term.due_on:%d-%m-%Y}",
        "link": site.base_url + path("desk.case", reference=case.reference),
    }  # fmt: skip
    said = TEXTS.say(f"term_{term.warned}", SOURCE, facts)
    for staff_id, address in people.items():
        Messages(session, now).send(
            dedupe_key=f"{case.id}:{term.key}:{term.number}:{term.warned}:{staff_id}", about=about_for_staff(case.id),
            channel="email", recipient=address, subject=said.subject, text=said.text, locale=SOURCE.code,
        )  # fmt: skip


def _who_hears(connection: Connection, case: Case, kind: CaseKind, today: date, warned: int) -> Mapping[int, str]:
    """(id, address) of who hears of a promise; never who is kept from the case."""
    conditions: list[Any] = [false()]
    if case.owner_id is not None:
        conditions.append(Staff.id == case.owner_id)
    if case.owner_id is None or warned >= 100:
        led = StaffGrant.role.in_(kind.led_by)
        in_team = StaffGrant.team_slug == case.team_slug if kind.seen_in_team and case.team_slug else true()
        conditions.append(and_(led, in_team))
    rows = connection.execute(working_on(today).where(or_(*conditions)))
    outside = kept_from(connection, case.id, today) if kind.walled else frozenset()
    return {row.id: row.email for row in rows if row.id not in outside}
