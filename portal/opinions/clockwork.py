"""What happens by itself: an expert who does not answer, one who is not independent any more, and what is put away."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.notices import surroundings
from portal.cases.workflow import Author
from portal.foundation.clock import Clock, local_date, local_now
from portal.foundation.db import reading, writing
from portal.foundation.policies import read_policies
from portal.foundation.site import Site
from portal.opinions.judging import Judging
from portal.opinions.kind import SECOND_OPINION, WITH_EXPERT
from portal.opinions.labels import SILENT
from portal.opinions.models import LIVE, Invitation
from portal.opinions.telling import Telling
from portal.opinions.words import TEXTS

#: The states in which somebody is asked, proposed or at work.
WATCHED = ("acknowledged", *WITH_EXPERT)


class Daily:
    """The worker's task: once a day for each site, and again when something was done."""

    def __init__(self) -> None:
        self._done = dict[str, date]()

    def __call__(self, site: Site, clock: Clock, path: Any) -> int:
        """Do what is due on a site; returns for how many requests something happened."""
        day = local_now(clock).date()
        if self._done.get(site.key) == day:
            return 0
        done = sum(_one(site, clock.now(), path, case_id) for case_id in _to_look_at(site))
        self._done[site.key] = day
        return done


def _to_look_at(site: Site) -> list[str]:
    """Requests that may have something due, in order; each is looked at again when it is done."""
    live = select(Invitation.case_id).where(Invitation.state.in_(LIVE))
    query: Select[Any] = (
        select(Case.id)
        .where(
            Case.kind == SECOND_OPINION.code,
            (Case.state.in_(WATCHED) & Case.id.in_(live)) | (Case.state == "routes_shown"),
        )
        .order_by(Case.received_at, Case.id)
    )
    with reading(site.engine) as connection:  # SQLite has one write lock; looking does not take it
        return [row.id for row in connection.execute(query)]


def _one(site: Site, now: datetime, path: Any, case_id: str) -> int:
    """Each in a transaction of its own: one that fails does not hold back the others."""
    with reading(site.engine) as connection:
        policies = read_policies(connection, local_date(now))
        with Session(connection, autoflush=False) as session:
            case = session.get(Case, case_id)
            if case is None or not _due(Look(session, policies, now, site, path), case):
                return 0
    with writing(site.engine) as session:
        case = session.scalar(select(Case).where(Case.id == case_id).with_for_update(skip_locked=True))
        return int(case is not None and Look(session, policies, now, site, path).act(case))


def _due(look: "Look", case: Case) -> bool:
    return look.is_silent(case) or look.is_over(case) or bool(look.service.against(case))


class Look:
    """One look at one request."""

    def __init__(self, session: Session, policies: Any, now: datetime, site: Site, path: Any) -> None:
        self._policies, self._now = policies, now
        telling = Telling(session, policies, TEXTS, now, surroundings(site, path))
        self.service = Judging(session, policies, now, telling)

    def is_silent(self, case: Case) -> bool:
        """Whether who was asked to judge let the days go by."""
        live = self.service.live(case)
        if live is None or live.state != "invited":
            return False
        return local_date(self._now) > self._policies["second_opinion_invited"].due(live.invited_at)

    def is_over(self, case: Case) -> bool:
        """Whether who was not content has read for long enough where else they can go."""
        return (
            case.state == "routes_shown"
            and case.moved_at <= self._now - self._policies["second_opinion_put_away"].span()
        )

    def act(self, case: Case) -> bool:
        """Do what is due; returns whether something was."""
        if self.is_over(case):
            self.service.put_away(case)
            return True
        if self.is_silent(case):
            self.service.call_off(case, Author.SYSTEM, SILENT)
            return True
        return bool(self.service.recheck(case))
