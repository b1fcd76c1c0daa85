"""Passwords, pauses, networks and recovery codes: values in, values out."""

import re
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network

#: NIST SP 800-63B and ASVS 5.0 6.2: length counts, sorts of signs do not.
SHORTEST, LONGEST = 12, 128
#: More words than this from the list of common ones make a password of their own.
FEW_WORDS = 2
#: What is left of a password beside common words is no secret when it is this short.
SCRAP = 3
#: A name of this length is a name wherever it stands.
TELLING = 6

#: Wrong tries that cost nothing; after that every further one costs a pause, each twice the one before.
FREE_TRIES = 5
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=15)
#: Wrong tries are forgotten this long after the last pause.
FORGOTTEN_AFTER = timedelta(days=1)
#: Wrong tries from one network, all names together; a town hall is one network too.
NETWORK_TRIES, NETWORK_STRETCH = 100, timedelta(minutes=15)

#: Letters and digits that nobody mistakes for another.
CLEAR_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_CODES, RECOVERY_LENGTH = 10, 10

_UNLEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"[^\w]+|_")
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop")


class Weak(StrEnum):
    """Why a password will not do."""

    SHORT = "short"
    LONG = "long"
    PERSONAL = "personal"
    COMMON = "common"


def fold_email(email: str) -> str:
    """An e-mail address as it is kept and looked for."""
    return unicodedata.normalize("NFC", email.strip().casefold())


def same_password(password: str) -> str:
    """A password as it is weighed: equal signs that keyboards write in different ways are equal."""
    return unicodedata.normalize("NFKC", password)


def plain(text: str) -> str:
    """Small letters and digits without accents or signs between them."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return _PLAIN.sub("", bare.casefold())


def why_weak(password: str, common: Collection[str], personal: Collection[str]) -> Weak | None:
    """Why a password will not do; None when it will.

    `common` are words everybody thinks of first; `personal` what is known of this person and this site.
    """
    password = same_password(password)
    if len(password) < SHORTEST:
        return Weak.SHORT
    if len(password) > LONGEST:
        return Weak.LONG
    readings = {plain(password), plain(password.translate(_UNLEET))}
    if _is_personal(password, readings, {plain(word) for word in personal}):
        return Weak.PERSONAL
    words = {plain(word) for word in common}
    if any(_is_common(reading, words) for reading in readings):
        return Weak.COMMON
    return None


def _is_personal(password: str, readings: Collection[str], own: Collection[str]) -> bool:
    """Whether something known of this person is in it; a short name only as a word, as many words hold one."""
    words = {plain(word) for text in (password, password.translate(_UNLEET)) for word in _LETTERS.findall(text)}
    telling = {word for word in own if len(word) >= TELLING}
    short = {word for word in own if SCRAP < len(word) < TELLING}
    return bool(short & words) or any(word in reading for word in telling for reading in readings)


def _is_common(reading: str, words: Collection[str]) -> bool:
    """Whether a few common words, runs of keys and repeated signs are all there is."""
    if len(set(reading)) <= SCRAP or _is_repeated(reading) or reading in words:
        return True
    letters = "".join(_LETTERS.findall(_without_runs(reading)))
    return len(letters) <= SCRAP or _few_words(letters, words, FEW_WORDS)


def _is_repeated(reading: str) -> bool:
    """Whether it is one short piece over and over."""
    half = len(reading) // 2
    return any(reading == (reading[:size] * len(reading))[: len(reading)] for size in range(1, min(half, 6) + 1))


def _without_runs(reading: str) -> str:
    """Without the rows of the keyboard, the alphabet and the digits, in both directions, from four signs on."""
    for run in _RUNS:
        for row in (run, run[::-1]):
            for size in range(len(row), 3, -1):
                for start in range(len(row) - size + 1):
                    reading = reading.replace(row[start : start + size], " ")
    return reading


def _few_words(letters: str, words: Collection[str], most: int) -> bool:
    """Whether at most `most` common words and a scrap make up the letters."""
    if len(letters) <= SCRAP:
        return True
    if not most:
        return False
    return any(
        _few_words(letters[size:], words, most - 1)
        for size in range(len(letters), SCRAP - 1, -1)
        if letters[:size] in words
    )


def after_wrong(tries: int, locked_until: datetime | None, now: datetime) -> tuple[int, datetime | None]:
    """How many tries went wrong and until when nobody may try again, after one more."""
    if locked_until is not None and now - locked_until > FORGOTTEN_AFTER:
        tries = 0
    tries += 1
    if tries < FREE_TRIES:
        return tries, None
    doublings = min(tries - FREE_TRIES, 10)
    return tries, now + min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    """Whether one has to wait."""
    return locked_until is not None and now < locked_until


def network_of(address: str | None) -> str:
    """The network somebody comes from: /24, or /48 of IPv6. Empty when that says nothing, as behind our own proxy."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    if found.is_loopback:
        return ""
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))


def shown_code(code: str) -> str:
    """A recovery code as people copy it: two halves."""
    return f"{code[: len(code) // 2]}-{code[len(code) // 2 :]}"


def bare_code(typed: str) -> str:
    """A recovery code as it was typed, without spaces, hyphens and capitals."""
    return plain(typed)
