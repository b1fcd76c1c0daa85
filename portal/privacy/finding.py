"""What is here of who asks about their data: exact matches only, shown to the privacy officer and to nobody else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.another import is_about_another
from portal.cases.models import Case, Contact
from portal.cases.person import Match, PersonDesk, tables_about_cases
from portal.cases.references import read_reference
from portal.cases.selection import Selection
from portal.cases.workflow import NotSo
from portal.foundation.clock import local_date


@dataclass(frozen=True)
class Thing:
    """A request somebody is in: by what it was found, and what they are in it."""

    match: Match
    found_by: str
    opened_on: date

    @property
    def role(self) -> str:
        """Whether they asked it themselves, help with it, or come along."""
        return "own" if self.match.own else "helper" if self.match.as_helper else "company"

    @property
    def about_another(self) -> bool:
        """Whether who is behind this number may not have it, as it is about somebody else than who asked it."""
        return self.found_by == "number" and is_about_another(self.match.kind, tables_about_cases())


def read_numbers(typed: str) -> list[str]:
    """The numbers in what was typed, one a line or with commas. Raises `NotSo("number")` for what is none."""
    found = []
    for one in typed.replace(",", "\n").replace(";", "\n").splitlines():
        if one.strip():
            number = read_reference(one)
            if number is None:
                raise NotSo("number")
            found.append(number)
    return found


class Finder:
    """Looks for the requests of who asked one question."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._people = session, PersonDesk(session, now)

    def things(self, case: Case, numbers: Iterable[str] = ()) -> Mapping[str, Thing]:
        """What is here of who asked, by number, the oldest first; and what has one of these numbers.

        Raises `NotSo("number")` when one of them is not there. The question itself is not in it.
        """
        contact = self._session.get_one(Contact, case.id)
        found: dict[str, tuple[Match, str]] = {}
        for match in self._reached(contact):
            found.setdefault(match.case_id, (match, "reach"))
        for match in self._named(contact):
            found.setdefault(match.case_id, (match, "name"))
        for number in numbers:
            matches = self._people.find(Selection.known(reference=number)).matches
            if not matches:
                raise NotSo("number")
            found.setdefault(matches[0].case_id, (matches[0], "number"))
        found.pop(case.id, None)
        return self._in_order(found)

    def _reached(self, contact: Contact) -> Iterable[Match]:
        for selection in (Selection.known(email=contact.email), Selection.known(phone=contact.phone)):
            if selection != Selection():
                yield from self._people.find(selection).matches

    def _named(self, contact: Contact) -> Iterable[Match]:
        """Who lives there and is called so; at an address live others as well."""
        selection = Selection.known(postcode=contact.postcode, house=contact.house)
        if not (selection.postcode and selection.house):
            return []
        there = {match.case_id: match for match in self._people.find(selection).matches if match.own}
        query = select(Contact.case_id, Contact.name).where(Contact.case_id.in_(there))
        called = _plain(contact.name)
        return [there[row.case_id] for row in self._session.execute(query) if _plain(row.name) == called]

    def _in_order(self, found: Mapping[str, tuple[Match, str]]) -> Mapping[str, Thing]:
        query = select(Case.id, Case.received_at).where(Case.id.in_(found)).order_by(Case.received_at, Case.id)
        rows = self._session.execute(query).all()
        return {
            found[row.id][0].reference: Thing(*found[row.id], opened_on=local_date(row.received_at)) for row in rows
        }


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
