"""Words one by one: how common, how long, shortened, in letters."""

import pytest

from portal.foundation.lib.readability.words import (
    abbreviations,
    frequencies,
    hard,
    is_rare,
    long_words,
    numbers,
    split,
)


def test_the_list_of_words_is_read_once_and_knows_how_common_they_are():
    assert frequencies() is frequencies()
    assert len(frequencies()) == 30_000
    assert frequencies()["de"] > frequencies()["parkeerplaats"] > 3


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("klachtencommissie", ("klachten", "commissie")),
        ("cliëntondersteuner", ("cliënt", "ondersteuner")),
        ("wmo-voorziening", ("wmo", "voorziening")),
        ("verantwoordelijk", ("verantwoordelijk",)),
        ("huis", ("huis",)),
    ],
)
def test_a_compound_falls_in_its_parts(word, parts):
    assert split(word) == parts


@pytest.mark.parametrize("word", ["huis", "Zwolle", "praten", "ophaalt", "ondersteuner", "e-mail", "pgb"])
def test_a_usual_word_a_name_and_a_compound_are_not_rare(word):
    assert not is_rare(word)


def test_a_word_that_few_people_write_is_rare():
    assert is_rare("bezwijmelde")


def test_long_words_are_those_of_over_fifteen_letters():
    assert long_words(("verkeersborden", "klachten-in-cijfers.csv", "vrijwilligerswerk")) == [
        ("vrijwilligerswerk", ("vrijwilligers", "werk"))
    ]


def test_an_abbreviation_is_written_out():
    assert abbreviations("Dat is i.v.m. de bus, d.w.z. van 9 t/m 5, enz.") == [
        ("i.v.m.", "door"), ("d.w.z.", "dat betekent"), ("t/m", "tot en met"), ("enz.", "en meer"),
    ]  # fmt: skip
    assert abbreviations("Hij kan niet. Maximaal 5.") == []


def test_a_number_in_letters_gets_its_digits_but_een_does_not():
    assert numbers(("een", "Twee", "honderd")) == [("Twee", 2), ("honderd", 100)]


def test_an_expression_of_written_language_is_taken_whole():
    assert hard(("Dat", "is", "met", "ingang", "van", "mei")) == [("met ingang van", "vanaf")]
    assert hard(("Daar", "is", "het")) == []
