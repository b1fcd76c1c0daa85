"""What every engine promises, checked on each of them with the same words."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_catalogue import catalogue, thesaurus

from search.documents import Change, Doc, Query, Text
from search.engines.memory import MemoryIndex
from search.index import SearchIndex

PLAIN = Text("Fietsles", "Leer fietsen in het park.", "Elke dinsdag. Neem uw fiets mee.")


def test_every_engine_keeps_the_protocol(make):
    made: SearchIndex = make()
    assert all(hasattr(made, name) for name in ("rebuild", "apply", "search", "complete", "status"))


def keys(page):
    return [hit.key for hit in page.hits]


def found(index, text, locale="nl", **filters):
    return keys(index.search(Query(text, locale, {name: (value,) for name, value in filters.items()})))


def test_a_word_of_the_title_finds_the_document(index):
    assert found(index, "voedselbank") == ["voedselbank"]


def test_another_form_of_the_word_finds_it_too(index):
    assert found(index, "rolstoelen") == ["rolstoel"]
    assert {"wonen", "urgentie"} & set(found(index, "huizen")[:3])


def test_a_misspelt_word_finds_what_was_meant(index):
    page = index.search(Query("sgulden"))
    assert (keys(page)[0], page.stage, page.corrected) == ("schuldhulp", "corrected", "schulden")


def test_a_correction_keeps_the_rest_of_the_question(index):
    assert index.search(Query("Hoe kom ik van mijn sgulden af?")).corrected == "Hoe kom ik van mijn schulden af?"


def test_a_word_that_occurs_is_never_corrected(make):
    made = make()
    made.rebuild([Doc("a", "page", {"nl": Text("Schuld")}), Doc("b", "page", {"nl": Text("Schulp")})])
    assert keys(made.search(Query("schulp"))) == ["b"]


def test_a_compound_written_apart_is_found(index):
    assert found(index, "scoot mobiel") == ["scootmobiel"]


def test_a_part_of_a_compound_is_found(index):
    assert "voedselbank" in found(index, "voedsel")


def test_a_whole_sentence_is_read_without_its_fillers(index):
    assert found(index, "Hallo, ik kan mijn huur niet betalen. Wat moet ik doen?")[0] == "huurachterstand"


def test_a_word_in_another_language_finds_its_theme(index):
    page = index.search(Query("ديون", "ar"))
    assert page.stage == "concept"
    assert "schuldhulp" in keys(page)


def test_all_words_come_before_any_word(index):
    page = index.search(Query("taalles koffie huurtoeslag"))
    assert page.stage == "any"
    assert index.search(Query("koffie inloop")).stage == "exact"


@pytest.mark.parametrize("text", ["appeltaart", "trein parijs vertrektijd", "xqzptv", "???", "日本語", "zzzzzzzzzzzz"])
def test_a_question_without_an_answer_gets_none(index, text):
    page = index.search(Query(text))
    assert (page.hits, page.total, page.stage) == ((), 0, "none")


def test_an_empty_question_lists_everything_by_title(index):
    page = index.search(Query("", filters={"theme": ("taal",)}))
    assert [hit.title for hit in page.hits] == ["Taalcafé", "Taalcoach", "Taalles"]
    assert page.total == 3
    assert index.search(Query()).total == len(catalogue())


def test_the_order_of_titles_is_that_of_the_reader(make):
    made = make()
    texts = [("a", "Aap", "Zebra"), ("b", "Zon", "Apple")]
    made.rebuild(Doc(key, "page", {"nl": Text(nl), "en": Text(en)}) for key, nl, en in texts)
    assert found(made, "", "nl") == ["a", "b"]
    assert found(made, "", "en") == ["b", "a"]


def test_values_of_one_filter_are_alternatives_and_filters_narrow(index):
    both = index.search(Query("", filters={"theme": ("taal", "vervoer")}))
    assert both.total == 6
    assert index.search(Query("", filters={"theme": ("taal", "vervoer"), "kind": ("group",)})).total == 3


def test_a_filter_nobody_knows_finds_nothing(index):
    assert index.search(Query("", filters={"colour": ("red",)})).total == 0
    assert index.search(Query("koffie", filters={"theme": ("nowhere",)})).total == 0


def test_a_facet_says_what_choosing_it_would_give(index):
    page = index.search(Query("", filters={"theme": ("taal",)}))
    for name, values in page.facets.items():
        for value, count in values.items():
            chosen = {"theme": ("taal",), name: (value,)}
            assert index.search(Query("", filters=chosen)).total == count, (name, value)


def test_yes_no_questions_are_filters(index):
    assert found(index, "koffie", formal="no")
    assert set(index.search(Query("")).facets["formal"]) == {"yes", "no"}


def test_the_payload_comes_back_as_it_was(make):
    payload = {"url": "/nl/x", "n": 3, "none": None, "list": [1, {"a": "é"}]}
    made = make()
    made.rebuild([Doc("a", "page", {"nl": PLAIN}, payload=payload)])
    assert made.search(Query("fietsles")).hits[0].payload == payload


def test_a_reader_sees_the_own_language_and_else_dutch(index):
    english = index.search(Query("dutch lessons", "en")).hits[0]
    assert (english.locale, english.title) == ("en", "Dutch lessons")
    turkish = index.search(Query("taalles", "tr")).hits[0]
    assert (turkish.locale, turkish.title) == ("nl", "Taalles")


def test_simple_dutch_falls_back_on_dutch_and_the_other_way(make):
    made = make()
    made.rebuild([Doc("a", "page", {"nl": PLAIN}), Doc("b", "page", {"nl": PLAIN, "nl_simple": Text("Leer fietsen")})])
    hits = made.search(Query("fietsen", "nl_simple")).hits
    assert {hit.key: hit.locale for hit in hits} == {"a": "nl", "b": "nl_simple"}
    assert made.search(Query("fietsles", "nl-simple")).total == 2


def test_a_snippet_marks_the_words_of_the_question(make):
    made = make()
    made.rebuild([Doc("a", "page", {"nl": PLAIN})])
    pieces = made.search(Query("fiets")).hits[0].snippet
    assert [text for text, marked in pieces if marked] == ["fietsen"]
    assert "".join(text for text, _ in pieces) == PLAIN.summary


def test_a_snippet_shows_the_place_in_a_long_text(make):
    made = make()
    body = "woord " * 100 + "hier staat rolstoelbasketbal en " + "verder " * 50
    made.rebuild([Doc("a", "page", {"nl": Text("Sport", "", body)})])
    pieces = made.search(Query("rolstoelbasketbal")).hits[0].snippet
    text = "".join(piece for piece, _ in pieces)
    assert ("rolstoelbasketbal", True) in pieces
    assert len(text) <= 210
    assert text.startswith("…")


def test_keywords_find_a_document_that_does_not_say_them(make):
    made = make()
    made.rebuild([Doc("a", "page", {"nl": PLAIN}, keywords={"nl": ("tweewieler",), "so": ("baaskiil",)})])
    assert found(made, "tweewieler") == found(made, "baaskiil") == ["a"]


def test_a_boost_puts_a_document_higher(make):
    made = make()
    made.rebuild([Doc("a", "page", {"nl": PLAIN}), Doc("b", "page", {"nl": PLAIN}, boost=1.5)])
    assert found(made, "fietsles") == ["b", "a"]


def test_the_title_counts_for_more_than_the_text(make):
    made = make()
    made.rebuild(
        [
            Doc("a", "page", {"nl": Text("Sport", "", "Ook zwemles.")}),
            Doc("b", "page", {"nl": Text("Zwemles", "Sport")}),
        ]
    )
    assert found(made, "zwemles") == ["b", "a"]


def test_pages_together_are_the_whole_list(index):
    whole = keys(index.search(Query("", limit=100)))
    parts = [key for start in range(0, 50, 10) for key in keys(index.search(Query("", limit=10, offset=start)))]
    assert parts == whole
    assert index.search(Query("", offset=1000)).hits == ()
    assert index.search(Query("", limit=-1, offset=-5)).hits == ()
    assert len(index.search(Query("", limit=10**6)).hits) <= 100


def test_only_the_first_200_characters_are_read(index):
    assert found(index, "voedselbank" + " " * 200 + "rolstoel") == ["voedselbank"]


@pytest.mark.parametrize("text", ["voedsel*", '"voedselbank"', "title:voedselbank", "voedselbank AND", "(voedselbank"])
def test_signs_of_a_query_language_are_only_signs(index, text):
    assert "voedselbank" in keys(index.search(Query(text)))


def test_little_words_alone_can_be_a_title(make):
    made = make()
    made.rebuild([Doc("a", "page", {"nl": Text("Over ons")}), Doc("b", "page", {"nl": PLAIN})])
    assert found(made, "over ons") == ["a"]
    assert found(made, "wat moet ik doen") == []


def test_changes_are_seen_at_once_by_the_one_who_made_them(make):
    made = make()
    first = made.rebuild([Doc("a", "page", {"nl": PLAIN})])
    second = made.apply([Change.put(Doc("b", "page", {"nl": Text("Zwemles")})), Change.delete("a")])
    assert second > first
    assert (found(made, "zwemles"), found(made, "fietsles")) == (["b"], [])
    assert made.status().count == 1


def test_applying_the_same_changes_twice_changes_nothing(make):
    made = make()
    made.rebuild([Doc("a", "page", {"nl": PLAIN})])
    changes = [Change.put(Doc("b", "page", {"nl": Text("Zwemles")})), Change.delete("nobody")]
    made.apply(changes)
    once = made.search(Query(""))
    made.apply(changes)
    assert made.search(Query("")) == once


def test_of_two_documents_with_one_key_the_last_counts(make):
    made = make()
    made.rebuild([Doc("a", "page", {"nl": PLAIN}), Doc("a", "page", {"nl": Text("Zwemles")})])
    assert (made.status().count, found(made, "zwemles")) == (1, ["a"])
    made.apply([Change.put(Doc("a", "page", {"nl": PLAIN})), Change.delete("a")])
    assert made.status().count == 0


def test_words_of_a_document_taken_out_are_forgotten(make):
    made = make()
    made.rebuild([Doc("a", "page", {"nl": Text("Trommelles")}), Doc("b", "page", {"nl": PLAIN})])
    made.apply([Change.delete("a")])
    assert made.search(Query("tromelles")).stage == "none"


def test_many_changes_in_a_row_leave_the_same_index_as_one_rebuild(make):
    made, once = make(thesaurus()), MemoryIndex(thesaurus())
    made.rebuild([])
    for doc in catalogue():
        made.apply([Change.put(doc)])
    once.rebuild(catalogue())
    for text in ("", "koffie", "sgulden", "ديون", "taal coach"):
        assert made.search(Query(text)) == once.search(Query(text))


def test_an_empty_index_answers_nothing(make):
    made = make()
    made.rebuild([])
    assert made.search(Query("koffie")).total == made.search(Query("")).total == 0
    assert made.complete("a", "nl", 5) == ()
    assert made.status().healthy


def test_titles_are_completed_in_the_language_of_the_reader(index):
    assert [each.text for each in index.complete("taal", "nl", 2)] == ["Taalcafé", "Taalcoach"]
    assert [each.key for each in index.complete("dutch le", "en", 5)] == ["taalles"]
    assert index.complete("", "nl", 5) == index.complete("taal", "nl", 0) == ()


def test_an_arabic_title_is_completed_without_its_article(make):
    made = make()
    made.rebuild([Doc("a", "page", {"nl": PLAIN, "ar": Text("تعلم اللغة")})])
    assert [each.key for each in made.complete("لغ", "ar", 5)] == ["a"]
    assert [each.key for each in made.complete("اللغ", "ar", 5)] == ["a"]


def test_status_tells_when_and_how_much(index):
    status = index.status()
    assert status.healthy
    assert (status.count, status.generation) == (len(catalogue()), 1)
    assert status.built_at is not None
    assert status.built_at.tzinfo is not None


def test_a_page_can_be_told_as_json(index):
    assert json.dumps([hit.payload for hit in index.search(Query("koffie")).hits])


_typed = st.text(max_size=250) | st.lists(
    st.sampled_from(["schuld", "sgulden", "ik", "*", "AND", '"', "ديون", "taal", "l'été", "İ", "-", "x" * 90]),
    max_size=12,
).map(" ".join)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=_typed,
    locale=st.sampled_from(["nl", "nl_simple", "ar", "uk", "", "../" * 200, "\0"]) | st.text(max_size=8),
    filters=st.dictionaries(st.text(max_size=6), st.tuples(st.text(max_size=6)), max_size=2),
)
def test_no_question_whatever_raises(index, text, locale, filters):
    page = index.search(Query(text, locale, filters))
    assert page.total >= len(page.hits)
    index.complete(text, locale, 3)
