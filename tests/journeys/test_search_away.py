"""Whatever is typed and whatever is broken, somebody gets a page with a way on, in their own language."""

import re

import pytest

from portal.foundation.i18n import LOCALES
from tests.reading import hrefs, language, main, text, words

SEARCH, MAP = "/nl/zoeken", "/nl/sociale-kaart"
BOTH = pytest.mark.parametrize("path", [SEARCH, MAP])


def found(page):
    return [link["href"] for link in page.html.select(".hits h2 a")]


def keys(page):
    """What was found, without the language of the path."""
    return [href.rpartition("/")[2] for href in found(page)]


@pytest.fixture
def damaged(registry, zwolle):
    """Zwolle with an index that cannot be read, as a process finds it that has just started."""
    indexes = registry.indexes

    def forget():
        indexes._open.clear()
        indexes._spares.clear()

    (zwolle.settings.index / "CURRENT").write_text("{")
    forget()
    yield
    forget()
    indexes.rebuild(zwolle)


@pytest.mark.usefixtures("damaged")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("code", ["nl", "ar"])
def test_while_the_index_is_away_the_database_answers_and_the_page_says_so(visitor, central, code):
    locale = LOCALES[code]
    paths = ("zoeken", "sociale-kaart") if locale.dutch else ("search", "social-map")
    for path in paths:
        page = visitor.get(f"/{locale.segment}/{path}", params={"q": "schulden"})
        assert found(page)
        notice = main(page).select_one(".notice")
        said = "Searching works a little less well at the moment. We are mending it. Cannot find it? Call us."
        assert words(said, code) in text(notice)
        assert central in hrefs(notice)
    visitor.get("/gezondheid", status=503)


@pytest.mark.usefixtures("damaged")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_while_the_index_is_away_danger_still_gets_its_number_first(visitor):
    page = main(visitor.get(SEARCH, params={"q": "ik wil niet meer leven"}))
    assert hrefs(page.select_one(".notice--urgent"))[0] == "tel:113"


@BOTH
def test_with_a_whole_index_nothing_is_said_of_it(visitor, path):
    assert main(visitor.get(path, params={"q": "schulden"})).select_one(".notice") is None


@BOTH
def test_ten_thousand_letters_are_too_many_and_the_page_says_what_to_do(visitor, central, path):
    page = visitor.get(path, params={"q": "a" * 10_000}, status=414)
    assert central in hrefs(main(page))
    visitor.get(f"{SEARCH}/aanvullen", params={"q": "a" * 10_000}, status=414)


@BOTH
@pytest.mark.parametrize(
    "q",
    ["\x00\x07schulden", "schulden\x00", "\u202eschulden", "\u2067schulden\u2069", "schulden\r\n\t", "\ufeffschulden"],
    ids=ascii,
)
def test_signs_that_nobody_sees_change_nothing(visitor, path, q):
    page = visitor.get(path, params={"q": q})
    assert found(page) == found(visitor.get(path, params={"q": "schulden"}))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", page.text)


@BOTH
@pytest.mark.parametrize("q", ["😀", "😀😀😀", "👩\u200d👧", "🇳🇱", "\U0010ffff", "ㅤ"], ids=ascii)
def test_pictures_and_odd_signs_find_nothing_and_offer_a_person(visitor, central, path, q):
    page = visitor.get(path, params={"q": q})
    assert found(page) == []
    assert central in hrefs(main(page))


@BOTH
def test_a_picture_beside_a_word_does_not_matter(visitor, path):
    assert found(visitor.get(path, params={"q": "schulden 😟"})) == found(visitor.get(path, params={"q": "schulden"}))


@BOTH
@pytest.mark.parametrize("q", ["ديون schulden", "schulden ديون", "(ديون)", "«ديون»"])
def test_words_of_two_directions_stand_side_by_side(visitor, path, q):
    page = visitor.get(path, params={"q": q})
    assert found(page)
    assert page.html.find(id="what")["value"] == q
    assert page.html.find(id="what")["dir"] == "auto"


@BOTH
@pytest.mark.parametrize("q", ["sch*lden", "sch?lden", "%schuld%", "sch_lden", "schuld~2", "+schuld -hulp", "/schuld/"])
def test_a_wildcard_is_just_a_sign(visitor, path, q):
    visitor.get(path, params={"q": q})


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%c0%80", "bij=%ff", "wat=%ff", "thema=%e0"])
def test_bytes_that_are_no_text_are_a_wrong_question(visitor, query):
    visitor.get(f"{SEARCH}?{query}", status="*")
    assert visitor.get(f"{MAP}?q=a&{query}", status=400).html.h1


@pytest.mark.parametrize(("arabic", "dutch"), [("ديون", "schulden"), ("كرسي متحرك", "rolstoel"), ("وحدة", "eenzaam")])
def test_arabic_and_dutch_words_lead_to_the_same_on_both_sites(visitor, arabic, dutch):
    asked = [(path, q) for path in (SEARCH, "/ar/search") for q in (arabic, dutch)]
    first = [keys(visitor.get(path, params={"q": q}))[:10] for path, q in asked]
    assert all(first)
    common = set(first[0]).intersection(*first[1:])
    assert len(common) >= 2, first


@pytest.mark.parametrize("path", ["/ar/search", "/ar/social-map"])
def test_what_has_no_arabic_text_says_so_in_arabic_and_is_marked_as_dutch(visitor, path):
    page = visitor.get(path, params={"q": "schulden"})
    hits = page.html.select(".hits > li")
    in_dutch = [hit for hit in hits if language(hit.h2)[0] == "nl"]
    in_arabic = [hit for hit in hits if language(hit.h2)[0] == "ar"]
    assert in_dutch
    assert in_arabic
    for hit in in_dutch:
        assert language(hit.h2) == language(hit.p) == ("nl", "ltr")
        assert words("in Dutch", "ar") in [text(tag) for tag in hit.select(".tag")]
        assert language(hit.select_one(".tag")) == ("ar", "rtl")
    for hit in in_arabic:
        assert language(hit.h2) == ("ar", "rtl")
        assert words("in Dutch", "ar") not in [text(tag) for tag in hit.select(".tag")]
        assert hit.h2.a["href"].startswith("/ar/")


@pytest.mark.parametrize("path", [SEARCH, MAP])
def test_a_dutch_reader_is_not_told_that_it_is_in_dutch(visitor, path):
    assert words("in Dutch") not in [
        text(tag) for tag in visitor.get(path, params={"q": "ديون"}).html.select(".hits .tag")
    ]
