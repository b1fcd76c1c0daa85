"""Cuts Dutch compounds into the parts people search by: schuldhulpverlening → schuld, hulp, verlening."""

from collections.abc import Callable
from functools import lru_cache

from search.wordlists import words

_LINKS = ("", "s", "en", "e", "n")
_SHORTEST_COMPOUND = 6
_MOST_PARTS = 4

Known = Callable[[str], bool]


@lru_cache(maxsize=4096)
def parts_of(word: str) -> tuple[str, ...]:
    """Return the parts of a folded Dutch word, or nothing when it is none, by the reviewed list of parts."""
    if word in words("nl.not_split.txt") or word in words("nl.parts.txt"):
        return ()
    return split(word, words("nl.parts.txt").__contains__)


def split(word: str, known: Known) -> tuple[str, ...]:
    """Return the fewest parts that together are the whole word, or nothing.

    Between two parts may stand s, e, en or n.

    A word is only cut when *every* letter is accounted for: nederlands does not become neder and land.
    """
    if len(word) < _SHORTEST_COMPOUND:
        return ()
    for count in range(2, _MOST_PARTS + 1):
        found = _cut(word, count, known)
        if found:
            return found
    return ()


def _cut(word: str, count: int, known: Known) -> tuple[str, ...]:
    """Cut into exactly `count` parts, the longest first part first."""
    if count == 1:
        return (word,) if known(word) else ()
    for end in range(len(word) - 3, 2, -1):
        head = word[:end]
        if not known(head):
            continue
        for link in _LINKS:
            rest = _cut(word[end + len(link) :], count - 1, known) if word.startswith(link, end) else ()
            if rest:
                return (head, *rest)
    return ()
