"""What changed between two texts, side by side: line by line, and within a line word by word. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")
#: Below this likeness two lines are not one line that was changed, but one that went and one that came.
ALIKE = 0.4


@dataclass(frozen=True)
class Piece:
    """Some words of a line; `changed`: not in the other text."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Row:
    """A line of both texts beside each other; None where a text has no such line."""

    before: tuple[Piece, ...] | None
    after: tuple[Piece, ...] | None

    @property
    def same(self) -> bool:
        """Whether nothing changed here."""
        return self.before == self.after


def differences(before: str, after: str) -> list[Row]:
    """All lines of two texts side by side, in order; joined again, each side gives its whole text."""
    old, new = before.splitlines(), after.splitlines()
    rows: list[Row] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [_same(line) for line in old[i1:i2]]
        else:
            rows += _changed(old[i1:i2], new[j1:j2])
    return rows


def near_changes(rows: Sequence[Row], around: int = 2) -> list[Row | None]:
    """Only what changed, with some lines around it; None stands for lines that were left out."""
    keep = {
        near for number, row in enumerate(rows) if not row.same for near in range(number - around, number + around + 1)
    }
    shown: list[Row | None] = []
    for number, row in enumerate(rows):
        if number in keep:
            shown.append(row)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown


def _same(line: str) -> Row:
    pieces = (Piece(line),)
    return Row(pieces, pieces)


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Lines that differ, those beside each other that are alike."""
    at = 0
    for line in old:
        likest = max(range(at, len(new)), key=lambda place: _likeness(line, new[place]), default=None)
        if likest is None or _likeness(line, new[likest]) < ALIKE:
            yield Row((Piece(line, changed=True),), None)
            continue
        yield from (Row(None, (Piece(came, changed=True),)) for came in new[at:likest])
        yield _beside(line, new[likest])
        at = likest + 1
    yield from (Row(None, (Piece(came, changed=True),)) for came in new[at:])


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _PIECES.findall(one), _PIECES.findall(other), autojunk=False).ratio()


def _beside(old: str, new: str) -> Row:
    mine, theirs = _PIECES.findall(old), _PIECES.findall(new)
    before: list[Piece] = []
    after: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        changed = tag != "equal"
        before += [Piece("".join(mine[i1:i2]), changed)] if i2 > i1 else []
        after += [Piece("".join(theirs[j1:j2]), changed)] if j2 > j1 else []
    return Row(tuple(before), tuple(after))
