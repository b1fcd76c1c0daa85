"""Terms are policy: how long a thing may take is a dated row with its legal basis, not a number in the code.

Rows come from files (`policy_files`) and may be edited on screen. Who needs a term keeps `read_policies` of today with
`request.kept`, and freezes the day that comes of it on the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from sqlalchemy import CheckConstraint, Connection, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.clock import LOCAL
from portal.foundation.db import Base
from portal.foundation.workdays import add_working_days, term_end

#: Units that give a moment, and units that give a day; `count` is how often, or how many.
CLOCK_UNITS, DAY_UNITS = ("minutes", "hours", "days"), ("days", "working_days", "weeks", "months")
UNITS = ("minutes", "hours", "days", "working_days", "weeks", "months", "count")


class PolicyRow(Base):
    """One value of one policy, for a time; `valid_to` is the last day of it."""

    __tablename__ = "policy"
    __table_args__ = (
        CheckConstraint(f"unit IN {UNITS}", name="unit"),
        CheckConstraint("value > 0", name="value"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="dates"),
    )

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    value: Mapped[int]
    unit: Mapped[str] = mapped_column(String(12))
    legal_basis: Mapped[str] = mapped_column(String(200))
    certain: Mapped[bool]


@dataclass(frozen=True)
class Policy:
    """A term as it holds on a day. `certain` is false as long as nobody has read its number in the law itself."""

    key: str
    value: int
    unit: str
    legal_basis: str
    certain: bool

    def due(self, start: datetime | date) -> date:
        """The last day, when it starts the day after `start`; of a moment, its date in the Netherlands counts.

        Working days by `add_working_days`, other days by `term_end`. Raises ValueError when the unit gives no day.
        """
        if isinstance(start, datetime):
            if start.tzinfo is None:
                raise ValueError("a moment needs its time zone")
            start = start.astimezone(LOCAL).date()
        if self.unit not in DAY_UNITS:
            raise ValueError(f"{self.key} is in {self.unit}: it has no last day")
        if self.unit == "working_days":
            return add_working_days(start, self.value)
        return term_end(start, **{self.unit: self.value})

    def span(self) -> timedelta:
        """How long it is. Raises ValueError when that depends on the calendar."""
        if self.unit not in CLOCK_UNITS:
            raise ValueError(f"{self.key} is in {self.unit}: how long that is depends on the calendar")
        return timedelta(**{self.unit: self.value})


class _Policies(dict[str, Policy]):
    def __missing__(self, key: str) -> Policy:
        raise KeyError(f"there is no policy “{key}” on this day")


def read_policies(connection: Connection, on: date) -> Mapping[str, Policy]:
    """The policies that hold on a day, by key. To ask one that is not there raises a KeyError that names it."""
    rows = connection.execute(
        select(PolicyRow.__table__)
        .where(PolicyRow.valid_from <= on, or_(PolicyRow.valid_to.is_(None), PolicyRow.valid_to >= on))
        .order_by(PolicyRow.valid_from)  # should two overlap after all, the later one holds
    )
    return MappingProxyType(
        _Policies({row.key: Policy(row.key, row.value, row.unit, row.legal_basis, row.certain) for row in rows})
    )
