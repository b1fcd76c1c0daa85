"""What has to be measured in a process of its own: `python -m tests.bench.searching.alone WHAT ENGINE SIZE PLACE`.

Prints one number. `rebuild`: seconds on the processor. `memory`: MiB that the process grows by, from before it opens
the index (code, thesaurus and questions are there) until it has answered all questions. `thesaurus-time` and
`thesaurus-memory`: milliseconds and MiB for reading the built thesaurus.
"""

import gc
import os
import subprocess
import sys
import time
from pathlib import Path

from portal.sitesearch.thesaurus import base
from tests.bench.searching.catalogue import documents
from tests.bench.searching.engines import opened
from tests.bench.searching.questions import questions

ROOT = Path(__file__).parents[3]
QUESTIONS = 600


def measured(what: str, engine: str, size: int, place: str) -> float:
    """Run one measurement in a fresh process."""
    command = [sys.executable, "-m", "tests.bench.searching.alone", what, engine, str(size), place]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def rebuild(engine: str, size: int, place: str) -> float:
    docs = list(documents(size))
    one = opened(engine, size, place)
    before = one.clock()
    one.index.rebuild(docs)
    spent = one.clock() - before
    if one.lending:
        one.lending.tidy()
    return spent


def memory(engine: str, size: int, place: str) -> float:
    asked = list(questions(QUESTIONS))
    base()
    before = resident()
    one = opened(engine, size, place)
    for question in asked:
        one.index.search(question)
    one.index.complete("h", "nl", 8)
    return resident() - before


def thesaurus_time(*_place: object) -> float:
    before = time.process_time()
    base()
    return (time.process_time() - before) * 1000


def thesaurus_memory(*_place: object) -> float:
    before = resident()
    base()
    return resident() - before


def resident() -> float:
    """The memory of this process in MiB, without what only waits to be collected."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    what, engine, size, place = sys.argv[1:]
    each = {
        "rebuild": rebuild, "memory": memory, "thesaurus-time": thesaurus_time, "thesaurus-memory": thesaurus_memory
    }  # fmt: skip
    print(each[what](engine, int(size), place))
