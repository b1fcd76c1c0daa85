"""Policies from files to rows, and back.

The portal's own stand in `data/policies.yaml`; a municipality changes them per key in its `policies.yaml`. A key that
was edited on screen since it was read is left alone, whatever the files say.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from pyramid.config import Configurator
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.orm import Session

from portal.foundation.exporting import to_yaml
from portal.foundation.policies import CLOCK_UNITS, DAY_UNITS, UNITS, PolicyRow
from portal.foundation.seeding import SOMETHING_NEW, Changed, ContentError, Seeded, read_yaml
from portal.foundation.site import Site

DEFAULTS = Path(__file__).parent / "data" / "policies.yaml"
#: The file in a content folder, and the names of its keys in the seeding ledger.
FILE, LEDGER = "policies.yaml", "policies/"
#: Since when a row holds that does not say so: the day the Wmo 2015 came into force.
ALWAYS = date(2015, 1, 1)
#: What a municipality may put in the place of a unit, so that code that asks `due` or `span` still gets an answer.
MAY_BECOME: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("minutes", "hours"), CLOCK_UNITS),
    **dict.fromkeys(("working_days", "weeks", "months"), DAY_UNITS),
    "days": ("days",),
    "count": ("count",),
}
#: More than this is a slip of the finger.
MOST = 9_999
_KEY = re.compile(r"[a-z][a-z_]{2,39}")


class _Row(NamedTuple):
    """A row as a file or the database has it."""

    value: int
    unit: str
    legal_basis: str
    certain: bool
    valid_from: date = ALWAYS
    valid_to: date | None = None


_Rows = Mapping[str, list[_Row]]


def _by_date(row: _Row) -> date:
    return row.valid_from


def _is_date(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _row(data: Any) -> _Row:
    """One row of a file. Raises ValueError that says what to mend."""
    if not isinstance(data, dict) or not set(_Row._fields[:4]) <= data.keys() <= set(_Row._fields):
        raise ValueError(f"a row has {', '.join(_Row._fields[:4])}, may have valid_from and valid_to, and no more")
    row = _Row(**data)
    for right, said in (
        (type(row.value) is int and 0 < row.value <= MOST, f"value is a whole number from 1 to {MOST}"),
        (row.unit in UNITS, f"unit is one of {', '.join(UNITS)}"),
        (isinstance(row.legal_basis, str) and 0 < len(row.legal_basis) <= 200, "legal_basis is 1 to 200 signs"),
        (isinstance(row.certain, bool), "certain is true or false"),
        (_is_date(row.valid_from), "valid_from is a date such as 2026-01-01"),
        (row.valid_to is None or _is_date(row.valid_to), "valid_to is a date such as 2026-12-31"),
    ):
        if not right:
            raise ValueError(said)
    if row.valid_to is not None and row.valid_to < row.valid_from:
        raise ValueError(f"valid_to {row.valid_to} comes before valid_from {row.valid_from}")
    return row


def _rows(key: Any, data: Any) -> list[_Row]:
    """The rows of one key, first to last. Raises ValueError when two hold on one day."""
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise ValueError("a key is 3 to 40 small letters and underscores")
    found = sorted((_row(one) for one in (data if isinstance(data, list) else [data])), key=_by_date)
    for one, other in pairwise(found):
        if one.valid_to is None or one.valid_to >= other.valid_from:
            raise ValueError(f"the rows from {one.valid_from} and from {other.valid_from} overlap: end the first")
    if not found:
        raise ValueError("there are no rows; leave the key out to have the portal's own")
    return found


def _read(path: Path, defaults: _Rows | None = None) -> _Rows:
    """The rows of a file by key. Raises `ContentError`; with `defaults`, also for what would not fit in their place."""
    data = read_yaml(path) or {}
    if not isinstance(data, dict):
        raise ContentError(f"{path}: this is no mapping of keys to rows. See content/README.md.")
    found = {}
    for key, value in data.items():
        try:
            found[key] = _rows(key, value)
            if defaults is not None:
                _fit(found[key], defaults.get(key, []))
        except ValueError as fault:
            raise ContentError(f"{path}: {key}: {fault}.") from fault
    return found


def _fit(rows: Iterable[_Row], defaults: list[_Row]) -> None:
    """Whether code that knows the portal's own rows can live with these. Raises ValueError."""
    if not defaults:
        raise ValueError(f"no policy has this key; the keys are those of portal/foundation/data/{DEFAULTS.name}")
    for row in rows:
        for own in defaults:
            if row.unit not in MAY_BECOME[own.unit]:
                raise ValueError(f"{own.unit} cannot become {row.unit}, only {', '.join(MAY_BECOME[own.unit])}")


def _wanted(folder: Path) -> _Rows:
    defaults, path = _read(DEFAULTS), folder / FILE
    return {**defaults, **(_read(path, defaults) if path.exists() else {})}


def _stored(connection: Connection | Session) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in connection.execute(select(PolicyRow.__table__).order_by(PolicyRow.key, PolicyRow.valid_from)):
        found.setdefault(row.key, []).append(_Row(*(getattr(row, name) for name in _Row._fields)))
    return found


def _digest(rows: list[_Row]) -> str:
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()


def seed(session: Session, site: Site) -> Iterable[Changed]:
    """Bring the policies up to the files; no document changes. Raises `ContentError`.

    The ledger holds, per key, the digest of the rows as last read: when those of the database differ from it, somebody
    edited them on screen and they stay. This is more than `Ledger` knows, so its table is used without it.
    """
    ledger = {
        row.name.removeprefix(LEDGER): row
        for row in session.scalars(select(Seeded).where(Seeded.name.startswith(LEDGER, autoescape=True)))
    }
    wanted, stored = _wanted(site.content), _stored(session)
    for key in sorted(wanted.keys() | ledger.keys()):
        rows, there, before = wanted.get(key, []), stored.get(key, []), ledger.get(key)
        if before is not None and before.digest == _digest(rows):
            continue
        session.info[SOMETHING_NEW] = True
        if _digest(there) == (before.digest if before else _digest([])):
            session.execute(delete(PolicyRow).where(PolicyRow.key == key))
            if rows:
                session.execute(insert(PolicyRow), [{"key": key, **row._asdict()} for row in rows])
        if before is None:
            session.add(Seeded(name=LEDGER + key, digest=_digest(rows)))
        elif rows:
            before.digest = _digest(rows)
        else:
            session.delete(before)
    return ()


def export(connection: Connection, folder: Path) -> int:
    """Write `policies.yaml` with every key that is not as the portal has it; no file when all are. Returns how many."""
    defaults = _read(DEFAULTS)
    own = {
        key: [{name: value for name, value in row._asdict().items() if value is not None} for row in rows]
        for key, rows in _stored(connection).items()
        if key in defaults and rows != defaults[key]
    }
    if own:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(to_yaml(own), "utf-8")
    return int(bool(own))


def includeme(config: Configurator) -> None:
    """Let policies be seeded and exported."""
    config.add_seeder("policies", seed)
    config.add_exporter("policies", export)
