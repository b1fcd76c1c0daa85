"""Clauses inside clauses are counted; two times no is seen."""

import pytest

from portal.foundation.lib.readability.clauses import double_negation, sub_clauses


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Wij komen bij u thuis.", 0),
        ("Bel ons als u dat wilt.", 1),
        ("Wij komen alleen kijken als dat kan.", 1),
        ("Zeg dat als eerste.", 1),
        ("Wij weten dat u belt omdat de bus niet komt.", 2),
        ("De man, die ziek is, vraagt of u komt.", 2),
    ],
)
def test_clauses_are_counted_by_the_word_that_opens_them(sentence, number):
    assert sub_clauses(sentence) == number


@pytest.mark.parametrize(
    "sentence", ["Wij doen niets zonder u.", "Het is niet onmogelijk.", "Niemand krijgt geen brief."]
)
def test_two_times_no_is_seen(sentence):
    assert double_negation(sentence) is not None


@pytest.mark.parametrize("sentence", ["Wij komen niet.", "Dat kan niet, en morgen ook niet.", "U hebt geen brief."])
def test_one_no_at_a_time_is_left_alone(sentence):
    assert double_negation(sentence) is None
