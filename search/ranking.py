"""Scores rows for a plan, after BM25F: rare words say more, and said ten times is not ten times as true.

Weights of fields and lengths are already inside the stored weights (see `search.tokens`), so that every engine ranks
alike. Each word of a question is answered by a row with the word itself or with a concept the word stands for; what
counts is how much of the question a row answers, and how well.
"""

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from search.documents import Stage
from search.plan import Alternative, Plan, Slot
from search.snapshot import Postings, Snapshot
from search.tokens import concept_token

_SATURATION = 1.2
_ABOUT = 2.0  # the same for concepts, where being named in the title is much more than being mentioned
_MEANING, _PHRASE = 1.0, 1.0  # a word understood counts for less than the word itself; a phrase for nearly as much
_BOTH = 0.3
_FULLY = 2  # a row of half the best score, or more, is about the concept itself

_IN_PASSING, _PROMINENT = 0.7, 0.55
_TAIL = 0.5  # share of the best score below which a row that does not hold every word is left out
_TELLING, _NAME = 0.7, 0.7
_SELDOM_READ = 0.3  # an unknown word of a language in which we have few texts
_FEW_TEXTS = 0.6  # a word of a language in which few documents have a text: the others cannot hold it, and may answer
_THEME = 0.8  # a theme, beside a concept that is finer
_COMMON = 0.2  # a word that everybody uses about everything, beside a word of its rarity
_ENOUGH = 0.45  # share of a question, by rarity, that a row has to answer
_FAIR_PART = 0.4  # share of a question that has to be understood to answer by meaning alone
_UNDERSTOOD, _MEANT_ONLY = 0.6, 0.7  # the least that an understood word says, beside a word that nobody knows
_NEARLY_ALL = 0.5  # share from which a row that answers by meaning stands between those that hold every word
_EVERY_WORD = 1.15  # what holding every word itself is worth
_BY_WORDS = 0.4  # share that some row has to answer by the words themselves, else the answers are by meaning

Scores = dict[int, float]
Worths = dict[int, tuple[float, float]]
"""Per row the score, and the share of the question that the row answers with it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Rows with their scores, and how they were found: with every word, enough of the words, or by meaning."""

    scores: Scores
    stage: Stage


def score(plan: Plan, snapshot: Snapshot) -> Answers:
    """Score the rows that answer a plan."""
    strict = [_most(_way_scores(way, snapshot) for way in slot.ways) for slot in plan.slots]
    meant = _meant(plan, snapshot)
    understood = {place for one in meant for place in one.places}
    shares = _shares(plan, strict, understood, max(snapshot.columns.count, 1))
    told_by = 1.0 if plan.well_known else _FEW_TEXTS
    by_word = [_worth(scores, told_by * share) for scores, share in zip(strict, shares, strict=True)]
    by_meaning = _by_meaning(plan, meant, shares, snapshot, _contenders(plan, strict, meant, shares, snapshot))
    whole = sum(shares)
    every = _every_word(plan, _held(plan, strict, understood), understood)
    if every:
        totals = _sum(_both(*each) for each in zip(by_word, by_meaning, strict=True))
        whole_question = _EVERY_WORD if plan.well_known else 1.0
        most = max(value for value, _covered in totals.values())
        scores = {
            row: value * (whole_question if row in every else 1.0)
            for row, (value, covered) in totals.items()
            if row in every or (covered >= _NEARLY_ALL * whole and value >= _TAIL * most)
        }
        return Answers(scores, "exact")
    in_words = [_best((words, _loose(slot, snapshot))) for slot, words in zip(plan.slots, by_word, strict=True)]
    totals = _sum(_both(*each) for each in zip(in_words, by_meaning, strict=True))
    named = _named(plan, strict, max(snapshot.columns.count, 1))
    scores = {row: value for row, (value, covered) in totals.items() if covered >= _ENOUGH * whole or row in named}
    scores = _without_tail(scores)
    if not scores:
        return _by_meaning_alone(plan, _by_meaning(plan, meant, shares, snapshot), shares)
    told = _sum(in_words)
    by_words = any(told[row][1] >= _BY_WORDS * whole for row in scores if row in told)
    if by_words and any(all(row in holding for holding in strict) for row in scores):
        return Answers(scores, "exact")  # common words may be there by chance, yet nobody is told that they are not
    return Answers(scores, "any" if by_words else "concept")


def _without_tail(scores: Scores) -> Scores:
    """Return the rows that are not far worse than the best: a long tail of weak answers is no help to anybody."""
    least = _TAIL * max(scores.values(), default=0.0)
    return {row: value for row, value in scores.items() if value >= least}


