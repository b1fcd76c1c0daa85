"""A page moves to another address, and its Dutch text moves ahead of the others: readers are led on, and told."""

from datetime import date

import pytest
from sqlalchemy import delete

from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import writing
from portal.foundation.i18n import LOCALES
from portal.pages.models import PageText
from portal.pages.versions import PageRedirect
from portal.ui.dates import day_and_year
from tests.reading import main, text, words

#: What these tests write; no page of Zwolle ever had it.
ONCE = "zo-heette-het"
CHANGED = date(2026, 11, 20)
BEHIND = "The Dutch text was changed on %(date)s. This translation does not say that yet."
ADDRESSES = {
    "nl_simple": "/nl-simple/klacht", "en": "/en/complaint", "ar": "/ar/complaint", "tr": "/tr/sikayet",
    "pl": "/pl/skarga", "uk": "/uk/skarha",
}  # fmt: skip


@pytest.fixture
def once(zwolle):
    """Gives “klacht” an address that it had in a language; afterwards it never had one."""

    def had(locale, slug=ONCE):
        with writing(zwolle.engine) as session:
            session.add(PageRedirect(locale=locale, slug=slug, page_key="klacht"))

    yield had
    with writing(zwolle.engine) as session:
        session.execute(delete(PageRedirect).where(PageRedirect.page_key == "klacht"))


@pytest.fixture
def behind(zwolle):
    """Leaves every translation of “klacht” behind the Dutch text; afterwards they say the same again."""

    def set_day(day):
        with writing(zwolle.engine) as session:
            for locale in ADDRESSES:
                session.get_one(PageText, ("klacht", locale)).behind_since = day
            raise_version(session)
        kept(zwolle).look_now()

    set_day(CHANGED)
    yield
    set_day(None)


@pytest.mark.parametrize(
    ("locale", "segment", "now"),
    [("nl", "nl", "/nl/klacht"), ("en", "en", "/en/complaint"), ("nl_simple", "nl-simple", "/nl-simple/klacht")],
)
def test_an_old_address_leads_on_for_good_with_what_was_asked(visitor, once, locale, segment, now):
    visitor.get(f"/{segment}/{ONCE}", status=404)
    once(locale)
    assert visitor.get(f"/{segment}/{ONCE}", status=301).location == f"http://zwolle.test{now}"
    asked = visitor.get(f"/{segment}/{ONCE}?van=brief&a=%C3%A9", status=301)
    assert asked.location == f"http://zwolle.test{now}?van=brief&a=%C3%A9"
    assert text(asked.follow(status=200).html.h1)


def test_an_old_dutch_address_leads_readers_of_other_languages_to_their_own_text(visitor, once):
    once("nl")
    assert visitor.get(f"/en/{ONCE}", status=301).location == "http://zwolle.test/en/complaint"
    assert visitor.get(f"/nl-simple/{ONCE}", status=301).location == "http://zwolle.test/nl-simple/klacht"


def test_an_old_english_address_is_no_dutch_one(visitor, once):
    once("en")
    visitor.get(f"/nl/{ONCE}", status=404)


def test_the_old_address_of_a_page_that_was_taken_away_leads_nowhere(visitor, once, archive):
    once("nl")
    archive("klacht")
    visitor.get(f"/nl/{ONCE}", status=404)


@pytest.mark.parametrize("locale", ADDRESSES)
def test_a_translation_that_is_behind_says_since_when_and_leads_to_the_dutch_text(visitor, behind, locale):
    checked = main(visitor.get(ADDRESSES[locale])).select_one(".checked")
    assert words(BEHIND, locale, date=day_and_year(CHANGED, LOCALES[locale])) in text(checked)
    link = checked.select_one("a")
    assert (link["href"], link["hreflang"]) == ("/nl/klacht", "nl")
    assert text(link) == words("Read the Dutch text", locale)


def test_the_dutch_text_is_never_behind_itself(visitor, behind):
    assert not main(visitor.get("/nl/klacht")).select(".checked a")


def test_a_translation_that_says_the_same_says_nothing_of_it(visitor):
    assert not main(visitor.get("/ar/complaint")).select(".checked a")
