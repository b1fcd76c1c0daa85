"""What staff do with a case of any kind: take it, give it to a colleague or another team, write to the resident."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.events import add_event
from portal.cases.models import Case, CaseEvent, CaseLook, CaseMessage
from portal.cases.notices import Notices
from portal.cases.texts import COMMON
from portal.cases.tracking import TrackDesk
from portal.cases.workflow import Actor, Author

#: A case that is opened again within this time is the same look.
ONE_LOOK = timedelta(hours=1)


class NothingChanges(Exception):
    """The case is already as it was asked to be."""


class Handling:
    """One member of the staff at work on cases. The rights are looked at before; flushes, who calls it commits."""

    def __init__(self, session: Session, now: datetime, staff_id: int, notices: Notices | None = None) -> None:
        self._session, self._now, self._staff_id = session, now, staff_id
        self._notices = notices or Notices(session, COMMON, now)

    def assign(self, case: Case, owner_id: int | None) -> None:
        """Give a case to a colleague or, with None, back to the team. Raises `NothingChanges`."""
        if case.owner_id == owner_id:
            raise NothingChanges()
        case.owner_id = owner_id
        self._note("assign" if owner_id else "release", case)

    def hand_over(self, case: Case, team: str, facts: Mapping[str, str]) -> bool:
        """Give a case to another team: from now on this one does not see it. The resident is told where it went.

        Returns whether a message goes out, else somebody has to call.

        `facts` fill the words for the resident: the reference, the new team and its phone. Raises `NothingChanges`.
        """
        if case.team_slug == team:
            raise NothingChanges()
        case.team_slug, case.owner_id = team, None
        self._note("hand_over", case)
        return self._notices.tell(case, "handed_over", facts)

    def write(self, case: Case, text: str, facts: Mapping[str, str]) -> bool:
        """Write to the resident; returns whether a message goes out, else somebody has to call.

        The words stand on the status page behind a code. What goes out says that they are there; a letter, in its
        envelope, holds them.
        """
        self._add(case, text, note=False)
        case.asks_since = None
        self._note("write", case)
        return self._notices.tell(case, "message", {**facts, "words": text}, letter="message_letter")

    def note(self, case: Case, text: str) -> None:
        """Write something down for colleagues; the resident may read it with a code."""
        self._add(case, text, note=True)
        self._note("note", case)

    def read_code(self, case: Case) -> str:
        """A code to read by phone to somebody without mobile and e-mail; it works for some minutes, once."""
        self._note("code", case)
        return TrackDesk(self._session, self._now).make_code(case)

    def answered(self, case: Case) -> None:
        """Somebody was called or spoken to: nothing waits for an answer any more."""
        case.asks_since = None
        self._note("answered", case)

    def _add(self, case: Case, text: str, *, note: bool) -> None:
        self._session.add(
            CaseMessage(
                case_id=case.id, author=str(Author.STAFF), staff_id=self._staff_id, note=note, at=self._now, text=text
            )
        )

    def _note(self, action: str, case: Case) -> None:
        add_event(self._session, case, action, Actor(Author.STAFF, self._staff_id), case.state, self._now)
        self._session.flush()


def looked_lately(session: Session, case_id: str, staff_id: int, now: datetime) -> bool:
    """Whether somebody opened this case a moment ago, so that it need not be written down again."""
    query = select(CaseLook.id).where(
        CaseLook.case_id == case_id, CaseLook.staff_id == staff_id, CaseLook.at > now - ONE_LOOK
    )
    return session.scalar(query.limit(1)) is not None


def newest_event(session: Session, case_id: str) -> int:
    """The number of the last thing that happened to a case."""
    return session.scalar(select(func.max(CaseEvent.number)).where(CaseEvent.case_id == case_id)) or 0
