"""The rows of a generation in a file beside the whoosh files: JSON, one row a line.

After a change nearly all lines are as they were, and a reader takes up those it has read before: reading ten thousand
rows anew takes half a second, looking for the ones that differ a fiftieth of that.
"""

import json
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from search.columns import Row
from search.index import IndexDamaged
from search.records import row_from_json, row_to_json

_MOST_CHANGED = 0.25  # of all rows; with more, beginning anew is quicker


class ReadRows(NamedTuple):
    """Rows by number, None where a document was taken out; and the hash of each line, to know it again."""

    rows: Sequence[Row | None] = ()
    marks: Sequence[int] = ()

    def changed(self, before: "ReadRows") -> dict[int, Row | None] | None:
        """Return the rows that are not as before; None when they are many or when numbers went away."""
        known = len(before.rows)
        new = {number: row for number, row in enumerate(self.rows) if number >= known or row is not before.rows[number]}
        return None if len(self.rows) < known or len(new) > _MOST_CHANGED * known else new


def write_rows(path: Path, rows: Iterable[Row | None]) -> None:
    """Write a new file."""
    lines = ",\n".join(json.dumps(row_to_json(row), ensure_ascii=False) for row in rows)
    path.write_text(f"[\n{lines}\n]", encoding="utf-8")


def read_rows(path: Path, before: ReadRows | None = None) -> ReadRows:
    """Read a file; rows that are as `before` are the same objects. Raises IndexDamaged."""
    known = before or ReadRows()
    try:
        first, *lines, last = path.read_text(encoding="utf-8").split("\n")
        if (first, last) != ("[", "]"):
            raise ValueError("cut off")
        texts = [line.removesuffix(",") for line in lines if line]
        marks = array("q", map(hash, texts))
        same = [old == new for old, new in zip(known.marks, marks, strict=False)]
        same += [False] * (len(texts) - len(same))
        return ReadRows(
            [
                known.rows[number] if as_before else row_from_json(json.loads(text))
                for number, (text, as_before) in enumerate(zip(texts, same, strict=True))
            ],
            marks,
        )
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{path.name} is not what was written: {error}") from error
