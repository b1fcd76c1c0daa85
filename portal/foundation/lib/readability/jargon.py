"""Hard words of the trade, found in every form in which they are written, with what to say instead. Pure.

The glossary is handed in as a value. Forms are made by rule, more rather than too few: a form that nobody writes
is never met.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from portal.foundation.lib.readability.inflecting import forms_of, is_verb, separated, with_te
from portal.foundation.lib.readability.text import WORD

_STOP = frozenset(
    re.findall(
        r"\w+",
        """
        een het der van voor naar met die dat deze dit zijn bent hebt heeft hebben wordt worden niet ook als aan
        bij uit over door zij hij hun haar uw uzelf iets iemand kan kunt mag moet gaat geeft maar hoe wat wie
        meer veel daar hier dan vaak soms bijvoorbeeld
        """,
    )
)
#: The next sentence says what it is (“Dat is …”), or this one gives the name to what was just said (“Dit heet …”).
_SAYS_SO = re.compile(r"(?:(?:dat|dit|het) (?:is|zijn|betekent)|(?:een|het|de) \S+ is)\b")
_NAMES = re.compile(r"^(?:dat|dit|dit geld|die hulp|deze hulp) (?:heet|heten|noemen)\b")


@dataclass(frozen=True)
class Term:
    """What to say instead of a hard word, and one sentence that explains it."""

    plain: str
    explanation: str


#: Hard word → what helps. A plain mapping, as rows of a table or a file give it.
Glossary = Mapping[str, Term]


@dataclass(frozen=True)
class Use:
    """A hard word in a sentence: the word of the glossary, and as it is written there."""

    word: str
    written: str


class Finder:
    """Finds the words of one glossary. Making it costs some milliseconds; see `finder`, which keeps it."""

    def __init__(self, words: tuple[str, ...]) -> None:
        #: A form of the first word → (the forms of each word, the word of the glossary), the longest first.
        self._starts: dict[str, list[tuple[list[frozenset[str]], str]]] = {}
        self._apart: dict[str, list[tuple[str, str]]] = {}
        for word in words:
            self._learn(word)
        for ways in self._starts.values():
            ways.sort(key=lambda way: -len(way[0]))

    def _learn(self, word: str) -> None:
        parts = [frozenset(forms_of(part)) for part in WORD.findall(word.lower())]
        ways = [parts] if parts else []
        if len(parts) == 1 and is_verb(word.lower()):
            ways += [[frozenset({part}) for part in split.split()] for split in with_te(word.lower())]
            for stem, particle in separated(word.lower()):
                self._apart.setdefault(stem, []).append((particle, word))
        for way in ways:
            for form in way[0]:
                self._starts.setdefault(form, []).append((way, word))

    def uses(self, words: tuple[str, ...]) -> Iterator[Use]:
        """The hard words of a sentence in their order; the longest reading goes first."""
        low = [word.lower().replace("’", "'") for word in words]
        at = 0
        while at < len(low):
            size, word = self._at(low, at)
            if word:
                yield Use(word, " ".join(words[at : at + size]))
            at += size

    def _at(self, low: list[str], at: int) -> tuple[int, str | None]:
        for way, word in self._starts.get(low[at], ()):
            here = low[at : at + len(way)]
            if len(here) == len(way) and all(one in forms for one, forms in zip(here, way, strict=True)):
                return len(way), word
        for piece in low[at].split("-")[:-1]:
            for way, word in self._starts.get(piece, ()):
                if len(way) == 1:
                    return 1, word
        for particle, word in self._apart.get(low[at], ()):
            if particle in low[at + 1 :]:
                return 1, word
        return 1, None


@lru_cache(maxsize=8)
def finder(words: tuple[str, ...]) -> Finder:
    """The finder of these words; made once."""
    return Finder(words)


def is_explained(term: Term, sentence: str, before: str, following: str) -> bool:
    """Whether a first use comes with its meaning: two telling words of the glossary close by, or “dat is …”."""
    near = f"{before} {sentence} {following}".lower()
    told = {word for word in WORD.findall(f"{term.plain} {term.explanation}".lower()) if len(word) > 3} - _STOP
    shared = told & set(WORD.findall(near))
    return len(shared) >= 2 or bool(_SAYS_SO.match(following.lower()) or _NAMES.search(sentence.lower()))
