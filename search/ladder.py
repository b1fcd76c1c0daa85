"""From question to page, for every engine: the rungs of the ladder, then filters, facets and the slice.

all words → enough of the words → corrected → by meaning → nothing. A question with a word that can be
corrected skips the second rung: for "sgulden hulp" everything with hulp is not an answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nsmallest

from search.columns import Columns, as_rows, members
from search.documents import FALLBACK_LOCALE, NOTHING, Hit, Language, Locale, Page, Query, Stage
from search.letters import Token, tokens
from search.places import metres
from search.plan import Plan, Planner
from search.ranking import Answers, Scores, score
from search.snapshot import Snapshot
from search.snippets import Wanted, snippet, wanted
from search.spelling import correct_words
from search.thesaurus import Thesaurus

Marking = Callable[[Locale], Wanted]
"""What to mark in a text of a locale."""

LONGEST_QUESTION = 200
MOST_HITS = 100
# With fewer exact answers than this, what means the same stands below them.
FEW = 3
# Sorted by distance, an answer with less than this share of the best score stands below all others.
FAIR = 0.35
FAR = 1e8  # metres; farther than anything on earth


@dataclass(frozen=True, slots=True)
class _Found:
    """What the ladder found: rows with scores, the rung, and the words that count in the texts."""

    scores: Scores
    stage: Stage
    words: tuple[str, ...] = ()
    corrected: str | None = None


_NOT_FOUND = _Found({}, "none")


def answer(snapshot: Snapshot, thesaurus: Thesaurus, query: Query) -> Page:
    """Answer a question from one state of an index. An empty text lists all that passes, by boost and title."""
    text = query.text[:LONGEST_QUESTION]
    if not text.strip():
        return _page(snapshot, query, _Found(dict.fromkeys(members(snapshot.columns.live), 1.0), "exact"))
    found = _Ladder(snapshot, thesaurus, query).climb(text)
    return _page(snapshot, query, found) if found.scores else NOTHING


class _Ladder:
    """Climbs for one question."""

    def __init__(self, snapshot: Snapshot, thesaurus: Thesaurus, query: Query) -> None:
        self._snapshot = snapshot
        self._planner = Planner(snapshot, thesaurus, query.locale)

    def climb(self, text: str) -> _Found:
        """Return what the first rung that holds gives."""
        typed = tuple(tokens(text))
        language = self._planner.language(typed)
        content = self._planner.content(typed)
        if not content:
            return self._little_words(typed, language)
        words = tuple(token.raw for token in content)
        plan = self._planner.plan(words, language)
        answers = score(plan, self._snapshot)
        if answers.exact:
            return _Found(_filled_up(answers.exact, answers.concept), "exact", words)
        return self._corrected(text, content, plan, language) or _weaker(answers, words)

    def _little_words(self, typed: Sequence[Token], language: Language) -> _Found:
        """Read a question of stop words only as a title ("Over ons"): all of it or nothing."""
        words = tuple(token.raw for token in typed)
        exact = score(self._planner.plan(words, language), self._snapshot).exact if words else {}
        return _Found(exact, "exact", words) if exact else _NOT_FOUND

    def _corrected(self, text: str, content: Sequence[Token], plan: Plan, language: Language) -> _Found | None:
        """Read the words nobody knows as words that occur; None when that leads nowhere."""
        better = self._better(content, plan, language)
        if not better:
            return None
        words = tuple(w for place, token in enumerate(content) if (w := better.get(place, token.raw)))
        answers = score(self._planner.plan(words, language), self._snapshot)
        scores = answers.exact or answers.partial or answers.concept
        return _Found(scores, "corrected", words, _rewritten(text, content, better)) if scores else None

    def _better(self, content: Sequence[Token], plan: Plan, language: Language) -> Mapping[int, str]:
        words = [token.raw.casefold() for token in content]
        better: dict[int, str] = {}
        for candidate in dict.fromkeys((language, FALLBACK_LOCALE)):
            unknown = [place for place in plan.unknown() if place not in better]
            if unknown:
                better |= correct_words(words, unknown, self._snapshot.vocabulary(candidate))
        return better


def _filled_up(exact: Scores, concept: Scores) -> Scores:
    """Exact answers; when they are only a few, answers by meaning below them, in their own order."""
    if len(exact) >= FEW or not concept:
        return exact
    below = min(exact.values()) / (1 + max(concept.values()))
    return {number: value * below for number, value in concept.items()} | dict(exact)


def _weaker(answers: Answers, words: tuple[str, ...]) -> _Found:
    if answers.partial:
        return _Found(answers.partial, "any", words)
    return _Found(answers.concept, "concept", words) if answers.concept else _NOT_FOUND


def _rewritten(text: str, content: Sequence[Token], better: Mapping[int, str]) -> str:
    """Return the question as it was read, with the corrected words in the places of the old ones."""
    pieces, end = [], 0
    for place, token in enumerate(content):
        pieces += [text[end : token.start], better.get(place, token.raw)]
        end = token.end
    return " ".join("".join([*pieces, text[end:]]).split())


def _page(snapshot: Snapshot, query: Query, found: _Found) -> Page:
    """Filter, count, order and cut. The rung does not depend on the filters, so facets stay comparable."""
    columns = snapshot.columns
    everything = as_rows(found.scores, columns.size)
    rows = everything & columns.filtered(query.filters, minute=query.minute)
    facets = columns.facets(everything, query.filters, query.minute)
    marking = lru_cache(lambda locale: wanted(found.words, locale))
    hits = tuple(
        _hit(snapshot, query, number, value, marking)
        for number, value in _slice(columns, query, {n: found.scores[n] for n in members(rows)})
    )
    return Page(hits, rows.bit_count(), facets, found.corrected, found.stage)


def _slice(columns: Columns, query: Query, scores: Scores) -> list[tuple[int, float]]:
    """Return the (row, score) pairs asked for: the best or the nearest first, equals by title."""
    offset = max(query.offset, 0)
    end = offset + min(max(query.limit, 0), MOST_HITS)
    boosts = columns.boosts
    boosted = {number: value * boosts.get(number, 1.0) for number, value in scores.items()}
    before = _nearness(columns, query, boosted) if query.near else None
    ranks = columns.ranks(query.locale)

    def order(pair: tuple[int, float]) -> tuple[float, float, int]:
        number, value = pair
        return before[number] if before else 0.0, -round(value, 6), ranks[number]

    return nsmallest(end, boosted.items(), key=order)[offset:]


def _nearness(columns: Columns, query: Query, scores: Scores) -> dict[int, float]:
    """Return what to sort by: metres, with what hardly answers the question after all that does."""
    enough = FAIR * max(scores.values(), default=0.0)
    return {
        number: (_distance(columns, query, number) or 0 if number in columns.points else FAR)
        + (0 if value >= enough else 2 * FAR)
        for number, value in scores.items()
    }


def _distance(columns: Columns, query: Query, number: int) -> int | None:
    point = columns.points.get(number)
    return metres(query.near, point) if query.near and point else None


def _hit(snapshot: Snapshot, query: Query, number: int, value: float, marking: Marking) -> Hit:
    record = snapshot.record(number)
    locale = record.locale_for(query.locale)
    pieces = snippet(record.texts[locale], marking(locale)) if locale in record.texts else ()
    distance = _distance(snapshot.columns, query, number)
    title = record.title_for(query.locale)
    return Hit(record.key, record.kind, round(value, 4), record.payload, locale, title, pieces, distance)
