"""A reader waits for no table: what they ask in vain is held in memory and written down now and then."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from portal.cli.db import upgrade
from portal.foundation.db import reading, writing
from portal.foundation.settings import Settings, SiteSettings
from portal.foundation.site import open_sites
from portal.sitesearch import tally as module
from portal.sitesearch.models import UnmetSearch, UnmetWeek
from portal.sitesearch.tally import Tally
from portal.sitesearch.unmet import ENOUGH
from tests.composed import ROOT


def counted(site):
    """What the table holds, as (kind, locale, words, count)."""
    columns = (UnmetSearch.kind, UnmetSearch.locale, UnmetSearch.words, UnmetSearch.count)
    with reading(site.engine) as connection:
        return sorted(map(tuple, connection.execute(select(*columns))), key=str)


@pytest.fixture
def tally(clock):
    """A tally that nobody else writes down."""
    made = Tally(clock)
    yield made
    made._stop.set()


@pytest.fixture(autouse=True)
def _nothing_counted(small_site):
    def wipe():
        with writing(small_site.engine) as session:
            session.execute(delete(UnmetSearch))
            session.execute(delete(UnmetWeek))

    wipe()
    yield
    wipe()


def test_noting_writes_nothing_until_it_is_written_down(tally, small_site):
    for _ in range(ENOUGH):
        tally.note(small_site, "nothing", "nl", "zonnebril")
    assert counted(small_site) == []
    tally.write_down()
    assert counted(small_site) == [("nothing", "nl", "zonnebril", ENOUGH)]


def test_what_was_written_down_is_not_written_twice(tally, small_site):
    tally.note(small_site, "nothing", "nl", "zonnebril")
    tally.write_down()
    tally.write_down()
    assert counted(small_site) == [("nothing", "nl", None, 1)]


def test_a_question_that_may_tell_of_somebody_is_not_even_held(tally, small_site):
    tally.note(small_site, "nothing", "nl", "bel 06 12 34 56 78")
    assert tally._held == {}
    tally.write_down()
    assert counted(small_site) == []


def test_each_site_gets_its_own_counts(tally, small_site, new_site):
    tally.note(small_site, "nothing", "nl", "zonnebril")
    tally.note(new_site, "unhelpful", "ar", "نظارة")
    tally.write_down()
    assert counted(small_site) == [("nothing", "nl", None, 1)]
    assert counted(new_site) == [("unhelpful", "ar", None, 1)]


def test_the_day_of_writing_says_the_week(tally, small_site, clock):
    tally.note(small_site, "nothing", "nl", "zonnebril")
    clock.forward(days=7)
    tally.write_down()
    with reading(small_site.engine) as connection:
        mondays = connection.execute(select(UnmetSearch.monday)).scalars().all()
    assert mondays == [clock.now().date() - timedelta(days=clock.now().weekday())]


def test_a_flood_is_not_all_held(tally, small_site, monkeypatch):
    monkeypatch.setattr(module, "MOST_HELD", 2)
    for words in ("een", "twee", "drie", "een"):
        tally.note(small_site, "nothing", "nl", words)
    tally.write_down()
    assert [count for *_, count in counted(small_site)] == [1, 2]


def test_a_database_that_is_away_loses_nothing(tally, tmp_path, content):
    one = SiteSettings(
        "away",
        ("away.test",),
        "http://away.test",
        content,
        f"sqlite:///{tmp_path}/later/one.sqlite",
        tmp_path / "index",
    )
    site = next(iter(open_sites(Settings((one,), ROOT / "locales", "whoosh", True, 1))))
    tally.note(site, "nothing", "nl", "zonnebril")
    tally.write_down()
    tally.note(site, "nothing", "nl", "zonnebril")
    tally.write_down()
    (tmp_path / "later").mkdir()
    upgrade(site.engine)
    tally.write_down()
    assert counted(site) == [("nothing", "nl", None, 2)]
    site.engine.dispose()