def _by_meaning_alone(plan: Plan, by_meaning: Sequence[Worths], shares: Sequence[float]) -> Answers:
    """Return the rows about what was understood of a question, when that is a fair part of it."""
    understood = sum(share for share, worths in zip(shares, by_meaning, strict=True) if worths)
    by_phrase = any(len(places) > 1 and worth == 1.0 for _, places, worth, _ in plan.meanings)
    if understood < _FAIR_PART * sum(shares) and not by_phrase:
        return Answers({}, "none")
    scores = _without_tail({row: value for row, (value, _covered) in _sum(by_meaning).items()})
    return Answers(scores, "concept" if scores else "none")


def _every_word(plan: Plan, strict: Sequence[Scores], meant: Collection[int]) -> set[int]:
    """Return the rows that hold every word. When all words are common and mean something, holding them is chance."""
    if not strict or (meant and all(slot.common for slot in plan.slots)):
        return set()
    return set(strict[0]).intersection(*strict[1:])


def _held(plan: Plan, strict: Sequence[Scores], meant: Collection[int]) -> Sequence[Scores]:
    """Return per word the rows that hold it.

    Where few documents have a text in the language of the question, a word that is understood and only said in passing
    is held by chance: what is about it may have no text there at all.
    """
    if plan.well_known:
        return strict
    return [
        {row: value for row, value in scores.items() if value >= _PROMINENT} if place in meant else scores
        for place, scores in enumerate(strict)
    ]


def _named(plan: Plan, strict: Sequence[Scores], count: int) -> set[int]:
    """Return the rows with a word of the question in their name that hardly any other row has: it is about them."""
    least = _TELLING * _rarity(0, count)
    return {
        row
        for slot, scores in zip(plan.slots, strict, strict=True)
        if not slot.common and _rarity(len(scores), count) >= least
        for row, value in scores.items()
        if value >= _NAME
    }


def _shares(plan: Plan, strict: Sequence[Scores], meant: Collection[int], count: int) -> list[float]:
    """Return what each word says of the subject, by its rarity.

    A word nobody knows says most of all: a question that turns on it has no answer here.
    """
    shares = []
    for place, (slot, scores) in enumerate(zip(plan.slots, strict, strict=True)):
        rarest, rarity = _rarity(0, count), _rarity(len(scores), count)
        if place in meant:
            shares.append(max(_UNDERSTOOD * rarest, rarity) if scores else _MEANT_ONLY * rarest)
        else:
            unknown = 1.0 if scores or plan.well_known else _SELDOM_READ
            little = _COMMON if slot.common or slot.raw.isdigit() else unknown
            shares.append(rarity * little)
    return shares


def _rarity(found: int, count: int) -> float:
    return log(1 + (count - found + 0.5) / (found + 0.5))


def _way_scores(way: Alternative, snapshot: Snapshot) -> Scores:
    each = [_token_scores(token, way.weight / len(way.tokens), snapshot) for token in way.tokens]
    first, *others = each
    for scores in others:
        first = {row: value + scores[row] for row, value in first.items() if row in scores}
    return first


def _token_scores(token: str, weight: float, snapshot: Snapshot, saturation: float = _SATURATION) -> Scores:
    rows, weights = snapshot.postings(token)
    return {row: weight * value / (value + saturation) for row, value in zip(rows, weights, strict=True)}


class _Meant(NamedTuple):
    """A concept in a question that rows are about: those rows, how sure it is, and the words it covers."""

    code: str
    places: tuple[int, ...]
    sure: float
    scores: Scores


def _meant(plan: Plan, snapshot: Snapshot) -> list[_Meant]:
    """Return what the words of a question mean, as far as there are rows about that itself."""
    found = []
    for code, places, worth, _hidden in plan.meanings:
        sure = worth * (_PHRASE if len(places) > 1 else _MEANING) * (1.0 if len(plan.around(code)) > 1 else _THEME)
        scores = _token_scores(concept_token(code), 1.0, snapshot, _ABOUT)
        if scores:
            found.append(_Meant(code, places, sure, scores))
    return found


