"""Words one by one: how common, how long, shortened, or a number in letters. Pure; lists are read at first need."""

import csv
import gzip
import re
from functools import cache, lru_cache
from importlib.resources import files

#: Below this a word is rare on the Zipf scale; the list itself stops just under it (docs/readability.md).
RARE = 3.0
LONGEST_WORD = 15
#: In front of a verb: ophaalt, meegaan.
_IN_FRONT = ("op", "af", "mee", "aan", "toe", "uit", "in", "door", "voor", "terug", "om", "over", "langs", "bij", "na")
#: At the end of a word they are no part of a compound, though they are words.
_ENDINGS = frozenset({"lijk", "baar", "heid", "ingen", "eren", "ster"})
_LINKS = ("", "s", "e", "en", "n")
_ABBREVIATIONS = {
    "bijv.": "bijvoorbeeld", "bv.": "bijvoorbeeld", "nr.": "nummer", "tel.": "telefoon", "ca.": "ongeveer",
    "dhr.": "meneer", "mw.": "mevrouw", "mevr.": "mevrouw", "o.a.": "onder andere", "d.w.z.": "dat betekent",
    "t/m": "tot en met", "i.v.m.": "door", "m.b.t.": "over", "i.p.v.": "in plaats van", "e.d.": "en zulke dingen",
    "enz.": "en meer", "etc.": "en meer", "evt.": "misschien", "i.o.m.": "samen met", "jl.": "de laatste",
    "incl.": "met", "excl.": "zonder", "max.": "hoogstens", "min.": "minstens", "o.b.v.": "door", "p/m": "per maand",
    "t.a.v.": "voor", "t.b.v.": "voor", "z.s.m.": "zo snel mogelijk", "n.a.v.": "door", "a.u.b.": "alstublieft",
    "vgl.": "vergelijk", "resp.": "en", "p.m.": "per maand", "s.v.p.": "alstublieft", "m.u.v.": "behalve",
}  # fmt: skip
_ABBREVIATION = re.compile(
    r"(?<![\w.])(?:" + "|".join(re.escape(one) for one in sorted(_ABBREVIATIONS, key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)
_NUMBERS = {
    "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11,
    "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18,
    "negentien": 19, "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70,
    "tachtig": 80, "negentig": 90, "honderd": 100, "duizend": 1000,
}  # fmt: skip


@cache
def frequencies() -> dict[str, float]:
    """Dutch word in small letters → Zipf value (7 very common, 3 rare)."""
    packed = (files("portal.foundation") / "data/language/nl-frequency.csv.gz").read_bytes()
    rows = csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines())
    return {row["woord"]: float(row["zipf"]) for row in rows}


@cache
def hard_words() -> dict[tuple[str, ...], str]:
    """Hard word, as small words in a row → what to say instead. Only written language; the trade has its glossary."""
    text = (files("portal.foundation") / "data/language/hard-words.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    # “daar” is mostly the place, seldom “because”.
    return {
        tuple(row["moeilijk"].split()): row["makkelijk"]
        for row in rows
        if row["soort"] == "schrijftaal" and row["moeilijk"] != "daar"
    }


def abbreviations(sentence: str) -> list[tuple[str, str]]:
    """(as written, written out) for each abbreviation of the list."""
    return [(one, _ABBREVIATIONS[one.lower()]) for one in _ABBREVIATION.findall(sentence)]


def numbers(words: tuple[str, ...]) -> list[tuple[str, int]]:
    """(word, digits) for numbers in letters; “een” is mostly no number and is left alone."""
    return [(word, _NUMBERS[word.lower()]) for word in words if word.lower() in _NUMBERS]


def hard(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """(as written, say instead) for the hard words of written language."""
    low, listed, found = [word.lower() for word in words], hard_words(), []
    for at in range(len(low)):
        for size in (4, 3, 2, 1):
            instead = listed.get(tuple(low[at : at + size]))
            if instead and at + size <= len(low):
                found.append((" ".join(words[at : at + size]), instead))
                break
    return found


def _common(word: str) -> float:
    """The Zipf value of a word, or of the verb of who does it (ondersteuner: ondersteunen)."""
    known = frequencies()
    return max(known.get(word, 0.0), known.get(word[:-1] + "n", 0.0) if word.endswith("er") else 0.0)


@lru_cache(maxsize=20_000)
def split(word: str) -> tuple[str, ...]:
    """A compound in its parts, each a known word of three letters or more; one part when it is none."""
    known, low = frequencies(), word.lower()
    if "-" in low:
        return tuple(part for part in low.split("-") if part)
    best: tuple[float, tuple[str, ...]] = (0.0, (low,))
    for at in range(3, len(low) - 2):
        if low[at:] in _ENDINGS or (second := _common(low[at:])) < RARE:
            continue
        for link in _LINKS:
            first = low[: at - len(link)] if link and low[:at].endswith(link) else low[:at]
            if len(first) >= 3 and (common := min(second, known.get(first, 0.0))) > best[0]:
                best = (common, (low[:at], low[at:]))
    return best[1]


def is_rare(word: str) -> bool:
    """Whether few people write this word: not in the list, no compound or inflection of listed ones, no name."""
    if not word.isalpha() or not word.islower() or len(word) < 5:
        return False
    known = frequencies()
    if _common(word) >= RARE or len(split(word)) > 1:
        return False
    bases = [word[: -len(end)] for end in ("s", "e", "n", "en", "t", "d", "de") if word.endswith(end)]
    bases += [word.removeprefix(front) for front in _IN_FRONT if word.startswith(front)]
    return not any(known.get(base, 0.0) >= RARE for base in bases)


def rare(words: tuple[str, ...]) -> list[tuple[str, float]]:
    """(word, Zipf value, 0 when not listed), the rarest first."""
    known = frequencies()
    return sorted(
        ((word, known.get(word, 0.0)) for word in dict.fromkeys(words) if is_rare(word)), key=lambda two: two[1]
    )


def long_words(words: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """(word, parts) for words of over 15 letters."""
    return [
        (word, split(word))
        for word in dict.fromkeys(words)
        if len(word) > LONGEST_WORD and word.replace("-", "").isalpha()
    ]
