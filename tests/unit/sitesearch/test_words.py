"""An editor adds a word that people use, and it finds what is there, without a new release."""

import pytest
from sqlalchemy import delete, select

from portal.foundation.content_cache import ContentVersion, kept, raise_version
from portal.foundation.db import reading, writing
from portal.foundation.outbox import OutboxRow, run_once
from portal.foundation.seeding import EVERYTHING
from portal.sitesearch.models import SearchWord
from portal.sitesearch.words import LONGEST_PHRASE, SearchWords, WordRefused
from search import Query

CONCEPT = "babyspullen"
ENTRY = "entry:babyspullen-kamperpoort"
WORD = "kwibbeldons"


@pytest.fixture
def words(session, clock):
    """The added words of a site; whatever a test does is undone."""
    return SearchWords(session, clock.now())


@pytest.fixture
def edit(small_site, clock):
    """Does something with the words of the small municipality, as `portal search add-word` does."""

    def run(verb, *phrase):
        with writing(small_site.engine) as session:
            return getattr(SearchWords(session, clock.now()), verb)(*phrase)

    with writing(small_site.engine) as session:
        session.execute(delete(OutboxRow))
    yield run
    with writing(small_site.engine) as session:
        session.execute(delete(SearchWord))
        session.execute(delete(OutboxRow))
        raise_version(session)
    kept(small_site).look_now()


@pytest.fixture
def work(small, small_site, clock):
    """Lets the worker do what waits; gives the number of rows done."""
    yield lambda: run_once(small_site, small.job_handlers, clock)
    small.indexes.rebuild(small_site)


@pytest.fixture
def found(small, small_site):
    """The keys found for words on the small site."""
    return lambda asked, locale="nl": [
        hit.key for hit in small.indexes.of(small_site).search(Query(asked, locale)).hits
    ]


def test_a_word_is_added_once_and_counts_as_new_once(words, session):
    assert words.add(CONCEPT, "nl", f"  {WORD}   groot ")
    assert not words.add(CONCEPT, "nl", f"{WORD} groot")
    assert session.scalars(select(SearchWord.phrase)).all() == [f"{WORD} groot"]


def test_the_same_word_may_lead_to_two_concepts_and_stand_in_two_languages(words):
    assert words.add(CONCEPT, "nl", WORD)
    assert words.add("speelgoed", "nl", WORD)
    assert words.add(CONCEPT, "en", WORD)


def test_a_word_can_be_taken_away_again(words, session):
    words.add(CONCEPT, "nl", WORD)
    assert words.take_away(CONCEPT, "nl", WORD)
    assert not words.take_away(CONCEPT, "nl", WORD)
    assert session.scalars(select(SearchWord)).all() == []


@pytest.mark.parametrize(
    ("concept", "language", "phrase", "said"),
    [
        ("maanreizen", "nl", WORD, "no concept"),
        ("", "nl", WORD, "no concept"),
        (CONCEPT, "de", WORD, "no language"),
        (CONCEPT, "nl_simple", WORD, "no language"),
        (CONCEPT, "nl", "", "word or a short phrase"),
        (CONCEPT, "nl", " \t ", "word or a short phrase"),
        (CONCEPT, "nl", "x" * (LONGEST_PHRASE + 1), "word or a short phrase"),
        (CONCEPT, "nl", "van de het", "little words"),
        (CONCEPT, "nl", "!?", "little words"),
        (CONCEPT, "nl", "vader zijn", "little words"),
    ],
)
def test_what_cannot_be_added_is_refused_with_what_to_write_instead(words, session, concept, language, phrase, said):
    with pytest.raises(WordRefused, match=said):
        words.add(concept, language, phrase)
    assert session.scalars(select(SearchWord)).all() == []
    assert not session.new


def test_a_new_word_asks_for_a_new_index_and_raises_the_content_version(edit, small_site):
    def version():
        with reading(small_site.engine) as connection:
            return connection.execute(select(ContentVersion.number)).scalar_one()

    before = version()
    edit("add", CONCEPT, "nl", WORD)
    with reading(small_site.engine) as connection:
        waiting = connection.execute(select(OutboxRow.kind, OutboxRow.payload)).all()
    assert [tuple(row) for row in waiting] == [("index", {"source": "entry", "key": EVERYTHING})]
    after = version()
    assert after > before
    edit("add", CONCEPT, "nl", WORD)
    assert version() == after


@pytest.mark.parametrize(
    ("language", "word"), [("nl", WORD), ("ar", "كويبلدونس"), ("pl", "kwibełdoński"), ("tr", "kvibıldonş")]
)
def test_an_added_word_finds_what_its_concept_is_about(edit, work, found, small_site, language, word):
    assert ENTRY not in found(word)
    edit("add", CONCEPT, language, word)
    assert work() == 1
    kept(small_site).look_now()
    assert found(word)[0] == ENTRY
    assert found(word, language)[0] == ENTRY


def test_a_text_that_holds_the_added_word_is_about_the_concept_from_then_on(edit, work, found, small_site):
    """Also when the worker looked at the words a moment before."""
    assert ENTRY not in found("crisis")
    edit("add", "crisis", "nl", "babyspullen")
    assert work() == 1
    assert ENTRY in found("crisis")


def test_a_word_that_was_taken_away_leads_nowhere(edit, work, found, small_site):
    edit("add", CONCEPT, "nl", WORD)
    work()
    kept(small_site).look_now()
    assert found(WORD)
    edit("take_away", CONCEPT, "nl", WORD)
    assert work() == 1
    kept(small_site).look_now()
    assert found(WORD) == []
