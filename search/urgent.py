"""Recognises questions of people in danger, so that a page can name the right number before any result.

Patterns stand in search/data/urgent.<language>.txt and were weighed one by one: a false alarm costs trust, a
missed one may cost more. This is a help, not a promise: a page must show the emergency numbers anyway.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from search.folding import careful_sound_of
from search.letters import plain
from search.wordlists import lines

_LANGUAGES = ("nl", "en", "ar", "tr", "pl", "uk")
_LONGEST = 200
_GAP = "(?:[^ ]+ ){0,3}"


class UrgentKind(StrEnum):
    """What help is urgent: the most pressing kind first."""

    DANGER = "danger"
    """Somebody's life is in danger now: 112."""
    SUICIDE = "suicide"
    """Thoughts of suicide: 113."""
    CHILD = "child"
    """A child is hurt or abused: Veilig Thuis, Kindertelefoon."""
    VIOLENCE = "violence"
    """Violence, abuse, stalking or force: Veilig Thuis, and 112 when it happens now."""


def urgent(text: str) -> UrgentKind | None:
    """Return the most pressing kind of danger that a question tells of, in any of six languages, or None.

    Only the first 200 characters are read; the time is bounded (well under a millisecond after the first
    call).
    """
    kinds = {kind for language in _LANGUAGES for kind in _kinds(text[:_LONGEST], language)}
    return next((kind for kind in UrgentKind if kind in kinds), None)


def _kinds(text: str, language: str) -> Iterator[UrgentKind]:
    sound = careful_sound_of(language)
    said = f" ^ {' '.join(map(sound, plain(text, language).split()))} $ "
    return (kind for kind, pattern in _patterns(language) if pattern.search(said))


@lru_cache(maxsize=len(_LANGUAGES))
def _patterns(language: str) -> tuple[tuple[UrgentKind, re.Pattern[str]], ...]:
    """Return one pattern per kind that a language has lines for."""
    found: dict[UrgentKind, list[str]] = {}
    kind = UrgentKind.DANGER
    for line in lines(f"urgent.{language}.txt"):
        if line.startswith("["):
            kind = UrgentKind(line.strip("[]"))
        else:
            found.setdefault(kind, []).append("".join(_item(item, language) for item in line.split()))
    return tuple((kind, re.compile(" (?:" + "|".join(each) + ")")) for kind, each in found.items())


def _item(item: str, language: str) -> str:
    """Translate one item of a line; the notation is explained at the top of urgent.nl.txt."""
    if item == "...":
        return _GAP
    words = "|".join(_word(word, language) for word in item.rstrip("?").split("|"))
    return f"(?:(?:{words}) )?" if item.endswith("?") else f"(?:{words}) "


def _word(word: str, language: str) -> str:
    if word in {"^", "$"}:
        return re.escape(word)
    sound = careful_sound_of(language)
    return "[^ ]*".join(re.escape(sound(plain(part, language))) for part in word.split("*"))
