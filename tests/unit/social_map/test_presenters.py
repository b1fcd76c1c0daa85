"""Filters are links that say what they lead to; a distance is said as roughly as we know it."""

import pytest
from webob.multidict import MultiDict

from portal.foundation.i18n import LOCALES
from portal.social_map.filters import PARAMETERS, Finding
from portal.social_map.presenters import FEW_OPTIONS, Group, Option, distance_in_words, groups, value_title
from portal.social_map.services import ThemeView
from search import Page

NL = LOCALES["nl"]
THEMES = {
    "geld": ThemeView("geld", "money", True, {"nl": "Geld", "ar": "المال"}, {}),
    "taal": ThemeView("taal", "talk", True, {"nl": "Taal"}, {}),
}


def read(**parameters):
    return Finding.read(MultiDict([(name, value) for name, values in parameters.items() for value in values]))


def beside(finding, locale=NL, **facets):
    page = Page((), 0, facets, None, "exact")
    return {group.name: group for group in groups(finding, page, THEMES, locale, "/k")}


def test_a_value_is_a_link_to_the_same_question_with_that_value():
    finding = read(q=["eten"], wijk=["Noord"], bij=["8031"], pagina=["3"])
    (geld, taal) = beside(finding, theme={"taal": 2, "geld": 5})["thema"].options
    assert (geld.value, geld.title, geld.count, geld.chosen) == ("geld", "Geld", 5, False)
    assert geld.href == "/k?q=eten&wijk=Noord&thema=geld&bij=8031"
    assert taal.href == "/k?q=eten&wijk=Noord&thema=taal&bij=8031"


def test_the_link_of_what_is_chosen_takes_it_away():
    (geld, taal) = beside(read(q=["eten"], thema=["geld"]), theme={"taal": 2, "geld": 5})["thema"].options
    assert (geld.chosen, geld.href) == (True, "/k?q=eten")
    assert (taal.chosen, taal.href) == (False, "/k?q=eten&thema=taal")


def test_of_two_chosen_values_each_can_be_taken_away_alone():
    (geld, taal) = beside(read(thema=["geld", "taal"]), theme={"taal": 2, "geld": 5})["thema"].options
    assert (geld.href, taal.href) == ("/k?thema=taal", "/k?thema=geld")


def test_a_value_that_leads_nowhere_is_left_out_unless_it_is_chosen():
    found = beside(read(thema=["taal"], wijk=["Maan"]), theme={"geld": 1})
    assert [(one.value, one.count, one.chosen) for one in found["thema"].options] == [
        ("geld", 1, False),
        ("taal", 0, True),
    ]
    assert [(one.value, one.count) for one in found["wijk"].options] == [("Maan", 0)]


def test_a_filter_without_values_is_not_there():
    assert beside(read()) == {}
    assert set(beside(read(), open={"now": 3}, step_free={"yes": 1}, spoken={"ar": 1})) == {
        "open", "drempelvrij", "taal",
    }  # fmt: skip


def test_filters_stand_in_the_order_of_the_parameters():
    facets = {filter_name: {"x": 1, **dict.fromkeys(allowed or (), 1)} for filter_name, allowed in PARAMETERS.values()}
    assert list(beside(read(), **facets)) == list(PARAMETERS)


def many(count, chosen=()):
    options = [Option(f"w{n:02}", f"W{n:02}", n, n in chosen, f"/k?wijk=w{n:02}") for n in range(count)]
    return Group("wijk", "Wijk", tuple(options))


@pytest.mark.parametrize("count", [1, FEW_OPTIONS])
def test_few_values_are_all_shown(count):
    assert (len(many(count).shown), many(count).folded) == (count, ())


def test_of_many_values_those_that_lead_to_most_are_shown_in_their_own_order():
    group = many(12)
    assert [one.count for one in group.shown] == list(range(5, 12))
    assert [one.count for one in group.folded] == list(range(5))
    assert len(group.shown) == FEW_OPTIONS - 1


def test_what_is_chosen_is_never_folded_away():
    group = many(12, chosen=(0, 1))
    assert [one.count for one in group.shown] == [0, 1, 7, 8, 9, 10, 11]
    assert not any(one.chosen for one in group.folded)


@pytest.mark.parametrize("count", [0, 1, 8, 9, 30])
def test_every_value_is_shown_or_folded_and_none_twice(count):
    group = many(count)
    assert sorted(one.value for one in (*group.shown, *group.folded)) == [one.value for one in group.options]


def test_values_are_called_in_the_words_of_the_reader():
    assert value_title("thema", "geld", THEMES, LOCALES["ar"]) == "المال"
    assert value_title("thema", "onbekend", THEMES, NL) == "onbekend"
    assert value_title("taal", "ar", THEMES, NL) == "Arabisch"
    assert value_title("taal", "pl", THEMES, LOCALES["pl"]) == "polski"
    assert value_title("wijk", "Holtenbroek", THEMES, LOCALES["ar"]) == "Holtenbroek"


@pytest.mark.parametrize(
    ("metres", "nl", "ar"),
    [
        (None, "", ""),
        (0, "heel dichtbij", None),
        (249, "heel dichtbij", None),
        (250, "0,5", "0.5"),
        (700, "0,5", "0.5"),
        (760, "1", "1"),
        (1_500, "1,5", "1.5"),
        (2_200, "2", "2"),
        (12_345, "12,5", "12.5"),
        (1_234_567, "1.234,5", "1,234.5"),
    ],
)
def test_a_distance_is_said_in_half_kilometres_in_latin_digits(ask, metres, nl, ar):
    dutch, arabic = (distance_in_words(metres, ask(f"/{segment}/sociale-kaart")) for segment in ("nl", "ar"))
    assert nl in dutch
    assert ar is None or ar in arabic
    assert bool(arabic) == bool(dutch)
