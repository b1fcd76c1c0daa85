"""The yearly figures of second opinions: how many, how they ended, what the experts said, and whether in time.

Only years that are over. A request is thrown away some time after its end, with all that was said; only that it was
there and how it ended stays. So how they ended is told of every year, and the rest of years of which nothing is gone.
Requests that were taken back are soon gone; they are counted apart, and in nothing else.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, select

from portal.cases.models import Case, DeletionRecord, Term
from portal.foundation.clock import local_date
from portal.foundation.lib.hiding import Hidden, Shown
from portal.foundation.lib.yearly import Year, hide_tables
from portal.opinions.kind import ANSWERED, JUDGE, SECOND_OPINION
from portal.opinions.models import ANSWERS, Invitation, Opinion

WITHDRAWN = "withdrawn"
#: How it ended, by the state. `answered` has its opinion and is not finished; every other state is `running`.
_END_OF = {"agreed_original": "plan_stays", "agreed_changed": "plan_changed", "agreed_alternative": "another_way",
           "closed": "not_content"}  # fmt: skip
_STANDS = {**_END_OF, **dict.fromkeys(ANSWERED, "answered")}
#: Why another expert was needed.
_EXPERT_OF = {"refused": "refused", "declined": "stopped", "ended": "stopped"}
#: Tables of requests; each but the first is only of those with an opinion.
_OF_REQUESTS = {
    "ended": (*_END_OF.values(), "answered", "running"), "said": ANSWERS, "time": ("in_time", "late"),
}  # fmt: skip
_TABLES = {**_OF_REQUESTS, "experts": ("refused", "stopped")}


class Counts:
    """What is counted of one year, before anything is hidden."""

    def __init__(self) -> None:
        self.cells: Counter[str] = Counter()
        self.withdrawn = 0
        #: Whether all that was said is still there.
        self.whole = True

    @property
    def total(self) -> int:
        """All that were asked and not taken back."""
        return sum(self.of("ended").values())

    def of(self, *tables: str) -> dict[str, int]:
        """The cells of some tables."""
        names = [f"{table}.{row}" for table in tables for row in _TABLES[table]]
        return {name: self.cells[name] for name in names}


def figures(connection: Connection, today: date, least: int) -> list[Year]:
    """Every year that is over and in which somebody asked, the newest first; numbers under `least` are hidden."""
    years: dict[int, Counts] = defaultdict(Counts)
    _count_gone(connection, years)
    _count_cases(connection, years)
    _count_experts(connection, years)
    return [_shown(year, years[year], least) for year in sorted(years, reverse=True) if year < today.year]


def sums_of(cells: Mapping[str, int]) -> list[dict[str, int]]:
    """What a reader of these cells can add up: whoever has an opinion has one of three, and it is in time or late."""
    said, time = _all("said", 1), _all("time", -1)
    have_one = {f"ended.{row}": -1 for row in _OF_REQUESTS["ended"] if row != "running"}
    return [row for row in (_all("ended", 1), said | time, said | have_one) if row.keys() <= cells.keys()]


def _all(table: str, by: int) -> dict[str, int]:
    return {f"{table}.{row}": by for row in _TABLES[table]}


def _shown(year: int, counts: Counts, least: int) -> Year:
    withdrawn: Shown = counts.withdrawn if counts.withdrawn >= least else Hidden.FEW
    if counts.total < least:
        return Year(year, Hidden.FEW, withdrawn, {})
    tables: dict[str, dict[str, Shown]] = {}
    for names in (tuple(_OF_REQUESTS), ("ended",)) if counts.whole else (("ended",),):
        cells = counts.of(*names)
        tables = tables or hide_tables(cells, sums_of(cells), least)
    if counts.whole:
        tables |= hide_tables(counts.of("experts"), [], least)
    return Year(year, counts.total, withdrawn, tables)


def _count_gone(connection: Connection, years: dict[int, Counts]) -> None:
    """Those of which only the record is left. Who had theirs thrown away before the end took it back."""
    query = select(DeletionRecord.opened_on, DeletionRecord.state).where(DeletionRecord.kind == SECOND_OPINION.code)
    for opened_on, state in connection.execute(query):
        counts = years[opened_on.year]
        if state in _END_OF:
            counts.cells[f"ended.{_END_OF[state]}"] += 1
            counts.whole = False
        else:
            counts.withdrawn += 1


def _count_cases(connection: Connection, years: dict[int, Counts]) -> None:
    """Those still in the books, with the opinion and whether its last promise was kept."""
    last = select(Term.case_id, func.max(Term.number).label("number")).where(Term.key == JUDGE).group_by(Term.case_id)
    one = last.subquery()
    query = (
        select(Case.received_at, Case.state, Opinion.right_plan, Term.ended_on > Term.due_on)
        .outerjoin(Opinion, Opinion.case_id == Case.id)
        .outerjoin(one, one.c.case_id == Case.id)
        .outerjoin(Term, and_(Term.case_id == Case.id, Term.key == JUDGE, Term.number == one.c.number))
        .where(Case.kind == SECOND_OPINION.code)
    )
    for received_at, state, right_plan, late in connection.execute(query):
        counts = years[_year(received_at)]
        if state == WITHDRAWN:
            counts.withdrawn += 1
            continue
        counts.cells[f"ended.{_STANDS.get(state, 'running')}"] += 1
        if right_plan:
            counts.cells.update((f"said.{right_plan}", f"time.{'late' if late else 'in_time'}"))


def _count_experts(connection: Connection, years: dict[int, Counts]) -> None:
    query = (
        select(Case.received_at, Invitation.state)
        .join(Case, Case.id == Invitation.case_id)
        .where(Case.state != WITHDRAWN, Invitation.state.in_(_EXPERT_OF))
    )
    for received_at, state in connection.execute(query):
        years[_year(received_at)].cells[f"experts.{_EXPERT_OF[state]}"] += 1


def _year(moment: datetime) -> int:
    """The year on the calendar on the wall: a request on New Year's Eve in UTC may be of the new year."""
    return local_date(moment).year
