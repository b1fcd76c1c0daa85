"""Misspelt words and what was meant."""

import time
from base64 import b64decode

import pytest

from search.distance import distance
from search.folding import careful_sound_of, sound_of
from search.realwords import build, is_dutch_word
from search.spelling import Vocabulary, correct_words, vocabulary_of

WORDS = [
    "schulden",
    "voedselbank",
    "uitkering",
    "bijstand",
    "toeslag",
    "formulier",
    "wijkcentrum",
    "huisarts",
    "psycholoog",
    "dementie",
    "thuiszorg",
    "huishoudelijke",
    "dagbesteding",
    "vrijwilliger",
    "vrijwilligerswerk",
    "taalles",
    "kinderopvang",
    "geweld",
    "urgentie",
    "digid",
    "wmo",
    "hulp",
    "huur",
    "gehandicaptenparkeerkaart",
    "scheiding",
    "eenzaamheid",
    "depressie",
    "opvoeden",
    "zorg",
    "taal",
    "training",
]
DUTCH = Vocabulary(dict.fromkeys(WORDS, 1), "nl")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sgulden", "schulden"),
        ("voetselbank", "voedselbank"),
        ("uitkerin", "uitkering"),
        ("bystand", "bijstand"),
        ("beistand", "bijstand"),
        ("toeslach", "toeslag"),
        ("formelier", "formulier"),
        ("wijkcentrem", "wijkcentrum"),
        ("huisarst", "huisarts"),
        ("psygolog", "psycholoog"),
        ("dementi", "dementie"),
        ("tuiszorg", "thuiszorg"),
        ("huishoudelike", "huishoudelijke"),
        ("dagbestedding", "dagbesteding"),
        ("vrijwiliger", "vrijwilliger"),
        ("frijwilligerswerk", "vrijwilligerswerk"),
        ("taales", "taalles"),
        ("kinderopfang", "kinderopvang"),
        ("gewelt", "geweld"),
        ("urgensie", "urgentie"),
        ("dichiet", "digid"),
        ("wmoo", "wmo"),
        ("eensaamhijd", "eenzaamheid"),
    ],
)
def test_a_misspelt_word_becomes_the_word_that_was_meant(typed, meant):
    assert DUTCH.correct(typed) == meant


@pytest.mark.parametrize("word", [*WORDS, "trein", "fiets", "kapper", "tuin", "auto", "ok", "8011", "x" * 60, ""])
def test_a_right_or_unrelated_word_is_left_alone(word):
    assert DUTCH.correct(word) is None


@pytest.mark.parametrize(
    ("real", "others"),
    [
        ("veilingen", "veilig"),
        ("kosten", "korte"),
        ("gewest", "geweld"),
        ("geslagen", "geslapen"),
        ("geweten", "gegeten"),
    ],
)
def test_a_real_word_is_not_taken_for_a_fault(real, others):
    assert Vocabulary({others: 5}, "nl").correct(real) is None


def test_of_a_real_word_the_ending_may_differ():
    assert Vocabulary({"stoppen": 1}, "nl").correct("stopt") == "stoppen"


def test_the_list_of_real_words_knows_its_words():
    filled = b64decode(build(["veiling", "kosten", "Amsterdam", "huis"]))
    assert filled.count(0) < len(filled)
    assert is_dutch_word("veiling")
    assert not is_dutch_word("sgulden")
    assert not is_dutch_word("huis")


def test_a_correction_is_a_word_and_never_a_bare_stem():
    words = vocabulary_of("nl", {"verslaving": 1}, ("lezen",))
    assert words.correct("verslaaft") == "verslaafd"
    assert "verslav" not in words


def test_of_two_candidates_the_nearer_and_then_the_commoner_wins():
    words = Vocabulary({"kaarten": 1, "kaartes": 9, "kasten": 9}, "en")
    assert words.correct("kaarden") == "kaarten"
    assert Vocabulary({"molens": 1, "molent": 9}, "en").correct("molenx") == "molent"


def test_words_written_apart_are_joined_when_the_whole_is_nearly_a_word():
    words = ["gehandicapte", "parkeerkart", "aanvragen"]
    assert correct_words(words, [0, 1], DUTCH) == {0: "gehandicaptenparkeerkaart", 1: ""}


def test_only_the_unknown_words_are_corrected():
    assert correct_words(["zorg", "sgulden"], [1], DUTCH) == {1: "schulden"}
    assert correct_words(["zorg", "qqqq"], [1], DUTCH) == {}


def test_longer_words_that_begin_alike_are_found():
    assert Vocabulary({"kledingbank": 3, "kledingruil": 5, "kledings": 9}, "nl").longer("kleding") == (
        "kledingruil",
        "kledingbank",
    )


@pytest.mark.parametrize(
    ("left", "right", "faults"),
    [("taal", "taal", 0), ("taal", "tala", 1), ("taal", "tal", 1), ("abc", "xyz", 3)],
)
def test_distance_counts_letters_added_dropped_changed_or_swapped(left, right, faults):
    assert distance(left, right, 2) == faults
    assert distance(left, right, 0) == min(faults, 1)


def test_words_that_sound_alike_fold_alike_but_vowels_can_be_kept():
    sound, careful = sound_of("nl"), careful_sound_of("nl")
    assert sound("rijden") == sound("reide")
    assert sound("kaud") == sound("cout")
    assert careful("dood") == careful("doot") != careful("tot")
    assert sound_of("en")("letter") == "leter"


def test_a_long_nonsense_word_costs_hardly_any_time():
    began = time.process_time()
    DUTCH.correct("abcdefghij" * 6)
    assert time.process_time() - began < 0.05
