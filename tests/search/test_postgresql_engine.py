"""The index in PostgreSQL: what other processes and threads see of it, and how postings are stored."""

import csv
import random
import time
from datetime import UTC, datetime

import pytest
from invented_catalogue import DATA, catalogue, thesaurus
from on_postgresql import asked, put, python, run_together, seen, titles

from search.documents import Change, Doc, Query, Text
from search.engines.memory import MemoryIndex
from search.engines.postgresql import PostgresIndex
from search.engines.postgresql_postings import BLOCK, Changes, Collected, packed, unpacked
from search.engines.postgresql_tables import writing
from search.index import IndexBusy


@pytest.fixture
def index(opened):
    made = opened()
    made.rebuild(catalogue())
    return made


def test_postings_survive_the_way_to_bytes_and_back():
    collected = Collected()
    for number in range(0, 3 * BLOCK, 3):
        collected.add(number, {"nl:a": number / 8, **({"nl:b": 1.0} if number == BLOCK + 2 else {})})
    blocks = list(collected.blocks())
    assert [(each.token, each.block) for each in blocks] == [("nl:a", 0), ("nl:a", 1), ("nl:a", 2), ("nl:b", 1)]
    rows, weights = unpacked([(each.rows, each.weights) for each in blocks[:3]])
    assert list(rows) == list(range(0, 3 * BLOCK, 3))
    assert list(weights) == [number / 8 for number in rows]


def test_a_change_touches_the_blocks_of_its_words_only():
    changes = Changes()
    changes.add(BLOCK + 1, ["nl:a", "nl:b"], {"nl:b": 2.0, "nl:c": 3.0})
    assert set(changes.touched()) == {("nl:a", 1), ("nl:b", 1), ("nl:c", 1)}
    collected = Collected()
    collected.add(BLOCK + 1, {"nl:a": 1.0, "nl:b": 1.0})
    collected.add(BLOCK + 9, {"nl:b": 1.0})
    after = {each.token: unpacked([(each.rows, each.weights)]) for each in changes.blocks(collected.blocks())}
    assert {token: (list(rows), list(weights)) for token, (rows, weights) in after.items()} == {
        "nl:a": ([], []),
        "nl:b": ([BLOCK + 1, BLOCK + 9], [2.0, 1.0]),
        "nl:c": ([BLOCK + 1], [3.0]),
    }


def test_bytes_are_the_same_on_every_machine():
    postings = Collected()
    postings.add(258, {"nl:a": 1.0})
    (block,) = postings.blocks()
    assert (block.rows, block.weights) == (b"\x02\x01\0\0", b"\0\0\x80\x3f")
    assert packed("nl:a", 0, *unpacked([(block.rows, block.weights)])) == block


def test_an_index_is_still_there_for_the_next_process(index, opened):
    again = opened()
    assert again.status() == index.status()
    assert again.search(Query("sgulden")) == index.search(Query("sgulden"))


def test_constructing_asks_nothing():
    PostgresIndex(lambda: pytest.fail("nobody asked anything"))


def test_an_index_that_is_not_there_says_so_and_is_made_by_the_first_change(opened):
    made = opened()
    assert (made.status().healthy, made.status().generation) == (False, 0)
    assert made.search(Query("koffie")).total == made.search(Query("")).total == 0
    assert made.complete("ko", "nl", 3) == ()
    made.apply([put("Zwemles")])
    assert made.status().healthy
    assert made.search(Query("zwemles")).total == 1


def test_indexes_in_one_database_know_nothing_of_each_other(index, lending, name):
    other = PostgresIndex(lending, name=f"{name} bis")
    other.rebuild([Doc("a", "page", {"nl": Text("Onderwaterhockey")})])
    assert index.search(Query("onderwaterhockey")).total == 0
    assert other.search(Query("")).total == 1
    other.rebuild([])
    assert index.search(Query("")).total == len(catalogue())


@pytest.mark.parametrize("locale", ["nl", None], ids=["on the Dutch site", "on the site in the own language"])
def test_the_first_three_are_those_of_the_index_in_memory(index, locale):
    memory = MemoryIndex(thesaurus())
    memory.rebuild(catalogue())
    with (DATA / "zoekvragen-met-fouten.csv").open(encoding="utf-8", newline="") as file:
        questions = [Query(row["zoekvraag"], locale or row["taal"], limit=3) for row in csv.DictReader(file)]
    assert questions
    for query in questions:
        assert index.search(query) == memory.search(query), query.text


