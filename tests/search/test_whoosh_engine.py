"""The embedded index on disk: threads, processes, sudden death and damage."""

import gc
import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from invented_catalogue import catalogue, thesaurus

from search.documents import Change, Doc, Query, Text
from search.engines.generations import Generations
from search.engines.whoosh import WhooshIndex
from search.index import IndexBusy, IndexDamaged

ROOT = Path(__file__).parents[2]
# Damage and failed commits are made on purpose here, and whoosh then leaves its files for the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@pytest.fixture(autouse=True)
def _whoosh_leaves_files_open():
    yield
    gc.collect()


@pytest.fixture
def directory(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def index(directory):
    made = WhooshIndex(directory, thesaurus())
    made.rebuild(catalogue())
    return made


def python(code: str, directory: Path) -> subprocess.Popen[str]:
    """Run code in another process, with `index` and `put(text)` at hand."""
    head = """
        import sys
        from search.documents import Change, Doc, Query, Text
        from search.engines.whoosh import WhooshIndex
        index = WhooshIndex(sys.argv[1])
        def put(title, key="x"):
            return Change.put(Doc(key, "page", {"nl": Text(title)}))
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(code), str(directory)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def current(directory: Path) -> Path:
    return directory / json.loads((directory / "CURRENT").read_text())["directory"]


def pointer(directory: Path, **changes: object) -> None:
    file = directory / "CURRENT"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def test_importing_the_package_loads_neither_whoosh_nor_the_stemmers():
    code = "import sys, search.engines.whoosh; print({'whoosh', 'snowballstemmer'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_an_index_is_still_there_for_the_next_process(index, directory):
    again = WhooshIndex(directory, thesaurus())
    assert again.status() == index.status()
    assert again.search(Query("sgulden")) == index.search(Query("sgulden"))


def test_a_missing_index_says_so_and_answers_nothing(directory):
    missing = WhooshIndex(directory)
    status = missing.status()
    assert (status.healthy, status.generation, status.problem) == (False, 0, "there is no index yet")
    assert missing.search(Query("koffie")).total == missing.search(Query("")).total == 0
    assert missing.complete("ko", "nl", 3) == ()
    assert not directory.exists()


def test_a_missing_index_is_made_by_the_first_change(directory):
    made = WhooshIndex(directory)
    made.apply([Change.put(Doc("a", "page", {"nl": Text("Zwemles")}))])
    assert made.status().healthy
    assert made.search(Query("zwemles")).total == 1


def damage_pointer(directory):
    (directory / "CURRENT").write_text("{ half")


def damage_missing_directory(directory):
    current(directory).rename(directory / "elsewhere")


def damage_postings(directory):
    for file in current(directory).glob("*.seg"):
        data = bytearray(file.read_bytes())
        middle = len(data) // 2
        data[middle : middle + 64] = bytes(64)
        file.write_bytes(data)


def damage_cut_short(directory):
    for file in current(directory).glob("*.seg"):
        os.truncate(file, 100)


def damage_rows(directory):
    (current(directory) / "rows.json").write_text("[1, 2")


@pytest.mark.parametrize(
    "damage", [damage_pointer, damage_missing_directory, damage_postings, damage_cut_short, damage_rows]
)
def test_a_damaged_index_says_so_and_can_be_rebuilt(index, directory, damage):
    damage(directory)
    opened = WhooshIndex(directory, thesaurus())
    assert not opened.status().healthy
    assert opened.status().problem
    assert opened.search(Query("koffie")).total == 0
    with pytest.raises(IndexDamaged):
        opened.apply([Change.delete("inloop")])
    opened.rebuild(catalogue())
    assert opened.status().healthy
    assert opened.search(Query("koffie inloop")).hits[0].key == "inloop"


def test_damage_behind_our_checks_is_noticed_when_it_is_met(index, directory):
    pointer(directory, files={})
    damage_cut_short(directory)
    opened = WhooshIndex(directory)
    assert opened.search(Query("koffie")).total == 0
    assert not opened.status().healthy


def test_an_index_of_an_older_format_asks_to_be_rebuilt(index, directory):
    pointer(directory, format_version=0)
    opened = WhooshIndex(directory, thesaurus())
    status = opened.status()
    assert (status.healthy, status.format_version) == (False, 0)
    assert "format 0" in status.problem
    assert opened.rebuild(catalogue()) > status.generation
    assert opened.status().healthy


def test_a_change_by_another_process_is_seen_within_a_second(index, directory):
    assert index.search(Query("onderwaterhockey")).total == 0
    began = time.monotonic()
    assert python('index.apply([put("Onderwaterhockey")])', directory).wait() == 0
    written = time.monotonic()
    while not index.search(Query("onderwaterhockey")).total:
        assert time.monotonic() - written < 1, f"not seen; writing took {written - began:.1f} s"
        time.sleep(0.02)


def test_two_processes_that_write_lose_nothing(index, directory):
    code = 'for i in range(8): index.apply([put("Zwemles", key=f"NAME{i}")])'
    writers = [python(code.replace("NAME", name), directory) for name in ("a", "b")]
    assert [writer.wait() for writer in writers] == [0, 0]
    time.sleep(0.6)
    assert index.search(Query("zwemles")).total == 16


def test_a_writer_that_waits_too_long_says_so(directory):
    generations = Generations(directory)
    with generations.writing(1), pytest.raises(IndexBusy), generations.writing(0.05):
        pass


def test_readers_in_threads_go_on_while_one_writes(index):
    stop = time.monotonic() + 3
    wrong: list[str] = []
    counts = {"read": 0, "written": 0}

    def read(seed: int) -> None:
        chance = random.Random(seed)
        try:
            while time.monotonic() < stop:
                text = chance.choice(["sgulden", "koffie", "taal coach", "", "hulp thuis", "ديون", "wisselend"])
                page = index.search(Query(text))
                counts["read"] += 1
                if text == "sgulden" and [hit.key for hit in page.hits][:1] != ["schuldhulp"]:
                    wrong.append(f"{text}: {page.stage} {page.total}")
        except Exception as error:
            wrong.append(repr(error))

    readers = [threading.Thread(target=read, args=(seed,)) for seed in range(4)]
    for reader in readers:
        reader.start()
    while time.monotonic() < stop:
        number = counts["written"]
        index.apply([Change.put(Doc(f"w{number % 7}", "page", {"nl": Text(f"Wisselend {number}")}))])
        counts["written"] += 1
    for reader in readers:
        reader.join()
    assert wrong == []
    assert counts["read"] > 100
    assert counts["written"] > 1  # four busy readers leave a writer in the same process little time
    assert index.status().healthy


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.06, 0.1, 0.2])
def test_killing_a_writer_leaves_the_old_or_the_new_state(index, directory, delay):
    writer = python(
        """
        print("ready", flush=True)
        for number in range(1000):
            index.apply([put(f"Nieuw {number}", key="one"), put(f"Nieuw {number}", key="two")])
        """,
        directory,
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    time.sleep(0.15 + delay)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    opened = WhooshIndex(directory, thesaurus())
    assert opened.status().healthy, opened.status().problem
    new = [
        hit.title for hit in opened.search(Query("nieuw", filters={"kind": ("page",)})).hits if "Nieuw " in hit.title
    ]
    assert len(new) in {0, 2}
    assert len(set(new)) <= 1
    assert opened.search(Query("")).total == len(catalogue()) + len(new)
    opened.apply([Change.put(Doc("after", "page", {"nl": Text("Daarna")}))])
    assert opened.search(Query("daarna")).total == 1


def test_old_generations_are_cleared_away(index, directory):
    for number in range(6):
        index.apply([Change.put(Doc("a", "page", {"nl": Text(f"Zwemles {number}")}))])
    assert len(list(directory.glob("generation-*"))) <= 3


def test_a_failing_rebuild_leaves_the_index_as_it_was(index):
    bad = Doc("bad", "page", {"nl": Text("Slecht")}, payload={"no": object()})
    with pytest.raises(TypeError):
        index.rebuild([bad])
    with pytest.raises(TypeError):
        index.apply([Change.put(bad)])
    assert index.status().count == len(catalogue())
    assert index.search(Query("koffie inloop")).hits[0].key == "inloop"


def test_only_the_owner_can_reach_the_files(index, directory):
    assert directory.stat().st_mode & 0o077 == 0


def test_the_time_is_asked_from_the_clock(directory):
    moment = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    made = WhooshIndex(directory, now=lambda: moment)
    made.rebuild([])
    assert made.status().built_at == moment


def test_a_search_in_a_thousand_documents_is_quick(directory):
    docs = [
        Doc(
            f"{number}-{doc.key}",
            doc.kind,
            doc.texts,
            doc.themes,
            areas=(f"wijk {number}",),
            audience=(f"group {number % 5}",),
            formal=doc.formal,
            free=number % 2 == 0,
        )
        for number in range(23)
        for doc in catalogue()
    ]
    made = WhooshIndex(directory, thesaurus())
    made.rebuild(docs)
    assert made.status().count > 1000
    questions = [
        "koffie",
        "sgulden",
        "hulp thuis",
        "taal coach",
        "ik kan mijn huur niet betalen",
        "ديون",
        "xyz",
        "geld",
    ]
    made.search(Query("sgulden"))
    times = []
    for question in questions * 5:
        began = time.thread_time()
        made.search(Query(question, filters={"free": ("yes",)}))
        times.append(time.thread_time() - began)
    print(f"p95 {sorted(times)[int(len(times) * 0.95)] * 1000:.1f} ms")
    # The goal is 8 ms on a quiet machine; a shared one gets three times that.
    assert sorted(times)[int(len(times) * 0.95)] < 0.024
