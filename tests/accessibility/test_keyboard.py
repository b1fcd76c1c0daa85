"""Whoever uses no mouse: every stop can be reached, seen and left."""

import pytest

from tests.accessibility import measures

#: More stops than any page has.
TOO_MANY = 400
#: Around a stop, for its outline.
MARGIN = 10
PAGES = (
    "start", "find, nothing asked", "map", "page, long", "reaction", "which way, letter", "which way, result",
)  # fmt: skip
MODES = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "small, forced colours": {"viewport": {"width": 320, "height": 640}, "forced_colors": "active"},
}


@pytest.fixture(params=list(MODES))
def visitor_with_keys(request, new_visitor):
    visitor = new_visitor(bypass_csp=True, **MODES[request.param])
    yield visitor
    visitor.context.close()


def walk(page):
    """Press Tab until the page ends; gives what each stop looked like."""
    for _ in range(TOO_MANY):
        page.keyboard.press("Tab")
        stop = page.evaluate(measures.FOCUSED)
        if stop is None or (stop["number"] == 0 and page.evaluate("() => window.stops.length > 1")):
            return
        yield stop
    pytest.fail("Tab finds no end")


def changes(page, box):
    """Whether the focus of a stop is to be seen in a picture of it."""
    size = page.viewport_size
    x, y = max(0, box["x"] - MARGIN), max(0, box["y"] - MARGIN)
    clip = {
        "x": x,
        "y": y,
        "width": min(box["width"] + 2 * MARGIN, size["width"] - x),
        "height": min(box["height"] + 2 * MARGIN, size["height"] - y),
    }
    seen = page.screenshot(clip=clip)
    page.evaluate(measures.LOOK_AWAY)
    unseen = page.screenshot(clip=clip)
    page.evaluate(measures.LOOK_BACK)
    return seen != unseen


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_the_first_stop_leads_to_the_text(visitor_with_keys, name, locale):
    page = visitor_with_keys.open(name, locale)
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    assert first.get_attribute("href") == "#main"
    assert page.evaluate(measures.FOCUSED)["inView"]
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.localName") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("name", PAGES)
def test_every_stop_can_be_reached_and_seen(visitor_with_keys, name):
    page = visitor_with_keys.open(name)
    number, found = 0, []
    for stop in walk(page):
        assert stop["number"] == number, f"the focus goes back to {stop['name']}"
        number += 1
        if not stop["inView"]:
            found.append(f"out of view: {stop['name']}")
        if stop["covered"]:
            found.append(f"covered: {stop['name']}")
        if stop["outline"] < 2:
            found.append(f"no outline of 2 px: {stop['name']}")
        if not changes(page, stop["box"]):
            found.append(f"looks the same with and without focus: {stop['name']}")
    assert not found, "\n".join(found)
    assert number == page.evaluate(measures.STOPS)


def test_what_unfolds_does_so_with_the_keyboard(visitor_with_keys):
    page = visitor_with_keys.open("start")
    languages = page.locator(".langs details")
    languages.locator("summary").focus()
    page.keyboard.press("Enter")
    assert languages.evaluate("(one) => one.open")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('.langs__list') !== null")
    assert not page.evaluate(measures.FOCUSED)["covered"]


def test_a_hidden_focus_is_seen(visitor_with_keys):
    """The measure itself: without outlines the walk complains."""
    page = visitor_with_keys.open("thanks")
    page.evaluate(measures.WEAR, "* { outline: none !important; box-shadow: none !important }")
    assert any(stop["outline"] < 2 for stop in walk(page))
