"""The yearly register of complaints (article 9:12a): how many, about what, how they ended, and whether in time.

Only years that are over, of which nothing was thrown away by its time yet: figures that change from day to day would
tell who came yesterday, or who went. Complaints that were taken back are soon gone; they are counted apart.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import Connection, and_, case, extract, func, select

from portal.cases.models import Case, DeletionRecord, Term
from portal.complaints.kind import COMPLAINT, DECIDE
from portal.complaints.models import ABOUT, JUDGEMENTS, Complaint, ComplaintPart
from portal.foundation.lib.hiding import Hidden, Shown
from portal.foundation.lib.yearly import Year, hide_tables

WITHDRAWN = "withdrawn"
ENDED = ("answered", "solved", "not_handled", "forwarded", "running")
TIMELY = ("in_time", "late")
#: What can be in time: an end of ours.
_OURS = ENDED[:4]
_TABLES = {"about": ABOUT, "ended": ENDED, "time": TIMELY}


class Counts:
    """What is counted of one year, before anything is hidden."""

    def __init__(self) -> None:
        self._cells: dict[str, int] = defaultdict(int)
        self.withdrawn = 0

    def add(self, table: str, cell: str, count: int) -> None:
        """So many more in a cell."""
        self._cells[f"{table}.{cell}"] += count

    def of(self, table: str, names: tuple[str, ...]) -> dict[str, int]:
        """The cells of a table."""
        return {f"{table}.{name}": self._cells[f"{table}.{name}"] for name in names}


def register(connection: Connection, today: date, least: int, kept: timedelta) -> list[Year]:
    """Every year that is over and whole and in which somebody complained, the newest first.

    Numbers under `least` are hidden; complaints are in the books as long as `kept` after their end.
    """
    years: dict[int, Counts] = defaultdict(Counts)
    _count_cases(connection, years)
    _count_withdrawn(connection, years)
    _count_parts(connection, years)
    whole = [year for year in years if year < today.year and date(year, 1, 1) + kept >= today]
    return [_shown(year, years[year], least) for year in sorted(whole, reverse=True)]


def _shown(year: int, counts: Counts, least: int) -> Year:
    total = sum(counts.of("ended", ENDED).values())
    withdrawn: Shown = counts.withdrawn if counts.withdrawn >= least else Hidden.FEW
    if total < least:
        return Year(year, Hidden.FEW, withdrawn, {})
    linked = {name: cell for table, names in _TABLES.items() for name, cell in counts.of(table, names).items()}
    parts = counts.of("parts", JUDGEMENTS)
    found = hide_tables(linked, sums_of(linked), least) | hide_tables(parts, [dict.fromkeys(parts, 1)], least)
    return Year(year, total, withdrawn, found)


def sums_of(cells: Mapping[str, int]) -> list[dict[str, int]]:
    """What a reader can add up: two tables of all complaints, and one of those that we ended."""
    every = [{name: 1 for name in cells if name.startswith(f"{table}.")} for table in ("about", "ended")]
    ours = {**{name: 1 for name in cells if name.startswith("time.")}, **{f"ended.{one}": -1 for one in _OURS}}
    return [*every, ours]


def _count_cases(connection: Connection, years: dict[int, Counts]) -> None:
    last = (
        select(Term.case_id, func.max(Term.number).label("number")).where(Term.key == DECIDE).group_by(Term.case_id)
    ).subquery()
    year, signed = extract("year", Complaint.received_on), Complaint.signed_at.is_not(None)
    late = case((Term.ended_on > Term.due_on, 1), else_=0)
    query = (
        select(year, Complaint.about, Case.state, signed, late, func.count())
        .select_from(Complaint)
        .join(Case, Case.id == Complaint.case_id)
        .outerjoin(last, last.c.case_id == Case.id)
        .outerjoin(Term, and_(Term.case_id == Case.id, Term.key == DECIDE, Term.number == last.c.number))
        .where(Case.state != WITHDRAWN)
        .group_by(year, Complaint.about, Case.state, signed, late)
    )
    for of, about, state, was_signed, was_late, count in connection.execute(query):
        counts, end = years[int(of)], _end(state, signed=bool(was_signed))
        counts.add("about", about, count)
        counts.add("ended", end, count)
        if end in _OURS:
            counts.add("time", "late" if was_late else "in_time", count)


def _count_withdrawn(connection: Connection, years: dict[int, Counts]) -> None:
    """Those still in the books, and those of which only the record is left that they were thrown away."""
    in_books, gone = extract("year", Complaint.received_on), extract("year", DeletionRecord.opened_on)
    still = select(in_books, func.count()).join(Case, Case.id == Complaint.case_id).where(Case.state == WITHDRAWN)
    thrown = select(gone, func.count()).where(DeletionRecord.kind == COMPLAINT.code, DeletionRecord.state == WITHDRAWN)
    for query in (still.group_by(in_books), thrown.group_by(gone)):
        for of, count in connection.execute(query):
            years[int(of)].withdrawn += count


def _count_parts(connection: Connection, years: dict[int, Counts]) -> None:
    year = extract("year", Complaint.received_on)
    query = (
        select(year, ComplaintPart.judgement, func.count())
        .join(Complaint, Complaint.case_id == ComplaintPart.case_id)
        .where(Complaint.signed_at.is_not(None), ComplaintPart.judgement.is_not(None))
        .group_by(year, ComplaintPart.judgement)
    )
    for of, judgement, count in connection.execute(query):
        years[int(of)].add("parts", str(judgement), count)


def _end(state: str, *, signed: bool) -> str:
    """How it ended, as far as it has: an answer that was sent counts, also while we look once more."""
    if state in {"solved", "not_handled", "forwarded"}:
        return state
    return "answered" if signed or state in {"outcome_sent", "closed"} else "running"
