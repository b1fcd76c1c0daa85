"""Whole pages kept in memory: the second reader waits for nothing, and nobody gets what is no longer true."""

import gzip
from datetime import timedelta
from types import SimpleNamespace

import brotli
import pytest
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy import update
from webtest import TestApp

from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import writing
from portal.foundation.page_cache import KeptPage, PageCache, page_cache_tween_factory
from portal.pages.models import PageText
from tests.clock import START

LONG = b"<p>hulp in de buurt</p>" * 100


def page(body=LONG, version=1, true_until=None):
    return KeptPage([("Content-Type", "text/html")], body, '"etag"', version, true_until)


def unpressed(encoding, body):
    return {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](body)


@pytest.mark.parametrize(
    ("accepts", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("br", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, identity; q=0.5", "gzip"),
        ("deflate", None),
        ("identity", None),
        ("", None),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0", None),
        ("br; q=0.000, gzip;q=0.0", None),
        ("br;q=0.1", "br"),
        ("GZIP", "gzip"),
    ],
)
def test_a_browser_gets_the_smallest_form_it_takes(accepts, encoding):
    name, body = page().for_encoding(accepts)
    assert (name, unpressed(name, body)) == (encoding, LONG)


def test_a_page_is_pressed_once_per_encoding():
    kept_page = page()
    first = kept_page.for_encoding("br")[1]
    assert kept_page.for_encoding("br")[1] is first
    assert set(kept_page.pressed) == {"br"}


def test_a_short_page_is_not_pressed():
    assert page(b"kort").for_encoding("br, gzip") == (None, b"kort")


def test_a_page_is_given_back_while_its_version_is_on_show():
    cache, one = PageCache(100_000), page(version=3)
    cache.put(("zwolle", "/nl/"), one)
    assert cache.get(("zwolle", "/nl/"), 3, START) is one
    assert cache.get(("leeuwarden", "/nl/"), 3, START) is None
    assert cache.get(("zwolle", "/nl/"), 4, START) is None
    assert cache.get(("zwolle", "/nl/"), 3, START) is None


def test_a_page_is_true_until_its_moment_and_not_at_it():
    cache, key = PageCache(100_000), ("zwolle", "/nl/")
    cache.put(key, page(true_until=START + timedelta(minutes=5)))
    assert cache.get(key, 1, START + timedelta(minutes=4, seconds=59)) is not None
    assert cache.get(key, 1, START + timedelta(minutes=5)) is None


def test_the_longest_unread_page_makes_room():
    room = 3 * page().size()
    cache = PageCache(room)
    for path in "abc":
        cache.put(("zwolle", path), page())
    cache.get(("zwolle", "a"), 1, START)
    cache.put(("zwolle", "d"), page())
    held = [path for path in "abcd" if cache.get(("zwolle", path), 1, START)]
    assert held == ["a", "c", "d"]


def test_room_is_counted_in_bytes_and_comes_back():
    cache = PageCache(2 * page().size())
    for version in range(20):
        cache.put(("zwolle", "a"), page(version=version))
    cache.put(("zwolle", "b"), page())
    assert cache.get(("zwolle", "a"), 19, START)
    assert cache.get(("zwolle", "b"), 1, START)


def test_a_page_larger_than_the_room_is_not_kept():
    cache = PageCache(1_000)
    cache.put(("zwolle", "a"), page())
    assert cache.get(("zwolle", "a"), 1, START) is None


class Handler:
    """Stands for the portal behind the tween: a new page at each question."""

    def __init__(self, status=200, headers=(), kept_view=True, true_until=None):
        self.asked = 0
        self._answer = (status, headers, kept_view, true_until)

    def __call__(self, request):
        self.asked += 1
        status, headers, kept_view, true_until = self._answer
        request.environ["portal.kept"] = kept_view
        if true_until:
            request.environ["portal.true_until"] = true_until
        response = Response(f"page {self.asked} ".encode() * 100, status=status, content_type="text/html")
        response.headers.extend(headers)
        return response


@pytest.fixture
def times_asked(registry, clock):
    """How often the portal is asked when the same question comes twice."""

    def count(handler, path="/nl/", pause=timedelta(0), **environ):
        own = SimpleNamespace(portal=registry.portal, sites=registry.sites, clock=clock)
        tween = page_cache_tween_factory(handler, own)
        for _ in range(2):
            tween(Request.blank(path, environ={"HTTP_HOST": "zwolle.test", **environ}))
            clock.forward(seconds=pause.total_seconds())
        return handler.asked

    return count


def test_a_page_that_may_be_kept_is_made_once(times_asked):
    assert times_asked(Handler()) == 1


@pytest.mark.parametrize(
    "handler",
    [
        Handler(kept_view=False),
        Handler(status=404),
        Handler(status=422),
        Handler(status=302),
        Handler(headers=[("Set-Cookie", "a=b")]),
    ],
    ids=["view-does-not-say-so", "not-found", "wrong", "leads-on", "sets-a-cookie"],
)
def test_nothing_else_is_kept(times_asked, handler):
    assert times_asked(handler) == 2


def test_what_people_ask_is_never_kept(times_asked):
    assert times_asked(Handler(), path="/nl/vind-uw-team?waar=8011AB") == 2


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT"])
def test_only_reading_is_kept(times_asked, method):
    assert times_asked(Handler(), REQUEST_METHOD=method) == 2


def test_a_host_of_nobody_is_not_kept(times_asked):
    assert times_asked(Handler(), HTTP_HOST="nobody.test") == 2


def test_a_page_about_now_is_made_again_when_now_is_over(times_asked):
    until = START + timedelta(minutes=1)
    assert times_asked(Handler(true_until=until), pause=timedelta(seconds=59)) == 1
    assert times_asked(Handler(true_until=until), pause=timedelta(seconds=60)) == 2


def test_the_earliest_of_two_moments_counts(ask):
    request = ask("/nl/")
    for minutes in (5, 3, 9):
        request.page_true_until(START + timedelta(minutes=minutes))
    assert request.environ["portal.true_until"] == START + timedelta(minutes=3)


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
    assert unpressed(encoding, pressed.body) == plain.body
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
