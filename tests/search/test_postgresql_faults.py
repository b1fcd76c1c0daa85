"""The index in PostgreSQL when things go wrong: sudden death, tables that are not as they should be, no database."""

import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from invented_catalogue import catalogue, thesaurus
from on_postgresql import asked, killed, put, titles

from search.documents import Change, Doc, Query, Text
from search.engines.postgresql import PostgresIndex
from search.index import IndexDamaged


@pytest.fixture
def whole_again(lending):
    """For a test that damages the tables of all."""
    yield
    with lending() as connection:
        connection.execute("DROP SCHEMA IF EXISTS search_index CASCADE")


@pytest.fixture
def index(opened):
    made = opened()
    made.rebuild(catalogue())
    return made


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.02, 0.04, 0.08, 0.15])
def test_killing_a_writer_of_changes_leaves_the_old_or_the_new_state(index, lending, name, opened, delay):
    code = """
        print("begins", flush=True)
        for number in range(1000):
            index.apply([put(f"Nieuw {number}", key="one"), put(f"Nieuw {number}", key="two")])
    """
    killed(code, lending, name, delay)
    after = opened()
    assert after.status().healthy, after.status().problem
    new = [title for title in titles(after.search(Query("nieuw", filters={"kind": ("page",)}))) if "Nieuw " in title]
    assert len(new) in {0, 2}
    assert len(set(new)) <= 1
    assert after.search(Query("")).total == len(catalogue()) + len(new)
    after.apply([put("Daarna")])
    assert after.search(Query("daarna")).total == 1


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05, 0.1, 0.2, 0.4])
def test_killing_a_rebuild_leaves_the_old_or_the_new_index(index, lending, name, opened, delay):
    code = """
        more = [Doc(f"{n}-{doc.key}", "page", {"nl": Text(f"Nieuw {n}", doc.texts["nl"].body)})
                for n in range(40) for doc in docs]
        print("begins", flush=True)
        index.rebuild(more)
    """
    killed(code, lending, name, delay)
    after = opened()
    assert after.status().healthy, after.status().problem
    old = after.status().count == len(catalogue())
    assert old or after.status().count == 40 * len(catalogue())
    assert after.search(Query("voedselbank" if old else "nieuw")).total
    after.rebuild(catalogue())
    assert after.status().count == len(catalogue())
    generations = asked(lending, "SELECT id FROM search_index.generation WHERE name = %s", name)
    assert len(generations) == 1


def test_a_failing_rebuild_leaves_the_index_as_it_was(index):
    bad = Doc("bad", "page", {"nl": Text("Slecht")}, payload={"no": object()})
    with pytest.raises(TypeError):
        index.rebuild([bad])
    with pytest.raises(TypeError):
        index.apply([Change.put(bad)])
    assert index.status().count == len(catalogue())
    assert index.search(Query("koffie inloop")).total


def test_an_index_of_another_format_asks_to_be_rebuilt(index, lending, name, opened):
    asked(lending, "UPDATE search_index.generation SET format_version = 0 WHERE name = %s RETURNING id", name)
    other = opened()
    status = other.status()
    assert (status.healthy, status.format_version) == (False, 0)
    assert "format 0" in status.problem
    assert other.search(Query("koffie")).total == 0
    with pytest.raises(IndexDamaged):
        other.apply([put("Zwemles")])
    assert other.rebuild(catalogue()) > status.generation
    assert other.status().healthy
    assert other.search(Query("koffie inloop")).total


@pytest.mark.parametrize("table", ["generation", "document", "word", "posting"])
def test_without_a_table_it_answers_nothing_and_is_mended_by_a_rebuild(index, lending, opened, whole_again, table):
    with lending() as connection:
        connection.execute(f"DROP TABLE search_index.{table}")
    for one in (index, opened()):
        one._watch.look_again()
        assert one.search(Query("koffie")).total == 0
        assert one.complete("ko", "nl", 3) == ()
        assert (one.status().healthy, one.status().count) == (False, 0)
        assert "tables" in one.status().problem
    with pytest.raises(IndexDamaged):
        index.apply([put("Zwemles")])
    index.rebuild(catalogue())
    assert index.status().healthy
    assert index.search(Query("koffie inloop")).total


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE search_index.posting SET rows = '\\x0102'",
        "UPDATE search_index.document SET record = '{ half'",
        "UPDATE search_index.document SET row = '[1, 2'",
        "UPDATE search_index.document SET titles = '7'",
    ],
)
def test_what_makes_no_sense_is_noticed_when_it_is_met(index, lending, opened, whole_again, damage):
    with lending() as connection:
        connection.execute(damage)
    other = opened()
    assert other.search(Query("koffie inloop")).hits == ()
    assert not other.status().healthy
    other.rebuild(catalogue())
    assert other.status().healthy
    assert other.search(Query("koffie inloop")).total


def test_a_database_that_is_away_is_an_empty_index_until_it_is_back(lending, name, index):
    away = threading.Event()

    @contextmanager
    def connect():
        if away.is_set():
            raise OSError("secret words of somebody")
        with lending() as connection:
            yield connection

    made = PostgresIndex(connect, thesaurus(), name=name)
    assert made.search(Query("koffie inloop")).total
    away.set()
    time.sleep(0.6)
    assert made.search(Query("koffie inloop")).total == 0
    assert made.complete("ko", "nl", 3) == ()
    assert not made.status().healthy
    assert "secret" not in made.status().problem
    with pytest.raises(IndexDamaged) as raised:
        made.apply([put("Zwemles")])
    assert "secret" not in str(raised.value)
    assert raised.value.__cause__ is None
    away.clear()
    time.sleep(0.6)
    assert made.status().healthy
    assert made.search(Query("koffie inloop")).total


def test_a_connection_that_breaks_while_it_is_lent_is_no_error_for_the_reader(index, lending, name, opened):
    other = opened()
    assert other.search(Query("koffie inloop")).total
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(lending.address) as connection:
        connection.execute(f"SELECT pg_terminate_backend(pid) {others}")
    for _ in range(20):
        other.search(Query("taalles"))
    time.sleep(0.6)
    assert other.search(Query("taalles")).total > 0
    assert other.status().healthy
