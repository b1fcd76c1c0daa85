"""Everyday words lead to what they stand for: the longest phrase that was typed counts, in any order."""

import json

import pytest

from search.documents import Doc, Query, Text
from search.engines.memory import MemoryIndex
from search.letters import tokens
from search.thesaurus import _MOST_LEVELS, _PART, _SCATTERED, RELATED, WIDER, Concept, Thesaurus

CONCEPTS = (
    Concept("geld", {"nl": ("geld",), "ar": ("المال",), "en": ("money",)}),
    Concept("schulden", {"nl": ("schulden", "rekening niet betalen"), "pl": ("długi",)}, broader=("geld",)),
    Concept(
        "schuldhulp", {"nl": ("hulp bij schulden", "schuldhulp")}, hidden={"nl": ("sgulthulp", "sgulden hullup")},
        broader=("schulden",), related=("voedselbank",),
    ),
    Concept("voedselbank", {"nl": ("voedselbank", "gratis eten")}),
    Concept("leven", {"nl": ("leven",)}),
    Concept("suicide", {"nl": ("niet meer leven",)}),
    Concept("ouder-worden", {"nl": ("vader zijn",)}),
    Concept("rolstoel", {"nl": ("rolstoel",)}),
)  # fmt: skip


@pytest.fixture
def thesaurus():
    return Thesaurus(CONCEPTS)


def read(thesaurus, text, *languages):
    """Concept → how sure that is, for a question."""
    raws = [token.raw for token in tokens(text)]
    return {meaning.code: meaning.worth for meaning in thesaurus.meanings(raws, languages or ("nl",))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("schulden", {"schulden": 1.0}),
        ("hulp bij schulden", {"schuldhulp": 1.0}),
        ("Hulp bij mijn schulden, graag!", {"schuldhulp": 1.0}),
        ("schulden, wie geeft hulp", {"schuldhulp": 1.0}),
        ("ik kan mijn rekening niet meer betalen", {"schulden": 1.0}),
        ("betalen van een rekening gaat niet", {"schulden": 1.0}),
        ("niet meer leven", {"suicide": 1.0}),
        ("ik wil niet meer leven", {"suicide": 1.0}),
        ("mijn leven", {"leven": 1.0}),
        ("leven zonder schulden", {"leven": 1.0, "schulden": 1.0}),
        ("fietsen", {}),
        ("", {}),
    ],
)
def test_a_question_means_what_its_longest_phrases_stand_for(thesaurus, text, expected):
    assert read(thesaurus, text) == expected


def test_words_of_a_phrase_that_stand_far_apart_are_worth_less(thesaurus):
    near = read(thesaurus, "hulp voor schulden")
    far = read(thesaurus, "hulp in de tuin en koken bij de buren, verder nog een paar schulden")
    assert near["schuldhulp"] == 1.0
    assert far["schuldhulp"] == _SCATTERED


def test_a_phrase_that_shrinks_to_one_common_word_is_not_learnt(thesaurus):
    assert read(thesaurus, "vader") == read(thesaurus, "vader zijn") == {}
    assert "ouder-worden" in thesaurus.concepts


@pytest.mark.parametrize("phrase", ["", "???", "de van het"])
def test_a_phrase_without_a_subject_is_not_learnt(phrase):
    made = Thesaurus([Concept("leeg", {"nl": (phrase,)})])
    assert made.languages == frozenset()
    assert read(made, phrase) == {}


def test_a_part_of_a_compound_tells_half(thesaurus):
    assert read(thesaurus, "rolstoelreparatie") == {"rolstoel": _PART}


def test_each_language_is_read_in_its_own_letters(thesaurus):
    assert read(thesaurus, "المال", "ar") == {"geld": 1.0}
    assert read(thesaurus, "długi", "pl") == {"schulden": 1.0}
    assert read(thesaurus, "المال", "nl") == {}
    assert read(thesaurus, "geld المال", "nl", "ar") == {"geld": 1.0}
    assert thesaurus.languages == {"nl", "ar", "en", "pl"}


def test_simple_dutch_is_dutch():
    made = Thesaurus([Concept("geld", {"nl_simple": ("centen",)})])
    assert read(made, "centen") == {"geld": 1.0}


def test_a_hidden_word_leads_there_and_says_that_it_was_hidden(thesaurus):
    (meaning,) = thesaurus.meanings(["sgulthulp"], ("nl",))
    assert (meaning.code, meaning.hidden) == ("schuldhulp", True)
    assert ("schuldhulp", False) in {(one.code, one.hidden) for one in thesaurus.meanings(["schuldhulp"], ("nl",))}


def test_a_hidden_word_is_never_among_the_words_to_correct_to(thesaurus):
    words = thesaurus.words("nl")
    assert {"schuldhulp", "voedselbank", "rolstoel"} <= words
    assert not {"sgulthulp", "sgulden", "hullup"} & words


