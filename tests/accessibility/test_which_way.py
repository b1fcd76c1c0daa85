"""“Which way is right for me” in a browser that runs no script, on a phone and on paper."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def visitor_without_scripts(new_visitor):
    visitor = new_visitor(java_script_enabled=False, viewport={"width": 360, "height": 640})
    yield visitor
    visitor.context.close()


@pytest.mark.parametrize("locale", ["nl", "nl_simple", "ar"])
def test_the_way_that_fits_is_found_without_a_script(visitor_without_scripts, locale):
    page = visitor_without_scripts.open("which way, start", locale)
    for value in ("behandeling", "ja", "wijkteam", "luisteren"):
        page.locator(f"#form input[value={value}]").check()
        if value == "ja":
            page.locator("#datum").fill("3 nov. 2026")
        page.locator("#form button").click()
    expect(page.locator(".deadline")).to_contain_text("15")
    expect(page.locator(".way")).to_have_count(4)
    page.locator(".back a").click()
    expect(page.locator("input[value=luisteren]")).to_be_checked()


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_a_wrong_date_leads_to_its_field(visitor_without_scripts, locale):
    page = visitor_without_scripts.open("which way, wrong date", locale)
    page.locator(".errors a").click()
    expect(page.locator("#datum")).to_be_focused()
    expect(page.locator("#datum")).to_have_value("31-2")


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_the_whole_card_of_an_answer_can_be_pressed(visitor_without_scripts, locale):
    page = visitor_without_scripts.open("which way, start", locale)
    for card in page.locator(".choice--card").all():
        box = card.bounding_box()
        card.click(position={"x": box["width"] / 2, "y": box["height"] - 4})
        expect(card.locator("input")).to_be_checked()


def test_the_last_day_and_what_to_write_are_printed(new_visitor):
    visitor = new_visitor()
    page = visitor.open("which way, result")
    page.emulate_media(media="print")
    for part in (".deadline", ".way ul", ".answers"):
        expect(page.locator(part).first).to_be_visible()
    expect(page.locator("[data-print]")).to_be_hidden()
    visitor.context.close()
