"""From text to terms, per language. The same analyser reads documents and questions, on every engine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.compounds import parts_of
from search.documents import Language
from search.letters import HYPHEN, cased, folded, script_of, tokens
from search.stems import stemmer
from search.wordlists import words

_SCRIPTS = {"ar": "arabic", "fa": "arabic", "uk": "cyrillic", "ru": "cyrillic"}
# A word form costs about 40 µs to stem and 300 bytes to remember; this holds the words of a few hundred
# pages.
_REMEMBERED = 8192


@dataclass(frozen=True, slots=True)
class Term:
    """One word, analysed. `word` is what was typed in one form; `stem` and `parts` are what is looked up.

    A `stop` word carries no subject; one that is `telling` still counts in a phrase ("geen geld"). A `common` word
    carries a little: everybody uses it about everything.
    """

    word: str
    stem: str
    parts: tuple[str, ...]
    stop: bool
    telling: bool = False
    common: bool = False


class Analyser:
    """Turns the text of one language into terms. Safe to share between threads.

    A language without lists or stemmer still works: its words are normalised and kept whole.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._stem = stemmer(language)
        self._stops, self._telling, self._common = (
            frozenset(folded(cased(word, language)) for word in words(f"{language}.{name}.txt"))
            for name in ("stopwords", "telling", "common")
        )
        self.term = lru_cache(maxsize=_REMEMBERED)(self._term)

    def terms(self, text: str) -> Iterator[Term]:
        """Yield the terms of a text in order, stop words included (see `Term.stop`)."""
        return (self.term(token.raw) for token in tokens(text))

    def _term(self, raw: str) -> Term:
        """Analyse one raw word."""
        whole = cased(raw, self.language)
        pieces = [piece for piece in HYPHEN.split(whole) if piece]
        whole = "".join(pieces)
        word = folded(whole)
        return Term(
            word, self._stem(whole), self._parts(word, pieces),
            word in self._stops, word in self._telling, word in self._common,
        )  # fmt: skip

    def _parts(self, word: str, pieces: list[str]) -> tuple[str, ...]:
        """Return the stems of what stands around a hyphen, or of the parts of a Dutch compound."""
        if len(pieces) > 1:
            return tuple(self._stem(piece) for piece in pieces if len(piece) > 1)
        if self.language == "nl":
            return tuple(self._stem(part) for part in parts_of(word))
        return ()


@lru_cache(maxsize=16)
def analyser(language: Language) -> Analyser:
    """Return the analyser of a language, always the same one."""
    return Analyser(language)


@lru_cache(maxsize=2048)  # asked for every word of a question in every language
def writes(language: Language, raw: str) -> bool:
    """Say whether a word can be of this language, by its script alone."""
    return _SCRIPTS.get(language, "latin") == script_of(raw)


def guess(raws: Iterable[str], candidates: Iterable[Language], default: Language) -> Language:
    """Return the candidate whose stop words occur most in a question; `default` when none does."""
    found = tuple(raws)
    best, most = default, 0
    for language in sorted(candidates, key=lambda candidate: candidate != default):
        count = sum(writes(language, raw) and analyser(language).term(raw).stop for raw in found)
        if count > most:
            best, most = language, count
    return best
