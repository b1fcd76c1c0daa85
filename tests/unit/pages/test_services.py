"""A page for a reader: in their language, else in Dutch; what was archived has no address any more."""

import pytest
from sqlalchemy import select

from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import reading, writing
from portal.foundation.i18n import LOCALES
from portal.pages.models import Page, PageText
from portal.pages.services import PageReader, ReactionService, read_addresses, slug_for
from tests.clock import START

ADDRESSES = {
    "klacht": {"nl": ("klacht", "Klacht"), "en": ("complaint", "Complaint")},
    "los": {"en": ("loose", "Loose")},
}


@pytest.fixture
def read(zwolle):
    """Reads a page of Zwolle: `read("ar").by_slug("klacht")`."""
    with reading(zwolle.engine) as connection:
        yield lambda code: PageReader(connection, LOCALES[code])


@pytest.mark.parametrize(
    ("code", "slug", "shown"),
    [
        ("nl", "klacht", "nl"),
        ("nl_simple", "klacht", "nl_simple"),
        ("en", "complaint", "en"),
        ("en", "klacht", "en"),
        ("ar", "klacht", "ar"),
        ("tr", "werkgevers", "nl"),
        ("uk", "werkgevers", "nl"),
    ],
)
def test_a_page_is_read_in_the_own_language_and_else_in_dutch(read, code, slug, shown):
    found = read(code).by_slug(slug)
    assert found.locale is LOCALES[shown]
    assert found.text.locale == shown


@pytest.mark.parametrize(
    ("code", "slug"), [("nl", "complaint"), ("nl", "niets"), ("tr", "complaint"), ("nl", ""), ("en", "KLACHT")]
)
def test_an_address_of_another_language_or_of_nothing_finds_nothing(read, code, slug):
    assert read(code).by_slug(slug) is None


@pytest.mark.parametrize(("code", "shown"), [("nl", "nl"), ("ar", "ar"), ("pl", "pl")])
def test_the_text_of_a_service_screen_is_found_by_its_service(read, code, shown):
    found = read(code).by_service("find-team")
    assert (found.page.page_key, found.locale.code) == ("vind-uw-team", shown)


def test_a_service_without_a_text_has_none(read):
    assert read("nl").by_service("search") is None


@pytest.mark.parametrize(
    ("key", "code", "slug"),
    [
        ("klacht", "nl", "klacht"),
        ("klacht", "en", "complaint"),
        ("klacht", "nl_simple", "klacht"),
        ("klacht", "ar", "klacht"),
        ("los", "en", "loose"),
        ("los", "nl", None),
        ("niets", "nl", None),
    ],
)
def test_a_page_has_one_address_for_a_reader(key, code, slug):
    assert slug_for(ADDRESSES, key, LOCALES[code]) == slug


@pytest.mark.parametrize(
    ("path", "target", "address"),
    [
        ("/nl/", "page:klacht", "/nl/klacht"),
        ("/en/", "page:klacht", "/en/complaint"),
        ("/tr/", "page:werkgevers", "/tr/werkgevers"),
        ("/en/", "page:klacht#who", "/en/complaint#who"),
        ("/nl/", "page:niets", None),
        ("/nl/", "unknown:klacht", None),
        ("/nl/", "service:find-team", "/nl/vind-uw-team"),
        ("/en/", "service:social-map?thema=geld", "/en/social-map?thema=geld"),
        ("/nl/", "service:niets", None),
        ("/nl/", "phone:central", "tel:+31380000200"),
        ("/nl/", "phone:home", None),
        ("/nl/", "https://www.zwolle.nl", "https://www.zwolle.nl"),
        ("/nl/", "mailto:a@voorbeeld.example", "mailto:a@voorbeeld.example"),
    ],
)
def test_a_link_by_meaning_becomes_an_address_in_the_language_of_the_reader(ask, path, target, address):
    assert ask(path).link(target) == address


@pytest.fixture
def archived(small_site):
    """The page `privacy` of the small municipality, archived for a moment."""

    def state(value):
        with writing(small_site.engine) as session:
            session.get(Page, "privacy").state = value
            raise_version(session)
        kept(small_site).look_now()

    state("archived")
    yield "privacy"
    state("published")


def test_an_archived_page_has_no_address_but_says_that_it_is_gone(small_web, small_site, archived):
    with reading(small_site.engine) as connection:
        assert archived not in read_addresses(connection)
        assert PageReader(connection, LOCALES["nl"]).by_slug(archived).page.state == "archived"
    answer = small_web.get(f"/nl/{archived}", status=410)
    assert "038 000 02 00" in answer.text
    assert archived not in small_web.get("/sitemap.xml").text


def test_every_published_text_has_an_address_and_no_two_share_one(zwolle):
    with reading(zwolle.engine) as connection:
        texts = connection.execute(select(PageText.locale, PageText.slug)).all()
        addresses = read_addresses(connection)
    assert len(set(texts)) == len(texts) == sum(len(found) for found in addresses.values())


def test_an_untranslated_page_names_its_dutch_text_as_the_real_one(visitor):
    page = visitor.get("/tr/werkgevers")
    assert 'rel="canonical" href="http://zwolle.test/nl/werkgevers"' in page.text


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/en/klacht", "/en/complaint"),
        ("/nl/vind-uw-team", None),
        ("/en/klacht?van=brief", "/en/complaint?van=brief"),
    ],
)
def test_another_address_of_a_page_leads_on_with_what_was_asked(visitor, path, right):
    answer = visitor.get(path, status=301 if right else 200)
    assert not right or answer.location == f"http://zwolle.test{right}"


def test_a_reaction_to_a_page_that_is_not_there_is_refused(session):
    with pytest.raises(LookupError):
        ReactionService(session, START).react("niets", "nl", True, "")
