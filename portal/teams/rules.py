"""What a resident can mean by "where do you live", and which rule of coverage decides. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Literal

#: Longer than any address a person types; the rest is not looked at.
LONGEST_ASKED = 120
#: A neighbourhood has at most this many letters; longer is no name of one.
LONGEST_NAME = 45
#: How alike a misspelt name must be (difflib ratio); 0.8 is one fault in five letters.
ALIKE = 0.8
#: Letter pairs that PostNL never gave out.
NEVER_USED = frozenset({"SA", "SD", "SS"})

_SPARE = re.compile(r"[\s\-.,;:/_'’\u2010-\u2015\u2212]+")
_POSTCODE = re.compile(r"([0-9]{4})(?:([A-Z]{2})(?:([0-9]{1,5})([A-Z0-9]{0,6}))?)?")
#: The first number after the letters; in “12-3” and “12 3 hoog” it is 12.
_HOUSE = re.compile(r"[A-Za-z][^0-9]*([0-9]{1,5})")
#: A postcode inside an address as people copy it: “Dorpsweg 5, 8011 AB Zwolle”, “8011 AB 12 Zwolle”, “8011 Zwolle”.
_ADDRESS = re.compile(
    r"(?:(?P<before>[0-9]{1,5})[A-Za-z]?[\s,]+)?(?<![0-9A-Za-z])(?P<digits>[0-9]{4})[\s\-]?"
    r"(?:(?P<letters>[A-Za-z]{2})(?![0-9A-Za-z])|(?=[A-Za-z]{4}))(?:[\s,]+(?P<after>[0-9]{1,5}))?"
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


class Outcome(StrEnum):
    """What we can say about a place."""

    TEAM = "team"
    CHOOSE = "choose"
    PO_BOX = "po_box"
    OUTSIDE = "outside"
    INVALID = "invalid"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Nothing:
    """Nothing was typed."""


@dataclass(frozen=True)
class NoPostcode:
    """It looks like a postcode but cannot be one; `why` is length, zero or letters."""

    why: Literal["length", "zero", "letters"]


@dataclass(frozen=True)
class Postcode:
    """A postcode of four digits, with its two letters and a house number when given."""

    digits: str
    letters: str | None = None
    number: int | None = None

    @property
    def full(self) -> str | None:
        """All six characters; None without letters."""
        return self.digits + self.letters if self.letters else None


@dataclass(frozen=True)
class Name:
    """A name, brought to the form in which names are compared."""

    plain: str


Where = Nothing | NoPostcode | Postcode | Name


def _latin_digits(text: str) -> str:
    """Digits of every script as 0-9, full-width letters as plain ones, invisible marks gone."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(
        str(unicodedata.decimal(sign)) if unicodedata.decimal(sign, None) is not None else sign
        for sign in text
        if unicodedata.category(sign) not in {"Cf", "Cc"} or sign in "\t\n"
    )


def plain_name(text: str) -> str:
    """A name as names are compared: no case, no accents, no signs, Roman numbers as digits."""
    base = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[^\W_]+", "".join(sign for sign in base if not unicodedata.combining(sign)))
    return " ".join(_ROMAN.get(word, word) for word in words)


def parse_where(asked: str) -> Where:
    """What was meant. Never raises; anything that is no postcode is a name or nothing."""
    text = _latin_digits(asked[:LONGEST_ASKED])
    squeezed = _SPARE.sub("", text).upper()
    if not any(sign.isalnum() for sign in squeezed):
        return Nothing()
    found = _POSTCODE.fullmatch(squeezed)
    if found is not None:
        digits, letters, number, _addition = found.groups()
        house = _HOUSE.search(text)
        return _postcode(digits, letters, house[1] if number and house else None)
    address = _ADDRESS.search(text)
    if address is not None:
        return _postcode(
            address["digits"], (address["letters"] or "").upper() or None, address["after"] or address["before"]
        )
    return NoPostcode("length") if squeezed[0].isdigit() else Name(plain_name(text))


def _postcode(digits: str, letters: str | None, number: str | None) -> Postcode | NoPostcode:
    if digits.startswith("0"):
        return NoPostcode("zero")
    if letters in NEVER_USED:
        return NoPostcode("letters")
    return Postcode(digits, letters, int(number) if number and letters else None)


@dataclass(frozen=True)
class Rule:
    """A rule of coverage as the finder sees it; see `models.CoverageRule`."""

    team: str
    kind: str
    value: str
    number_from: int | None = None
    number_to: int | None = None
    parity: str | None = None
    valid_from: date = date.min
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def fits_number(self, number: int) -> bool:
        """Whether a house number falls in it."""
        if self.parity is not None and (self.parity == "even") != (number % 2 == 0):
            return False
        return (self.number_from or 0) <= number <= (self.number_to or 99_999)


def teams_at(postcode: Postcode, rules: Iterable[Rule], day: date) -> tuple[str, ...]:
    """The teams an address may belong to: one is certain, several ask for one more question, none is unknown.

    The narrowest rule decides: house number, then six characters, then four digits. A full postcode that no rule
    knows gives nothing, even when others with the same digits are known: that would be a guess.
    """
    valid = [rule for rule in rules if rule.holds_on(day)]
    if postcode.full is None:
        return _teams(rule for rule in valid if rule.value.startswith(postcode.digits))
    numbered = [rule for rule in valid if rule.kind == "number" and rule.value == postcode.full]
    whole = [rule for rule in valid if rule.kind == "pc6" and rule.value == postcode.full]
    wider = whole or [rule for rule in valid if rule.kind == "pc4" and rule.value == postcode.digits]
    if postcode.number is None:
        return _teams([*numbered, *wider])
    return _teams([rule for rule in numbered if rule.fits_number(postcode.number)] or wider)


def asks_number(postcode: Postcode, rules: Iterable[Rule], day: date) -> bool:
    """Whether only the house number can tell which team it is."""
    splits = any(rule.kind == "number" and rule.value == postcode.full and rule.holds_on(day) for rule in rules)
    return splits and postcode.number is None


def _teams(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.team for rule in rules))


@dataclass(frozen=True)
class Place:
    """A name of a buurt, wijk or district, and the buurten in it."""

    name: str
    level: str
    codes: frozenset[str]


LEVELS = ("buurt", "wijk", "district")


def find_place(name: Name, places: Sequence[tuple[str, Place]]) -> Place | None:
    """The place meant by a name, misspelt or not; of equal names the smallest. `places` are (plain name, place)."""
    if len(name.plain) > LONGEST_NAME:
        return None
    known = {plain for plain, _place in places}
    wanted = name.plain if name.plain in known else next(iter(get_close_matches(name.plain, known, 1, ALIKE)), None)
    fitting = [place for plain, place in places if plain == wanted]
    return min(fitting, key=lambda place: LEVELS.index(place.level), default=None)


def telling_names(areas: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
    """For each team the names that tell it from the others: the wijk, or its buurten where teams share a wijk.

    `areas` are (team, wijk, buurt); the names keep their order.
    """
    rows = list(areas)
    shared = {wijk for team, wijk, _ in rows if any(w == wijk and t != team for t, w, _ in rows)}
    found: dict[str, list[str]] = {}
    for team, wijk, buurt in rows:
        name = buurt if wijk in shared else wijk
        if name not in found.setdefault(team, []):
            found[team].append(name)
    return found
