"""The language stands in the path; a reading level is a language; every text ends at plain Dutch."""

import pytest
from webtest import TestApp

from portal.foundation.i18n import BY_SEGMENT, LOCALES, SOURCE, pick, reading_order


def test_every_locale_is_right_about_itself():
    table = {code: (x.segment, x.tag, x.direction, x.fallback) for code, x in LOCALES.items()}
    assert table == {
        "nl": ("nl", "nl", "ltr", None),
        "nl_simple": ("nl-simple", "nl-simple", "ltr", "nl"),
        "ar": ("ar", "ar", "rtl", "nl"),
        "en": ("en", "en", "ltr", "nl"),
        "pl": ("pl", "pl", "ltr", "nl"),
        "tr": ("tr", "tr", "ltr", "nl"),
        "uk": ("uk", "uk", "ltr", "nl"),
    }


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_every_locale_has_names_and_formats(locale):
    assert locale.own_name
    assert locale.dutch_name
    assert locale.formats.language == locale.code.partition("_")[0]
    assert BY_SEGMENT[locale.segment] is locale


def test_only_the_dutch_levels_read_dutch():
    assert [code for code, locale in LOCALES.items() if locale.dutch] == ["nl", "nl_simple"]


@pytest.mark.parametrize(("code", "order"), [("nl", ("nl",)), ("nl_simple", ("nl_simple", "nl")), ("ar", ("ar", "nl"))])
def test_a_text_is_sought_in_the_own_language_and_then_in_dutch(code, order):
    assert reading_order(LOCALES[code]) == order


@pytest.mark.parametrize(
    ("texts", "picked"),
    [
        ({"nl": "N", "ar": "A"}, "A"),
        ({"nl": "N", "en": "E"}, "N"),
        ({"nl": "N", "ar": ""}, "N"),
        ({"en": "E"}, "E"),
        ({}, None),
    ],
    ids=["own", "dutch", "dutch-for-an-empty-one", "whatever-there-is", "nothing"],
)
def test_a_text_for_an_arabic_reader(texts, picked):
    assert pick(texts, LOCALES["ar"]) == picked


@pytest.mark.parametrize(
    ("wanted", "start"),
    [
        (None, "/nl/"),
        ("", "/nl/"),
        ("nl", "/nl/"),
        ("nl-NL,nl;q=0.9,en;q=0.8", "/nl/"),
        ("nl-simple", "/nl-simple/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("EN", "/en/"),
        ("ar-SY", "/ar/"),
        ("fr,de;q=0.9,uk;q=0.5", "/uk/"),
        ("pl;q=0.4,tr;q=0.6", "/tr/"),
        ("fr", "/nl/"),
        ("*", "/nl/"),
        ("en;q=0", "/nl/"),
        ("!!;;==", "/nl/"),
    ],
)
def test_the_browser_is_asked_once_for_its_language(visitor, wanted, start):
    headers = {} if wanted is None else {"Accept-Language": wanted}
    answer = visitor.get("/", status=302, headers=headers)
    assert answer.location.removeprefix("http://zwolle.test") == start
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_browser_gets_no_language_that_the_site_does_not_speak(visitor_of_leeuwarden):
    answer = visitor_of_leeuwarden.get("/", status=302, headers={"Accept-Language": "ar,en;q=0.1"})
    assert answer.location.endswith("/en/")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/nl/klacht", "nl"),
        ("/nl-simple/klacht", "nl_simple"),
        ("/ar/", "ar"),
        ("/ar", "ar"),
        ("/gezondheid", "tr"),
        ("/xx/klacht", "tr"),
        ("/NL/", "tr"),
    ],
)
def test_the_path_says_the_language_and_else_the_browser(ask, path, code):
    assert ask(path, headers={"Accept-Language": "tr"}).locale is LOCALES[code]


def test_a_language_that_the_site_does_not_speak_is_read_in_dutch(ask):
    assert ask("/ar/", host="leeuwarden.test").locale is SOURCE


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/nl/", "/nl/vind-uw-team"),
        ("/nl-simple/", "/nl-simple/vind-uw-team"),
        ("/en/", "/en/find-your-team"),
        ("/ar/", "/ar/find-your-team"),
    ],
)
def test_the_words_in_a_path_are_dutch_for_who_reads_dutch(ask, path, expected):
    assert ask(path).route_path("teams.find") == expected


def test_a_path_may_be_asked_in_another_language(ask):
    request = ask("/nl/")
    assert request.route_path("teams.team", slug="midden", locale="en") == "/en/team/midden"
    assert request.route_path("teams.find", locale="pl") == "/pl/find-your-team"


@pytest.mark.parametrize("path", ["/ar/", "/ar/find-your-team", "/tr/klacht", "/xx/", "/nl-NL/", "/NL/"])
def test_a_language_the_site_does_not_speak_is_not_found(app, path):
    answer = TestApp(app).get(path, extra_environ={"HTTP_HOST": "leeuwarden.test"}, status=404)
    assert '<html lang="nl"' in answer.text


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/en/vind-uw-team", "/en/find-your-team"),
        ("/nl/find-your-team", "/nl/vind-uw-team"),
        ("/en/vind-uw-team?waar=8011", "/en/find-your-team?waar=8011"),
        ("/ar/sociale-kaart/113-zelfmoordpreventie", "/ar/social-map/113-zelfmoordpreventie"),
    ],
)
def test_a_service_word_of_another_language_leads_on(visitor, path, right):
    assert visitor.get(path, status=301).location.removeprefix("http://zwolle.test") == right


def test_messages_are_in_the_language_of_the_path(visitor):
    assert "Find your team" in visitor.get("/en/").text
    assert "Vind uw team" in visitor.get("/nl/").text
