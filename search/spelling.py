"""Misspelt words: what was probably meant, judged by the words that can be found.

A word that occurs is never touched, and of another real word at most the ending.
Speed comes from deletes: two words one letter apart share a form with a letter taken out, so the deletes of
all words are kept, as sorted numbers because that takes a tenth of the memory of a dict.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zlib import crc32

from search.distance import deletes, distance
from search.documents import Language
from search.folding import sound_of
from search.realwords import is_dutch_word
from search.wordlists import stem_exceptions

_SHORTEST = 4  # shorter words have too many neighbours
_LONGEST = 40  # the work grows with the square of the length, and what is longer was never a word
_ONE_FAULT = 5  # letters of the folded word from which one fault is allowed
_TWO_FAULTS = 9
_LENGTH_APART = 3  # double letters fold into one, so sound alone would make zorgqqqq into zorg


class Vocabulary:
    """The words of one language that occur in the index, each with the number of documents it occurs in.

    Words are in the form of `Term.word`. Building costs about 10 µs a word; the result does not change.
    """

    def __init__(self, counts: Mapping[str, int], language: Language) -> None:
        self._counts = counts
        self._sound = sound_of(language)
        self._is_word = is_dutch_word if language == "nl" else _unlisted
        self._sorted = sorted(counts)
        # one number for both, the hash in front: tuples would take four times the memory while this is built
        pairs = sorted(
            crc32(form.encode()) << 32 | number
            for number, word in enumerate(self._sorted)
            if len(word) >= _SHORTEST - 1
            for form in deletes(self._sound(word), 1)
        )
        self._hashes = array("I", (pair >> 32 for pair in pairs))
        self._numbers = array("I", (pair & 0xFFFFFFFF for pair in pairs))

    def __contains__(self, word: object) -> bool:
        return word in self._counts

    def correct(self, word: str) -> str | None:
        """Return the word that was probably meant; None when it is right, too short, or not recognised."""
        if word in self._counts or not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return None
        sound = self._sound(word)
        near = set(self._near(sound))
        if self._is_word(word):
            near = {other for other in near if _another_ending(word, other)}
        heard = list(self._heard(word, sound, near))
        least = min(heard, default=(0, ""))[0]
        # what is heard alike is told apart by how it is written, and then by how common it is
        alike = [other for faults, other in heard if faults == least]
        return min(alike, key=lambda other: (distance(word, other, 4), -self._counts[other], other), default=None)

    def longer(self, word: str, most: int = 6) -> tuple[str, ...]:
        """Return the commonest words that begin so and go on for three letters or more: kleding(bank)."""
        if len(word) < _SHORTEST:
            return ()
        start = bisect_left(self._sorted, word)
        end = bisect_right(self._sorted, word + "\U0010ffff")
        found = [other for other in self._sorted[start:end] if len(other) >= len(word) + 3]
        return tuple(sorted(found, key=lambda other: -self._counts[other])[:most])

    def _near(self, sound: str) -> Iterator[str]:
        """Yield words that share a deleted form; the caller still has to measure."""
        for form in deletes(sound, _faults(sound)):
            code = crc32(form.encode())
            place = bisect_left(self._hashes, code)
            while place < len(self._hashes) and self._hashes[place] == code:
                yield self._sorted[self._numbers[place]]
                place += 1

    def _heard(self, word: str, sound: str, near: Iterable[str]) -> Iterator[tuple[int, str]]:
        """Yield (faults in sound, word) of the words near enough."""
        allowed = _faults(sound)
        for other in near:
            theirs = self._sound(other)
            faults = distance(sound, theirs, allowed)
            near_enough = faults <= allowed and abs(len(word) - len(other)) <= _LENGTH_APART
            if near_enough and (faults == 0 or theirs[:1] == sound[:1]):
                yield faults, other


def vocabulary_of(language: Language, counts: Mapping[str, int], everyday: Iterable[str]) -> Vocabulary:
    """Return the vocabulary of an index: its own words, the thesaurus's, and reviewed other forms of both."""
    words = dict.fromkeys(everyday, 1) | dict(counts)
    exceptions = stem_exceptions(language)
    stems = {exceptions.get(word, word) for word in words}
    forms = {form: 1 for form, stem in exceptions.items() if stem in stems and form != stem}
    return Vocabulary(forms | words, language)


def _another_ending(word: str, other: str) -> bool:
    """Say whether two words differ in their last letters only: stopt and stoppen."""
    return word[: min(len(word), len(other)) - 1] == other[: min(len(word), len(other)) - 1]


def _unlisted(_word: str) -> bool:
    return False


def _faults(sound: str) -> int:
    return (len(sound) >= _ONE_FAULT) + (len(sound) >= _TWO_FAULTS)


def correct_words(words: Sequence[str], unknown: Iterable[int], vocabulary: Vocabulary) -> dict[int, str]:
    """Return place → better word for the words that do not occur.

    Two words written apart come back as one at the first place, with an empty string at the second.
    """
    better: dict[int, str] = {}
    for place in sorted(unknown):
        if place in better:
            continue
        if meant := vocabulary.correct(words[place]):
            better[place] = meant
            continue
        for first in (place, place - 1):
            if joined := _joined(words, first, better, vocabulary):
                better.update({first: joined, first + 1: ""})
                break
    return better


def _joined(words: Sequence[str], first: int, better: Mapping[int, str], vocabulary: Vocabulary) -> str | None:
    """Return what two neighbours are when written as one word, if that is a word or nearly one."""
    if first < 0 or first + 1 >= len(words) or first in better or first + 1 in better:
        return None
    both = words[first] + words[first + 1]
    return both if both in vocabulary else vocabulary.correct(both)
