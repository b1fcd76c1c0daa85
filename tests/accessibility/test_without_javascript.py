"""The journeys in a browser that runs no script: everything is there, and everything works."""

import re

import pytest
from playwright.sync_api import expect

WORDS = {"nl": "vind-uw-team", "ar": "find-your-team"}


@pytest.fixture(params=["nl", "ar"])
def locale(request):
    return request.param


@pytest.fixture
def visitor_without_scripts(new_visitor):
    visitor = new_visitor(java_script_enabled=False, viewport={"width": 360, "height": 640})
    yield visitor
    visitor.context.close()


def test_scripts_are_off(visitor_without_scripts):
    page = visitor_without_scripts.open("start")
    expect(page.locator("html")).not_to_have_class(re.compile("with-script"))


def test_find_a_team(visitor_without_scripts, locale):
    page = visitor_without_scripts.open("start", locale)
    page.locator("#where").fill("8031ab")
    page.locator("form", has=page.locator("#where")).get_by_role("button").click()
    expect(page).to_have_url(re.compile(f"/{WORDS[locale]}\\?waar=8031ab$"))
    page.locator(".answer h2 a").click()
    expect(page).to_have_url(re.compile("/team/holtenbroek$"))
    expect(page.locator("main a.button").first).to_have_attribute("href", "tel:0380000220")


def test_a_slip_is_told_and_mended(visitor_without_scripts, locale):
    page = visitor_without_scripts.open("find, nothing asked", locale)
    page.locator("#where").fill("80")
    page.locator("#where").press("Enter")
    expect(page.locator(".errors a")).to_have_attribute("href", "#where")
    expect(page.locator("#where")).to_have_value("80")
    page.locator(".errors a").click()
    expect(page.locator("#where")).to_be_focused()
    page.locator("#where").fill("8031 AB")
    page.locator("#where").press("Enter")
    expect(page.locator(".answer")).to_be_visible()


def test_choose_a_language(visitor_without_scripts, locale):
    page = visitor_without_scripts.open("page, long", locale)
    page.locator(".langs summary").click()
    page.locator(".langs__list a[hreflang=pl]").click()
    expect(page).to_have_url(re.compile("/pl/"))
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    # A text that is not there yet in Polish is still the text that one was reading.
    expect(page.locator("main")).to_contain_text("klacht")


def test_open_the_menu(visitor_without_scripts, locale):
    page = visitor_without_scripts.open("start", locale)
    page.locator(".menu summary").click()
    page.locator(".menu__list a").first.click()
    expect(page).to_have_url(re.compile(WORDS[locale]))


def test_filter_the_map_and_open_an_entry(visitor_without_scripts, locale):
    page = visitor_without_scripts.open("map", locale)
    page.locator(".filters > summary").click()
    page.locator(".facet__more:has([href$='thema=taal']) > summary").click()
    page.locator(".facet__link[href$='thema=taal']").click()
    page.locator(".filters > summary").click()
    page.locator(".facet__link[href$='wijk=Holtenbroek']").click()
    expect(page).to_have_url(re.compile(r"\?thema=taal&wijk=Holtenbroek$"))
    expect(page.locator(".chosen li")).to_have_count(2)
    page.locator(".chosen a").last.click()
    expect(page.locator(".chosen li")).to_have_count(1)
    first = page.locator(".hits h2 a").first
    name = first.inner_text()
    first.click()
    expect(page.locator("h1")).to_have_text(name)


def test_search(visitor_without_scripts, locale):
    page = visitor_without_scripts.open("start", locale)
    page.locator("#what").fill("schulden")
    page.locator("#what").press("Enter")
    page.locator(".hits h2 a").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_send_a_reaction(visitor_without_scripts, locale):
    page = visitor_without_scripts.open("page, long", locale)
    page.locator(".useful a").last.click()
    expect(page.locator("input[name=useful][value=no]")).to_be_checked()
    page.locator("#remark").fill("Ik mis een telefoonnummer.")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/(reactie-bedankt|reaction-thanks)$"))
    expect(page.locator("h1")).to_be_visible()
