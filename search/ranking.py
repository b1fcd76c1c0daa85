"""Scores rows for a plan, after BM25F: rare words say more, and said ten times is not ten times as true.

Weights of fields and lengths are already inside the stored weights (see `search.tokens`), so that every
engine ranks alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from search.plan import Alternative, Plan
from search.snapshot import Snapshot
from search.tokens import concept_token

_SATURATION = 1.2
_MEANING = 0.6  # a word understood counts for less than the word itself
_ENOUGH = 0.4  # share of a question, by rarity, that a row has to answer

Scores = dict[int, float]
Worths = dict[int, tuple[float, float]]
"""Per row the score, and the share of the question that the row answers with it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Rows with their scores, for the three ways of being an answer."""

    exact: Scores
    partial: Scores
    concept: Scores


def score(plan: Plan, snapshot: Snapshot) -> Answers:
    """Score all rows for a plan: with all its words, with enough of its words, and by meaning alone."""
    count = max(snapshot.columns.count, 1)
    strict = [_most(_way_scores(way, snapshot) for way in slot.ways) for slot in plan.slots]
    rarity = _rarities([len(scores) for scores in strict], count)
    meanings = _meanings(plan, rarity, snapshot)
    worth = [_worth(scores, share) for scores, share in zip(strict, rarity, strict=True)]
    loose = [
        [_worth(scores, _rarity(len(scores), count)) for scores in (_way_scores(way, snapshot) for way in slot.loose)]
        for slot in plan.slots
    ]
    exact = _with(_all_of(worth), meanings)
    partial = _enough_of([_best(*one) for one in zip(worth, loose, strict=True)], sum(rarity))
    return Answers(exact, {**meanings, **_with(partial, meanings)} if partial else {}, meanings)


def _rarities(found: list[int], count: int) -> list[float]:
    """Return what each word says. A word that occurs nowhere says as much as the others do on average."""
    known = [_rarity(number, count) for number in found if number]
    usual = sum(known) / len(known) if known else _rarity(0, count)
    return [_rarity(number, count) if number else usual for number in found]


def _rarity(found: int, count: int) -> float:
    return log(1 + (count - found + 0.5) / (found + 0.5))


def _way_scores(way: Alternative, snapshot: Snapshot) -> Scores:
    each = [_token_scores(token, way.weight / len(way.tokens), snapshot) for token in way.tokens]
    first, *others = each
    for scores in others:
        first = {row: value + scores[row] for row, value in first.items() if row in scores}
    return first


def _token_scores(token: str, weight: float, snapshot: Snapshot) -> Scores:
    rows, weights = snapshot.postings(token)
    return {row: weight * value / (value + _SATURATION) for row, value in zip(rows, weights, strict=True)}


def _most(several: Iterable[Scores]) -> Scores:
    best: Scores = {}
    for scores in several:
        if not best:
            best = scores
            continue
        best = {**scores, **best} | {row: value for row, value in scores.items() if value > best.get(row, 0.0)}
    return best


def _worth(scores: Scores, share: float) -> Worths:
    return {row: (value * share, share) for row, value in scores.items()}


def _best(strict: Worths, loose: Iterable[Worths]) -> Worths:
    """Return per row the best of all ways: a rare part of a compound still says something."""
    best: Worths = {}
    for worths in (*loose, strict):
        for row, worth in worths.items():
            best[row] = max(worth, best.get(row, worth))
    return best


def _all_of(slots: list[Worths]) -> Scores:
    if not slots:
        return {}
    rows = set(slots[0]).intersection(*slots[1:])
    return {row: sum(worths[row][0] for worths in slots) for row in rows}


def _enough_of(slots: list[Worths], whole: float) -> Scores:
    """Return the rows that answer enough of the question, judged by which words they hold."""
    totals: Scores = {}
    covered: Scores = {}
    for worths in slots:
        for row, (value, share) in worths.items():
            totals[row] = totals.get(row, 0.0) + value
            covered[row] = covered.get(row, 0.0) + share
    return {row: value for row, value in totals.items() if covered[row] >= _ENOUGH * whole}


def _meanings(plan: Plan, rarity: list[float], snapshot: Snapshot) -> Scores:
    """Return the rows about the concepts in the question; a concept weighs by the words it explains."""
    totals: Scores = {}
    for code, places in plan.meanings:
        share = _MEANING * sum(rarity[place] for place in places)
        for row, value in _token_scores(concept_token(code), share, snapshot).items():
            totals[row] = totals.get(row, 0.0) + value
    return totals


def _with(scores: Scores, meanings: Mapping[int, float]) -> Scores:
    return {row: value + meanings.get(row, 0.0) for row, value in scores.items()}
