"""A report says what to mend, on which line, and how; it never falls over."""

import random
import statistics
from pathlib import Path
from time import perf_counter

import pytest

from portal.foundation.lib.readability import Term, check
from tests.composed import ROOT

GLOSSARY = {"pgb": Term("geld om zelf uw hulp te kiezen", "De letters staan voor persoonsgebonden budget.")}
SIGNS = "abcdeghijklmnoprstuvwz ABé’'\"-.,;:!?…\n\n  #*_`[]()|:~>0123456789\t\u202e\u00ad\ud7ffשل🙂"
PIECES = ["---\n", "::: note\n", "[[phone]]", "](page:x)", "# ", "- ", "1. ", "wordt", "gelezen", "pgb's", "niet",
          "omdat", "bijv. ", "d.w.z.", "| a | b |", "--- | ---", "cliëntondersteuningsvoorziening", "Naam"]  # fmt: skip
#: Milliseconds a page of 800 words may take, and how much longer on a machine that is busy.
PROMISED, BUSY = 50, 4


def kinds(markdown: str, locale: str = "nl") -> list[tuple[str, int, str]]:
    return [(one.kind, one.line, one.mend) for one in check(markdown, locale, GLOSSARY).findings]


@pytest.mark.parametrize(
    ("sentence", "kind", "mend", "values"),
    [
        ("Uw brief wordt gelezen.", "passive", "say_who_acts", {}),
        ("Kom bijv. op maandag.", "abbreviation", "write_out", {"word": "bijv.", "instead": "bijvoorbeeld"}),
        ("Wij doen niets zonder u.", "double_negation", "say_what_is", {"first": "niets", "second": "zonder"}),
        ("Het duurt twaalf dagen.", "number_in_words", "use_digits", {"word": "twaalf", "instead": 12}),
        ("Dit geldt tevens voor u.", "hard_word", "say_instead", {"word": "tevens", "instead": "ook"}),
        ("Bel als u weet dat iemand komt omdat het moet.", "sub_clauses", "one_thing_a_sentence", {"count": 3}),
        ("Zij zijn gezondheidscentrum.", "long_word", "split_word",
         {"word": "gezondheidscentrum", "parts": "gezondheids-centrum"}),
        ("Zij bezwijmelde ons.", "rare_word", "more_usual_word", {"word": "bezwijmelde", "zipf": 0.0}),
        ("Vraag een pgb aan.", "unexplained", "explain", {"word": "pgb", "term": "pgb"}),
        ("woord " * 16 + ".", "long_sentence", "split_sentence", {"words": 16, "most": 15}),
    ],
)  # fmt: skip
def test_what_can_be_plainer_is_said_with_its_line_and_its_mend(sentence, kind, mend, values):
    (found,) = check(f"## Kop\n\nU belt ons.\n{sentence}\n", "nl_simple", GLOSSARY).of(kind)
    assert (found.line, found.mend, found.sentence) == (4, mend, sentence.strip())
    assert values.items() <= found.values.items()


def test_a_plain_text_has_nothing_to_mend():
    assert kinds("## Bellen\n\nU belt ons op maandag. Wij komen bij u thuis.\n\n- Bel ons.\n") == []


def test_a_page_is_built_of_short_blocks_under_headings():
    block = "Wij komen. " * 35
    assert kinds(f"## Een\n\n{block}\n\n{block}\n\n{block}\n\n#### Daarna\n\nWij komen.\n") == [
        ("heading_missing", 1, "add_heading"),
        ("block_long", 3, "split_block"),
        ("block_long", 5, "split_block"),
        ("block_long", 7, "split_block"),
        ("heading_jump", 9, "next_level"),
    ]


def test_a_word_that_comes_back_is_explained_once():
    assert kinds("Vraag een pgb aan.\n\nUw pgb komt later.") == [
        ("unexplained", 1, "explain"),
        ("jargon", 3, "say_instead"),
    ]


def test_the_line_is_that_of_the_file_also_under_front_matter():
    assert kinds("---\ntitle: Iets\n---\n\nKom [hier](page:x) en\nlees. Uw brief wordt gelezen.\n") == [
        ("passive", 6, "say_who_acts")
    ]


def test_of_another_language_only_what_needs_no_dutch_is_said():
    found = check("Uw brief wordt bijv. tevens gelezen. " + "word " * 21 + ".", "tr", GLOSSARY)
    assert [one.kind for one in found.findings] == ["long_sentence"]
    assert found.estimate is None


def test_ten_thousand_random_texts_are_read_to_their_end():
    dice = random.Random(20261123)
    for number in range(10_000):
        size = dice.randrange(0, 60 if number % 20 else 400)
        text = "".join(dice.choice(PIECES if dice.random() < 0.2 else SIGNS) for _ in range(size))
        lines = text.count("\n") + 1
        found = check(text, ("nl", "nl_simple", "ar")[number % 3], GLOSSARY)
        assert all(1 <= one.line <= lines and one.mend for one in found.findings), text
        assert (found.estimate is None) or found.words >= 60


def test_a_page_of_800_words_takes_no_time():
    text = "".join(path.read_text("utf-8").split("---\n", 2)[2] for path in pages())
    page = " ".join(text.split(" ")[:800])
    check(page, "nl", GLOSSARY)
    took = []
    for _ in range(9):
        start = perf_counter()
        check(page, "nl", GLOSSARY)
        took.append((perf_counter() - start) * 1000)
    assert statistics.median(took) < PROMISED * BUSY


def pages() -> list[Path]:
    return sorted((ROOT / "content/pages").glob("*/nl.md"))[:6]
