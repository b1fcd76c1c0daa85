"""Kept pages as a browser gets them: the same for every reader, asked for again, dropped with a change."""

import gzip

import brotli
import pytest
from pyramid.request import Request
from sqlalchemy import update
from webtest import TestApp

from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import writing
from portal.pages.models import PageText

UNPRESS = {"br": brotli.decompress, "gzip": gzip.decompress}


def test_the_second_reader_gets_the_same_page(small_web):
    first, second = small_web.get("/nl/klacht"), small_web.get("/nl/klacht")
    assert first.text == second.text
    assert dict(first.headers) == dict(second.headers)
    assert first.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("path", ["/nl/klacht", "/nl/vind-uw-team?waar=8031"], ids=["kept", "not-kept"])
def test_the_page_is_the_same_in_every_encoding(small, path, encoding):
    def get(accepts):
        blank = Request.blank(path, environ={"HTTP_HOST": "small.test"}, headers={"Accept-Encoding": accepts})
        return blank.get_response(small.app)

    plain, pressed = get("identity"), get(encoding)
    assert pressed.headers["Content-Encoding"] == encoding
    assert UNPRESS[encoding](pressed.body) == plain.body
    assert (plain.headers["Vary"], pressed.headers["Vary"]) == ("Accept-Encoding", "Accept-Encoding")
    assert pressed.content_length < plain.content_length


def test_a_browser_that_has_the_page_gets_no_body(small_web):
    etag = small_web.get("/nl/klacht").headers["ETag"]
    answer = small_web.get("/nl/klacht", headers={"If-None-Match": etag}, status=304)
    assert answer.body == b""
    assert answer.headers["ETag"] == etag
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_browser_with_an_older_page_gets_the_new_one(small_web):
    assert small_web.get("/nl/klacht", headers={"If-None-Match": 'W/"older"'}, status=200).body


def test_a_kept_page_is_dropped_when_a_change_is_published(small_web, small_site):
    before = small_web.get("/nl/klacht").text

    def title(words):
        with writing(small_site.engine) as session:
            session.execute(
                update(PageText).where(PageText.page_key == "klacht", PageText.locale == "nl").values(title=words)
            )

    with writing(small_site.engine) as session:
        old = session.get(PageText, ("klacht", "nl")).title
    try:
        title("Een heel nieuwe titel")
        assert small_web.get("/nl/klacht").text == before
        with writing(small_site.engine) as session:
            raise_version(session)
        kept(small_site).look_now()
        assert "Een heel nieuwe titel" in small_web.get("/nl/klacht").text
    finally:
        title(old)


def test_a_question_leaves_nothing_in_memory(small_web, small, small_site, clock):
    small_web.get("/nl/vind-uw-team?waar=8031AB")
    key = ("small", "/nl/vind-uw-team")
    assert small.page_cache.get(key, kept(small_site).version(), clock.now()) is None


def test_two_municipalities_are_never_mixed(app):
    zwolle = TestApp(app, extra_environ={"HTTP_HOST": "zwolle.test"})
    leeuwarden = TestApp(app, extra_environ={"HTTP_HOST": "leeuwarden.test"})
    for _ in range(2):
        assert "Gemeente Leeuwarden" not in zwolle.get("/nl/privacy").text
        assert "Gemeente Zwolle" not in leeuwarden.get("/nl/privacy").text
