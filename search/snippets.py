"""A few lines of a text with the words of the question marked, as pieces and not as HTML."""

from collections.abc import Sequence
from itertools import pairwise

from search.documents import Locale, Text, language_of
from search.language import Analyser, analyser
from search.letters import Token, tokens

_LONGEST = 200  # characters
_LEAD = 60  # characters to show before the first marked word
_READ = 1200  # characters of the body to look at: enough, and it bounds the time

Piece = tuple[str, bool]


def snippet(text: Text, words: Sequence[str], locale: Locale) -> tuple[Piece, ...]:
    """Return pieces `(text, marked)` of at most about 200 characters in all; no pieces for an empty text.

    The summary is shown, unless only the body holds words of the question.
    """
    reader = analyser(language_of(locale))
    wanted = _wanted(words, reader)
    marks = _marks(text.summary, wanted, reader)
    if text.summary and (marks or not text.body):
        return _pieces(text.summary, marks)
    body = text.body[:_READ]
    in_body = _marks(body, wanted, reader)
    return _pieces(body, in_body) if in_body or not text.summary else _pieces(text.summary, ())


def _wanted(words: Sequence[str], reader: Analyser) -> frozenset[str]:
    """Return the stems to mark, also of two words that the text may write as one."""
    pairs = (left + right for left, right in pairwise(words))
    return frozenset(reader.term(word).stem for word in (*words, *pairs))


def _marks(text: str, wanted: frozenset[str], reader: Analyser) -> tuple[Token, ...]:
    if not wanted:
        return ()
    return tuple(token for token in tokens(text) if _is_wanted(token.raw, wanted, reader))


def _is_wanted(raw: str, wanted: frozenset[str], reader: Analyser) -> bool:
    term = reader.term(raw)
    return term.stem in wanted or not wanted.isdisjoint(term.parts)


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
