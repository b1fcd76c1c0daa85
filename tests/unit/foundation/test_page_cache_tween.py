"""What the tween keeps, and what it never does."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from pyramid.request import Request
from pyramid.response import Response

from portal.foundation.page_cache import page_cache_tween_factory
from tests.clock import START


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
