"""What is measured of indexes that stand: questions, reading a question, suggestions, a change on show."""

import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from portal.sitesearch.thesaurus import base
from search import Change, Doc, Query, Text, ladder
from search.ranking import Answers
from search.snapshot import Snapshot
from tests.bench.searching.engines import Opened

WARMING = 100
CHANGES = 8
#: Seconds after which we no longer wait for a change.
PATIENCE = 10.0


@dataclass(frozen=True)
class Times:
    """Milliseconds of many."""

    all: tuple[float, ...]

    @property
    def p50(self) -> float:
        return statistics.median(self.all)

    @property
    def p95(self) -> float:
        return sorted(self.all)[int(len(self.all) * 0.95)]

    @property
    def most(self) -> float:
        return max(self.all)


def questions_in_turn(engines: Sequence[Opened], asked: Sequence[Query]) -> tuple[list[Times], Counter[str]]:
    """Every question to every engine, one after another, so that a bad moment hits them alike; and how they ended.

    The first questions only warm.
    """
    spent: list[list[float]] = [[] for _ in engines]
    stages: Counter[str] = Counter()
    for number, question in enumerate(asked):
        for one, times in zip(engines, spent, strict=True):
            before = one.clock()
            page = one.index.search(question)
            took = one.clock() - before
            if number >= WARMING:
                times.append(took * 1000)
        if number >= WARMING:
            stages["filters only" if not question.text else page.stage] += 1
    return [Times(tuple(times)) for times in spent], stages


class _Remembering:
    """Stands in for the scoring: scores the first time, and has the answer at hand the second."""

    def __init__(self) -> None:
        self.found: list[Answers] = []
        self.ready: Iterator[Answers] | None = None
        self._score = ladder.score

    def __call__(self, plan: ladder.Plan, snapshot: Snapshot) -> Answers:
        if self.ready is not None:
            return next(self.ready)
        self.found.append(self._score(plan, snapshot))
        return self.found[-1]


@contextmanager
def _remembered() -> Iterator[_Remembering]:
    scoring = _Remembering()
    own, ladder.score = ladder.score, scoring
    try:
        yield scoring
    finally:
        ladder.score = own


def reading(snapshot: Snapshot, asked: Sequence[Query]) -> Times:
    """From a text to the plan of the last rung: words cut and stemmed, language, meanings, ways to find each word,
    corrections and the plan after them.

    Not counted are reading postings and scoring rows: the same question went before, so that postings are at hand, and
    its scores are handed back. Of each question the middle of five times counts, as one alone is shorter than what a
    neighbour on the machine costs it.
    """
    times = []
    for question in asked[WARMING:]:
        if question.text:
            with _remembered() as scoring:
                _climb(snapshot, question)
                five = []
                for _ in range(5):
                    scoring.ready = iter(scoring.found)
                    before = time.process_time()
                    _climb(snapshot, question)
                    five.append((time.process_time() - before) * 1000)
                times.append(statistics.median(five))
    return Times(tuple(times))


def _climb(snapshot: Snapshot, question: Query) -> None:
    ladder._Ladder(snapshot, base(), question).climb(question.text)


def suggestions(one: Opened, typed: Sequence[str]) -> Times:
    """Eight titles for what somebody has typed so far."""
    times = []
    for beginning in typed:
        before = one.clock()
        one.index.complete(beginning, "nl", 8)
        times.append((one.clock() - before) * 1000)
    return Times(tuple(times[WARMING:]))


def change_on_show(writer: Opened, reader: Opened) -> Times:
    """Seconds by the clock on the wall, from before a change is given to one instance until another one shows it."""
    waited = []
    reader.index.search(Query("warm"))
    for number in range(CHANGES):
        word = "zq" + "".join(chr(ord("a") + int(digit)) for digit in str(1000 + number))
        time.sleep(number * 0.13)  # at another moment of the half second after which a reader looks
        started = time.monotonic()
        writer.index.apply([Change.put(Doc("entry:1", "entry", {"nl": Text(f"Nieuw {word}")}))])
        while not reader.index.search(Query(word)).total:
            if time.monotonic() - started > PATIENCE:
                break
            time.sleep(0.01)
        waited.append(time.monotonic() - started)
    return Times(tuple(waited))
