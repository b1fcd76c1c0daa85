"""Which team covers what: read a file of rules, refuse it with every fault named, report every gap and overlap.

The file is a CSV (or .csv.gz) with the columns of `COLUMNS`; see content/README.md.
"""

import csv
import gzip
import io
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portal.teams.models import COVERAGE_KINDS
from portal.teams.rules import Rule

COLUMNS = ("team", "kind", "value", "number_from", "number_to", "parity", "valid_from", "valid_to")
#: More faults than this and the file is of another kind; nobody mends them one by one.
MOST_FAULTS = 50
_SHAPES = {
    "pc4": r"[1-9][0-9]{3}",
    "pc6": r"[1-9][0-9]{3}[A-Z]{2}",
    "number": r"[1-9][0-9]{3}[A-Z]{2}",
    "buurt": r"[A-Z]{2}[0-9]{8}",
}


class CoverageError(Exception):
    """The file is refused; `faults` names row and field of each thing to mend."""

    def __init__(self, path: Path, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{path} is refused, nothing was changed:\n- " + "\n- ".join(faults))


@dataclass(frozen=True)
class Report:
    """What stands out in a set of rules, by name. `shared` is no fault: there the portal asks one more question."""

    gaps: tuple[str, ...]
    overlaps: tuple[str, ...]
    shared: tuple[str, ...]


def read_text(path: Path) -> str:
    """The text of a .csv or .csv.gz file, with or without a byte order mark."""
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> int | None:
    return int(text) if text else None


def _row_faults(row: Mapping[str, str], teams: set[str]) -> Iterable[str]:
    if row["team"] not in teams:
        yield f"team: there is no team “{row['team']}”; there are: {', '.join(sorted(teams))}"
    shape = _SHAPES.get(row["kind"])
    if shape is None:
        yield f"kind: is “{row['kind']}”; write one of {', '.join(COVERAGE_KINDS)}"
    elif not re.fullmatch(shape, row["value"]):
        yield f"value: “{row['value']}” is no {row['kind']}"
    if row["parity"] not in {"", "odd", "even"}:
        yield f"parity: is “{row['parity']}”; write odd, even or nothing"
    for field, parse in (("number_from", _number), ("number_to", _number), ("valid_from", _date), ("valid_to", _date)):
        try:
            parse(row[field])
        except ValueError:
            yield f"{field}: cannot read “{row[field]}”"
    if not row["valid_from"]:
        yield "valid_from: is empty; write the first day, such as 2026-01-01"


def _order_faults(rule: Rule) -> Iterable[str]:
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        yield "valid_to: lies before valid_from"
    if rule.number_from is not None and rule.number_to is not None and rule.number_to < rule.number_from:
        yield "number_to: is lower than number_from"


def _rule(row: Mapping[str, str]) -> Rule:
    return Rule(
        team=row["team"], kind=row["kind"], value=row["value"], number_from=_number(row["number_from"]),
        number_to=_number(row["number_to"]), parity=row["parity"] or None,
        valid_from=_date(row["valid_from"]) or date.min, valid_to=_date(row["valid_to"]),
    )  # fmt: skip


def _cells(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    """The rows with the number of their line; blank lines are passed over but counted."""
    reader = csv.DictReader(io.StringIO(text, newline=None))
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            hint = "; is it separated by semicolons?" if ";" in text[:200] else ""
            raise CoverageError(path, [f"row 1: the columns {', '.join(missing)} are missing{hint}"])
        for row in reader:
            yield reader.line_num, row
    except csv.Error as fault:
        raise CoverageError(path, [f"row {reader.line_num}: {fault}"]) from fault


def read_rules(path: Path, teams: Iterable[str]) -> list[Rule]:
    """All rules of a file. Raises `CoverageError` with every fault (the first 50), row by row."""
    known, faults, rules = set(teams), [], []
    try:
        text = read_text(path)
    except (OSError, UnicodeDecodeError, EOFError, zlib.error) as fault:
        raise CoverageError(path, [f"the file cannot be read as UTF-8 text: {fault}"]) from fault
    for number, raw in _cells(text, path):
        row = {column: (raw[column] or "").strip() for column in COLUMNS}
        found = list(_row_faults(row, known))
        if not found:
            rules.append(_rule(row))
            found = list(_order_faults(rules[-1]))
        faults += [f"row {number}, {fault}" for fault in found]
    if not rules and not faults:
        faults = ["row 2: there is no rule in the file"]
    if faults:
        rest = [f"and {len(faults) - MOST_FAULTS} more"] if len(faults) > MOST_FAULTS else []
        raise CoverageError(path, faults[:MOST_FAULTS] + rest)
    return rules


def _clashing(rules: Sequence[Rule]) -> bool:
    """Whether two teams claim the same house numbers of one postcode."""
    return any(
        one.team != other.team
        and (one.parity is None or other.parity is None or one.parity == other.parity)
        and max(one.number_from or 0, other.number_from or 0) <= min(one.number_to or 99_999, other.number_to or 99_999)
        for at, one in enumerate(rules)
        for other in rules[at + 1 :]
    )


def report(rules: Iterable[Rule], buurten: Mapping[str, str], postcodes: Iterable[str], day: date) -> Report:
    """Gaps and overlaps on a day. `buurten` maps code to name, `postcodes` are the municipality's own four digits."""
    by_value: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.holds_on(day):
            by_value[rule.kind, rule.value].append(rule)
    reached = {value[:4] for kind, value in by_value if kind != "buurt"}
    gaps = [
        f"neighbourhood {name} ({code}) has no team"
        for code, name in buurten.items()
        if ("buurt", code) not in by_value
    ]
    gaps += [f"postcode {pc4} has no team" for pc4 in sorted(postcodes) if pc4 not in reached]
    overlaps, shared = [], []
    for (kind, value), found in sorted(by_value.items()):
        teams = sorted({rule.team for rule in found})
        said = f"{kind} {buurten.get(value, value)}: {' and '.join(teams)}"
        if kind == "pc4" and len(teams) > 1:
            shared.append(said)
        elif kind in {"buurt", "pc6"} and len(teams) > 1:
            overlaps.append(said)
        elif kind == "number" and _clashing(found):
            overlaps.append(f"{said} claim the same house numbers")
    return Report(tuple(gaps), tuple(overlaps), tuple(shared))
