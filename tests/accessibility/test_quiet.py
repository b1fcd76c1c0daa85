"""A reader leaves nothing behind, nobody else hears of it, and it costs little."""

from urllib.parse import urlsplit

import pytest

READ = (
    "start",
    "find, nothing asked",
    "find, an answer",
    "all teams",
    "team",
    "page, long",
    "page, safety",
    "page, in Dutch only",
    "which way, start",
    "which way, result",
    "map",
    "entry",
    "search, results",
)
PHONE = {"width": 360, "height": 640}
#: Bytes of the start page over the wire on a first visit, headers included, and the requests they come in.
MOST_BYTES, MOST_REQUESTS = 25 * 1024, 4


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_reading_leaves_nothing_behind(new_visitor, locale):
    visitor = new_visitor()
    hosts, said = set(), []
    visitor.page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    visitor.page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    visitor.page.on("pageerror", lambda error: said.append(str(error)))
    for name in READ:
        page = visitor.open(name, locale)
        kept = page.evaluate("() => localStorage.length + sessionStorage.length")
        assert kept == 0, name
    page.wait_for_load_state("networkidle")
    assert visitor.context.cookies() == []
    assert hosts == {"zwolle.test"}
    assert said == []
    visitor.context.close()


def test_the_console_hears_what_the_policy_refuses(new_visitor):
    """The measure itself: a script put into a page is refused, and that is heard."""
    visitor = new_visitor()
    said = []
    visitor.page.on("console", lambda message: said.append(message.text))
    page = visitor.open("thanks")
    page.evaluate("() => { document.body.append(Object.assign(document.createElement('script'), {text: '1'})); }")
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in words for words in said)
    visitor.context.close()


@pytest.mark.parametrize("locale", ["nl", "nl_simple", "ar"])
def test_the_first_visit_is_light(new_visitor, locale):
    visitor = new_visitor(viewport=PHONE)
    wire = visitor.context.new_cdp_session(visitor.page)
    wire.send("Network.enable")
    addresses, sizes = {}, {}
    wire.on("Network.requestWillBeSent", lambda it: addresses.update({it["requestId"]: it["request"]["url"]}))
    wire.on("Network.loadingFinished", lambda it: sizes.update({it["requestId"]: it["encodedDataLength"]}))
    page = visitor.open("start", locale)
    page.wait_for_load_state("networkidle")
    weights = {urlsplit(addresses[key]).path: size for key, size in sizes.items() if addresses[key].startswith("http")}
    assert len(weights) <= MOST_REQUESTS, weights
    assert 0 < sum(weights.values()) <= MOST_BYTES, weights
    visitor.context.close()


@pytest.mark.parametrize("locale", ["nl", "nl_simple", "ar"])
def test_a_phone_shows_the_first_question_at_once(new_visitor, locale):
    visitor = new_visitor(viewport=PHONE)
    page = visitor.open("start", locale)
    form = page.locator("form", has=page.locator("#where"))
    for part in (page.locator("label[for=where]"), page.locator("#where"), form.get_by_role("button")):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"], f"{part} ends at {box['y'] + box['height']:.0f} px"
    visitor.context.close()
