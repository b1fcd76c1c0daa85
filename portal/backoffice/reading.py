"""Reads what the desk shows. Every question carries the scope of who asks; none changes anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, select

from portal.accounts.models import Staff
from portal.backoffice.inbox import PAGE, Counts, Group, InboxQuery, asking, counting
from portal.backoffice.models import SavedSearch
from portal.backoffice.rules import Due, how_near, level, name_as_heard
from portal.cases.looking import names_of_staff
from portal.cases.models import Case, CaseEvent, CaseMessage, Contact, Representative, Term
from portal.cases.notices import about_for_staff
from portal.conversations.kind import URGENT
from portal.foundation.workdays import working_days_between
from portal.messaging.models import Message

#: Names found by a search for somebody; more is no answer.
MOST_FOUND = 30
#: Requests whose names are compared.
MOST_NAMES = 20_000
#: Letters in one list; who prints them all sees the next ones.
MOST_LETTERS = 100


@dataclass(frozen=True)
class Line:
    """One case in a list. `days` are days until the promise, less than none when it is over; `level` 0, 50, 80, 100."""

    reference: str
    kind: str
    state: str
    name: str
    area: str
    owner: str | None
    owner_id: int | None
    team: str | None
    received_at: datetime
    due_on: date | None
    near: Due
    days: int | None
    level: int
    asks: bool
    urgent: bool


@dataclass(frozen=True)
class Said:
    """Words in a case. `name` is who of the staff wrote them."""

    author: str
    name: str | None
    note: bool
    at: datetime
    text: str


class DeskReader:
    """Reads cases within a scope."""

    def __init__(
        self, reader: Connection, scope: ColumnElement[bool], staff_id: int, today: date,
        ours: Iterable[tuple[str, str]] = (),
    ) -> None:  # fmt: skip
        self._reader, self._scope, self._staff_id, self._today = reader, scope, staff_id, today
        self._ours = frozenset(ours)

    def lines(self, query: InboxQuery, size: int = PAGE) -> tuple[list[Line], bool]:
        """One page of cases, the most pressing first, and whether there are more."""
        order = (Case.closed_at.desc(), Case.id.desc()) if query.done else (Case.sort_on, Case.received_at, Case.id)
        found = (
            select(Case.id)
            .where(asking(query, self._scope, self._staff_id, self._today, self._ours))
            .order_by(*order)
            .limit(size + 1)
            .offset((query.page - 1) * size)
        )
        ids = list(self._reader.execute(found).scalars())
        return self._of(ids[:size]), len(ids) > size

    def counts(self) -> Counts:
        """What is open in the scope, counted."""
        rows = self._reader.execute(counting(self._scope, self._staff_id, self._today))
        groups = (Group(row[0], row[1], row[2], row[3], row[4], int(row[5]), int(row[6])) for row in rows)
        return Counts(groups, self._ours)

    def sees(self, reference: str) -> bool:
        """Whether there is a case with this number in the scope."""
        query = select(Case.id).where(self._scope, Case.reference == reference)
        return self._reader.execute(query).first() is not None

    def with_names(self, wanted: ColumnElement[bool]) -> list[Line]:
        """Cases by who they are about, the newest first; see `finding`."""
        found = (
            select(Case.id)
            .join(Contact, Contact.case_id == Case.id)
            .join(Representative, Representative.case_id == Case.id, isouter=True)
            .where(self._scope, wanted)
            .order_by(Case.received_at.desc(), Case.id)
            .limit(MOST_FOUND)
        )
        return self._of(list(self._reader.execute(found).scalars()))

    def by_name(self, typed: str) -> list[Line]:
        """Cases by a name as it was heard: “celik” finds Çelik. Databases do not agree on that, so it is done here.

        Looks at the newest `MOST_NAMES` of the scope.
        """
        rows = self._reader.execute(
            select(Case.id, Contact.name, Representative.name)
            .join(Contact, Contact.case_id == Case.id)
            .join(Representative, Representative.case_id == Case.id, isouter=True)
            .where(self._scope)
            .order_by(Case.received_at.desc(), Case.id)
            .limit(MOST_NAMES)
        )
        wanted = name_as_heard(typed)
        heard = (number for number, *names in rows if any(wanted in name_as_heard(name) for name in names if name))
        return self._of(list(islice(heard, MOST_FOUND)))

    def saved(self) -> list[Any]:
        """The views that somebody saved, by name."""
        query = select(SavedSearch.__table__).where(SavedSearch.staff_id == self._staff_id).order_by(SavedSearch.name)
        return list(self._reader.execute(query))

    def undelivered(self) -> list[Any]:
        """Messages about open cases that could not be sent: reference, channel and since when, the newest first."""
        return list(
            self._reader.execute(
                select(Case.reference, Message.channel, Message.created_at)
                .join(Message, Message.about == Case.id)
                .where(self._scope, Case.closed_at.is_(None), Message.state == "failed", ~_dealt_with())
                .order_by(Message.created_at.desc())
                .limit(MOST_FOUND)
            )
        )

    def letters_waiting(self) -> int:
        """How many letters wait for a printer."""
        query = select(func.count()).select_from(self._letters().subquery())
        return self._reader.execute(query).scalar_one()

    def letters(self) -> list[Any]:
        """The letters that wait for a printer: id, reference, when they were written; the oldest first."""
        return list(self._reader.execute(self._letters().order_by(Message.created_at, Message.id).limit(MOST_LETTERS)))

    def letter(self, number: int) -> Any:
        """One letter with its words and its address; None when it is not ours or does not wait any more."""
        query = self._letters().add_columns(
            Case.id.label("case_id"), Message.recipient, Message.subject, Message.text, Message.locale
        )
        return self._reader.execute(query.where(Message.id == number)).first()

    def printed_lately(self) -> list[Any]:
        """The letters that were printed and can still be put back, the last one first."""
        query = self._letters("printed").where(Message.text != "").order_by(Message.sent_at.desc())
        return list(self._reader.execute(query.limit(MOST_FOUND)))

    def _letters(self, state: str = "waiting") -> Any:
        """Those about a case; and those to somebody else than who asked, which are no message of who did."""
        return (
            select(Message.id, Case.reference, Message.created_at)
            .join(Message, Case.id == func.replace(Message.about, about_for_staff(""), ""))
            .where(self._scope, Message.channel == "letter", Message.state == state)
        )

    def _of(self, ids: Sequence[str]) -> list[Line]:
        """The lines of these cases, in this order."""
        if not ids:
            return []
        rows = self._reader.execute(
            select(
                Case.id, Case.reference, Case.kind, Case.state, Case.team_slug, Case.received_at, Case.due_from,
                Case.due_on, Case.asks_since, Case.owner_id, Contact.name, Contact.postcode, Staff.name.label("owner"),
                _cannot_wait().label("urgent"),
            )
            .join(Contact, Contact.case_id == Case.id, isouter=True)
            .join(Staff, Staff.id == Case.owner_id, isouter=True)
            .where(Case.id.in_(ids))
        )  # fmt: skip
        by_id = {row.id: self._line(row) for row in rows}
        return [by_id[one] for one in ids]

    def _line(self, row: Any) -> Line:
        return Line(
            reference=row.reference, kind=row.kind, state=row.state, name=row.name or "–",
            area=(row.postcode or "")[:4], owner=row.owner, owner_id=row.owner_id, team=row.team_slug,
            received_at=row.received_at, due_on=row.due_on, near=how_near(row.due_on, self._today),
            days=days_until(row.due_on, self._today), asks=row.asks_since is not None,
            urgent=row.urgent,
            level=level(row.due_from, row.due_on, self._today) if row.due_on else 0,
        )  # fmt: skip


def _cannot_wait() -> ColumnElement[bool]:
    """Whether somebody said that a case cannot wait, and nobody answered that yet."""
    return exists().where(Term.case_id == Case.id, Term.key == URGENT, Term.ended_on.is_(None))


def _dealt_with() -> ColumnElement[bool]:
    """Whether staff did something about a message that could not be sent: they spoke with somebody, or wrote again."""
    return exists().where(
        CaseEvent.case_id == Case.id, CaseEvent.action.in_(("answered", "write", "offer", "code")),
        CaseEvent.author == "staff", CaseEvent.at > Message.created_at,
    )  # fmt: skip


def days_until(due_on: date | None, today: date) -> int | None:
    """Working days until a day; days that are gone count below zero, and are days of the calendar."""
    if due_on is None:
        return None
    return (due_on - today).days if due_on <= today else max(working_days_between(today, due_on), 1)


def what_was_said(reader: Connection, case_id: str) -> list[Said]:
    """The messages and notes of a case, the oldest first."""
    rows = reader.execute(
        select(CaseMessage.__table__).where(CaseMessage.case_id == case_id).order_by(CaseMessage.id)
    ).all()
    names = names_of_staff(reader, {row.staff_id for row in rows if row.staff_id is not None})
    return [Said(row.author, names.get(row.staff_id), row.note, row.at, row.text) for row in rows]


def what_happened(reader: Connection, case_id: str) -> list[tuple[Any, str | None]]:
    """The events of a case with the name of who of the staff did it, the newest first."""
    rows = reader.execute(
        select(CaseEvent.__table__).where(CaseEvent.case_id == case_id).order_by(CaseEvent.number.desc())
    ).all()
    names = names_of_staff(reader, {row.staff_id for row in rows if row.staff_id is not None})
    return [(row, names.get(row.staff_id)) for row in rows]


def open_promises(reader: Connection, case_id: str) -> list[Any]:
    """The promises of a case that still have to be kept, with the rule each came from."""
    return list(
        reader.execute(
            select(Term.__table__).where(Term.case_id == case_id, Term.ended_on.is_(None)).order_by(Term.due_on)
        )
    )
