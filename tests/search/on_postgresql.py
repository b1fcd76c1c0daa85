"""What the tests of the index in PostgreSQL share: other processes, threads, and questions to the tables."""

import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

from search.documents import Change, Doc, Query, Text

ROOT = Path(__file__).parents[2]


def asked(lending, question, *values):
    with lending() as connection:
        return connection.execute(question, values).fetchall()


def put(title, key="x"):
    return Change.put(Doc(key, "page", {"nl": Text(title)}))


def titles(page):
    return [hit.title for hit in page.hits]


def seen(index, text, seconds=1.0):
    """Whether a question gets an answer within a second."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if index.search(Query(text)).total:
            return True
        time.sleep(0.02)
    return False


def python(code, lending, name):
    """Run code in another process, with `index`, `docs` and `put(title, key)` at hand."""
    head = """
        import sys
        sys.path.insert(0, "tests/search")
        from invented_catalogue import catalogue, thesaurus
        from lending import Lending
        from search.documents import Change, Doc, Query, Text
        from search.engines.postgresql import PostgresIndex
        index = PostgresIndex(Lending(sys.argv[1]), thesaurus(), name=sys.argv[2])
        docs = catalogue()
        def put(title, key="x"):
            return Change.put(Doc(key, "page", {"nl": Text(title)}))
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(code), lending.address, name],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def killed(code, lending, name, delay):
    """Run code in another process and kill it some time after it says that it begins."""
    writer = python(code, lending, name)
    assert writer.stdout is not None
    writer.stdout.readline()
    time.sleep(delay)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()


def run_together(readers, write, seconds):
    """Run readers in threads while this thread writes; returns what went wrong and how often each was done."""
    stop, wrong, counts = time.monotonic() + seconds, [], {"read": 0, "written": 0}

    def go(read, seed):
        chance = random.Random(seed)
        try:
            while time.monotonic() < stop:
                if fault := read(chance):
                    wrong.append(fault)
                counts["read"] += 1
        except Exception as error:
            wrong.append(repr(error))

    threads = [threading.Thread(target=go, args=(read, seed)) for seed, read in enumerate(readers)]
    for thread in threads:
        thread.start()
    while time.monotonic() < stop:
        write(counts["written"])
        counts["written"] += 1
    for thread in threads:
        thread.join()
    return wrong, counts
