"""Rows beside the whoosh files: what has not changed is taken from the generation before."""

import threading

import pytest
from invented_catalogue import catalogue, thesaurus

from search.columns import row_of
from search.documents import Change, Doc, Query, Text
from search.engines.whoosh import WhooshIndex
from search.engines.whoosh_rows import ReadRows, read_rows, write_rows
from search.index import IndexDamaged

ROWS = [row_of(doc) for doc in catalogue()]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.json"


def again(path, rows, before=None):
    write_rows(path, rows)
    return read_rows(path, before)


def test_rows_come_back_as_they_were(path):
    rows = [ROWS[0], None, *ROWS[1:]]
    assert list(again(path, rows).rows) == rows
    assert list(again(path, []).rows) == []


def test_a_row_that_is_the_same_is_the_same_object(path):
    before = again(path, ROWS)
    after = again(path, [*ROWS[:3], None, *ROWS[4:], ROWS[3]], before)
    assert all(after.rows[number] is before.rows[number] for number in range(len(ROWS)) if number != 3)
    assert after.changed(before) == {3: None, len(ROWS): ROWS[3]}


def test_nothing_has_changed_when_nothing_did(path):
    before = again(path, ROWS)
    assert again(path, ROWS, before).changed(before) == {}


def test_many_changes_or_fewer_rows_are_begun_anew(path):
    before = again(path, ROWS)
    assert again(path, ROWS[::-1], before).changed(before) is None
    assert again(path, ROWS[:-1], before).changed(before) is None
    assert again(path, ROWS).changed(ReadRows()) is None


@pytest.mark.parametrize("text", ["", "[", "[\n", "[\n]\n]x", "[\n{}\n]", "[\n[1, 2]\n]", "[\nnull,\n[1\n]", "[1, 2]"])
def test_what_was_not_written_so_is_damage(path, text):
    path.write_text(text, "utf-8")
    with pytest.raises(IndexDamaged):
        read_rows(path)


def test_a_change_shows_in_facets_order_and_completion_of_a_reader_that_was_open(tmp_path):
    writer, reader = (WhooshIndex(tmp_path / "index", thesaurus()) for _ in range(2))
    writer.rebuild(catalogue())
    assert reader.search(Query()).total and reader.complete("s", "nl", 3)
    new = Doc("new", "page", {"nl": Text("Aaaa de eerste")}, areas=("nergens",), openings=((0, 60),))
    writer.apply([Change.put(new), Change.delete(catalogue()[0].key)])
    for index in (writer, reader, WhooshIndex(tmp_path / "index", thesaurus())):
        index._watch.renew()
        page = index.search(Query(minute=30))
        assert page.hits[0].key == "new"
        assert (page.total, page.facets["area"]["nergens"]) == (len(catalogue()), 1)
        assert index.search(Query(minute=30, filters={"open": ("now",), "area": ("nergens",)})).total == 1
        assert [found.key for found in index.complete("aaaa", "nl", 3)] == ["new"]


def test_threads_that_ask_a_fresh_index_together_wait_for_who_opens_it(tmp_path):
    WhooshIndex(tmp_path / "index", thesaurus()).rebuild(catalogue())
    for _ in range(10):
        fresh, together, seen = WhooshIndex(tmp_path / "index", thesaurus()), threading.Barrier(6), []

        def ask(index=fresh, together=together, seen=seen):
            together.wait()
            seen.append((index.status().healthy, index.search(Query()).total))

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert seen == [(True, len(catalogue()))] * 6
        assert fresh.status().healthy