def _by_meaning(
    plan: Plan, meant: Sequence[_Meant], shares: Sequence[float], snapshot: Snapshot, among: Set[int] | None = None
) -> list[Worths]:
    """Return per word the rows about what it means: all of them, or only those among some."""
    found: dict[int, list[tuple[Scores, float]]] = {}
    for one in meant:
        best = dict(one.scores)
        # what lies around a concept comes along with it, and does not answer in its place
        for near, nearness in plan.around(one.code).items():
            if near != one.code:
                _raise(best, nearness, snapshot.postings(concept_token(near)), among)
        for place in one.places:
            found.setdefault(place, []).append((best, one.sure))
    return [_best(_worth_of(scores, share) for scores in found.get(place, ())) for place, share in enumerate(shares)]


def _raise(best: Scores, nearness: float, postings: Postings, among: Set[int] | None) -> None:
    """Raise the scores of rows that are more about something near than about the concept itself."""
    pairs: Iterable[tuple[int, float]] = zip(*postings, strict=True)
    if among is not None:
        weights = dict(pairs)
        pairs = [(row, weights[row]) for row in weights.keys() & among]
    known = best.get
    for row, weight in pairs:
        score = nearness * weight / (weight + _ABOUT)
        if score > known(row, 0.0):
            best[row] = score


def _contenders(
    plan: Plan, strict: Sequence[Scores], meant: Sequence[_Meant], shares: Sequence[float], snapshot: Snapshot
) -> Set[int]:
    """Return the rows that may answer enough of a question; a theme has thousands that only lie near its subject.

    Those hold none of the words and are not about a concept itself. Together they answer `_ENOUGH` only where they
    answer that part of at least one word: where something near weighs so much.
    """
    rows = {
        row for slot in plan.slots for way in slot.loose for token in way.tokens for row in snapshot.postings(token)[0]
    }
    rows.update(*strict, *(one.scores for one in meant))
    understood = sum(shares[place] for place in {place for one in meant for place in one.places})
    part = 0.999 * _ENOUGH * sum(shares) / understood if understood else 1.0
    for one in meant:
        for near, nearness in plan.around(one.code).items():
            answered = part / (_FULLY * nearness * one.sure)
            if near != one.code and answered < 1:
                least = _ABOUT * answered / (1 - answered)
                numbers, weights = snapshot.postings(concept_token(near))
                rows.update(row for row, weight in zip(numbers, weights, strict=True) if weight >= least)
    return rows


def _loose(slot: Slot, snapshot: Snapshot) -> Worths:
    count = max(snapshot.columns.count, 1)
    each = (_way_scores(way, snapshot) for way in slot.loose)
    return _best(_worth(scores, _rarity(len(scores), count)) for scores in each)


def _most(several: Iterable[Scores]) -> Scores:
    best: Scores = {}
    for scores in several:
        if not best:
            best = scores
            continue
        best = {**scores, **best} | {row: value for row, value in scores.items() if value > best.get(row, 0.0)}
    return best


def _worth(scores: Scores, share: float) -> Worths:
    """Return what a word is worth: said in passing, it answers less of the question than in a title or a keyword."""
    in_passing = share * _IN_PASSING
    return {row: (value * share, share if value >= _PROMINENT else in_passing) for row, value in scores.items()}


def _worth_of(meant: tuple[Scores, float], share: float) -> Worths:
    """Return what a meaning is worth: a row that is only about something wider answers less of the question."""
    scores, sure = meant
    part, whole = share * _FULLY, share * sure  # min() for every row would be half of the work
    return {
        row: (value * share * sure, whole if value >= 1 / _FULLY else part * value * sure)
        for row, value in scores.items()
    }


def _best(several: Iterable[Worths]) -> Worths:
    """Return per row the best of all ways."""
    best: Worths = {}
    own = False  # what came in is copied before it is changed, and only then
    for worths in several:
        if not best:
            best, own = worths, False
            continue
        if not own:
            best, own = dict(best), True
        known = best.get
        for row, worth in worths.items():
            there = known(row)
            if there is None or worth > there:
                best[row] = worth
    return best


def _both(words: Worths, meanings: Worths) -> Worths:
    """Return the better of two per row, and something more where a row has both: it says it, and is about it."""
    if not words or not meanings:
        return words or meanings
    both = {**words, **meanings}
    for row in words.keys() & meanings.keys():
        value, share = meanings[row]
        other, covered = words[row]
        both[row] = max(value, other) + _BOTH * min(value, other), max(share, covered)
    return both


def _sum(slots: Iterable[Worths]) -> Worths:
    totals: Worths = {}
    own = False
    for worths in slots:
        if not totals:
            totals, own = worths, False
            continue
        if not own:
            totals, own = dict(totals), True
        known = totals.get
        for row, worth in worths.items():
            there = known(row)
            totals[row] = (there[0] + worth[0], there[1] + worth[1]) if there else worth
    return totals
