"""The inbox as a question: a query object whose fields are the parameters of the address.

The list, its counts, the links that make it narrower, what is saved and what is exported all come from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true

from portal.backoffice.rules import Due, soon_until
from portal.cases.models import NEVER, Case

#: Rows on one page.
PAGE = 25
#: Pages that can be asked for; who wants more asks a narrower question.
MOST_PAGES = 400
#: A team that no case has: the cases without one.
NO_TEAM = "none"


@dataclass(frozen=True)
class InboxQuery:
    """What somebody wants to see. An empty field asks nothing; the names are those in the address."""

    team: str = ""
    kind: str = ""
    state: str = ""
    owner: str = ""
    due: str = ""
    asks: str = ""
    ours: str = ""
    done: str = ""
    page: int = 1

    @classmethod
    def read(cls, params: Mapping[str, str], allowed: Mapping[str, Iterable[str]]) -> "InboxQuery":
        """From the parameters of an address. What we do not know is not asked, and no error: links grow old."""
        known = {name: params.get(name, "") for name in allowed if params.get(name, "") in set(allowed[name])}
        typed = params.get("page", "1")
        page = int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 5 else 1
        return cls(**known, page=min(max(page, 1), MOST_PAGES))

    def but(self, **changes: Any) -> "InboxQuery":
        """The same question with other fields, from the first page on."""
        return replace(self, **{"page": 1, **changes})

    @property
    def params(self) -> dict[str, str]:
        """The parameters of its address; only what is asked."""
        said = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return {name: value for name, value in said.items() if value and (name, value) != ("page", "1")}

    @property
    def narrowed(self) -> bool:
        """Whether it asks for less than everything that is open."""
        return bool(self.but().params)


@dataclass(frozen=True)
class Group:
    """So many open cases that are alike in what the inbox can ask; `asked` of them wait for an answer."""

    team: str
    kind: str
    state: str
    owner: str
    due: str
    count: int
    asked: int


class Counts:
    """How many there are of what; counted by the database once, added up here for every link."""

    def __init__(self, groups: Iterable[Group], ours: Iterable[tuple[str, str]] = ()) -> None:
        self._groups, self._ours = list(groups), frozenset(ours)

    def of(self, query: InboxQuery) -> int:
        """How many open cases a question finds."""
        wanted = {name: value for name, value in query.but().params.items() if name not in {"done", "asks", "ours"}}
        fitting = (group for group in self._groups if all(getattr(group, name) == wanted[name] for name in wanted))
        if query.ours:
            fitting = (group for group in fitting if (group.kind, group.state) in self._ours)
        return sum(group.asked if query.asks else group.count for group in fitting)

    def values(self, name: str) -> list[str]:
        """The values of a field that occur, in the order of the alphabet."""
        return sorted({getattr(group, name) for group in self._groups})


def _due(day: ColumnElement[date], today: date) -> ColumnElement[str]:
    return case(
        (day < today, Due.LATE.value), (day == today, Due.TODAY.value), (day <= soon_until(today), Due.SOON.value),
        (day < NEVER, Due.LATER.value), else_=Due.NONE.value,
    )  # fmt: skip


def counting(scope: ColumnElement[bool], staff_id: int, today: date) -> Any:
    """The one question that counts everything open in a scope.

    In two steps: first in the order of `ix_case_open_counts`, which needs no sorting; then the few groups that leaves
    are put together as the inbox speaks of them. Of 50,000 it takes a third of the time of one step.
    """
    alike = (Case.team_slug, Case.kind, Case.state, Case.owner_id, Case.sort_on)
    raw = (
        select(*alike, func.count().label("count"), func.count(Case.asks_since).label("asked"))
        .where(scope, Case.closed_at.is_(None))
        .group_by(*alike)
        .subquery()
    )
    owner = case((raw.c.owner_id == staff_id, "me"), (raw.c.owner_id.is_(None), "nobody"), else_="others")
    spoken_of = select(
        func.coalesce(raw.c.team_slug, NO_TEAM).label("team"), raw.c.kind, raw.c.state, owner.label("owner"),
        _due(raw.c.sort_on, today).label("due"), raw.c.count, raw.c.asked,
    ).subquery()  # fmt: skip
    names = [spoken_of.c[name] for name in ("team", "kind", "state", "owner", "due")]
    total = (func.sum(spoken_of.c.count).label("count"), func.sum(spoken_of.c.asked).label("asked"))
    return select(*names, *total).group_by(*names)


def asking(
    query: InboxQuery, scope: ColumnElement[bool], staff_id: int, today: date, ours: Iterable[tuple[str, str]] = ()
) -> ColumnElement[bool]:
    """The condition for the cases that a question finds; `ours` are (kind, state) in which the next step is ours."""
    parts: list[ColumnElement[bool]] = [scope]
    parts.append(Case.closed_at.is_not(None) if query.done else Case.closed_at.is_(None))
    if query.team:
        parts.append(Case.team_slug.is_(None) if query.team == NO_TEAM else Case.team_slug == query.team)
    parts.extend(column == value for column, value in ((Case.kind, query.kind), (Case.state, query.state)) if value)
    parts.append(_owned(query.owner, staff_id))
    if query.asks:
        parts.append(Case.asks_since.is_not(None))
    if query.ours:
        parts.append(or_(false(), *(and_(Case.kind == kind, Case.state == state) for kind, state in sorted(ours))))
    if query.due:
        parts.append(_near(Due(query.due), today))
    return and_(*parts)


def _owned(owner: str, staff_id: int) -> ColumnElement[bool]:
    conditions = {
        "me": Case.owner_id == staff_id, "nobody": Case.owner_id.is_(None),
        "others": and_(Case.owner_id.is_not(None), Case.owner_id != staff_id),
    }  # fmt: skip
    return conditions.get(owner, true())


def _near(due: Due, today: date) -> ColumnElement[bool]:
    conditions = {
        Due.NONE: Case.sort_on == NEVER, Due.LATE: Case.sort_on < today, Due.TODAY: Case.sort_on == today,
        Due.SOON: and_(Case.sort_on > today, Case.sort_on <= soon_until(today)),
        Due.LATER: and_(Case.sort_on > soon_until(today), Case.sort_on < NEVER),
    }  # fmt: skip
    return conditions[due]
