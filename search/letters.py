"""Letters of six languages brought to one form, so that two ways of typing a word meet.

Words are cut from the *original* text (a highlighter needs the places), then brought to one form one by one.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Marks that belong to a word but are no letters for \w: combining accents, harakat, tatweel, joiners, soft
# hyphen.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u2060\ufeff\u00ad"
_INSIDE = r"\-‐‑'’‘ʼ`´"
# One way to read every sign, so that no text can make the pattern search for long.
_PIECE = rf"[^\W_](?:[^\W_]+|(?!\w)[{_MARKS}])*"
_WORD = re.compile(rf"{_PIECE}(?:[{_INSIDE}]{_PIECE})*")
_STRIPPED = re.compile(f"[{_MARKS}]")
_APOSTROPHE = re.compile("['’‘ʼ`´]")
HYPHEN = re.compile(r"[\-‐‑]")
_ARABIC = str.maketrans("إأآٱىیکةؤئھہ", "اااايي" + "كه" + "ويهه")
_CYRILLIC = str.maketrans("ґё", "ге")
_SPECIAL = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
_LONGEST_WORD = 64


class Token(NamedTuple):
    """A word as it stands in a text: `text[start:end] == raw`."""

    start: int
    end: int
    raw: str


class _Folding(dict[int, str]):
    """Maps a Latin letter with a sign to the letter without; leaves other scripts alone (й is not и)."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        plain = _SPECIAL.get(letter) or (base if base.isascii() else letter)
        if code < 0x2000:  # a bounded memory, whatever strangers type
            self[code] = plain
        return plain


_FOLDING = _Folding()


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order. Hyphens and apostrophes inside a word do not cut it."""
    for match in _WORD.finditer(text):
        yield Token(match.start(), match.end(), match.group())


def cased(raw: str, language: str) -> str:
    """Return a word in lower case and one way of writing, still with its accents: what a stemmer reads."""
    word = _STRIPPED.sub("", unicodedata.normalize("NFKC", raw[:_LONGEST_WORD]))
    if language == "tr":
        # Turkish has two letters i: İ is the capital of i, I that of ı.
        word = word.replace("İ", "i").replace("I", "ı")
    word = word.replace("İ", "i").casefold()
    return _without_apostrophe(word, language).translate(_ARABIC).translate(_CYRILLIC)


def _without_apostrophe(word: str, language: str) -> str:
    """Drop a plural or possessive s (foto's, children's), a Turkish ending (İzmir'de), else only the sign."""
    head, *rest = _APOSTROPHE.split(word)
    if not rest:
        return word
    ending = language == "tr" or rest[-1] == "s"
    return head + "".join(rest[:-1] if ending else rest)


def folded(word: str) -> str:
    """Return a word without the signs on its Latin letters: é → e, ş → s, ł → l, ı → i."""
    return word if word.isascii() else word.translate(_FOLDING)


def plain(text: str, language: str) -> str:
    """Return the words of a text in one form, folded, with one space between them."""
    return " ".join(folded(cased(token.raw, language)) for token in tokens(text))


def script_of(word: str) -> str:
    """Return `arabic`, `cyrillic` or `latin` (also for anything else) by the first letter that tells."""
    if word.isascii():  # asked for every word in every language
        return "latin"
    for letter in word:
        if "\u0600" <= letter <= "\u06ff" or "\u0750" <= letter <= "\u077f" or "\ufb50" <= letter <= "\ufefc":
            return "arabic"
        if "\u0400" <= letter <= "\u04ff":
            return "cyrillic"
        if letter.isascii() and letter.isalpha():
            return "latin"
    return "latin"
