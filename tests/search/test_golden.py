"""The golden set: 488 questions as people type them, over the real content, on the engines of this run."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.search.golden.catalogue import ask, catalogue
from tests.search.golden.engines import filled
from tests.search.golden.measures import mean
from tests.search.golden.questions import FOLDER, KINDS, read
from tests.search.golden.report import results

FLOORS = yaml.safe_load((FOLDER / "floors.yaml").read_text(encoding="utf-8"))
#: Points that a kind may drop before somebody has to look.
DROP = 0.03
#: Share of the questions on which two engines give the same first three.
ALIKE = 0.95


@pytest.fixture(scope="module")
def measured(request):
    """What the engine of this run answers to every question."""
    engine = "postgresql" if request.config.getoption("--db") == "postgresql" else "whoosh"
    with filled(engine) as index:
        yield results(index)


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_question_is_answered_worse_than_it_was(measured, kind):
    group = [result for result in measured if result.question.kind == kind]
    wrong = [result.question.text for result in group if not result.success]
    assert mean(group, "success@3") >= FLOORS[kind] - DROP, wrong


def test_hardly_a_right_word_is_corrected(measured):
    assert mean(measured, "wrongly corrected") <= 0.01


def test_engines_give_the_same_first_three(measured):
    with filled("memory") as index:
        alike = [result.keys[:3] == ask(index, result.question).keys[:3] for result in measured]
    assert sum(alike) / len(alike) >= ALIKE


def test_the_set_is_large_enough_and_of_all_kinds():
    counts = Counter(question.kind for question in read())
    assert sum(counts.values()) - counts["none"] >= 300
    assert all(counts[kind] >= 60 for kind in KINDS if kind != "none")
    assert counts["none"] >= 0.1 * (sum(counts.values()) - counts["none"])


def test_every_answer_is_a_document_and_every_question_has_one_that_is_just_meant():
    keys = {doc.key for doc in catalogue()[0]}
    for question in read():
        assert set(question.grades) <= keys, question.id
        assert set(question.grades.values()) <= {1, 2}, question.id
        assert (2 in question.grades.values()) == (question.kind != "none"), question.id


def test_no_question_is_asked_twice():
    twice = Counter((question.text.casefold(), question.locale) for question in read())
    assert [text for text, times in twice.items() if times > 1] == []
    assert len({question.id for question in read()}) == len(read())


def test_the_files_are_the_kinds():
    assert {path.stem for path in Path(FOLDER).glob("*.csv")} == {
        "exact", "misspelt", "compounds", "everyday", "languages", "unanswerable",
    }  # fmt: skip
