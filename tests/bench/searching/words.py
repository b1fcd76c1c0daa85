"""Dutch words as often as people write them: `data/nl_8000_words.csv.gz`, of wordfreq (see the licence beside it)."""

import csv
import gzip
import random
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "nl_8000_words.csv.gz"
#: The most frequent words are little ones; nobody gives them as a title or as a question.
LITTLE = 150


class Drawn:
    """Draws words by their frequency. With `flat` below 1 the rare ones come more often than they are written."""

    def __init__(self, *, skipped: int = 0, flat: float = 1.0) -> None:
        with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))[skipped:]
        self.words = [row["word"] for row in rows]
        self._sums = list(accumulate(10 ** (float(row["zipf"]) * flat) for row in rows))

    def some(self, chance: random.Random, count: int) -> Sequence[str]:
        """This many words, one may come twice."""
        return chance.choices(self.words, cum_weights=self._sums, k=count)
