"""The phrases of one language, as they are kept: under their longest word, so that only texts with that word meet them.

Ten thousand phrases a language as objects would be 20 MiB. What comes out of a file stays as it was written there, one
string per longest word, and is taken apart when a text holds that word; what is learnt later stands beside it.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

_REMEMBERED = 2048  # words whose phrases stay taken apart
_BETWEEN_PHRASES, _BETWEEN_PARTS, _BETWEEN_CODES = "\n", "\t", "\r"


class Phrase(NamedTuple):
    """The stems of a phrase, in order, and the concepts it stands for."""

    stems: tuple[str, ...]
    codes: tuple[str, ...]
    hidden: bool = False


class Phrases:
    """Looks up phrases by their longest word. Safe to share once nothing is learnt any more."""

    def __init__(self, packed: Mapping[str, str] | None = None, words: str = "") -> None:
        self._packed = packed or {}
        self._packed_words = words
        self._learnt: dict[str, tuple[Phrase, ...]] = {}
        self._learnt_words: set[str] = set()
        self._apart: dict[str, tuple[Phrase, ...]] = {}

    def extended(self) -> "Phrases":
        """Return phrases that know the same and can learn more; what is packed is shared."""
        made = Phrases(self._packed, self._packed_words)
        made._learnt, made._learnt_words = dict(self._learnt), set(self._learnt_words)
        return made

    def under(self, stem: str) -> tuple[Phrase, ...]:
        """Return the phrases whose longest word this is."""
        found = self._learnt.get(stem) or self._apart.get(stem)
        if found is None:
            packed = self._packed.get(stem)
            if packed is None:
                return ()
            if len(self._apart) >= _REMEMBERED:
                self._apart = {}
            self._apart[stem] = found = _unpacked(stem, packed)
        return found

    def learn(self, stem: str, phrases: Iterable[Phrase], words: Iterable[str]) -> None:
        """Keep these phrases under their longest word, in the place of those that are there, and words in them."""
        self._learnt[stem] = tuple(phrases)
        self._learnt_words.update(words)

    def words(self) -> frozenset[str]:
        """Return the words that may be offered to somebody who misspelt one."""
        return frozenset(self._learnt_words.union(self._packed_words.split()))

    def to_json(self) -> tuple[dict[str, str], str]:
        """Return phrases and words as the constructor takes them."""
        learnt = {stem: _packed(stem, phrases) for stem, phrases in self._learnt.items()}
        return {**self._packed, **learnt}, " ".join(sorted(self.words()))


def _packed(stem: str, phrases: Iterable[Phrase]) -> str:
    """Return phrases as one text; most are the one word they stand under, which is not repeated."""
    each = (
        (
            "" if phrase.stems == (stem,) else " ".join(phrase.stems),
            _BETWEEN_CODES.join(phrase.codes),
            *(("-",) if phrase.hidden else ()),
        )
        for phrase in phrases
    )
    return _BETWEEN_PHRASES.join(map(_BETWEEN_PARTS.join, each))


def _unpacked(stem: str, packed: str) -> tuple[Phrase, ...]:
    each = (one.split(_BETWEEN_PARTS) for one in packed.split(_BETWEEN_PHRASES))
    return tuple(
        Phrase(tuple(stems.split()) or (stem,), tuple(codes.split(_BETWEEN_CODES)), bool(hidden))
        for stems, codes, *hidden in each
    )
