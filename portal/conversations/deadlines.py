"""What happens by itself around a report: it is not there yet, it is too late, or its plan is to be looked at again.

Looked at once a day, in the morning: nobody gets a text message at night. Whatever was done leaves a mark (a message
for its occasion, a step, a date), so that looking twice does nothing twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, exists, func, not_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.reading import working_on
from portal.accounts.roles import Role
from portal.cases.models import Case, CaseEvent, Term
from portal.cases.notices import about_for_staff, surroundings
from portal.cases.references import spoken
from portal.cases.services import CaseDesk
from portal.cases.workflow import Author
from portal.conversations.kind import CONVERSATION, INVESTIGATION
from portal.conversations.models import Reply, Report
from portal.conversations.plan import MAY_APPLY
from portal.conversations.telling import Telling
from portal.conversations.words import STAFF_TEXTS, TEXTS
from portal.foundation.clock import Clock, local_date, local_now
from portal.foundation.db import reading, writing
from portal.foundation.i18n import SOURCE
from portal.foundation.policies import Policy, read_policies
from portal.foundation.site import Site
from portal.messaging.models import Message
from portal.messaging.services import Messages

#: From here on a day has begun.
MORNING = time(9)
#: Requests looked at in one go.
HANDFUL = 50
#: Where a plan may be looked at again; it still runs when the request is finished.
LOOKED_AT = ("report_sent", "plan_agreed", "closed")
#: The warnings, by the policy that says how long after the request; the last one that is reached counts.
WARNINGS = {"melding_warning_first": "no_report_first", "melding_warning_second": "no_report_second"}


@dataclass(frozen=True)
class Mail:
    """A mail to somebody of the staff about a case, once for its key."""

    key: str
    case_id: str
    recipient: str
    moment: str
    facts: Mapping[str, str]


class Daily:
    """The worker's task: once a day for each site, in handfuls."""

    def __init__(self) -> None:
        self._done = dict[str, date]()

    def __call__(self, site: Site, clock: Clock, path: Any) -> int:
        """Do what is due on a site; returns how much."""
        now = local_now(clock)
        if now.time() < MORNING or self._done.get(site.key) == now.date():
            return 0
        counts = [part(site, clock.now(), path) for part in (warn, let_apply, look_again)]
        if max(counts) < HANDFUL:  # else there may be more
            self._done[site.key] = now.date()
        return sum(counts)


def warn(site: Site, now: datetime, path: Any) -> int:
    """Tell who leads the team, and who has it in hand, of a request without a report; returns how many mails."""
    with reading(site.engine) as connection:  # SQLite has one write lock; looking does not take it
        policies = read_policies(connection, local_date(now))
        mails = _warnings(connection, policies, now, site.base_url, path)
        keys = [mail.key for mail in mails]
        known = set(connection.scalars(select(Message.dedupe_key).where(Message.dedupe_key.in_(keys)))) if keys else ()
    new = [mail for mail in mails if mail.key not in known][:HANDFUL]
    return _send(site, now, new) if new else 0


def _warnings(
    connection: Connection, policies: Mapping[str, Policy], now: datetime, base_url: str, path: Any
) -> list[Mail]:
    """Every mail that should have been sent by now, the oldest request first."""
    people = connection.execute(working_on(local_date(now))).all()
    mails = []
    for row in connection.execute(_UNREPORTED):
        days = (local_date(now) - local_date(row.received_at)).days
        reached = [moment for key, moment in WARNINGS.items() if days >= policies[key].span().days]
        if not reached or row.due_on < local_date(now):  # too late is told in another way
            continue
        facts = {"reference": spoken(row.reference), "days": str(days), "due": f"{row.due_on:%d-%m-%Y}",
                 "link": base_url + path("desk.case", locale=SOURCE.segment, reference=row.reference)}  # fmt: skip
        for staff_id, address in _who_leads(people, row.team_slug, row.owner_id, both=True).items():
            mails.append(Mail(f"{row.id}:{reached[-1]}:{staff_id}", row.id, address, reached[-1], facts))
    return mails


#: The requests whose six weeks still run.
_UNREPORTED = (
    select(Case.id, Case.reference, Case.received_at, Case.team_slug, Case.owner_id, Term.due_on)
    .join(Term, Term.case_id == Case.id)
    .where(Case.kind == CONVERSATION.code, Term.key == INVESTIGATION, Term.ended_on.is_(None))
    .order_by(Case.received_at, Case.id)
)


