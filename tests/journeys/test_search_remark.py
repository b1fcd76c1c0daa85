"""Somebody says with one tap that it did not help: counted, thanked for, and nothing else is known of them."""

import pytest
from sqlalchemy import delete, select

from portal.foundation.db import reading, writing
from portal.foundation.i18n import LOCALES
from portal.sitesearch.models import UnmetSearch, UnmetWeek
from portal.sitesearch.unmet import ENOUGH
from portal.social_map.rules import THEMES
from tests.reading import hrefs, language, main, text, words

SEARCH, MAP = "/nl/zoeken", "/nl/sociale-kaart"
FROM_US = {"Sec-Fetch-Site": "same-origin"}
QUESTION = "schulden"


@pytest.fixture
def counted(registry, zwolle):
    """What was counted so far, as (kind, locale, words, times)."""

    def wipe():
        registry.tally.write_down()
        with writing(zwolle.engine) as session:
            session.execute(delete(UnmetSearch))
            session.execute(delete(UnmetWeek))

    def read():
        registry.tally.write_down()
        columns = (UnmetSearch.kind, UnmetSearch.locale, UnmetSearch.words, UnmetSearch.count)
        with reading(zwolle.engine) as connection:
            return sorted(map(tuple, connection.execute(select(*columns))), key=str)

    wipe()
    yield read
    wipe()


def path_of(answer):
    return answer.location.removeprefix("http://zwolle.test").partition("#")[0]


def remark(page):
    return page.html.select_one("form.unhelpful")


@pytest.mark.parametrize("path", [SEARCH, MAP])
def test_below_answers_is_a_button_that_says_it_did_not_help(visitor, path):
    page = visitor.get(path, params={"q": QUESTION})
    form = remark(page)
    assert text(form.button) == words("This did not help me")
    assert words("We only count it. We do not know who you are.") in text(form)
    assert (form["method"], form["action"]) == ("post", SEARCH)
    assert [(field["name"], field["value"]) for field in form.select("input")] == [("q", QUESTION)]
    assert "Set-Cookie" not in page.headers


def test_pressing_it_counts_and_the_page_says_thank_you(visitor, counted):
    page = visitor.get(SEARCH, params={"q": QUESTION})
    form = next(one for one in page.forms.values() if one.method.lower() == "post")
    answer = visitor.submit(form, status=303, headers=FROM_US)
    assert path_of(answer) == f"{SEARCH}?q={QUESTION}&gezegd=1"
    assert counted() == [("unhelpful", "nl", None, 1)]
    thanks = visitor.get(path_of(answer))
    assert words("Thank you. We use this to make searching better.") in text(thanks.html.find(role="status"))
    assert remark(thanks) is None
    assert thanks.html.select(".hits h2 a")
    assert visitor.cookies == {}


@pytest.mark.parametrize(
    "headers",
    [
        FROM_US,
        {"Origin": "http://zwolle.test"},
        {"Referer": "http://zwolle.test/nl/zoeken?q=schulden"},
    ],
    ids=str,
)
def test_from_a_page_of_ours_it_counts(visitor, counted, headers):
    assert visitor.post(SEARCH, {"q": QUESTION}, headers=headers).status_int == 303
    assert counted() == [("unhelpful", "nl", None, 1)]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://kwaad.example"},
        {"Origin": "http://[kapot"},
        {"Origin": "http://leeuwarden.test"},
        {"Referer": "http://kwaad.example/?zwolle.test"},
    ],
    ids=str,
)
def test_from_elsewhere_it_does_not_count_and_the_answer_is_the_same(visitor, counted, headers):
    answer = visitor.post(SEARCH, {"q": QUESTION}, headers=headers)
    assert (answer.status_int, path_of(answer)) == (303, f"{SEARCH}?q={QUESTION}&gezegd=1")
    assert "Set-Cookie" not in answer.headers
    assert counted() == []


@pytest.mark.parametrize("q", ["", "   ", "jan@voorbeeld.example", "06 12 34 56 78", "Jan de Vries"])
def test_nothing_and_what_may_tell_of_somebody_is_thanked_for_and_not_counted(visitor, counted, q):
    answer = visitor.post(SEARCH, {"q": q}, headers=FROM_US)
    assert answer.status_int == 303
    visitor.get(path_of(answer))
    assert counted() == []


@pytest.mark.parametrize(
    "values", [{}, {"x": "1"}, {"q": "a" * 9_000}, [("q", "een"), ("q", "twee")]], ids=lambda v: str(v)[:20]
)
def test_a_form_of_somebody_else_breaks_nothing(visitor, values):
    assert visitor.post(SEARCH, values, headers=FROM_US).status_int in {303, 413, 414}


def test_bytes_that_are_no_text_are_a_wrong_question(visitor):
    assert visitor.post(SEARCH, b"q=%ff%fe", headers=FROM_US).status_int == 400


def test_a_question_without_an_answer_counts_by_itself(visitor, counted):
    for path in (SEARCH, MAP):
        visitor.get(path, params={"q": "xqzwvv"})
    visitor.get("/ar/search", params={"q": "xqzwvv"})
    assert counted() == [("nothing", "ar", None, 1), ("nothing", "nl", None, 2)]


def test_a_question_with_an_answer_does_not_count(visitor, counted):
    visitor.get(SEARCH, params={"q": QUESTION})
    visitor.get(MAP, params={"q": QUESTION, "taal": "xx"})
    visitor.get("/nl/zoeken/aanvullen", params={"q": "xqzwvv"})
    assert counted() == []


def test_from_five_equal_questions_up_an_editor_sees_the_words(visitor, counted):
    for _ in range(ENOUGH - 1):
        visitor.get(SEARCH, params={"q": "xqzwvv"})
    assert counted() == [("nothing", "nl", None, ENOUGH - 1)]
    visitor.get(SEARCH, params={"q": " XQZWVV? "})
    assert counted() == [("nothing", "nl", "xqzwvv", ENOUGH)]


def test_below_an_empty_page_is_no_button_but_a_way_on(visitor):
    assert remark(visitor.get(SEARCH, params={"q": "xqzwvv"})) is None
    assert remark(visitor.get(SEARCH)) is None
    assert remark(visitor.get(MAP)) is None


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
@pytest.mark.parametrize("route", ["search", "map"])
def test_without_an_answer_the_themes_and_the_telephone_are_there_in_every_language(visitor, central, locale, route):
    names = {"search": ("zoeken", "search"), "map": ("sociale-kaart", "social-map")}
    path = f"/{locale.segment}/{names[route][not locale.dutch]}"
    page = visitor.get(path, params={"q": "xqzwvv"})
    assert page.html.select(".hits") == []
    title = words("Nothing found for “%(question)s”", locale.code, question="xqzwvv")
    assert text(page.html.h1) == title
    assert language(page.html.h1) == (locale.tag, locale.direction)
    map_path = f"/{locale.segment}/{names['map'][not locale.dutch]}"
    themes = {f"{map_path}?thema={code}" for code in THEMES}
    assert themes <= set(hrefs(main(page)))
    assert central in hrefs(main(page))
    named = main(page).find("a", href=f"{map_path}?thema=geld")
    assert text(named)
