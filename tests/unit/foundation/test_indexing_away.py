"""While an index cannot be read, the database answers in its place, the portal says so, and the worker mends it."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select
from webtest import TestApp

from portal.cli.worker import mend_index
from portal.foundation.content_cache import kept
from portal.foundation.db import reading
from portal.foundation.indexing import Indexes
from portal.foundation.settings import Settings, SiteSettings
from portal.foundation.site import open_sites
from portal.sitesearch.models import UnmetSearch
from search import Query
from search.engines import whoosh
from search.engines.generations import Generations
from tests.composed import ROOT

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


def forget(indexes):
    """As after a new start."""
    indexes._open.clear()
    indexes._spares.clear()


@pytest.fixture(autouse=True)
def _whole_again(small, small_site):
    yield
    forget(small.indexes)
    small.indexes.rebuild(small_site)


@pytest.fixture
def damaged(small, small_site):
    """The small municipality with an index that cannot be read."""
    (small_site.settings.index / "CURRENT").write_text("{")
    forget(small.indexes)
    return small_site


def health(small, status):
    answer = TestApp(small.app, extra_environ={"HTTP_HOST": "small.test"}).get("/gezondheid", status=status)
    return json.loads(answer.text)


def keys(index, text, locale="nl"):
    return [hit.key for hit in index.search(Query(text, locale)).hits]


def test_a_whole_index_answers_itself(small, small_site):
    index, spare = small.indexes.answering(small_site)
    assert (index, spare) == (small.indexes.of(small_site), False)


def test_a_damaged_index_is_answered_for_from_the_database(small, damaged):
    index, spare = small.indexes.answering(damaged)
    assert spare
    assert keys(index, "klacht")[0] == "page:klacht"
    assert keys(index, "atelier")[0] == "entry:atelier-de-spoorkamer"
    assert keys(index, "wijkteam holtenbroek")
    assert keys(index, "ملابس أطفال", "ar")[0] == "entry:babyspullen-kamperpoort"


def test_what_answers_in_its_place_is_made_once_and_not_for_every_reader(small, damaged):
    assert small.indexes.answering(damaged)[0] is small.indexes.answering(damaged)[0]


def test_what_answers_in_its_place_goes_when_the_index_is_whole_again(small, damaged):
    assert small.indexes.answering(damaged)[1]
    small.indexes.rebuild(damaged)
    index, spare = small.indexes.answering(damaged)
    assert (index, spare) == (small.indexes.of(damaged), False)
    assert small.indexes._spares == {}


def test_pages_find_and_say_that_searching_is_less_good_for_now(small_web, damaged):
    for path in ("/nl/zoeken?q=klacht", "/nl/sociale-kaart?q=atelier"):
        page = small_web.get(path)
        assert page.html.select(".hits h2 a"), path
        assert page.html.select_one("main .notice a[href^='tel:']"), path


def test_pages_of_a_whole_index_say_nothing_of_it(small_web):
    assert small_web.get("/nl/zoeken?q=klacht").html.select_one("main .notice") is None


def test_suggestions_come_from_the_database_too(small_web, damaged):
    assert "atelier" in small_web.get("/nl/zoeken/aanvullen?q=atel").json[0]["text"]


def test_what_is_not_found_meanwhile_is_no_fault_of_the_words(small, small_web, damaged):
    small_web.get("/nl/zoeken?q=zonnebril")
    small_web.get("/nl/sociale-kaart?q=zonnebril")
    small.tally.write_down()
    with reading(damaged.engine) as connection:
        assert connection.execute(select(UnmetSearch.count)).all() == []


def test_an_ill_index_is_an_ill_portal_until_the_worker_mended_it(small, damaged):
    said = health(small, 503)
    assert (said["ok"], said["database"], said["index"]["healthy"]) == (False, True, False)
    mend_index(small, damaged)
    assert health(small, 200)["ok"]
    assert not small.indexes.answering(damaged)[1]


def test_mending_does_nothing_where_nothing_is_wrong(small, small_site):
    before = small.indexes.of(small_site).status().generation
    assert not small.indexes.mend(small_site)
    assert small.indexes.of(small_site).status().generation == before


def test_an_index_that_is_lost_is_made_again(small, small_site):
    before = small.indexes.of(small_site).status().count
    (small_site.settings.index / "CURRENT").unlink()
    forget(small.indexes)
    assert small.indexes.mend(small_site)
    assert small.indexes.of(small_site).status().count == before


def test_when_the_database_is_away_too_nothing_is_found_and_nothing_falls_over(small, content, tmp_path):
    one = SiteSettings("away", ("away.test",), "http://away.test", content, f"sqlite:///{tmp_path}/no/one", tmp_path)
    site = next(iter(open_sites(Settings((one,), ROOT / "locales", "whoosh", True, 1))))
    own = Indexes(replace(small.portal, search_engine="whoosh"))
    own.sources, own.concepts, own.thesaurus = small.indexes.sources, small.indexes.concepts, small.indexes.thesaurus
    (tmp_path / "CURRENT").write_text("{")
    index, spare = own.answering(site)
    assert spare
    assert keys(index, "klacht") == []
    assert kept(site)._version == -1
    site.engine.dispose()


def test_an_index_that_another_process_writes_is_left_to_it(small, damaged, caplog, monkeypatch):
    monkeypatch.setattr(whoosh, "_PATIENCE_SECONDS", 0.05)
    with caplog.at_level("INFO"), Generations(damaged.settings.index).writing(1):
        mend_index(small, damaged)
    assert "is being written by another process" in caplog.text
