"""Whole pages kept in memory: the second reader waits for nothing, and nobody gets what is no longer true."""

import gzip
from datetime import timedelta

import brotli
import pytest

from portal.foundation.page_cache import KeptPage, PageCache
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
