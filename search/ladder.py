"""From question to page, for every engine: the rungs of the ladder, then filters, facets and the slice.

all words → enough of the words → corrected → by meaning → nothing. A question with a word that can be
corrected skips the second rung: for "sgulden hulp" everything with hulp is not an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from search.columns import Columns, as_rows, members
from search.documents import FALLBACK_LOCALE, NOTHING, Hit, Language, Page, Query, Stage
from search.letters import Token, tokens
from search.plan import Plan, Planner
from search.ranking import Answers, Scores, score
from search.snapshot import Snapshot
from search.snippets import snippet
from search.spelling import correct_words
from search.thesaurus import Thesaurus

LONGEST_QUESTION = 200
MOST_HITS = 100
# With fewer exact answers than this, what means the same stands below them.
FEW = 3


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
    all_rows = as_rows(found.scores, len(columns.rows))
    rows = all_rows & columns.filtered(query.filters)
    facets = columns.facets(all_rows, query.filters)
    total = rows.bit_count()
    empty = replace(NOTHING, facets=facets, corrected=found.corrected)
    if not total:
        return empty
    hits = tuple(
        _hit(snapshot, query, number, value, found.words)
        for number, value in _slice(columns, query, {n: found.scores[n] for n in members(rows)})
    )
    return Page(hits, total, facets, found.corrected, found.stage)


def _slice(columns: Columns, query: Query, scores: Scores) -> list[tuple[int, float]]:
    """Return the (row, score) pairs asked for: the best first, equals by title."""
    offset = max(query.offset, 0)
    end = offset + min(max(query.limit, 0), MOST_HITS)
    ranks = columns.ranks(query.locale)
    boosted = ((number, value * columns.row(number).boost) for number, value in scores.items())
    return nsmallest(end, boosted, key=lambda pair: (-round(pair[1], 6), ranks[pair[0]]))[offset:]


def _hit(snapshot: Snapshot, query: Query, number: int, value: float, words: Sequence[str]) -> Hit:
    row = snapshot.columns.row(number)
    record = snapshot.record(number)
    locale = row.locale_for(query.locale)
    pieces = snippet(record.texts[locale], words, locale) if locale in record.texts else ()
    return Hit(row.key, row.kind, round(value, 4), record.payload, locale, row.title_for(query.locale), pieces)
