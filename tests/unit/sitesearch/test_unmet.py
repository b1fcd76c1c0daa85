"""What was asked in vain is counted without a word of it, until so many asked the same that it says nothing of one."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select

from portal.sitesearch import unmet
from portal.sitesearch.models import UnmetSearch, UnmetWeek
from portal.sitesearch.unmet import (
    ENOUGH,
    KEPT_WEEKS,
    LONGEST,
    MOST_WORDS,
    Unmet,
    UnmetSearches,
    countable,
    monday_of,
    read_unmet,
)

MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def _empty(session):
    """Takes away what journeys of this run asked in vain; it is there again after the test."""
    session.execute(delete(UnmetSearch))
    session.execute(delete(UnmetWeek))


@pytest.fixture
def ask(session):
    """Counts a question so many times on a day."""

    def add(words, times=1, day=MONDAY, kind="nothing", locale="nl"):
        UnmetSearches(session, day).add(Counter({countable(kind, locale, words): times}))
        session.flush()

    return add


@pytest.fixture
def rows(session):
    """Everything in the table as (words, count)."""
    return lambda: session.execute(select(UnmetSearch.words, UnmetSearch.count).order_by(UnmetSearch.count)).all()


@pytest.fixture
def lines(session):
    """What an editor gets to read, since a day."""
    return lambda since=MONDAY: [(one.words, one.count) for one in read_unmet(session.connection(), since)]


@pytest.mark.parametrize(
    "asked",
    [
        "", "   ", "???", "_-_",
        "06 12 34 56 78", "bel 0612345678", "038-4989898", "8031 AB", "9 1 1 8",
        "geboren 01-02-1980", "bsn 123 456 782",
        "٠٦١٢٣٤", "jan@voorbeeld.example", "@jan",
        "Jan Jansen", "schuld van Jan de Vries", "Fatima El Amrani", "J. Jansen", "Оксана Шевченко", "mevrouw jansen",
        "dhr. de boer", "a" * (LONGEST + 1), " ".join(["woord"] * (MOST_WORDS + 1)),
    ],
    ids=lambda asked: asked[:20] or "nothing",
)  # fmt: skip
def test_a_question_that_may_tell_of_somebody_is_never_counted(asked):
    assert countable("nothing", "nl", asked) is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("zonnebril", "zonnebril"),
        ("  Zonne-bril?! ", "zonne bril"),
        ("ZONNEBRIL", "zonnebril"),
        ("Wmo aanvraag", "wmo aanvraag"),
        ("112 bellen", "112 bellen"),
        ("Straße", "strasse"),
        ("نظارة شمسية", "نظارة شمسية"),
        ("Hulp van de Gemeentebode", None),
        ("a" * LONGEST, "a" * LONGEST),
        (" ".join(["woord"] * MOST_WORDS), " ".join(["woord"] * MOST_WORDS)),
    ],
)
def test_questions_that_differ_in_signs_and_capitals_only_are_one(asked, words):
    assert countable("nothing", "nl", asked) == (Unmet("nothing", "nl", words) if words else None)


def test_four_equal_questions_leave_no_words_behind(ask, rows, lines):
    for _ in range(ENOUGH - 1):
        ask("zonnebril")
    assert rows() == [(None, ENOUGH - 1)]
    assert lines() == []


def test_the_fifth_equal_question_of_a_week_brings_the_words(ask, rows, lines):
    ask("zonnebril", ENOUGH - 1)
    ask("Zonnebril!", day=MONDAY + timedelta(days=6))
    assert rows() == [("zonnebril", ENOUGH)]
    assert lines() == [("zonnebril", ENOUGH)]


def test_the_same_question_counts_apart_per_kind_and_per_locale(ask, rows):
    ask("zonnebril", 4)
    ask("zonnebril", 3, kind="unhelpful")
    ask("zonnebril", 2, locale="ar")
    assert rows() == [(None, 2), (None, 3), (None, 4)]


def test_questions_of_two_weeks_are_not_added_up(ask, rows):
    ask("zonnebril", ENOUGH - 1)
    ask("zonnebril", ENOUGH - 1, day=MONDAY + WEEK)
    assert rows() == [(None, ENOUGH - 1)]


def test_a_digest_tells_nothing_without_the_secret_of_its_week(ask, session):
    ask("zonnebril")
    first = session.scalars(select(UnmetSearch.digest)).one()
    ask("zonnebril", day=MONDAY + WEEK)
    second = session.scalars(select(UnmetSearch.digest)).one()
    assert first != second


def test_the_secret_goes_when_its_week_is_over(ask, session):
    ask("zonnebril")
    old = session.scalars(select(UnmetWeek.secret)).one()
    ask("regenjas", day=MONDAY + WEEK)
    kept = session.execute(select(UnmetWeek.monday, UnmetWeek.secret)).all()
    assert [monday for monday, _secret in kept] == [MONDAY + WEEK]
    assert old not in {secret for _monday, secret in kept}


def test_within_a_week_the_secret_stays(ask, session):
    ask("zonnebril")
    before = session.scalars(select(UnmetWeek.secret)).one()
    ask("zonnebril", day=MONDAY + timedelta(days=6))
    assert session.scalars(select(UnmetWeek.secret)).one() == before


def test_what_was_not_asked_often_enough_goes_with_its_week(ask, rows):
    ask("zonnebril", ENOUGH - 1)
    ask("regenjas", ENOUGH)
    ask("paraplu", day=MONDAY + WEEK)
    assert rows() == [(None, 1), ("regenjas", ENOUGH)]


@pytest.mark.parametrize(("weeks", "there"), [(KEPT_WEEKS, True), (KEPT_WEEKS + 1, False)])
def test_a_count_is_kept_for_half_a_year(ask, rows, weeks, there):
    ask("regenjas", ENOUGH)
    ask("paraplu", day=MONDAY + weeks * WEEK)
    assert (("regenjas", ENOUGH) in rows()) is there


def test_a_flood_of_different_questions_is_not_all_counted(ask, rows, session, monkeypatch):
    monkeypatch.setattr(unmet, "MOST_A_WEEK", 3)
    flood = Counter({countable("nothing", "nl", f"vraag {letter}"): 1 for letter in "abcde"})
    UnmetSearches(session, MONDAY).add(flood)
    session.flush()
    assert len(rows()) == 3
    ask("vraag a", ENOUGH)
    ask("vraag z", ENOUGH)
    assert rows()[-1] == ("vraag a", ENOUGH + 1)
    assert len(rows()) == 3


def test_nothing_in_a_row_points_at_who_asked():
    assert {column.name for column in UnmetSearch.__table__.columns} == {
        "monday", "kind", "locale", "digest", "count", "words",
    }  # fmt: skip


def test_editors_read_the_newest_week_and_the_most_asked_first(ask, lines):
    ask("regenjas", 6)
    ask("paraplu", 9)
    ask("laarzen", 5, day=MONDAY + WEEK)
    assert lines() == [("laarzen", 5), ("paraplu", 9), ("regenjas", 6)]
    assert lines(MONDAY + WEEK) == [("laarzen", 5)]
    assert lines(MONDAY + 2 * WEEK) == []


@pytest.mark.parametrize("day", range(7))
def test_a_week_begins_on_monday(day):
    assert monday_of(MONDAY + timedelta(days=day)) == MONDAY


def test_counting_leaves_nothing_outside_its_two_tables(ask, session):
    ask("zonnebril", ENOUGH)
    assert session.scalar(select(func.count()).select_from(UnmetWeek)) == 1
