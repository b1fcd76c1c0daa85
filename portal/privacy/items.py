"""What was found of somebody, what becomes of it, and throwing away: first a list, then a second step that does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseLook
from portal.cases.person import PersonDesk
from portal.cases.services import CaseDesk
from portal.cases.workflow import Author, NotSo
from portal.privacy.finding import Finder, Thing, read_numbers
from portal.privacy.models import PrivacyItem, PrivacyRequest

#: What stays behind of what was thrown away; it names nobody.
BECAUSE = "AVG artikel 17, op verzoek"


@dataclass(frozen=True)
class Decided:
    """What becomes of one thing, and why, in words for who asked."""

    decision: str
    why: str = ""


class Items:
    """The list of one question. Flushes; who calls it commits."""

    def __init__(self, session: Session, desk: CaseDesk, now: datetime, staff_id: int | None) -> None:
        self._session, self._desk, self._now, self._staff_id = session, desk, now, staff_id
        self._finder, self._people = Finder(session, now), PersonDesk(session, now)

    def of(self, case: Case) -> list[PrivacyItem]:
        """What was found, in order."""
        query = select(PrivacyItem).where(PrivacyItem.case_id == case.id).order_by(PrivacyItem.number)
        return list(self._session.scalars(query))

    def things(self, case: Case) -> Mapping[str, Thing]:
        """What is still there of what was found, by number."""
        listed = {item.reference: item for item in self.of(case)}
        there = self._there([item.reference for item in listed.values() if item.found_by == "number"])
        return {number: one for number, one in self._finder.things(case, there).items() if number in listed}

    def collect(self, case: Case, typed: str = "") -> None:
        """Look up what is here of who asked, and put it on the list; nothing changes. Raises `NotSo("number")`."""
        found = self._finder.things(case, read_numbers(typed))
        known = {item.reference for item in self.of(case)}
        last = self._session.scalar(select(func.max(PrivacyItem.number)).where(PrivacyItem.case_id == case.id)) or 0
        new = [(number, one) for number, one in found.items() if number not in known]
        self._session.add_all(
            PrivacyItem(case_id=case.id, number=place, reference=number, kind=one.match.kind, found_by=one.found_by,
                        opened_on=one.opened_on)
            for place, (number, one) in enumerate(new, last + 1)
        )  # fmt: skip
        self._desk.take(case, "collect", Author.STAFF)

    def decide(self, case: Case, row: PrivacyRequest, decided: Mapping[str, Decided]) -> None:
        """Keep what becomes of each thing; nothing goes yet. Raises `NotSo`: `why`, `held`, `proof`, `another`."""
        things = self.things(case)
        for item in self.of(case):
            one = decided.get(item.reference)
            if one is None or item.done_at is not None:
                continue
            _refuse(one, things.get(item.reference), by_code=row.identity_how == "code")
            item.decision, item.why = one.decision, one.why
        self._session.flush()
        self._desk.take(case, "decide", Author.STAFF)

    def to_erase(self, case: Case) -> Sequence[PrivacyItem]:
        """What was chosen to be thrown away and is still there."""
        return [item for item in self.of(case) if item.decision == "erased" and item.done_at is None]

    def carry_out(self, case: Case) -> None:
        """Throw away what was chosen; it cannot be taken back. Raises `NotSo("nothing")`.

        What was held meanwhile stays, with the reason in law.
        """
        chosen, things = self.to_erase(case), self.things(case)
        if not chosen:
            raise NotSo("nothing")
        matches = [things[item.reference].match for item in chosen if item.reference in things]
        kept = {match.reference for match in self._people.erase(matches, BECAUSE)}
        held = {match.reference: match.held for match in self._people_of(kept, things)}
        for item in chosen:
            if item.reference in kept:
                item.decision, item.why = "kept", held[item.reference] or ""
            else:
                item.done_at = self._now
        self._session.flush()
        self._desk.take(case, "carry_out", Author.STAFF)

    def close(self, case: Case) -> None:
        """Nothing is left to choose or do; who gives a copy looked. Raises `NotSo`: `undecided`, `not_done`."""
        items, things = self.of(case), self.things(case)
        if any(item.decision is None and item.reference in things for item in items):
            raise NotSo("undecided")
        if self.to_erase(case):
            raise NotSo("not_done")
        for item in items:
            if item.decision == "given" and item.reference in things and self._staff_id:
                case_id = things[item.reference].match.case_id
                self._session.add(CaseLook(case_id=case_id, staff_id=self._staff_id, at=self._now, why="export"))
        self._session.flush()

    def file(self, case: Case, organisation: str) -> dict[str, Any]:
        """Everything of what is given, ready for JSON; changes nothing."""
        given = {item.reference for item in self.of(case) if item.decision == "given"}
        matches = [one.match for number, one in self.things(case).items() if number in given]
        return self._people.file(matches, organisation)

    def _there(self, numbers: Sequence[str]) -> list[str]:
        return list(self._session.scalars(select(Case.reference).where(Case.reference.in_(numbers))))

    def _people_of(self, kept: set[str], things: Mapping[str, Thing]) -> list[Any]:
        query = select(Case.reference, Case.held).where(Case.reference.in_(kept & things.keys()))
        return list(self._session.execute(query))


def _refuse(one: Decided, thing: Thing | None, *, by_code: bool) -> None:
    """A code proves whose phone or address it is, not whose name or number."""
    if one.decision == "kept":
        if not one.why:
            raise NotSo("why")
        return
    if thing is None:
        return
    if thing.about_another:
        raise NotSo("another")
    if by_code and thing.found_by != "reach":
        raise NotSo("proof")
    if one.decision == "erased" and thing.match.held is not None:
        raise NotSo("held")
