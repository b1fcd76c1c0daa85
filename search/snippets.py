"""A few lines of a text with the words of the question marked, as pieces and not as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.documents import Locale, Text, language_of
from search.language import Analyser, analyser
from search.letters import Token, folded, tokens
from search.wordlists import stem_exceptions

_LONGEST = 200  # characters
_LEAD = 60  # characters to show before the first marked word
_READ = 1200  # characters of the body to look at: enough, and it bounds the time
_SAME_BEGINNING = 3

Piece = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words to mark in the texts of one language.

    Stemming every word of twenty texts would be most of the work of a search, so a word is only stemmed when
    it holds the beginning of a wanted stem, or is one of the reviewed exceptions (`forms`).
    """

    stems: frozenset[str]
    beginnings: tuple[str, ...]
    forms: frozenset[str]
    reader: Analyser

    def marks(self, text: str) -> tuple[Token, ...]:
        """Return the words of a text to mark, in order."""
        if not self.stems:
            return ()
        return tuple(token for token in tokens(text) if self._may_be(token.raw) and self._is(token.raw))

    def _may_be(self, raw: str) -> bool:
        low = folded(raw.casefold())
        return self.reader.language in _BENDS or any(each in low for each in self.beginnings) or low in self.forms

    def _is(self, raw: str) -> bool:
        term = self.reader.term(raw)
        return term.stem in self.stems or not self.stems.isdisjoint(term.parts)


# Languages whose stems may begin otherwise than the word, or whose letters are brought to one form first.
_BENDS = frozenset({"ar", "fa"})


def wanted(words: Sequence[str], locale: Locale) -> Wanted:
    """Return what to mark for the words of a question: also two words that the text may write as one."""
    language = language_of(locale)
    reader = analyser(language)
    pairs = (left + right for left, right in pairwise(words))
    stems = frozenset(reader.term(word).stem for word in (*words, *pairs))
    forms = frozenset(form for form, stem in stem_exceptions(language).items() if stem in stems)
    return Wanted(stems, tuple({stem[:_SAME_BEGINNING] for stem in stems}), forms, reader)


def snippet(text: Text, to_mark: Wanted) -> tuple[Piece, ...]:
    """Return pieces `(text, marked)` of at most about 200 characters in all; no pieces for an empty text.

    The summary is shown, unless only the body holds words of the question.
    """
    marks = to_mark.marks(text.summary)
    if text.summary and (marks or not text.body):
        return _pieces(text.summary, marks)
    body = text.body[:_READ]
    in_body = to_mark.marks(body)
    return _pieces(body, in_body) if in_body or not text.summary else _pieces(text.summary, ())


def _pieces(text: str, marks: Sequence[Token]) -> tuple[Piece, ...]:
    start, end = _window(text, marks[0].start if marks else 0)
    pieces: list[Piece] = [("… ", False)] if start else []
    place = start
    for token in marks:
        if token.start >= place and token.end <= end:
            pieces += [(text[place : token.start], False), (token.raw, True)]
            place = token.end
    pieces.append((text[place:end] + (" …" if end < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece[0])


def _window(text: str, first: int) -> tuple[int, int]:
    """Return where to begin and end, at spaces, so that the first marked word is inside."""
    start = 0 if first + _LEAD < _LONGEST else text.rfind(" ", 0, max(first - _LEAD, 1)) + 1
    end = len(text) if len(text) - start <= _LONGEST else text.rfind(" ", start, start + _LONGEST)
    return start, end if end > start else min(start + _LONGEST, len(text))
