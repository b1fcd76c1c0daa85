"""axe-core on every kind of page, in light, dark, forced colours and on a small phone. A floor, no certificate."""

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.accessibility import measures
from tests.accessibility.pages import in_locales, names

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
#: Rules that are not in those tags, or off in them.
MORE = ("target-size", "label-content-name-mismatch", "region", "landmark-unique", "heading-order")
OPTIONS = {
    "runOnly": {"type": "tag", "values": list(TAGS)},
    "rules": {rule: {"enabled": True} for rule in MORE},
    "resultTypes": ["violations"],
}
RUN = "(options) => axe.run(document, options)"
#: Chromium paints forced colours, and says them of `color`, but not of `-webkit-text-fill-color`, which axe asks first.
#: Left empty there, axe asks `color`. (Seen with Chromium 156 and axe 4.12: the dark ink of a button, painted yellow.)
PAINTED = """() => {
  const ask = CSSStyleDeclaration.prototype.getPropertyValue;
  CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
    const forced = name === "-webkit-text-fill-color" && matchMedia("(forced-colors: active)").matches;
    return forced ? "" : ask.call(this, name);
  };
}"""
SMALL = {"width": 320, "height": 640}
LARGE = {"width": 1280, "height": 800}
MODES: dict[str, dict[str, Any]] = {
    "light": {"size": LARGE, "color_scheme": "light", "forced_colors": "none"},
    "dark": {"size": LARGE, "color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"size": LARGE, "color_scheme": "dark", "forced_colors": "active"},
    "320 px": {"size": SMALL, "color_scheme": "light", "forced_colors": "none"},
}
PAGES = list(in_locales("nl", "nl_simple", "ar"))


def wear(page: Page, mode: str) -> None:
    """The look of the portal is style sheets only, so a page need not be loaded again for another look."""
    look = dict(MODES[mode])
    page.set_viewport_size(look.pop("size"))
    page.emulate_media(**look)


def faults(page: Page) -> list[str]:
    """What axe finds, one line for each element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
        page.evaluate(PAINTED)
    found = page.evaluate(RUN, OPTIONS)
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))} — {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def look_in_every_mode(page: Page) -> list[str]:
    found = []
    for mode in MODES:
        wear(page, mode)
        found += [f"{mode}: {fault}" for fault in faults(page)]
        wider = page.evaluate(measures.SIDEWAYS)
        if wider > 0:
            found.append(f"{mode}: {wider} px wider than the window")
    return found


@pytest.mark.parametrize(("kind", "locale"), PAGES, ids=names(PAGES))
def test_axe_finds_nothing(inspector, kind, locale):
    found = look_in_every_mode(inspector.open(kind, locale))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("locale", ["nl", "ar"])
@pytest.mark.parametrize("name", ["start", "map"])
def test_axe_finds_nothing_in_what_unfolds(inspector, name, locale):
    page = inspector.open(name, locale)
    for fold in (".langs details", ".menu", ".filters"):
        page.evaluate(
            "(fold) => document.querySelectorAll('details').forEach((one) => { one.open = one.matches(fold); })", fold
        )
        found = look_in_every_mode(page)
        assert not found, f"{fold} open:\n" + "\n".join(found)


def test_axe_sees_faults(inspector):
    """Of every fault that we put into a page, one rule knows."""
    page = inspector.open("thanks")
    page.evaluate(
        """() => document.querySelector("main .page").insertAdjacentHTML("beforeend",
        "<h4>Te diep</h4><img src='/favicon.ico'><input><p><font color='#cccccc'>bleek</font></p>"
        + "<button aria-label='iets anders'>Stuur</button><nav aria-label='Menu'></nav><nav aria-label='Menu'></nav>"
        + "<a href='#a'><svg width='9' height='9'><title>a</title></svg></a>"
        + "<a href='#b'><svg width='9' height='9'><title>b</title></svg></a>")"""
    )
    wear(page, "light")
    seen = {fault.split(":", maxsplit=1)[0] for fault in faults(page)}
    assert seen >= {"color-contrast", "heading-order", "image-alt", "label", "label-content-name-mismatch"}
    assert seen >= {"landmark-unique", "target-size"}
