"""Who acts is hidden by `worden` with a participle: measured on labelled sentences."""

import pytest

from portal.foundation.lib.readability.passive import is_participle, is_passive
from tests.unit.foundation.lib.readability.measured import counted, rows


def test_the_passive_is_found_as_well_as_promised():
    sample = rows("passive.csv")
    found = counted([(row["passive"] == "1", is_passive(row["sentence"])) for row in sample])
    assert len(sample) >= 300
    assert found.f1 >= 0.94
    assert (found.right, found.wrong, found.missed) == (151, 2, 3), "mend the error table of docs/readability.md too"


@pytest.mark.parametrize("word", ["gelezen", "ingediend", "betaald", "bereikt", "thuisbezorgd", "gerealiseerd"])
def test_a_participle_is_known_by_its_shape(word):
    assert is_participle(word)


@pytest.mark.parametrize("word", ["betaalt", "geld", "gebied", "gezond", "bekend", "lezen", "geboren", "verhaal"])
def test_what_only_looks_like_one_is_none(word):
    assert not is_participle(word)


def test_words_between_commas_do_not_hide_the_participle():
    assert is_passive("De brief wordt, als u dat wilt, gelezen door ons.")


def test_a_participle_before_another_clause_is_not_that_of_the_clause():
    assert not is_passive("Wij hebben besloten, maar het wordt laat.")