def test_after_many_changes_it_answers_as_one_that_was_built_at_once(opened):
    chance, index, docs = random.Random(7), opened(), {doc.key: doc for doc in catalogue()}
    index.rebuild(docs.values())
    reader = opened()
    for turn in range(60):
        reader.search(Query("koffie"))
        reader.complete("ta", "nl", 3)
        key = chance.choice([*docs, f"new {turn}"])
        if key in docs and chance.random() < 0.4:
            del docs[key]
            index.apply([Change.delete(key)])
        else:
            texts = chance.choice(catalogue()).texts
            docs[key] = Doc(key, "page", texts, ("taal",), free=chance.random() < 0.5, boost=chance.choice([1.0, 1.2]))
            index.apply([Change.put(docs[key])])
        reader._watch.look_again()
    memory = MemoryIndex(thesaurus())
    memory.rebuild(docs.values())
    for text in ("", "koffie", "taal", "sgulden", "hulp thuis", "scoot mobiel", "ديون"):
        assert reader.search(Query(text)) == memory.search(Query(text)), text
    assert reader.complete("ta", "nl", 9) == memory.complete("ta", "nl", 9)


def test_two_instances_see_each_others_changes_within_a_second(index, opened):
    other = opened()
    assert other.search(Query("onderwaterhockey")).total == 0
    index.apply([put("Onderwaterhockey")])
    assert seen(other, "onderwaterhockey")
    other.apply([put("Bostheater")])
    assert seen(index, "bostheater")
    assert index.search(Query("onderwaterhockey")).total == 0


def test_a_document_taken_out_is_gone_for_others_too(index, opened):
    other = opened()
    assert other.search(Query("voedselbank")).total == 1
    index.apply([Change.delete("voedselbank")])
    time.sleep(0.6)
    assert other.search(Query("voedselbank")).total == 0
    assert other.search(Query("")).total == len(catalogue()) - 1


def test_a_question_between_a_change_and_the_notice_of_it_gets_an_answer(index, opened):
    """Postings and records are newer than the columns then: what does not fit is left out."""
    other = opened()
    assert other.search(Query("voedselbank")).total == 1
    index.apply([Change.delete("voedselbank"), put("Koffie en taal")])
    page = other.search(Query("koffie"))
    assert "Koffie en taal" not in titles(page)
    assert len(other.search(Query("", limit=100)).hits) == len(catalogue()) - 1


def test_two_processes_that_write_lose_nothing(index, lending, name):
    code = 'for i in range(8): index.apply([put("Onderwaterhockey", key=f"NAME{i}")])'
    writers = [python(code.replace("NAME", each), lending, name) for each in ("a", "b")]
    assert [writer.wait() for writer in writers] == [0, 0]
    for writer in writers:
        writer.stdout.close()
    time.sleep(0.6)
    assert index.search(Query("onderwaterhockey")).total == 16


def test_a_writer_that_waits_too_long_says_so(index, lending, name):
    with (
        writing(lending, name, 1, anew=False),
        pytest.raises(IndexBusy),
        writing(lending, name, 0.05, anew=False),
    ):
        pass
    index.apply([put("Onderwaterhockey")])
    assert index.search(Query("onderwaterhockey")).total == 1


def test_a_rebuild_leaves_nothing_of_the_generation_before(index, lending):
    index.rebuild(catalogue())
    for table in ("document", "word", "posting"):
        without = f"SELECT 1 FROM search_index.{table} WHERE generation NOT IN (SELECT id FROM search_index.generation)"
        assert asked(lending, without) == []


def test_readers_in_threads_go_on_while_one_writes(index):
    def read(chance):
        text = chance.choice(["sgulden", "koffie", "taal coach", "", "hulp thuis", "ديون", "wisselend"])
        page = index.search(Query(text))
        if text == "sgulden" and [hit.key for hit in page.hits][:1] != ["schuldhulp"]:
            return f"{text}: {page.stage} {page.total}"
        return "" if page.total >= len(page.hits) and index.status().healthy else "ill"

    def write(number):
        index.apply([put(f"Wisselend {number}", key=f"w{number % 7}")])

    wrong, counts = run_together([read] * 4, write, 4)
    assert wrong == []
    assert counts["read"] > 100
    assert counts["written"] > 3


def test_a_rebuild_switches_at_once_for_all_who_read(opened):
    """Each generation holds one title a hundred times: never two titles on a page, never half a hundred."""
    writer = opened()

    def docs(number):
        return [Doc(f"{number} {each}", "page", {"nl": Text(f"Wisselend w{number}")}) for each in range(100)]

    writer.rebuild(docs(0))
    readers = [opened() for _ in range(4)]

    def reader(index):
        def read(chance):
            page = index.search(Query(chance.choice(["wisselend", ""]), limit=100))
            right = (page.total, len(page.hits), len(set(titles(page)))) == (100, 100, 1)
            return "" if right and index.status().healthy else f"{page.total} {set(titles(page))}"

        return read

    wrong, counts = run_together(
        [reader(index) for index in readers], lambda number: writer.rebuild(docs(number + 1)), 4
    )
    assert wrong == []
    assert counts["read"] > 50
    assert counts["written"] > 3


def test_the_time_is_asked_from_the_clock(opened):
    moment = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    made = opened(now=lambda: moment)
    made.rebuild([])
    assert made.status().built_at == moment


def test_a_new_word_can_be_corrected_to_at_once_in_a_small_index(index):
    assert index.search(Query("trommeles")).stage == "none"
    index.apply([put("Trommelles")])
    assert index.search(Query("trommeles")).corrected == "trommelles"
