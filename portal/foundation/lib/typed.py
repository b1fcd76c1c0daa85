"""What somebody typed, on one line, without signs that nobody can see or that turn the words around. Pure."""

import unicodedata

#: Signs that turn the direction of all that follows; one that only joins or parts letters is part of a word.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """The words with one space in between; control signs part words too."""
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in _unturned(text)).split())


def _unturned(text: str) -> str:
    return text if _TURNING.isdisjoint(text) else "".join(sign for sign in text if sign not in _TURNING)
