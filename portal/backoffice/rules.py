"""When something is due, in the eyes of who works; and what a spreadsheet may not take for a formula. Pure."""

import unicodedata
from datetime import date
from enum import StrEnum

from portal.foundation.workdays import add_working_days, working_days_between

#: How far a promise is on its way when staff hear of it, in percent of its working days.
LEVELS = (50, 80, 100)
#: What is due within so many working days is soon.
SOON = 5
#: Letters of a name that are enough to look for somebody; words that are enough for a reason.
LEAST_OF_A_NAME, SHORTEST_REASON = 3, 10
#: Letters that Unicode does not take apart into a letter and a sign.
_NOT_TAKEN_APART = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
#: The signs by which spreadsheets know a formula, in every width.
_STARTS_A_FORMULA = frozenset("=+-@\t\r\n|%")


class Due(StrEnum):
    """How near a promise is."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    NONE = "none"


def soon_until(today: date) -> date:
    """The last day that is soon."""
    return add_working_days(today, SOON)


def how_near(due_on: date | None, today: date) -> Due:
    """How near the last day of a promise is."""
    if due_on is None:
        return Due.NONE
    if due_on <= today:
        return Due.TODAY if due_on == today else Due.LATE
    return Due.SOON if due_on <= soon_until(today) else Due.LATER


def level(started_on: date, due_on: date, today: date) -> int:
    """How far a promise is on its way: 0, 50, 80 or 100; 100 on its last day and after it.

    Counted in working days, as that is when somebody can do something. A promise of one working day is on its last day
    at once when that day has come.
    """
    if today >= due_on:
        return 100
    whole = working_days_between(started_on, due_on)
    gone = working_days_between(started_on, today)
    share = 100 * gone // whole if whole else 0
    return max((step for step in LEVELS if step <= share), default=0)


def without_formula(text: str) -> str:
    """A cell that no spreadsheet reckons with: what begins like a formula, in wide signs too, gets a quote before it.

    >>> without_formula("=1+1"), without_formula("＝1+1"), without_formula(" -5"), without_formula("8011")
    ("'=1+1", "'＝1+1", "' -5", '8011')
    """
    shown = next((sign for sign in unicodedata.normalize("NFKC", text) if not _is_unseen(sign)), "")
    starts = text[:1] in _STARTS_A_FORMULA or shown in _STARTS_A_FORMULA
    return f"'{text}" if starts else text


def _is_unseen(sign: str) -> bool:
    """Whether a sign takes no ink: a space of any width, a mark of direction, a joiner, a control character."""
    return unicodedata.category(sign) in {"Zs", "Zl", "Zp", "Cf", "Cc"}


def name_as_heard(name: str) -> str:
    """A name as somebody hears and types it: small letters without their signs.

    >>> [name_as_heard(name) for name in ("Çelik", "Ayşe", "Łukasz WÓJCIK", "IŞIK")]
    ['celik', 'ayse', 'lukasz wojcik', 'isik']
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_NOT_TAKEN_APART))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())
