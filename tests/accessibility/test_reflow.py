"""Small windows, large letters, more room between letters: nothing is cut off, nothing scrolls sideways."""

import pytest

from tests.accessibility import measures
from tests.accessibility.pages import in_locales, names

#: WCAG 1.4.12, word for word.
ROOMY = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } "
    "p { margin-block-end: 2em !important }"
)
LARGE_LETTERS = "html { font-size: 200% !important }"
#: Name → window, style.
READERS = {
    "320 by 256": ((320, 256), ""),
    "640 by 320": ((640, 320), ""),
    "letters twice as large": ((1280, 800), LARGE_LETTERS),
    "letters twice as large on a tablet": ((768, 1024), LARGE_LETTERS),
    "room between letters, wide": ((1280, 800), ROOMY),
    "room between letters, small": ((320, 640), ROOMY),
}
#: WCAG 2.5.8; and what a thumb likes.
SMALLEST, COMFORTABLE = 24, 44
#: Dutch, the other direction, and the longest words.
PAGES = list(in_locales("nl", "ar", "uk"))


@pytest.mark.parametrize(("kind", "locale"), PAGES, ids=names(PAGES))
def test_the_page_fits(inspector, kind, locale):
    page = inspector.open(kind, locale)
    found = []
    for reader, ((width, height), style) in READERS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(measures.WEAR, style)
        wider = page.evaluate(measures.SIDEWAYS)
        if wider > 0:
            found.append(f"{reader}: {wider} px wider than the window")
        found += [f"{reader}: cut off: {name}" for name in page.evaluate(measures.CUT_OFF)]
    assert not found, "\n".join(found)


def test_everything_to_press_is_large_enough(inspector, report):
    small, tight = set(), set()
    for kind, locale in PAGES:
        page = inspector.open(kind, locale)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for target in page.evaluate(measures.TARGETS):
                size = f"{target['width']:.0f} × {target['height']:.0f}"
                where = f"{size} at {width} px, {kind}: {target['name']}"
                # A pixel is the rounding of the browser.
                if round(min(target["width"], target["height"])) < SMALLEST:
                    small.add(where)
                elif round(min(target["width"], target["withLabel"])) < COMFORTABLE:
                    tight.add(where)
    report("targets-under-44-px.txt", sorted(tight))
    assert not small, "\n".join(sorted(small))


def test_the_measures_see_faults(inspector):
    page = inspector.open("thanks")
    page.set_viewport_size({"width": 320, "height": 256})
    page.evaluate(measures.WEAR, "h1 { min-inline-size: 30rem } .lead { block-size: 1em; overflow: hidden }")
    assert page.evaluate(measures.SIDEWAYS) > 0
    assert page.evaluate(measures.CUT_OFF)
    page.evaluate(measures.WEAR, ".button { min-block-size: 0; padding: 0; line-height: 10px; border: 0 }")
    assert any(target["height"] < SMALLEST for target in page.evaluate(measures.TARGETS))
