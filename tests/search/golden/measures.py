"""How good a list of answers is. Pure."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

from tests.search.golden.questions import Question

RESAMPLES = 1000


@dataclass(frozen=True)
class Result:
    """What the index gave for a question: the keys of the first ten hits, the rung, the words read instead."""

    question: Question
    keys: tuple[str, ...]
    stage: str
    corrected: str | None

    @property
    def success(self) -> float:
        """1 when one of the first three is just what is meant; for a question without an answer: when none came."""
        if not self.question.grades:
            return float(not self.keys)
        return float(any(self.question.grades.get(key) == 2 for key in self.keys[:3]))

    @property
    def reciprocal(self) -> float:
        """1 over the place of the first that is just what is meant, within ten."""
        places = (place for place, key in enumerate(self.keys, 1) if self.question.grades.get(key) == 2)
        return 1 / next(places, float("inf"))

    @property
    def gain(self) -> float:
        """Normalised discounted cumulative gain over ten."""
        best = _discounted(sorted(self.question.grades.values(), reverse=True)[:10])
        return _discounted([self.question.grades.get(key, 0) for key in self.keys]) / best if best else 0.0

    @property
    def empty(self) -> float:
        """1 when a question that has an answer got none."""
        return float(bool(self.question.grades) and not self.keys)

    @property
    def wrongly_corrected(self) -> float:
        """1 when a word was read as another and no right answer is among the ten.

        A question in right words must not be corrected at all, so for it any correction without success counts.
        """
        return float(self.corrected is not None and self.question.kind != "misspelt" and not self.reciprocal)


def _discounted(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))


MEASURES: Mapping[str, Callable[[Result], float]] = {
    "success@3": lambda result: result.success,
    "MRR": lambda result: result.reciprocal,
    "nDCG@10": lambda result: result.gain,
    "empty": lambda result: result.empty,
    "wrongly corrected": lambda result: result.wrongly_corrected,
}


def mean(results: Sequence[Result], measure: str) -> float:
    """The mean of a measure; 0 for no results."""
    return fmean(map(MEASURES[measure], results)) if results else 0.0


def interval(results: Sequence[Result], measure: str) -> tuple[float, float]:
    """The 95 % interval of the mean, by drawing the questions anew a thousand times (always the same draws)."""
    values, chance = [MEASURES[measure](result) for result in results], random.Random(20261122)
    if not values:
        return 0.0, 0.0
    means = sorted(fmean(chance.choices(values, k=len(values))) for _ in range(RESAMPLES))
    return means[int(RESAMPLES * 0.025)], means[int(RESAMPLES * 0.975) - 1]
