"""Reads a question: which words count, and by which tokens each of them may be found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.compounds import split
from search.documents import FALLBACK_LOCALE, Language, Locale, language_of
from search.language import Term, analyser, guess, writes
from search.letters import Token
from search.snapshot import Snapshot
from search.thesaurus import Meaning, Thesaurus
from search.tokens import word_token

_OTHER_LANGUAGE = 0.8
_TOGETHER = 0.6  # all parts of a compound, or a longer word that begins with this one
_JOINED = 0.9  # two neighbours written as one word
_SINGLE_PART = 0.4


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to find a word: all these tokens. `weight` is at most 1."""

    tokens: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a question. `loose` are ways too weak to be an exact answer."""

    raw: str
    ways: tuple[Alternative, ...]
    loose: tuple[Alternative, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A question, read. `meanings` refer to the slots by place."""

    slots: tuple[Slot, ...]
    meanings: tuple[Meaning, ...]

    def unknown(self) -> tuple[int, ...]:
        """Return the places of the words that nothing is known about: misspelt, or not ours."""
        understood = {place for meaning in self.meanings for place in meaning.places}
        return tuple(place for place, slot in enumerate(self.slots) if not slot.known and place not in understood)


class Planner:
    """Reads the questions of one locale against one state of the index."""

    def __init__(self, snapshot: Snapshot, thesaurus: Thesaurus, locale: Locale) -> None:
        self._snapshot = snapshot
        self._thesaurus = thesaurus
        reader = language_of(locale)
        others = snapshot.columns.languages | thesaurus.languages
        self._languages = (
            reader,
            *sorted(others - {reader}, key=lambda language: language != FALLBACK_LOCALE),
        )

    def language(self, tokens: Sequence[Token]) -> Language:
        """Return the language a question is most likely written in."""
        return guess((token.raw for token in tokens), self._languages, self._languages[0])

    def content(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """Return the words that carry a subject: not the little words of the language it is in."""
        main = analyser(self.language(tokens))
        return tuple(token for token in tokens if not (writes(main.language, token.raw) and main.term(token.raw).stop))

    def plan(self, raws: Sequence[str], main: Language) -> Plan:
        """Return the plan for the content words of a question."""
        joins = [self._joined(raws, place, main) for place in range(len(raws) - 1)]
        slots = tuple(
            self._slot(raw, main, tuple(way for way in (joins[max(place - 1, 0) : place + 1]) if way))
            for place, raw in enumerate(raws)
        )
        languages = tuple(dict.fromkeys((main, *self._languages)))
        return Plan(slots, self._thesaurus.meanings(raws, languages))

    def _slot(self, raw: str, main: Language, joins: tuple[Alternative, ...]) -> Slot:
        terms = [(language, analyser(language).term(raw)) for language in self._of_script(raw, main)]
        ways = [self._whole(language, term, main) for language, term in terms] + list(joins)
        ways += [
            Alternative(tuple(word_token(language, part) for part in term.parts), _TOGETHER)
            for language, term in terms
            if term.parts
        ]
        found = [way for way in ways if self._occurs(way)]
        if not found and terms:
            found = [way for way in self._derived(terms[0][1], main) if self._occurs(way)]
        loose = [Alternative((token,), _SINGLE_PART) for way in ways if len(way.tokens) > 1 for token in way.tokens]
        return Slot(raw, tuple(found), tuple(loose), known=bool(found))

    def _of_script(self, raw: str, main: Language) -> tuple[Language, ...]:
        ordered = dict.fromkeys((main, *self._languages))
        return tuple(language for language in ordered if writes(language, raw))

    def _whole(self, language: Language, term: Term, main: Language) -> Alternative:
        weight = 1.0 if language in {main, self._languages[0]} else _OTHER_LANGUAGE
        return Alternative((word_token(language, term.stem),), weight)

    def _joined(self, raws: Sequence[str], place: int, main: Language) -> Alternative | None:
        """Return the two words at a place as one word, if that occurs: mantel zorg."""
        term = analyser(main).term(raws[place] + raws[place + 1])
        way = Alternative((word_token(main, term.stem),), _JOINED)
        return way if self._occurs(way) else None

    def _derived(self, term: Term, main: Language) -> Iterator[Alternative]:
        """Yield ways to find a word that does not occur: by its parts, or by words that begin with it."""
        vocabulary = self._snapshot.vocabulary(main)
        if main == FALLBACK_LOCALE:
            parts = split(term.word, lambda part: len(part) > 3 and part in vocabulary)
            if parts:
                stems = (analyser(main).term(part).stem for part in parts)
                yield Alternative(tuple(word_token(main, stem) for stem in stems), _TOGETHER)
        for word in vocabulary.longer(term.word):
            yield Alternative((word_token(main, analyser(main).term(word).stem),), _TOGETHER)

    def _occurs(self, way: Alternative) -> bool:
        return all(self._snapshot.postings(token).rows for token in way.tokens)
