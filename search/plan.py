"""Reads a question: which words count, and by which tokens each of them may be found."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.compounds import split
from search.documents import FALLBACK_LOCALE, Language, Locale, language_of
from search.language import Term, analyser, guess, writes
from search.letters import Token
from search.realwords import is_dutch_word
from search.snapshot import Snapshot
from search.thesaurus import Meaning, Thesaurus
from search.tokens import concept_token, word_token

_OTHER_LANGUAGE = 0.8
_TOGETHER = 0.6  # all parts of a compound, or a longer word that begins with this one
_JOINED = 0.9  # two neighbours written as one word
_SINGLE_PART = 0.4
_SMALLER = 0.9  # a word without a letter that only binds


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to find a word: all these tokens. `weight` is at most 1."""

    tokens: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a question. `loose` are ways too weak to be an exact answer; a `common` word says little."""

    raw: str
    ways: tuple[Alternative, ...]
    loose: tuple[Alternative, ...]
    known: bool
    common: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A question, read. `meanings` refer to the slots by place; `around` gives what lies around a concept.

    `well_known`: the language is one in which every document has a text, so that an unknown word tells something.
    """

    slots: tuple[Slot, ...]
    meanings: tuple[Meaning, ...]
    around: Callable[[str], Mapping[str, float]]
    well_known: bool = True

    def unknown(self) -> tuple[int, ...]:
        """Return the places of the words that nothing is known about: misspelt, or not ours."""
        understood = {place for meaning in self.meanings if not meaning.hidden for place in meaning.places}
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

    def content(self, tokens: Sequence[Token], language: Language) -> tuple[int, ...]:
        """Return the places of the words that carry a subject: not the little words of the language it is in."""
        main = analyser(language)
        return tuple(
            place
            for place, token in enumerate(tokens)
            if not (writes(language, token.raw) and main.term(token.raw).stop)
        )

    def plan(self, typed: Sequence[str], content: Sequence[int], main: Language) -> Plan:
        """Return the plan for a question: all its words, and the places of those that carry a subject."""
        raws = [typed[place] for place in content]
        meanings = self._meanings(typed, content, main)
        self._snapshot.prefetch(self._tokens(raws, main, meanings))
        joins = [self._joined(raws, place, main) for place in range(len(raws) - 1)]
        slots = tuple(
            self._slot(raw, main, tuple(way for way in (joins[max(place - 1, 0) : place + 1]) if way))
            for place, raw in enumerate(raws)
        )
        return Plan(slots, meanings, self._thesaurus.around, well_known=main == FALLBACK_LOCALE)

    def _meanings(self, typed: Sequence[str], content: Sequence[int], main: Language) -> tuple[Meaning, ...]:
        """Return the meanings with their places among the content words."""
        near = tuple(dict.fromkeys((main, self._languages[0], FALLBACK_LOCALE)))
        far = [language for language in self._languages if language not in near]
        slot_at = {place: slot for slot, place in enumerate(content)}
        meanings = self._thesaurus.meanings(typed, near)
        strange = self._strange(typed, near)
        found = []
        for meaning in (*meanings, *self._thesaurus.meanings(typed, far)) if strange else meanings:
            if meaning not in meanings and 2 * len(strange.intersection(meaning.places)) < len(meaning.places):
                continue
            slots = tuple(slot_at[place] for place in meaning.places if place in slot_at)
            if slots:
                found.append(meaning._replace(places=slots))
        return tuple(found)

    def _strange(self, typed: Sequence[str], near: Sequence[Language]) -> frozenset[int]:
        """Return the places of the words that are not of a language one would expect here.

        Only those are tried in other languages: "anne" is a mother in Turkish and a name in Dutch.
        """
        terms = [
            (place, language, analyser(language).term(raw)) for place, raw in enumerate(typed) for language in near
        ]
        self._snapshot.prefetch([word_token(language, term.stem) for _, language, term in terms])
        known = {
            place
            for place, language, term in terms
            if (term.stop and writes(language, typed[place]))
            or self._snapshot.postings(word_token(language, term.stem)).rows
            or (language == FALLBACK_LOCALE and is_dutch_word(term.word))
        }
        return frozenset(range(len(typed))) - known

    def _tokens(self, raws: Sequence[str], main: Language, meanings: Sequence[Meaning]) -> frozenset[str]:
        """Return all tokens that a question leads to while its words occur."""
        terms = [(main, analyser(main).term(left + right)) for left, right in pairwise(raws)]
        terms += [(language, analyser(language).term(raw)) for raw in raws for language in self._of_script(raw, main)]
        found = {word_token(language, part) for language, term in terms for part in (term.stem, *term.parts)}
        return frozenset(found) | {
            concept_token(near) for code, *_ in meanings for near in self._thesaurus.around(code)
        }

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
            derived = tuple(self._derived(terms[0][1], main))
            self._snapshot.prefetch([token for way in derived for token in way.tokens])
            found = [way for way in derived if self._occurs(way)]
        loose = [Alternative((token,), _SINGLE_PART) for way in ways if len(way.tokens) > 1 for token in way.tokens]
        common = bool(terms) and terms[0][1].common
        return Slot(raw, tuple(found), tuple(loose), known=bool(found), common=common)

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
            bare = term.word.removesuffix("s")  # gezins ondersteuning: the s between two parts
            if bare != term.word and bare in vocabulary:
                yield Alternative((word_token(main, analyser(main).term(bare).stem),), _SMALLER)
        for word in vocabulary.longer(term.word):
            yield Alternative((word_token(main, analyser(main).term(word).stem),), _TOGETHER)

    def _occurs(self, way: Alternative) -> bool:
        return all(self._snapshot.postings(token).rows for token in way.tokens)
