"""Titles appear below the box while somebody types: plain links, seen, heard, reached with Tab, closed with Escape."""

import re

import pytest
from playwright.sync_api import expect

LIST = ".suggestions"
LINKS = f"{LIST} a"
TYPED = {"nl": "taal", "ar": "مو"}


@pytest.fixture(params=["nl", "ar"])
def locale(request):
    return request.param


@pytest.fixture
def start(new_visitor, locale):
    """The start page in a browser of its own."""
    visitor = new_visitor()
    yield visitor.open("start", locale)
    visitor.context.close()


@pytest.fixture
def typing(start, locale):
    """The same, with some letters typed and suggestions below the box."""
    start.locator("#what").press_sequentially(TYPED[locale])
    expect(start.locator(LIST)).to_be_visible()
    return start


def focused(page):
    return page.evaluate("() => document.activeElement.closest('.suggestions a')?.textContent ?? null")


def test_before_anything_is_typed_there_is_no_list(start):
    expect(start.locator(LIST)).to_be_hidden()
    start.locator("#what").press_sequentially("t")
    start.wait_for_timeout(400)
    expect(start.locator(LIST)).to_be_hidden()


def test_typing_shows_links_in_the_language_of_the_reader(typing, locale):
    links = typing.locator(LINKS)
    assert 1 <= links.count() <= 6
    assert all(link.get_attribute("href").startswith(f"/{locale}/") for link in links.all())
    said = typing.locator("form[role=search] [role=status]")
    expect(said).to_have_text(re.compile(rf"{links.count()}$"))


def test_tab_reaches_each_suggestion_and_enter_opens_it(typing, locale):
    names = typing.locator(LINKS).all_inner_texts()
    reached = []
    for _ in range(len(names) + 2):
        typing.keyboard.press("Tab")
        if focused(typing):
            reached.append(focused(typing))
        if reached and reached[-1] == names[-1]:
            break
    assert reached == names
    typing.keyboard.press("Enter")
    expect(typing).to_have_url(re.compile(rf"/{locale}/[^?]{{3,}}$"))
    expect(typing.locator("h1")).to_be_visible()


def test_escape_closes_the_list_and_leaves_the_words_in_the_box(typing, locale):
    typing.keyboard.press("Escape")
    expect(typing.locator(LIST)).to_be_hidden()
    expect(typing.locator("#what")).to_be_focused()
    expect(typing.locator("#what")).to_have_value(TYPED[locale])


def test_escape_on_a_suggestion_goes_back_to_the_box(typing):
    typing.locator(LINKS).first.focus()
    typing.keyboard.press("Escape")
    expect(typing.locator(LIST)).to_be_hidden()
    expect(typing.locator("#what")).to_be_focused()


def test_whoever_leaves_the_box_leaves_no_list_behind(typing):
    typing.locator("#where").focus()
    expect(typing.locator(LIST)).to_be_hidden()


def test_a_slow_press_on_a_suggestion_still_opens_it(typing, locale):
    typing.locator(LINKS).first.click(delay=400)
    expect(typing).to_have_url(re.compile(rf"/{locale}/[^?]{{3,}}$"))


def test_enter_asks_what_was_typed_as_without_a_list(typing, locale):
    typing.keyboard.press("Enter")
    expect(typing).to_have_url(re.compile(r"\?q="))
    expect(typing.locator("#what")).to_have_value(TYPED[locale])


def test_when_nobody_answers_there_is_just_no_list(start, locale):
    start.route("**/aanvullen?*", lambda route: route.abort())
    start.locator("#what").press_sequentially(TYPED[locale])
    start.wait_for_timeout(400)
    expect(start.locator(LIST)).to_be_hidden()
    start.keyboard.press("Enter")
    expect(start).to_have_url(re.compile(r"\?q="))
