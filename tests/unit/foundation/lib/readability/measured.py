"""The labelled sentences of `data/`, and the counting of right and wrong."""

import csv
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Counted:
    """Found and right, found and wrong, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


def counted(pairs: list[tuple[bool, bool]]) -> Counted:
    """From (label, said)."""
    return Counted(
        sum(label and said for label, said in pairs),
        sum(said and not label for label, said in pairs),
        sum(label and not said for label, said in pairs),
    )
