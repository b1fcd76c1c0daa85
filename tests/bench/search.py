"""How fast the search is: `python -m tests.bench.search [--large]`, or `make bench-search`. Prints a Markdown table.

Counted is time on the processor, of this process and of the PostgreSQL process that answers it, so that a busy machine
hardly weighs in; only a change on show is measured by the clock on the wall. Every question goes to all engines in
turn. Beside every figure stands its limit. PostgreSQL is started beside it and left out where there is none; 100,000
documents come only with `--large`.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from portal.sitesearch.thesaurus import build
from tests.bench.searching.alone import measured
from tests.bench.searching.catalogue import documents
from tests.bench.searching.engines import Opened, opened
from tests.bench.searching.measures import (
    Times,
    change_on_show,
    questions_in_turn,
    reading,
    suggestions,
)
from tests.bench.searching.questions import beginnings, questions
from tests.postgres import beside

QUESTIONS = 700
SMALL, USUAL, LARGE = 1_000, 10_000, 100_000
#: Most milliseconds on the processor that 95 of 100 questions may take.
LIMITS = {("Whoosh", SMALL): 5, ("Whoosh", USUAL): 12, ("PostgreSQL", USUAL): 15, ("PostgreSQL", LARGE): 60}
THESAURUS_MS, THESAURUS_MIB = 60, 8
READING, SUGGESTION, ON_SHOW, REBUILD, MEMORY = 0.3, 3, 2, 30, 60


@dataclass(frozen=True)
class Row:
    """One line of the table; `judged` is what has to stay within the limit."""

    what: str
    unit: str
    p50: float | None
    judged: float
    limit: float | None = None

    @property
    def short(self) -> bool:
        return self.limit is not None and self.judged > self.limit

    def __str__(self) -> str:
        middle = "" if self.p50 is None else f"{self.p50:.2f}"
        limit, verdict = ("", "") if self.limit is None else (f"{self.limit:g}", "short" if self.short else "met")
        return f"| {self.what} | {self.unit} | {middle} | {self.judged:.2f} | {limit} | {verdict} |"


def row(what: str, times: Times, limit: float | None) -> Row:
    return Row(what, "ms", times.p50, times.p95, limit)


def said(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def stores(folder: str, address: str | None, *, large: bool) -> list[tuple[str, int, str]]:
    """Engine, size and place of every index to make."""
    found = [("Whoosh", SMALL, folder), ("Whoosh", USUAL, folder)]
    if address:
        place = address.format(database="postgres").replace("+psycopg", "")
        found += [("PostgreSQL", size, place) for size in ((USUAL, LARGE) if large else (USUAL,))]
    return found


def rows(places: list[tuple[str, int, str]]) -> Iterator[Row]:
    """Measure everything, line by line."""
    for what, unit, limit in (("time", "ms", THESAURUS_MS), ("memory", "MiB", THESAURUS_MIB)):
        yield Row(f"reading the thesaurus, {what}", unit, None, measured(f"thesaurus-{what}", "", 0, ""), limit)
    rebuilt = {}
    for engine, size, place in places:
        said(f"building {engine} {size:,} …")
        rebuilt[engine, size] = measured("rebuild", engine, size, place)
    engines = [opened(*each) for each in places]
    said("asking …")
    asked = list(questions(QUESTIONS))
    times, stages = questions_in_turn(engines, asked)
    said("answers of the last: " + ", ".join(f"{stage} {count}" for stage, count in stages.most_common()))
    for one, found in zip(engines, times, strict=True):
        yield row(f"question, {one.name}", found, LIMITS[one.engine, one.size])
    usual = engines[1]
    yield row("  reading it (the layer itself)", reading(usual.index._watch.current(), asked), READING)
    titles = [doc.texts["nl"].title for doc in documents(USUAL)]
    for one in engines[1:]:
        yield row(f"suggestions, {one.name}", suggestions(one, list(beginnings(titles, QUESTIONS))), SUGGESTION)
    yield from (_on_show(one, place) for one, place in zip(engines[1:], places[1:], strict=True))
    for (engine, size), spent in rebuilt.items():
        yield Row(f"rebuild, {engine} {size:,}", "s", None, spent, REBUILD if size == USUAL else None)
    for engine, size, place in places[1:]:
        said(f"memory of {engine} {size:,} …")
        grown = measured("memory", engine, size, place)
        yield Row(f"memory for searching, {engine} {size:,}", "MiB", None, grown, MEMORY if size == USUAL else None)


def _on_show(reader: Opened, place: tuple[str, int, str]) -> Row:
    found = change_on_show(opened(*place), reader)
    return Row(f"a change until another instance shows it, {reader.name} (worst)", "s", found.p50, found.most, ON_SHOW)


def main() -> int:
    """Measure and print. 1 when a limit is not met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true", help="also 100,000 documents (some minutes)")
    asked = parser.parse_args()
    build()  # the thesaurus, when it is behind: read as it is in production
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder, beside() as postgres:
        found = []
        print("| what | | p50 | p95 | limit | |\n|---|---|---|---|---|---|")
        for one in rows(stores(folder, postgres.get("PORTAL_TEST_POSTGRES"), large=asked.large)):
            found.append(one)
            print(one, flush=True)
    short = [one.what.strip() for one in found if one.short]
    print(f"\nShort of the limit: {'; '.join(short)}." if short else "\nEvery limit is met.")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
