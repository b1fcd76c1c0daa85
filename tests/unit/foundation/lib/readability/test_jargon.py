"""Words of the glossary are found in every form in which they are written."""

import pytest
import yaml

from portal.foundation.lib.readability.jargon import Term, finder, is_explained
from portal.foundation.lib.readability.text import WORD
from tests.composed import ROOT
from tests.unit.foundation.lib.readability.measured import DATA

WORDS = tuple(row["word"] for row in yaml.safe_load((ROOT / "content/glossary/nl.yaml").read_text("utf-8")))


def forms() -> list[tuple[str, str]]:
    """(word of the glossary, a sentence with one of its forms)."""
    found = []
    for line in (DATA / "inflections.txt").read_text("utf-8").splitlines():
        word, *written = line.split("|") if "|" in line else [line.split(": ")[0], *line.split(": ")[1].split()]
        found += [(word, in_a_sentence(form)) for form in written]
    return found


def in_a_sentence(form: str) -> str:
    """“dient_in” stands apart in its sentence; “in_te_dienen” stays together."""
    first, _, last = form.partition("_")
    if last and "_" not in last:
        return f"Wij {first} de brief snel {last}."
    return f"Over {form.replace('_', ' ')} staat het hier."


def used(sentence: str, words: tuple[str, ...] = WORDS) -> list[str]:
    return [use.word for use in finder(words).uses(tuple(WORD.findall(sentence)))]


def test_the_words_are_found_in_all_their_forms():
    sample = forms()
    missed = [sentence for word, sentence in sample if word not in used(sentence)]
    assert len(sample) >= 170
    assert missed == ["Over hulpverleenster staat het hier."], "mend the error table of docs/readability.md too"


def test_every_word_is_found_as_it_stands_in_the_glossary():
    assert [word for word in WORDS if word not in used(f"Dit is {word} hier.")] == []


def test_the_longest_expression_goes_first():
    assert used("U krijgt bijzondere bijstand.") == ["bijzondere bijstand"]
    assert used("U krijgt bijstand.") == ["bijstand"]


def test_plain_words_are_left_alone():
    assert used("U belt ons. Wij komen bij u thuis en maken samen een plan. Dat kost u niets.") == []


@pytest.mark.parametrize("words", [(), ("",), ("-",), ("e",)])
def test_an_odd_glossary_does_no_harm(words):
    assert used("U belt ons op een dag.", words) == [] or words == ("e",)


def test_a_word_is_explained_by_what_stands_near_it():
    term = Term("geld om zelf uw hulp te kiezen", "U zoekt zelf iemand en regelt de papieren.")
    assert is_explained(term, "Met een pgb krijgt u geld en mag u uw hulp kiezen.", "", "")
    assert is_explained(term, "Wilt u een pgb?", "", "Dat is een bedrag van de gemeente.")
    assert is_explained(term, "Dit heet een pgb.", "", "")
    assert not is_explained(term, "Vraag een pgb aan.", "Kom langs.", "Wij wachten.")
