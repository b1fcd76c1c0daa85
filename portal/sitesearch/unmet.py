"""Counts the questions that found nothing or did not help, so that editors can add a word.

A question is counted per week and shown from five equal ones up. Before that its words are in no table: only a digest
with a secret that is thrown away when the week is over. Questions that look as if they name somebody (digits of a
telephone or a postcode, an at sign, two words with a capital, a title, many words) are not counted at all.
"""

import hmac
import re
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.orm import Session

from portal.sitesearch.models import UnmetSearch, UnmetWeek

#: So many equal questions say nothing about one person any more.
ENOUGH = 5
#: Weeks that a count is kept.
KEPT_WEEKS = 26
#: More kinds of questions than this in one week are not people.
MOST_A_WEEK = 20_000
LONGEST = 80
MOST_WORDS = 8
#: So many digits, however they are spaced, may be a telephone, a postcode, a date or somebody's number.
TELLING_DIGITS = 4
_TITLES = frozenset({"mevrouw", "mevr", "mw", "meneer", "dhr", "mr", "mrs", "pan", "pani", "bay", "bayan"})
_PARTICLES = frozenset({"van", "de", "den", "der", "het", "'t", "ten", "ter", "te", "el", "al", "bin", "ibn", "von"})
_SPARE = re.compile(r"[\s\W_]+")


@dataclass(frozen=True)
class Unmet:
    """A question of one week, asked in one locale."""

    kind: str
    locale: str
    words: str


def countable(kind: str, locale: str, asked: str) -> Unmet | None:
    """The question in the form that is counted; None when it might tell of somebody."""
    words = _SPARE.sub(" ", asked.casefold()).strip()
    if not words or len(words) > LONGEST or len(words.split()) > MOST_WORDS or _tells_of_somebody(asked):
        return None
    return Unmet(kind, locale, words)


def _tells_of_somebody(asked: str) -> bool:
    many_digits = sum(map(str.isdigit, asked)) >= TELLING_DIGITS
    return many_digits or "@" in asked or not _TITLES.isdisjoint(_SPARE.split(asked.casefold())) or _has_name(asked)


def _has_name(asked: str) -> bool:
    """Whether two words with a capital follow each other, but for the little words of a name.

    Written small, a name is not seen: then it is the number of equal questions that protects.
    """
    after_capital = False
    for word in asked.split():
        capital = word[0].isupper() and (len(word) <= 2 or not word.isupper())
        if capital and after_capital:
            return True
        after_capital = capital or (after_capital and word.casefold() in _PARTICLES)
    return False


def monday_of(day: date) -> date:
    """The first day of the week of a day."""
    return day - timedelta(days=day.weekday())


class UnmetSearches:
    """The counts of one site."""

    def __init__(self, session: Session, today: date) -> None:
        self._session, self._monday = session, monday_of(today)

    def add(self, counted: Counter[Unmet]) -> None:
        """Add to this week's counts, and forget what is over."""
        self.forget()
        secret = self._secret()
        room = MOST_A_WEEK - (self._session.scalar(
            select(func.count()).select_from(UnmetSearch).where(UnmetSearch.monday == self._monday)) or 0
        )  # fmt: skip
        for unmet, times in counted.items():
            digest = hmac.digest(secret, unmet.words.encode(), sha256).hex()
            row = self._session.get(UnmetSearch, (self._monday, unmet.kind, unmet.locale, digest))
            if row is None:
                if room <= 0:
                    continue
                room -= 1
                row = UnmetSearch(
                    monday=self._monday, kind=unmet.kind, locale=unmet.locale, digest=digest, count=0, words=None
                )
                self._session.add(row)
            row.count += times
            if row.count >= ENOUGH:
                row.words = unmet.words

    def _secret(self) -> bytes:
        week = self._session.get(UnmetWeek, self._monday)
        if week is None:
            week = UnmetWeek(monday=self._monday, secret=secrets.token_hex(32))
            self._session.add(week)
            self._session.flush()
        return bytes.fromhex(week.secret)

    def forget(self) -> None:
        """Throw away what is over: the secrets of weeks gone by, and counts that stayed small."""
        self._session.execute(delete(UnmetWeek).where(UnmetWeek.monday < self._monday))
        # what was not asked often enough in its week never will be: its secret is gone
        self._session.execute(delete(UnmetSearch).where(UnmetSearch.monday < self._monday, UnmetSearch.words.is_(None)))
        oldest = self._monday - timedelta(weeks=KEPT_WEEKS)
        self._session.execute(delete(UnmetSearch).where(UnmetSearch.monday < oldest))


@dataclass(frozen=True)
class UnmetLine:
    """One question asked at least five times in a week."""

    monday: date
    kind: str
    locale: str
    words: str
    count: int


def read_unmet(connection: Connection, since: date) -> Sequence[UnmetLine]:
    """What was asked at least five times in a week, the newest week and the most asked first."""
    table = UnmetSearch.__table__
    rows = connection.execute(
        select(table.c.monday, table.c.kind, table.c.locale, table.c.words, table.c.count)
        .where(table.c.words.is_not(None), table.c.count >= ENOUGH, table.c.monday >= monday_of(since))
        .order_by(table.c.monday.desc(), table.c.count.desc(), table.c.words)
    )
    return [UnmetLine(*row) for row in rows]
