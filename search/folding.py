"""How a word sounds, roughly: words that are written apart and sound alike get the same folded form."""

import re
from collections.abc import Callable
from functools import lru_cache

from search.documents import Language

# In this order. Capitals stand for sounds, so that a later rule does not touch them.
_DUTCH = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ck|cqu|q", "k"),
        (r"ch", "g"),
        (r"ph", "f"),
        (r"th|dt", "t"),
        (r"x", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"t(?=ie)", "s"),  # politie, urgentie
        (r"ij|ei|ey|y", "Y"),
        (r"au|ou", "U"),
        (r"ie", "i"),
        (r"z", "s"),
        (r"v|w(?=r)", "f"),
        (r"d", "t"),
        (r"(?<=e)n$", ""),  # the n of vrienden is not heard
        (r"([^aeiou])\1+", r"\1"),
    )
)
_DOUBLES = re.compile(r"(.)\1+")


def sound_of(language: Language) -> Callable[[str], str]:
    """Return the folding of a language: by sound for Dutch, only double letters for the others."""
    return _dutch if language == "nl" else _plain


def careful_sound_of(language: Language) -> Callable[[str], str]:
    """Return a folding that keeps long and short vowels apart: dood is not tot. No folding outside Dutch."""
    return _careful_dutch if language == "nl" else str


def _dutch(word: str) -> str:
    return _DOUBLES.sub(r"\1", _careful_dutch(word))


@lru_cache(maxsize=2048)
def _careful_dutch(word: str) -> str:
    for pattern, sound in _DUTCH:
        word = pattern.sub(sound, word)
    return word


def _plain(word: str) -> str:
    return _DOUBLES.sub(r"\1", word)
