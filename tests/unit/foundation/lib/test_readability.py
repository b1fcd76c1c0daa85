"""Plain Dutch is counted: words a sentence, the longest, and sentences that hide who acts."""

import pytest

from portal.foundation.lib.readability import BARS, faults, is_passive, measure, plain, sentences

SHORT = "U belt ons. Wij komen langs. U vertelt uw verhaal. Wij luisteren goed. Samen maken we een plan."


def words(number: int) -> str:
    return " ".join(["woord"] * number) + "."


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("---\ntitle: x\n---\nHallo.", "Hallo."),
        ("## Kop\n\nTekst", "Kop\n\nTekst"),
        ("- Eén\n- Twee", "Eén\nTwee"),
        ("1. Eén\n2. Twee", "Eén\nTwee"),
        ("Lees [deze **brief**](page:klacht).", "Lees deze brief."),
        ("::: note\nLet op.\n:::", "\nLet op.\n"),
        ("Bel [[phone]].", "Bel Naam."),
        ("een zin die\nverder gaat", "een zin die verder gaat"),
    ],
    ids=["front-matter", "heading", "list", "steps", "link", "block", "fact", "wrapped-line"],
)
def test_signs_of_markdown_are_not_read_aloud(markdown, read):
    assert plain(markdown) == read


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Eén. Twee! Drie? Vier…", 4),
        ("Kop\nZin.", 2),
        ("U krijgt bijv. hulp van dhr. Bakker.", 1),
        ("Bel nr. 5, o.a. op maandag.", 1),
        ("“Kom binnen.” Zei ze.", 2),
        ("Open van 9.00 tot 17.00 uur.", 1),
        ("Een website.nl met 3,50 euro.", 1),
        ("…\n--\n!", 0),
        ("", 0),
    ],
)
def test_sentences_are_counted_as_people_do(text, number):
    assert len(sentences(text)) == number


@pytest.mark.parametrize(
    "sentence",
    ["Uw brief wordt gelezen.", "De aanvraag werd afgewezen.", "Kosten worden door ons betaald.", "Er wordt gebeld."],
)
def test_a_sentence_that_hides_who_acts_is_seen(sentence):
    assert is_passive(sentence)


@pytest.mark.parametrize(
    "sentence", ["Wij lezen uw brief.", "Het wordt morgen warm.", "U wordt boos.", "Word lid.", "Wij hebben gebeld."]
)
def test_a_sentence_in_which_somebody_acts_is_left_alone(sentence):
    assert not is_passive(sentence)


def test_a_text_is_measured():
    counted = measure("Kort. " + words(18))
    assert (counted.sentences, counted.words, counted.mean, counted.longest) == (2, 19, 9.5, 18)
    assert (counted.share_over_15, counted.share_passive) == (0.5, 0.0)
    assert counted.longest_text == words(18)


def test_an_empty_text_measures_nothing():
    counted = measure("---\ntitle: x\n---\n")
    assert (counted.sentences, counted.words, counted.mean) == (0, 0, 0.0)


def test_a_compound_with_a_hyphen_is_one_word():
    assert measure("Uw e-mail over 's-Hertogenbosch.").words == 4


@pytest.mark.parametrize("level", BARS)
def test_short_sentences_pass_at_every_level(level):
    assert faults(SHORT, level) == []


@pytest.mark.parametrize(
    ("level", "number", "fits"),
    [("nl", 20, True), ("nl", 21, False), ("nl_simple", 15, True), ("nl_simple", 16, False)],
)
def test_the_longest_sentence_has_a_bar(level, number, fits):
    said = [fault for fault in faults(words(number), level) if fault.startswith("A sentence has")]
    assert (not said) is fits


def test_the_mean_the_long_ones_and_the_passive_are_said_with_their_numbers():
    text = " ".join([words(16)] * 4 + ["Uw brief wordt gelezen."])
    said = faults(text, "nl")
    assert said == [
        "Sentences have 13.6 words on average; at most 12 fit.",
        "80% of the sentences have over 15 words; at most 10% fit.",
        "20% of the sentences hide who acts, such as: “Uw brief wordt gelezen.”",
    ]


def test_a_short_text_gets_no_verdict_on_shares():
    assert faults("Uw brief wordt gelezen. " * 4, "nl_simple") == []
    assert faults("Uw brief wordt gelezen. " * 5, "nl_simple") != []
