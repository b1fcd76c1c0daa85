"""Meanings: everyday words and phrases of any language lead to the concept they stand for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.documents import Language, language_of
from search.language import analyser
from search.letters import tokens


@dataclass(frozen=True, slots=True)
class Concept:
    """A code (a theme, or anything finer) and the words and phrases that stand for it, per language.

    `nl_simple` counts as `nl`. A phrase also matches with other little words in between its words.
    """

    code: str
    words: Mapping[Language, tuple[str, ...]]


class Meaning(NamedTuple):
    """A concept recognised in a question; `places` are the words of the question that it covers."""

    code: str
    places: tuple[int, ...]


class Thesaurus:
    """Looks up concepts by phrase, the longest phrase first. Does not change once made; safe to share."""

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        self._phrases: dict[tuple[Language, tuple[str, ...]], set[str]] = {}
        self._words: dict[Language, set[str]] = {}
        self._longest = 1
        for concept in concepts:
            for locale, phrases in concept.words.items():
                for phrase in phrases:
                    self._add(concept.code, language_of(locale), phrase)

    def _add(self, code: str, language: Language, phrase: str) -> None:
        terms = [term for term in analyser(language).terms(phrase) if not term.stop]
        if not terms:
            return
        stems = tuple(term.stem for term in terms)
        self._phrases.setdefault((language, stems), set()).add(code)
        self._words.setdefault(language, set()).update(term.word for term in terms)
        self._longest = max(self._longest, len(stems))

    @property
    def languages(self) -> frozenset[Language]:
        """The languages it has words of."""
        return frozenset(self._words)

    def words(self, language: Language) -> frozenset[str]:
        """Return all words of a language, so that a misspelt everyday word can be corrected too."""
        return frozenset(self._words.get(language, ()))

    def meanings(self, raws: Sequence[str], languages: Iterable[Language]) -> tuple[Meaning, ...]:
        """Return the concepts in a row of words without stop words; no word counts twice in one language."""
        found: dict[str, set[int]] = {}
        for language in languages:
            stems = [analyser(language).term(raw).stem for raw in raws]
            for code, places in self._in_language(stems, language):
                found.setdefault(code, set()).update(places)
        return tuple(Meaning(code, tuple(sorted(places))) for code, places in found.items())

    def codes(self, text: str, language: Language) -> frozenset[str]:
        """Return the codes of the concepts a text mentions; meant for titles and keywords."""
        terms = (analyser(language).term(token.raw) for token in tokens(text))
        stems = [term.stem for term in terms if not term.stop]
        return frozenset(code for code, _ in self._in_language(stems, language))

    def _in_language(self, stems: Sequence[str], language: Language) -> Iterator[tuple[str, range]]:
        place = 0
        while place < len(stems):
            step = 1
            for size in range(min(self._longest, len(stems) - place), 0, -1):
                codes = self._phrases.get((language, tuple(stems[place : place + size])))
                if codes:
                    step = size
                    yield from ((code, range(place, place + size)) for code in sorted(codes))
                    break
            place += step
