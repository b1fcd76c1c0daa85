"""Style: start and end, never left and right; nothing from elsewhere; the ring of focus always there."""

import re

import pytest

from tests.composed import ROOT

SHEETS = sorted((ROOT / "portal/ui/static/css").rglob("*.css"))
THEMES = [ROOT / "content/theme.css", *sorted((ROOT / "tests/sites").glob("*/theme.css"))]
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_PHYSICAL = re.compile(
    r"(?:left|right|float|(?:margin|padding|border|scroll-(?:margin|padding))-(?:left|right)(?:-\w+)?"
    r"|border-(?:top|bottom)-(?:left|right)-radius|overflow-x|overscroll-behavior-x)"
)
_SIDED = {"margin", "padding", "inset", "border-width", "border-color", "border-style", "scroll-margin"}
#: (selector, property): why it may name a side.
ALLOWED = {
    (".scroll", "overflow-x"): "scrolling a table sideways is the same in both directions",
    (".langs summary::after, .menu summary::after", "border-width"): "a square turned into an arrow that points down",
    (".filters summary::after", "border-width"): "the same arrow",
    (".crumbs li + li::before", "border-width"): "a square turned into an arrow; [dir=rtl] turns it around",
}
#: Selector without the ring of focus → what shows it instead. The skip link moves focus to `main`: that is the page.
RING_ELSEWHERE = {"main:focus": None, ".task a:focus-visible": ".task a:focus-visible::after"}


def rules(path):
    """(selector, [(property, value)]) of every innermost block."""
    css = _COMMENT.sub("", path.read_text("utf-8"))
    for selector, block in _RULE.findall(css):
        pairs = (line.partition(":") for line in block.split(";") if ":" in line)
        yield " ".join(selector.split()), [(name.strip(), " ".join(value.split())) for name, _, value in pairs]


def parts(value):
    """The values of a shorthand; a function counts as one."""
    return re.findall(r"[\w-]+\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()]+", value)


def names_a_side(name, value):
    if _PHYSICAL.fullmatch(name) or (name in {"text-align", "clear"} and value in {"left", "right"}):
        return True
    sides = parts(value)
    return name in _SIDED and len(sides) == 4 and sides[1] != sides[3]


def leans(name, value):
    """Whether it looks different in a mirror: a shadow to one side, unlike corners, a shift along the line."""
    if name == "border-radius":
        corners = parts(value)
        return len(corners) == 4 and (corners[0], corners[3]) != (corners[1], corners[2])
    if name == "box-shadow":
        return re.search(r"(?:^|, ?|inset )-?[1-9.][\w.]* ", value) is not None
    return name == "transform" and "translateX" in value


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_no_rule_names_left_or_right(path):
    naming = [
        f"{selector} {{ {name}: {value} }}"
        for selector, pairs in rules(path)
        for name, value in pairs
        if names_a_side(name, value) and (selector, name) not in ALLOWED
    ]
    assert not naming


def test_what_leans_to_one_side_leans_to_the_other_from_right_to_left():
    everything = [
        (selector, name, value) for path in SHEETS for selector, pairs in rules(path) for name, value in pairs
    ]
    said = {(selector, name) for selector, name, _value in everything}
    leaning = {(selector, name) for selector, name, value in everything if leans(name, value)}
    assert leaning
    assert {
        (selector, name)
        for selector, name in leaning
        if not selector.startswith("[dir=rtl]") and (f"[dir=rtl] {selector}", name) not in said
    } == set()


def test_every_exception_is_still_needed():
    used = {
        (selector, name)
        for path in SHEETS
        for selector, pairs in rules(path)
        for name, value in pairs
        if names_a_side(name, value)
    }
    assert set(ALLOWED) <= used


@pytest.mark.parametrize("path", [*SHEETS, *THEMES], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nothing_is_fetched_from_elsewhere(path):
    css = _COMMENT.sub("", path.read_text("utf-8"))
    assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import|@font-face", css)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_focus_is_never_made_invisible(path):
    hiding = {
        selector
        for selector, pairs in rules(path)
        for name, value in pairs
        if name in {"outline", "outline-style", "outline-width"} and value.split()[0] in {"none", "0"}
    }
    shown = {selector for selector, pairs in rules(path) if "outline" in dict(pairs)}
    assert hiding <= set(RING_ELSEWHERE)
    assert {RING_ELSEWHERE[selector] for selector in hiding} - {None} <= shown


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.parent.name)
def test_a_municipality_sets_brand_tokens_only(path):
    base = {name for name, _value in dict(rules(SHEETS[0]))[":root"] if name.startswith("--brand-")}
    base |= {name for selector, pairs in rules(SHEETS[0]) for name, _value in pairs if name.startswith("--brand-")}
    for selector, pairs in rules(path):
        assert selector.endswith(":root")
        assert {name for name, _value in pairs} <= base


@pytest.mark.parametrize("path", SHEETS[1:], ids=lambda path: path.name)
def test_colours_are_named_once_as_tokens(path):
    """Outside the tokens a colour is a name; black and white stand in print and under the code on the poster."""
    found = {
        colour.upper()
        for selector, pairs in rules(path)
        for name, value in pairs
        if not name.startswith("--") and selector != ".qr"
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", value)
    }
    assert found <= {"#000000"}
