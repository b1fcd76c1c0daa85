"""SQL is the truth: a change reaches the index by the outbox, and an index that is lost comes back."""

import io
import json
import shutil
from dataclasses import replace

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text, update
from webtest import TestApp

from portal.cli.db import MIGRATIONS
from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import writing
from portal.foundation.indexing import Indexes
from portal.foundation.outbox import OutboxRow, post, run_once
from portal.foundation.seeding import EVERYTHING
from portal.pages.models import Page, PageText
from search import Query

WORD = "zevenblad"


@pytest.fixture
def found(small, small_site):
    """The keys found for words on the small site."""
    return lambda words: [hit.key for hit in small.indexes.of(small_site).search(Query(words, "nl")).hits]


@pytest.fixture
def announce(small, small_site, clock):
    """Writes down that a document changed, and lets the worker do it."""

    def run(source, key):
        with writing(small_site.engine) as session:
            session.query(OutboxRow).delete()
            post(session, "index", {"source": source, "key": key}, clock.now())
        assert run_once(small_site, small.job_handlers, clock) == 1

    return run


@pytest.fixture
def change(small_site):
    """Changes a page; put back afterwards."""
    with writing(small_site.engine) as session:
        before = {"title": session.get(PageText, ("klacht", "nl")).title}

    def run(**values):
        with writing(small_site.engine) as session:
            session.execute(
                update(PageText).where(PageText.page_key == "klacht", PageText.locale == "nl").values(**values)
            )

    yield run
    run(**before)


@pytest.fixture(autouse=True)
def _whole_again(small, small_site):
    yield
    with writing(small_site.engine) as session:
        session.query(OutboxRow).delete()
    small.indexes.rebuild(small_site)


def damage(site):
    (site.settings.index / "CURRENT").write_text("{")


def lose(site):
    shutil.rmtree(site.settings.index)


def health(small, status):
    answer = TestApp(small.app, extra_environ={"HTTP_HOST": "small.test"}).get("/gezondheid", status=status)
    return json.loads(answer.text)


def test_a_change_is_found_after_the_worker_has_run(found, change, announce):
    change(title=f"Klacht over {WORD}")
    assert "page:klacht" not in found(WORD)
    announce("page", "klacht")
    assert found(WORD)[0] == "page:klacht"


def test_a_change_done_twice_does_no_harm(found, change, announce, small, small_site):
    change(title=f"Klacht over {WORD}")
    announce("page", "klacht")
    announce("page", "klacht")
    assert found(WORD).count("page:klacht") == 1


def test_something_that_is_gone_is_found_no_more(found, announce, small_site):
    assert "page:klacht" in found("klacht")
    with writing(small_site.engine) as session:
        session.get(Page, "klacht").state = "archived"
    try:
        announce("page", "klacht")
        assert "page:klacht" not in found("klacht")
    finally:
        with writing(small_site.engine) as session:
            session.get(Page, "klacht").state = "published"


def test_a_key_that_never_was_does_no_harm(announce, small, small_site):
    before = small.indexes.of(small_site).status().count
    announce("entry", "does-not-exist")
    assert small.indexes.of(small_site).status().count == before


def test_a_rebuild_holds_every_team_page_and_entry(small, small_site):
    assert small.indexes.rebuild(small_site) == small.indexes.of(small_site).status().count
    kinds = [doc.kind for doc in small.indexes.documents(small_site)]
    assert (kinds.count("team"), kinds.count("entry")) == (9, 3)
    assert "page:vind-uw-team" not in {doc.key for doc in small.indexes.documents(small_site)}


def test_a_change_to_everything_builds_the_index_anew(found, change, announce):
    change(title=f"Klacht over {WORD}")
    announce("entry", EVERYTHING)
    assert found(WORD)[0] == "page:klacht"


@pytest.fixture
def on_engine(small, small_site):
    """Makes the indexes of the small portal with another engine; what they leave in the database goes again."""

    def make(engine):
        own = Indexes(replace(small.portal, search_engine=engine))
        own.sources, own.concepts, own.thesaurus = (
            small.indexes.sources,
            small.indexes.concepts,
            small.indexes.thesaurus,
        )
        return own

    yield make
    if small_site.engine.dialect.name == "postgresql":
        with small_site.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA IF EXISTS search_index CASCADE"))


@pytest.fixture
def engines(small_site):
    """The engines that can serve the small site beside the usual one."""
    return ["memory", *(["postgresql"] if small_site.engine.dialect.name == "postgresql" else [])]


def test_an_index_on_another_engine_finds_the_same(small, small_site, engines, on_engine):
    for engine in engines:
        own = on_engine(engine)
        own.rebuild(small_site)
        for words in ("klacht", "schilderen", "wijkteam"):
            query = Query(words, "nl")
            assert own.of(small_site).search(query) == small.indexes.of(small_site).search(query), (engine, words)
            assert own.of(small_site).search(query).total > 0


def test_an_index_in_the_database_is_no_drift_and_gives_connections_back_clean(small_site, engines, on_engine):
    if "postgresql" not in engines:
        return  # the run on PostgreSQL is the one that tells
    own = on_engine("postgresql")
    own.rebuild(small_site)
    own.apply(small_site, [{"source": "page", "key": "klacht"}])
    assert "page:klacht" in {hit.key for hit in own.of(small_site).search(Query("klacht", "nl")).hits}
    assert own.of(small_site).status().healthy
    assert small_site.engine.pool.checkedout() == 0
    with small_site.engine.connect() as connection:
        assert not connection.connection.driver_connection.autocommit
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", str(MIGRATIONS))
    with small_site.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.check(config)


def test_an_index_stays_open_while_the_everyday_words_stay_the_same(small, small_site):
    before = small.indexes.of(small_site)
    with writing(small_site.engine) as session:
        raise_version(session)
    kept(small_site).look_now()
    assert small.indexes.of(small_site) is before


@pytest.mark.parametrize("harm", [damage, lose])
def test_a_damaged_index_is_an_ill_portal_whose_pages_still_open(small, small_site, small_web, harm):
    assert health(small, 200)["ok"]
    harm(small_site)
    small.indexes._open.clear()  # as after a new start
    said = health(small, 503)
    assert (said["ok"], said["database"], said["index"]["healthy"]) == (False, True, False)
    for path in ("/nl/", "/nl/klacht", "/nl/vind-uw-team?waar=8031", "/nl/zoeken?q=klacht", "/nl/sociale-kaart"):
        assert small_web.get(path, status=200)


def test_the_next_change_repairs_a_damaged_index(small, small_site, announce, found):
    damage(small_site)
    small.indexes._open.clear()
    assert not health(small, 503)["ok"]
    announce("page", "klacht")
    assert health(small, 200)["ok"]
    assert "page:klacht" in found("klacht")
