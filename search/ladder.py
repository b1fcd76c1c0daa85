"""From question to page, for every engine: the rungs of the ladder, then filters, facets and the slice.

all words → enough of the words → corrected → by meaning → nothing. A question with a word that can be
corrected skips the second rung: for "sgulden hulp" everything with hulp is not an answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest, nsmallest

from search.columns import Columns
from search.documents import FALLBACK_LOCALE, NOTHING, Hit, Language, Locale, Page, Query, Stage
from search.letters import Token, tokens
from search.places import metres
from search.plan import Plan, Planner
from search.ranking import Scores, score
from search.records import Record
from search.rows import Rows, as_rows, members
from search.snapshot import Snapshot
from search.snippets import Wanted, snippet, wanted
from search.spelling import correct_words
from search.thesaurus import Thesaurus

Marking = Callable[[Locale], Wanted]
"""What to mark in a text of a locale."""

LONGEST_QUESTION = 200
MOST_HITS = 100
# Sorted by distance, an answer with less than this share of the best score stands below all others.
FAIR = 0.5
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
        return _listing(snapshot, query)
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
        raws = [token.raw for token in typed]
        content = self._planner.content(typed, language)
        if not content:
            return self._little_words(raws, language)
        plan = self._planner.plan(raws, content, language)
        answers = score(plan, self._snapshot)
        words = tuple(raws[place] for place in content)
        if answers.stage == "exact":
            return _Found(answers.scores, "exact", words)
        corrected = self._corrected(text, typed, content, plan, language)
        return corrected or (_Found(answers.scores, answers.stage, words) if answers.scores else _NOT_FOUND)

    def _little_words(self, raws: Sequence[str], language: Language) -> _Found:
        """Read a question of stop words only as a title ("Over ons"): all of it or nothing."""
        if not raws:
            return _NOT_FOUND
        answers = score(self._planner.plan(raws, range(len(raws)), language), self._snapshot)
        return _Found(answers.scores, "exact", tuple(raws)) if answers.stage == "exact" else _NOT_FOUND

    def _corrected(
        self, text: str, typed: Sequence[Token], content: Sequence[int], plan: Plan, language: Language
    ) -> _Found | None:
        """Read the words nobody knows as words that occur; None when that leads nowhere."""
        better = self._better([typed[place].raw.casefold() for place in content], plan, language)
        if not better:
            return None
        at = {content[slot]: word for slot, word in better.items()}
        kept = [place for place in range(len(typed)) if at.get(place, typed[place].raw)]
        raws = [at.get(place, typed[place].raw) for place in kept]
        places = [number for number, place in enumerate(kept) if place in content]
        answers = score(self._planner.plan(raws, places, language), self._snapshot)
        words = tuple(raws[place] for place in places)
        return _Found(answers.scores, "corrected", words, _rewritten(text, typed, at)) if answers.scores else None

    def _better(self, words: Sequence[str], plan: Plan, language: Language) -> Mapping[int, str]:
        better: dict[int, str] = {}
        for candidate in dict.fromkeys((language, FALLBACK_LOCALE)):
            unknown = [place for place in plan.unknown() if place not in better]
            if unknown:
                better |= correct_words(words, unknown, self._snapshot.vocabulary(candidate))
        return better


def _rewritten(text: str, typed: Sequence[Token], better: Mapping[int, str]) -> str:
    """Return the question as it was read, with the corrected words in the places of the old ones."""
    pieces, end = [], 0
    for place, token in enumerate(typed):
        pieces += [text[end : token.start], better.get(place, token.raw)]
        end = token.end
    return " ".join("".join([*pieces, text[end:]]).split())


def _page(snapshot: Snapshot, query: Query, found: _Found) -> Page:
    """Filter, count, order and cut. The rung does not depend on the filters, so facets stay comparable."""
    columns = snapshot.columns
    everything = as_rows(found.scores, columns.size)
    rows = everything & columns.filtered(query.filters, minute=query.minute)
    scores = found.scores if rows == everything else {number: found.scores[number] for number in members(rows)}
    return _shown(snapshot, query, found, (everything, rows), _slice(columns, query, scores))


def _listing(snapshot: Snapshot, query: Query) -> Page:
    """List all that passes, the nearest first, or by boost and title: then there is nothing to score."""
    columns = snapshot.columns
    rows = columns.filtered(query.filters, minute=query.minute)
    if query.near:
        best = _slice(columns, query, dict.fromkeys(members(rows), 1.0))
    else:
        ranks, boosts = columns.ranks(query.locale), columns.boosts

        def order(number: int) -> tuple[float, int]:
            return -round(boosts.get(number, 1.0), 6), ranks[number]

        start, end = _span(query)
        first = nsmallest(end, members(rows), key=order if boosts else ranks.__getitem__)[start:]
        best = [(number, boosts.get(number, 1.0)) for number in first]
    return _shown(snapshot, query, _Found({}, "exact"), (columns.live, rows), best)


def _shown(
    snapshot: Snapshot, query: Query, found: _Found, rows: tuple[Rows, Rows], best: Sequence[tuple[int, float]]
) -> Page:
    """Make the page of the (row, score) pairs to show; `rows` are all that were found, and those that pass."""
    columns = snapshot.columns
    facets = columns.facets(rows[0], query.filters, query.minute)
    marking = lru_cache(lambda locale: wanted(found.words, locale))
    records = snapshot.records([number for number, _ in best])
    hits = tuple(
        _hit(records[number], query, value, _distance(columns, query, number), marking)
        for number, value in best
        if number in records
    )
    return Page(hits, rows[1].bit_count(), facets, found.corrected, found.stage)


def _slice(columns: Columns, query: Query, scores: Scores) -> list[tuple[int, float]]:
    """Return the (row, score) pairs asked for: the best or the nearest first, equals by title."""
    offset, end = _span(query)
    boosts = columns.boosts
    boosted = {number: value * boosts.get(number, 1.0) for number, value in scores.items()} if boosts else scores
    before = _nearness(columns, query, boosted) if query.near else None
    ranks = columns.ranks(query.locale)

    def order(pair: tuple[int, float]) -> tuple[float, float, int]:
        number, value = pair
        return before[number] if before else 0.0, -round(value, 6), ranks[number]

    contenders = boosted if before else _contenders(boosted, end, ranks)
    return nsmallest(end, contenders.items(), key=order)[offset:]


def _span(query: Query) -> tuple[int, int]:
    """Return from which hit to which is asked for."""
    start = max(query.offset, 0)
    return start, start + min(max(query.limit, 0), MOST_HITS)


def _contenders(scores: Scores, most: int, ranks: Sequence[int]) -> Scores:
    """Return the rows that can be among the best `most`: bare scores compare ten times as fast as the whole order."""
    if len(scores) <= 2 * most or not most:
        return scores
    last = nlargest(most, scores.values())[-1]
    least = last - 1e-5  # more than rounding takes off
    found = {number: value for number, value in scores.items() if value >= least}
    if len(found) <= 10 * most:
        return found
    # equals by the thousand, as when everything is listed: of those the first by title
    edge = round(last, 6)
    equals = [number for number, value in found.items() if round(value, 6) == edge]
    kept = {number: value for number, value in found.items() if round(value, 6) > edge}
    return kept | {number: found[number] for number in nsmallest(most, equals, key=ranks.__getitem__)}


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


def _hit(record: Record, query: Query, value: float, distance: int | None, marking: Marking) -> Hit:
    locale = record.locale_for(query.locale)
    pieces = snippet(record.texts[locale], marking(locale)) if locale in record.texts else ()
    title = record.title_for(query.locale)
    return Hit(record.key, record.kind, round(value, 4), record.payload, locale, title, pieces, distance)
