"""Easy, normal or hard, as an estimate with its reasons. A guess about a text, never about one sentence. Pure."""

from dataclasses import dataclass

from portal.foundation.lib.readability.clauses import sub_clauses
from portal.foundation.lib.readability.passive import is_passive
from portal.foundation.lib.readability.text import Sentence
from portal.foundation.lib.readability.words import hard

LEAST_WORDS = 60
LONG_SENTENCE = 15
EASY, HARD = 12.0, 20.0


@dataclass(frozen=True)
class Estimate:
    """`easy`, `normal` or `hard`; reasons as (code, value), the heaviest first; index: higher is harder, no unit."""

    level: str
    index: float
    reasons: tuple[tuple[str, float], ...]


def estimate(found: list[Sentence]) -> Estimate | None:
    """What a text of 60 words or more is like; None below."""
    if sum(len(sentence.words) for sentence in found) < LEAST_WORDS:
        return None
    parts = weigh(found)
    index = sum(weight for _, _, weight in parts)
    level = "easy" if index <= EASY else "hard" if index > HARD else "normal"
    ordered = sorted(parts, key=lambda part: -part[2])
    return Estimate(level, round(index, 2), tuple((code, round(value, 3)) for code, value, _ in ordered if value > 0))


def weigh(found: list[Sentence]) -> list[tuple[str, float, float]]:
    """(code, value, points) of each reason. The mean length carries most; see the error table in the docs."""
    number = max(1, len(found))
    words = sum(len(one.words) for one in found)
    shares = {
        "share_over_15": (sum(len(one.words) > LONG_SENTENCE for one in found) / number, 5.0),
        "share_passive": (sum(is_passive(one.text) for one in found) / number, 10.0),
        "sub_clauses": (sum(sub_clauses(one.text) for one in found) / number, 1.0),
        "hard_words": (sum(len(hard(one.words)) for one in found) / max(1, words), 50.0),
    }
    mean = words / number
    return [("mean_length", mean, mean), *((code, value, value * by) for code, (value, by) in shares.items())]