def test_nobody_is_told_that_a_hidden_word_was_read():
    index = MemoryIndex(Thesaurus(CONCEPTS))
    index.rebuild([Doc("a", "entry", {"nl": Text("Schuldhulp in de buurt")})])
    for typed in ("sgulthulp", "sgulthulpp"):
        page = index.search(Query(typed))
        assert [hit.key for hit in page.hits] == ["a"]
        assert page.corrected in {None, "schuldhulp"}


def test_a_word_that_is_offered_somewhere_is_not_hidden_elsewhere():
    hidden, offered = Concept("a", {}, hidden={"nl": ("kniepijn",)}), Concept("b", {"nl": ("kniepijn",)})
    for order in ((hidden, offered), (offered, hidden)):
        made = Thesaurus(order)
        assert {(one.code, one.hidden) for one in made.meanings(["kniepijn"], ("nl",))} == {("a", False), ("b", False)}


def test_what_is_wider_counts_less_with_every_step_up(thesaurus):
    assert thesaurus.upward("schuldhulp") == {"schuldhulp": 1.0, "schulden": WIDER, "geld": WIDER**2}
    assert thesaurus.upward("geld") == {"geld": 1.0}
    assert thesaurus.upward("unknown") == {"unknown": 1.0}


def test_around_a_concept_lies_what_is_wider_and_what_is_related(thesaurus):
    assert thesaurus.around("schuldhulp") == {
        "schuldhulp": 1.0, "schulden": WIDER, "geld": WIDER**2, "voedselbank": RELATED,
    }  # fmt: skip
    assert thesaurus.around("voedselbank") == {"voedselbank": 1.0}


def test_a_ring_of_wider_concepts_has_an_end():
    ring = Thesaurus([Concept("a", {}, broader=("b",)), Concept("b", {}, broader=("a",))])
    assert ring.upward("a") == {"a": 1.0, "b": WIDER}
    ladder = Thesaurus([Concept(str(step), {}, broader=(str(step + 1),)) for step in range(9)])
    assert len(ladder.upward("0")) == 1 + _MOST_LEVELS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hulp bij schulden en geld.", {"schuldhulp": 1.0, "schulden": 1.0, "geld": 1.0}),
        ("Wie hulp zoekt. Schulden heeft hij niet.", {"schulden": 1.0}),
        ("Onze rolstoelreparatie", {"rolstoel": _PART}),
        ("Zij wilde niet meer leven.", {"suicide": 1.0, "leven": 1.0}),
        ("Fietsen", {}),
    ],
)
def test_a_text_is_about_the_phrases_that_stand_in_it_word_after_word(thesaurus, text, expected):
    found = thesaurus.codes(text, "nl")
    assert {code: found.get(code) for code in expected} == expected
    assert expected or found == {}


def test_written_down_and_read_again_it_says_the_same(thesaurus):
    again = Thesaurus.from_json(json.loads(json.dumps(thesaurus.to_json())))
    assert again.to_json() == thesaurus.to_json()
    for text in ("hulp bij schulden", "sgulthulp", "niet meer leven", "المال", "rolstoelreparatie"):
        raws = [token.raw for token in tokens(text)]
        assert again.meanings(raws, ("nl", "ar")) == thesaurus.meanings(raws, ("nl", "ar"))
    assert again.around("schuldhulp") == thesaurus.around("schuldhulp")
    assert (again.concepts, again.languages) == (thesaurus.concepts, thesaurus.languages)


def test_what_is_added_is_known_beside_and_the_first_stays_as_it_was(thesaurus):
    before = json.dumps(thesaurus.to_json())
    more = thesaurus.extended(
        [
            Concept("geld", {"nl": ("knaken",), "tr": ("para",)}, broader=("werk",)),
            Concept("werk", {"nl": ("schulden",)}, related=("geld",)),
        ]
    )
    assert read(more, "knaken") == {"geld": 1.0}
    assert read(more, "para", "tr") == {"geld": 1.0}
    assert read(more, "schulden") == {"schulden": 1.0, "werk": 1.0}
    assert more.around("geld") == {"geld": 1.0, "werk": WIDER}
    assert read(more, "hulp bij schulden") == {"schuldhulp": 1.0}
    assert json.dumps(thesaurus.to_json()) == before
    assert read(thesaurus, "knaken") == {}


def test_extended_by_nothing_it_is_the_same(thesaurus):
    assert thesaurus.extended(()).to_json() == thesaurus.to_json()


def test_a_concept_that_comes_twice_has_the_words_of_both():
    made = Thesaurus([Concept("geld", {"nl": ("geld",)}), Concept("geld", {"nl": ("centen", "geld")})])
    assert read(made, "geld") == read(made, "centen") == {"geld": 1.0}
    assert made.concepts == {"geld"}
