"""The way out of a page about violence: by keys, by thumb, without script, and never over what one reads by keys."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.accessibility import measures
from tests.accessibility.test_keyboard import MODES, walk

PHONE = {"width": 360, "height": 640}
LINK = ".exit a"


@pytest.fixture(params=list(MODES))
def visitor_with_keys(request, new_visitor):
    visitor = new_visitor(bypass_csp=True, **MODES[request.param])
    yield visitor
    visitor.context.close()


@pytest.fixture(params=[False, True], ids=["without script", "with script"])
def visitor_on_a_phone(request, new_visitor):
    visitor = new_visitor(java_script_enabled=request.param, viewport=PHONE)
    yield visitor
    visitor.context.close()


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_it_is_the_second_stop_and_in_view(visitor_with_keys, locale):
    page = visitor_with_keys.open("page, safety", locale)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "/weg"
    stop = page.evaluate(measures.FOCUSED)
    assert stop["inView"]
    assert not stop["covered"]


def test_it_lies_over_no_stop_that_fits_beside_it(visitor_with_keys):
    page = visitor_with_keys.open("page, safety")
    room = page.evaluate("() => innerHeight - document.querySelector('.exit').offsetHeight")
    stops = list(walk(page))
    hidden = [
        stop["name"]
        for stop in stops
        if stop["covered"] or not (stop["inView"] or stop["box"]["height"] > room - 2 * measures_of_a_line(page))
    ]
    assert not hidden, "\n".join(hidden)
    assert len(stops) == page.evaluate(measures.STOPS)


def measures_of_a_line(page):
    """Pixels of a line of text: the room that is left above and below what has the focus."""
    return page.evaluate("() => parseFloat(getComputedStyle(document.body).lineHeight)")


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_it_stays_in_view_from_the_first_line_to_the_last(visitor_on_a_phone, locale):
    page = visitor_on_a_phone.open("page, safety", locale)
    expect(page.locator(LINK)).to_be_in_viewport(ratio=1)
    page.locator(".foot").scroll_into_view_if_needed()
    expect(page.locator(LINK)).to_be_in_viewport(ratio=1)


@pytest.fixture
def outside(registry):
    """A page outside, to which the way out leads; gives its address and what it was told of where people came from."""
    told = []

    class Weather(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/weer":
                told.append(self.headers.get("Referer"))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_said):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Weather)
    Thread(target=server.serve_forever, daemon=True).start()
    profile = registry.sites.by_key("zwolle").profile
    before, address = profile.exit_to, f"http://leeuwarden.test:{server.server_port}/weer"
    object.__setattr__(profile, "exit_to", address)
    yield address, told
    object.__setattr__(profile, "exit_to", before)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_it_leads_outside_and_tells_nobody_from_where(visitor_on_a_phone, outside, locale):
    address, told = outside
    page = visitor_on_a_phone.open("page, safety", locale)
    page.locator(LINK).click()
    expect(page).to_have_url(address)
    assert told == [None]


def test_with_a_script_the_way_back_does_not_lead_to_it_again(new_visitor, outside):
    visitor = new_visitor()
    page = visitor.open("start")
    visitor.open("page, safety")
    page.locator(LINK).click()
    expect(page).to_have_url(outside[0])
    page.go_back()
    expect(page).to_have_url(re.compile("/nl/$"))
    visitor.context.close()


def test_it_is_not_printed(new_visitor):
    visitor = new_visitor()
    page = visitor.open("page, safety")
    page.emulate_media(media="print")
    expect(page.locator(LINK)).to_be_hidden()
    expect(page.locator(".exit-what")).to_be_hidden()
    visitor.context.close()
