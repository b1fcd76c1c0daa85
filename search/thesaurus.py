"""Meanings: everyday words and phrases of any language lead to the concept they stand for.

Shaped after SKOS: a concept has words (preferred and alternative labels), hidden words (spellings that are read but
never offered), wider concepts and related ones.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from search.documents import Language, language_of
from search.language import Term, analyser, writes
from search.letters import tokens
from search.phrases import Phrase, Phrases

_LONGEST_PHRASE = 6
_SPREAD = 3  # other words that may stand between the words of a phrase
_SCATTERED = 0.7  # what a phrase is worth whose words stand farther apart
_PART = 0.5  # what a part of a compound is worth
_MOST_LEVELS = 3
WIDER, RELATED = 0.5, 0.3
"""What a concept one step wider, or a related one, is worth beside the concept itself."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A code (a theme, or anything finer) and the words and phrases that stand for it, per language.

    `nl_simple` counts as `nl`. A phrase also matches with other little words in between its words.
    `hidden` are misspellings: they lead here, and nothing is ever corrected to them.
    """

    code: str
    words: Mapping[Language, tuple[str, ...]]
    hidden: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


class Meaning(NamedTuple):
    """A concept recognised in a question: the words it covers, by place, and how sure that is (at most 1).

    `hidden` when it was recognised by a misspelling: better to tell which word was read instead.
    """

    code: str
    places: tuple[int, ...]
    worth: float = 1.0
    hidden: bool = False


class Thesaurus:
    """Looks up concepts by phrase, longer phrases before shorter ones. Does not change once made; safe to share.

    `concepts` are the codes it knows.
    """

    def __init__(self, concepts: Iterable[Concept] = ()) -> None:
        self._phrases: dict[Language, Phrases] = {}
        self._wider: dict[str, tuple[str, ...]] = {}
        self._related: dict[str, tuple[str, ...]] = {}
        self.concepts: frozenset[str] = frozenset()
        for concept in concepts:
            self._add(concept)

    def _add(self, concept: Concept) -> None:
        """Learn one concept; a code that comes again gets the words of both."""
        self.concepts |= {concept.code}
        for listed, offered in ((concept.words, True), (concept.hidden, False)):
            for locale, phrases in listed.items():
                for phrase in phrases:
                    self._add_phrase(concept.code, language_of(locale), phrase, offered=offered)
        for relations, codes in ((self._wider, concept.broader), (self._related, concept.related)):
            if codes:
                relations[concept.code] = tuple(dict.fromkeys((*relations.get(concept.code, ()), *codes)))

    def _add_phrase(self, code: str, language: Language, phrase: str, *, offered: bool) -> None:
        terms = _counting(list(analyser(language).terms(phrase)))[:_LONGEST_PHRASE]
        if not terms:
            return
        stems = tuple(term.stem for term in terms)
        phrases = self._phrases.setdefault(language, Phrases())
        anchor = max((term.stem for term in terms if not term.stop), key=len)
        known = phrases.under(anchor)
        codes, hidden = next(((one.codes, one.hidden) for one in known if one.stems == stems), ((), True))
        if code not in codes:
            new = Phrase(stems, (*codes, code), hidden and not offered)
            known = (*(one for one in known if one.stems != stems), new)
        phrases.learn(anchor, known, (term.word for term in terms if offered and not term.stop))

    @property
    def languages(self) -> frozenset[Language]:
        """The languages it has words of."""
        return frozenset(self._phrases)

    def words(self, language: Language) -> frozenset[str]:
        """Return all words of a language, so that a misspelt everyday word can be corrected too."""
        return self._phrases[language].words() if language in self._phrases else frozenset()

    def meanings(self, raws: Sequence[str], languages: Iterable[Language]) -> tuple[Meaning, ...]:
        """Return the concepts that a question speaks of, by its words as typed, stop words included.

        In one language no shorter phrase counts inside a longer one. The words of a phrase may stand in any order.
        """
        found: dict[tuple[str, tuple[int, ...]], Meaning] = {}
        for language in languages:
            for meaning in self._in_question(raws, language):
                known = found.get(meaning[:2])
                if known is None or (meaning.worth, known.hidden) > (known.worth, meaning.hidden):
                    found[meaning[:2]] = meaning
        return tuple(found.values())

    def _in_question(self, raws: Sequence[str], language: Language) -> Iterator[Meaning]:
        phrases = self._phrases.get(language)
        if not phrases:
            return
        terms = {place: analyser(language).term(raw) for place, raw in enumerate(raws) if writes(language, raw)}
        places: dict[str, int] = {}
        for place, term in terms.items():
            if not term.stop or term.telling:
                places.setdefault(term.stem, place)
        yield from _longest(
            (tuple(sorted(places[stem] for stem in phrase.stems)), phrase)
            for stem in places
            for phrase in phrases.under(stem)
            if all(other in places for other in phrase.stems)
        )
        for place, term in terms.items():
            for part in term.parts:
                for phrase in phrases.under(part):
                    if len(phrase.stems) == 1 and not term.stop:
                        yield from (Meaning(code, (place,), _PART) for code in phrase.codes)

    def codes(self, text: str, language: Language) -> dict[str, float]:
        """Return the concepts a text mentions: phrases as they stand, word after word, and parts of compounds.

        With each goes how sure that is, at most 1.
        """
        phrases = self._phrases.get(language)
        if not phrases:
            return {}
        terms = [analyser(language).term(token.raw) for token in tokens(text)]
        found = {
            code: _PART
            for term in terms
            for part in term.parts
            for phrase in phrases.under(part)
            if len(phrase.stems) == 1
            for code in phrase.codes
        }
        bare = [term.stem for term in terms if not term.stop]
        told = [term.stem for term in terms if not term.stop or term.telling]
        for stems in (told, bare) if told != bare else (bare,):
            for place, stem in enumerate(stems):
                for phrase in phrases.under(stem):
                    start = place - phrase.stems.index(stem)
                    if start >= 0 and tuple(stems[start : start + len(phrase.stems)]) == phrase.stems:
                        found.update(dict.fromkeys(phrase.codes, 1.0))
        return found

    def around(self, code: str) -> dict[str, float]:
        """Return the concept and those around it, each with what it is worth: itself 1.0, wider and related less."""
        return {one: RELATED for one in self._related.get(code, ())} | self.upward(code)

    def upward(self, code: str) -> dict[str, float]:
        """Return the concept and the wider ones above it, each with what it is worth."""
        found, worth = {code: 1.0}, 1.0
        layer: tuple[str, ...] = (code,)
        for _level in range(_MOST_LEVELS):
            worth *= WIDER
            layer = tuple(wider for one in layer for wider in self._wider.get(one, ()))
            found |= {one: worth for one in layer if one not in found}
        return found

    def to_json(self) -> dict[str, Any]:
        """Return it in a form that `from_json` reads in a moment: every word is stemmed already, and packed."""
        packed = {language: phrases.to_json() for language, phrases in self._phrases.items()}
        return {
            "phrases": {language: phrases for language, (phrases, _) in packed.items()},
            "words": {language: words for language, (_, words) in packed.items()},
            "wider": self._wider, "related": self._related, "concepts": sorted(self.concepts),
        }  # fmt: skip

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Thesaurus":
        """Return the thesaurus that `to_json` told of."""
        made = cls()
        made._phrases = {
            language: Phrases(phrases, value["words"][language]) for language, phrases in value["phrases"].items()
        }
        made._wider = {code: tuple(wider) for code, wider in value["wider"].items()}
        made._related = {code: tuple(related) for code, related in value["related"].items()}
        made.concepts = frozenset(value["concepts"])
        return made

    def extended(self, concepts: Iterable[Concept]) -> "Thesaurus":
        """Return a thesaurus that knows these concepts too; this one stays as it is, and most of it is shared."""
        made = Thesaurus()
        made._phrases = {language: phrases.extended() for language, phrases in self._phrases.items()}
        made._wider, made._related, made.concepts = dict(self._wider), dict(self._related), self.concepts
        for concept in concepts:
            made._add(concept)
        return made


def _counting(terms: Sequence[Term]) -> list[Term]:
    """Return the words of a phrase that have to be in a question.

    Stop words fall away; where that leaves one word, those that tell stay: "niet meer leven" is not "leven". A
    phrase of stop words alone says nothing.
    """
    content = [term for term in terms if not term.stop]
    if len(content) > 1 or not content:
        return content
    told = [term for term in terms if not term.stop or term.telling]
    # "vader zijn" is not every father
    return [] if len(told) == 1 < len(terms) and told[0].common else told


def _longest(matches: Iterable[tuple[tuple[int, ...], Phrase]]) -> Iterator[Meaning]:
    """Yield the meanings of the matches that do not lie inside a longer one."""
    taken: list[frozenset[int]] = []
    for places, phrase in sorted(matches, key=lambda match: -len(match[0])):
        held = frozenset(places)
        if any(held < other for other in taken):
            continue
        taken.append(held)
        scattered = places[-1] - places[0] >= len(places) + _SPREAD
        worth = _SCATTERED if scattered else 1.0
        yield from (Meaning(code, places, worth, phrase.hidden) for code in phrase.codes)
