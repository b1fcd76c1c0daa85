"""Reads the word lists in search/data: one entry a line, `#` begins a remark."""

import re
from functools import lru_cache
from importlib import resources

_NAME = re.compile(r"[a-z_.]{1,40}")


def lines(name: str) -> tuple[str, ...]:
    """Return the entries of a data file, or nothing when that file is not there (a language without one)."""
    if not _NAME.fullmatch(name):  # a language may be whatever a stranger put in an address
        return ()
    file = resources.files("search.data").joinpath(name)
    if not file.is_file():
        return ()
    found = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in found if line)


@lru_cache(maxsize=64)
def words(name: str) -> frozenset[str]:
    """Return all words of a data file."""
    return frozenset(word for line in lines(name) for word in line.split())


@lru_cache(maxsize=8)
def stem_exceptions(language: str) -> dict[str, str]:
    """Return word → stem for the words a stemmer gets wrong. A line is `stem: word word`."""
    table: dict[str, str] = {}
    for line in lines(f"{language}.stems.txt"):
        stem, _, forms = line.partition(":")
        table.update(dict.fromkeys([stem.strip(), *forms.split()], stem.strip()))
    return table
