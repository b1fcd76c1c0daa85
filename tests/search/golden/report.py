"""Prints how well the search understands people: `python -m tests.search.golden.report --engine whoosh`.

Success and its 95 % interval per kind and language, over the half that nobody looked at while tuning (`--half`).
"""

import argparse
from collections.abc import Iterable, Sequence

from search import SearchIndex
from tests.search.golden.catalogue import ask
from tests.search.golden.engines import ENGINES, filled
from tests.search.golden.measures import MEASURES, Result, interval, mean
from tests.search.golden.questions import KINDS, read

HALVES = {"untouched": (False,), "tuned": (True,), "both": (True, False)}


def results(index: SearchIndex, halves: Sequence[bool] = (True, False)) -> list[Result]:
    """The answers to all questions of some halves."""
    return [ask(index, question) for question in read() if question.tuned in halves]


def lines(found: Sequence[Result]) -> Iterable[str]:
    """The table, as Markdown."""
    yield "| kind | questions | success@3 (95 %) | MRR | nDCG@10 | empty | wrongly corrected |"
    yield "|---|---|---|---|---|---|---|"
    answerable = [result for result in found if result.question.grades]
    languages = sorted({result.question.language for result in answerable})
    groups = [(kind, [r for r in found if r.question.kind == kind]) for kind in KINDS]
    groups += [
        (f"language: {code}", [r for r in answerable if r.question.kind == "language" and r.question.language == code])
        for code in languages
    ]
    for name, group in [*groups, ("all with an answer", answerable)]:
        low, high = interval(group, "success@3")
        others = " | ".join(f"{mean(group, measure):.3f}" for measure in list(MEASURES)[1:])
        yield f"| {name} | {len(group)} | {mean(group, 'success@3'):.3f} ({low:.2f}-{high:.2f}) | {others} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=HALVES, default="untouched")
    parser.add_argument("--missed", action="store_true", help="also the questions that went wrong")
    parser.add_argument("--engine", choices=ENGINES, default="whoosh")
    asked = parser.parse_args()
    with filled(asked.engine) as index:
        found = results(index, HALVES[asked.half])
    print("\n".join(lines(found)))
    for result in found if asked.missed else ():
        if not result.success:
            one = result.question
            wanted = [key for key, grade in one.grades.items() if grade == 2]
            print(f"{one.id} {one.locale} “{one.text}” [{result.stage}, {result.corrected}]")
            print(f"    got {list(result.keys[:3])}\n    not {wanted[:4]}")


if __name__ == "__main__":
    main()
