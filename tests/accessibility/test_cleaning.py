"""Asking for help with cleaning and following it is open to everybody: axe, large letters, no mouse, no script."""

import re

import pytest
from playwright.sync_api import expect

from portal.cases.models import Case
from portal.cleaning import clockwork
from portal.foundation.tasks import paths
from tests.accessibility.test_staff import Walk
from tests.unit.cleaning.asking import EMAIL, FOLLOW, FOR_MOTHER, FORM, ME, NAME, Books
from tests.unit.cleaning.following import BEZEM

LOCALES = ("nl", "nl_simple", "ar")
SEND = "main form button[type=submit]"


@pytest.fixture
def books(registry, clock):
    clock.reset()
    books = Books(registry.sites.by_key("zwolle"))
    books.empty()
    yield books
    books.empty()


def question(page):
    """Which question is asked."""
    return re.search(r"/vraag/([a-z-]+)", page.url).group(1)


def press(page, selector):
    """Press a button or link and wait for the next page."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def answer(page, values):
    """Fill in a question as it is, and go on."""
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            field = page.locator(f"main form [name={name}]")
            box = page.locator(f"main form [name={name}][value='{one}']")
            if box.count() and box.first.get_attribute("type") in {"radio", "checkbox"}:
                box.first.check()
            else:
                field.first.fill(one)
    press(page, "#form button[type=submit]")


def ask(walk, locale, answers, look=True):
    """Answer every question, the first time with nothing, and look at each page and its messages."""
    page = walk.page
    walk.open(FORM[locale])
    if look:
        walk.look(f"{locale}, start")
    press(page, "main a.button")
    while "/vraag/" in page.url:
        name = question(page)
        if look:
            walk.look(f"{locale}, {name}")
            press(page, "#form button[type=submit]")
            if "/vraag/" not in page.url or question(page) != name:
                continue  # nothing has to be filled in there
            walk.look(f"{locale}, {name}, errors")
        answer(page, answers[name])
    if look:
        walk.look(f"{locale}, check")
    press(page, "main form:has([name=__send_key__]) button")


@pytest.mark.parametrize("locale", LOCALES)
def test_everybody_can_ask_and_follow(new_visitor, books, clock, registry, locale):
    walk = Walk(new_visitor(bypass_csp=True), clock)
    page, follow = walk.page, FOLLOW[locale]
    ask(walk, locale, FOR_MOTHER if locale == "nl" else ME)
    walk.look(f"{locale}, sent")
    for name, path in (("status", "/stand"), ("code", "/code"), ("sure", "/stap/withdraw"), ("find", "")):
        walk.open(follow + path)
        walk.look(f"{locale}, {name}")
    press(page, "#form button[type=submit]")
    walk.look(f"{locale}, find, errors")
    walk.open(f"{follow}/code?code=1")
    press(page, "#form button[type=submit]")
    walk.look(f"{locale}, code, errors")
    walk.open(f"{follow}/stand")
    press(page, "#form button[type=submit]")
    walk.look(f"{locale}, status, errors")
    clock.forward(days=3)
    clockwork.look(books.site, clock, paths(registry, books.site))
    walk.open(books.link(EMAIL if locale != "nl" else "piet.kanariehelper@example.nl", "volg").replace("/nl/", "/nl/"))
    walk.look(f"{locale}, the door of the link")
    press(page, SEND)
    walk.look(f"{locale}, silent")
    walk.open(f"{follow}/aanbieder")
    walk.look(f"{locale}, choose")
    press(page, "#form button[type=submit]")
    walk.look(f"{locale}, choose, errors")
    page.context.close()
    assert not walk.faults, "\n".join(walk.faults)
    assert len(walk.seen) > 25


def test_a_provider_without_an_account_can_answer(new_visitor, books, clock):
    walk = Walk(new_visitor(bypass_csp=True), clock)
    ask(walk, "nl", ME, look=False)
    walk.open(books.link(BEZEM, "aanbod"))
    walk.look("offer")
    press(walk.page, "#yes button[type=submit]")
    walk.look("offer, errors")
    walk.page.locator("#yes [name=first_date]").fill("3-12-2026")
    press(walk.page, "#yes button[type=submit]")
    walk.look("offer, said yes")
    expect(walk.page.locator("main")).to_contain_text(NAME)
    walk.page.context.close()
    assert not walk.faults, "\n".join(walk.faults)


# --- no mouse, no script


def reach(page, what):
    """Press Tab until the focus is where `what`, a condition on the element, says."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const e = document.activeElement; return Boolean({what}); }})()"):
            return
    pytest.fail(f"Tab does not reach {what}")


def type_answer(page, name, value):
    """Answer one field with keys alone."""
    if isinstance(value, list):
        for one in value:
            reach(page, f"e.name === '{name}' && e.value === '{one}'")
            page.keyboard.press("Space")
        return
    reach(page, f"e.name === '{name}'")
    if page.evaluate("document.activeElement.type") != "radio":
        page.keyboard.press("Control+a")
        page.keyboard.type(value)
        return
    page.keyboard.press("Space")
    for _ in range(12):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"the arrows do not reach {value}")


def go(page, what):
    """Reach something and press Enter."""
    reach(page, what)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("who", ["myself", "my mother, without e-mail"])
def test_with_keys_alone_and_without_script_it_is_asked_followed_and_taken_back(new_visitor, books, clock, locale, who):
    visitor = new_visitor(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = visitor.page
    answers = ME if who == "myself" else FOR_MOTHER
    page.goto(visitor.base + FORM[locale])
    go(page, "e.matches('main a.button')")
    while "/vraag/" in page.url:
        for name, value in answers[question(page)].items():
            type_answer(page, name, value)
        go(page, "e.matches('#form button[type=submit]')")
    go(page, "e.matches('main form button[type=submit]')")
    expect(page.locator(".reference")).to_be_visible()
    go(page, "e.matches('main a.button')")
    go(page, "e.href && e.href.endsWith('/stap/withdraw')")
    go(page, "e.matches('main form button[type=submit]')")
    case = books.the(Case)
    assert (case.state, case.locale, case.team_slug is not None) == ("withdrawn", locale, True)
    page.context.close()