def _who_leads(people: Sequence[Any], team: str | None, owner: int | None, *, both: bool = False) -> Mapping[int, str]:
    """(id, address) of who has it in hand, else of who leads its team; with `both` of both.

    Without a team, or with nobody who leads it, all who lead one hear of it.
    """
    mine = {row.id: row.email for row in people if row.id == owner}
    leads = [row for row in people if row.role == Role.TEAM_COORDINATOR]
    lead = {row.id: row.email for row in [one for one in leads if one.team_slug == team] or leads}
    return {**lead, **mine} if both or not mine else mine


def _send(site: Site, now: datetime, mails: Sequence[Mail]) -> int:
    with writing(site.engine) as session:
        return sum(_mail(session, now, mail) for mail in mails)


def _mail(session: Session, now: datetime, mail: Mail) -> bool:
    said = STAFF_TEXTS.say(mail.moment, SOURCE, mail.facts)
    return Messages(session, now).send(
        dedupe_key=mail.key, about=about_for_staff(mail.case_id), channel="email", recipient=mail.recipient,
        subject=said.subject, text=said.text, locale=SOURCE.code,
    )  # fmt: skip


def let_apply(site: Site, now: datetime, path: Any) -> int:
    """Tell the residents whose six weeks are over without a report that they may apply now; returns how many."""
    told = exists().where(CaseEvent.case_id == Case.id, CaseEvent.action == MAY_APPLY)
    query = (
        select(Case)
        .join(Term, Term.case_id == Case.id)
        .where(
            Case.kind == CONVERSATION.code, Term.key == INVESTIGATION, Term.ended_on.is_(None),
            Term.due_on < local_date(now), not_(told),
        )
        .order_by(Term.due_on, Case.id)
        .limit(HANDFUL)
    )  # fmt: skip
    with reading(site.engine) as connection:
        if connection.execute(query.with_only_columns(Case.id)).first() is None:
            return 0
    with writing(site.engine) as session:
        cases = session.scalars(query.with_for_update(skip_locked=True, of=Case)).all()
        policies = read_policies(session.connection(), local_date(now))
        desk = CaseDesk(session, CONVERSATION, policies, now)
        telling = Telling(session, policies, TEXTS, now, surroundings(site, path))
        for case in cases:
            desk.take(case, MAY_APPLY, Author.SYSTEM)
            if not telling.tell(case, None, MAY_APPLY):  # nobody is at the phone here: it has to reach them
                telling.tell(case, None, MAY_APPLY, by_letter=True)
        return len(cases)


def look_again(site: Site, now: datetime, path: Any) -> int:
    """Tell the resident and who has it in hand that it is the day to look at the plan again; returns how many plans.

    Not of a plan that was not agreed: there the next step is another one.
    """
    query = _to_look_at(local_date(now))
    with reading(site.engine) as connection:
        if connection.execute(query.with_only_columns(Report.case_id)).first() is None:
            return 0
    with writing(site.engine) as session:
        reports = session.scalars(query.with_for_update(skip_locked=True, of=Report)).all()
        people = session.execute(working_on(local_date(now))).all()
        policies = read_policies(session.connection(), local_date(now))
        telling = Telling(session, policies, TEXTS, now, surroundings(site, path))
        for report in reports:
            report.reminded_at = now
            case = session.get_one(Case, report.case_id)
            telling.tell(case, None, "evaluate", occasion=f"report-{report.number}")
            link = site.base_url + path("desk.case", locale=SOURCE.segment, reference=case.reference)
            facts = {"reference": spoken(case.reference), "link": link}
            for staff_id, address in _who_leads(people, case.team_slug, case.owner_id).items():
                key = f"{case.id}:evaluate:{report.number}:{staff_id}"
                _mail(session, now, Mail(key, case.id, address, "evaluate", facts))
        return len(reports)


def _to_look_at(today: date) -> Any:
    """The plans whose day is there, and of which nobody was told yet."""
    later = aliased(Report)
    newer = exists().where(later.case_id == Report.case_id, later.number > Report.number)
    said = select(Reply.view).where(Reply.case_id == Report.case_id).order_by(Reply.id.desc()).limit(1)
    return (
        select(Report)
        .join(Case, Case.id == Report.case_id)
        .where(
            Report.reminded_at.is_(None), Report.evaluate_on <= today, Case.state.in_(LOOKED_AT), not_(newer),
            func.coalesce(said.scalar_subquery(), "") != "disagree",
        )
        .order_by(Report.evaluate_on, Report.case_id)
        .limit(HANDFUL)
    )  # fmt: skip
