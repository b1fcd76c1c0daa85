"""Arabic runs from right to left; numbers, postcodes and addresses in it do not."""

import re

import pytest

PHONE = re.compile(r"^[0+][\d -]{6,}$")
POSTCODE = re.compile(r"\b\d{4} ?[A-Z]{2}\b")

#: Each piece of text, with the direction it is shown in and whether it is kept apart from the words around it.
PIECES = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const style = getComputedStyle(node.parentElement);
    found.push({ text: node.textContent.trim(), direction: style.direction, bidi: style.unicodeBidi });
  }
  return found;
}"""


@pytest.fixture(scope="module")
def reader(new_visitor):
    visitor = new_visitor()
    yield visitor
    visitor.context.close()


@pytest.mark.parametrize("name", ["start", "team", "find, an answer", "entry", "404"])
def test_the_page_runs_from_right_to_left(reader, name):
    page = reader.open(name, "ar")
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("ar", "rtl")
    assert page.locator("h1").evaluate("(one) => getComputedStyle(one).direction") == "rtl"


@pytest.mark.parametrize(
    "name", ["start", "team", "find, an answer", "find, choose", "entry", "poster", "page, safety"]
)
def test_numbers_and_postcodes_do_not_turn_around(reader, name):
    page = reader.open(name, "ar")
    pieces = page.evaluate(PIECES)
    latin = [piece for piece in pieces if PHONE.match(piece["text"]) or POSTCODE.search(piece["text"])]
    assert latin, "a page has a phone number at least"
    for piece in latin:
        assert piece["direction"] == "ltr", piece
        assert piece["bidi"].startswith("isolate"), piece


def middle(page, selector):
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


@pytest.mark.parametrize(("locale", "mirrored"), [("nl", False), ("ar", True)])
def test_the_layout_is_mirrored(reader, locale, mirrored):
    page = reader.open("start", locale)
    half = page.viewport_size["width"] / 2
    assert (middle(page, ".langs") < half) == mirrored
    assert (middle(page, ".brand") > half) == mirrored
    assert (middle(page, ".help__phone") > half) == mirrored
    assert (middle(page, "#where") > half) == mirrored


def test_arrows_turn_and_phones_do_not(reader):
    page = reader.open("map", "ar")
    turned = "(one) => new DOMMatrix(getComputedStyle(one).transform).a"
    assert page.locator(".pages .icon--points").last.evaluate(turned) == -1
    assert page.locator(".help__phone .icon").evaluate(turned) == 1


#: Blocks of Dutch text that do not begin at the side where Dutch begins.
ASTRAY = """() => [...document.querySelectorAll("main [dir=ltr]")].filter((one) => {
  const style = getComputedStyle(one.parentElement);
  if (getComputedStyle(one).display !== "block" || style.display !== "block") return false;
  const edge = one.parentElement.getBoundingClientRect().left + parseFloat(style.paddingLeft);
  return one.getBoundingClientRect().left > edge + parseFloat(style.borderLeftWidth) + 1;
}).map((one) => one.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("name", ["page, in Dutch only", "entry, in Dutch only", "map", "search, results"])
def test_dutch_in_an_arabic_page_has_one_margin(reader, name):
    page = reader.open(name, "ar")
    assert page.locator("main [dir=ltr]").count() > 0
    assert page.evaluate(ASTRAY) == []


@pytest.mark.parametrize(("locale", "side"), [("nl", "paddingLeft"), ("ar", "paddingRight")])
def test_tables_begin_where_the_text_begins(reader, locale, side):
    page = reader.open("team", locale)
    for cell in page.locator(".hours thead th").all():
        assert cell.evaluate("(one, side) => getComputedStyle(one)[side]", side) == "0px"
