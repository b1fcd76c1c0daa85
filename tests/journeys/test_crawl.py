"""A patient reader follows every link there is, and none leads nowhere."""

import re
from collections import Counter

from portal.foundation.i18n import LOCALES

#: Seconds a crawl may take on a plain machine; more means that some page is slow.
PATIENCE = 60


def test_every_link_leads_somewhere(zwolle_crawled, leeuwarden_crawled):
    for crawl in (zwolle_crawled, leeuwarden_crawled):
        broken = {
            f"{path} ({page.status}), from {page.came_from}" for path, page in crawl.pages.items() if page.status >= 400
        }
        assert not broken


def test_no_link_of_ours_takes_a_detour(zwolle_crawled, leeuwarden_crawled):
    for crawl in (zwolle_crawled, leeuwarden_crawled):
        detours = {f"{path}, from {page.came_from}" for path, page in crawl.pages.items() if 300 <= page.status < 400}
        assert not detours


def test_every_link_to_a_place_on_a_page_finds_it(zwolle_crawled, leeuwarden_crawled):
    for crawl in (zwolle_crawled, leeuwarden_crawled):
        lost = {
            f"{address}#{fragment}, from {path}"
            for path, page in crawl.read.items()
            for address, fragment in page.links
            if fragment and fragment not in crawl.pages[address].ids
        }
        assert not lost


def test_the_crawl_saw_the_whole_portal(zwolle_crawled):
    seen = Counter(path.split("/")[1] for path in zwolle_crawled.read)
    for locale in LOCALES.values():
        assert seen[locale.segment] > 200
    assert "/nl/team/holtenbroek" in zwolle_crawled.pages
    assert "/nl/sociale-kaart/taalcafe-holtenbroek" in zwolle_crawled.pages
    assert "/nl/reactie?pagina=klacht&nuttig=ja" in zwolle_crawled.pages
    assert "/nl/welke-weg" in zwolle_crawled.pages


#: Where somebody is about to send something: only there is a cookie set, to know the form again.
FORMS = re.compile(r"(reactie|reaction)\?|/(mijn-aanvraag|my-request)$|/vraag/(who|danger|wants)$|/verder$")


def test_reading_the_whole_portal_sets_no_cookie_but_in_front_of_a_form(zwolle_crawled):
    for path, page in zwolle_crawled.read.items():
        assert ("csrf_token" in page.text) == bool(FORMS.search(path)), path


def test_every_page_has_its_own_title_within_a_language(zwolle_crawled):
    titles = Counter(
        page.text.partition("<title>")[2].partition("</title>")[0]
        for path, page in zwolle_crawled.read.items()
        if path.startswith("/nl/") and "?" not in path
    )
    assert {title for title, count in titles.items() if count > 1} == set()


def test_the_crawl_is_quick(zwolle_crawled):
    assert zwolle_crawled.seconds < PATIENCE
