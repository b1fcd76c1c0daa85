"""Nobody gets in who should not, nobody stays in who left, and nothing of it is kept, logged or shown to others."""

import logging
import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import inspect, select

from portal.accounts.services import StaffAccounts
from portal.foundation.clock import today
from portal.foundation.db import writing
from portal.models import metadata
from tests.browser import Browser, look_at
from tests.reading import main, text, words
from tests.staff import (
    ACCOUNT,
    CODE,
    DOOR,
    EMAIL,
    PASSWORD,
    TABLES,
    TODAY,
    cookie,
    follow,
    inside,
    password_of,
    send,
    settle,
)  # fmt: skip


def test_who_leaves_is_out_at_the_next_click(colleague, zwolle, clock):
    browser = colleague[0]
    browser.get(ACCOUNT)
    with writing(zwolle.engine) as session:
        StaffAccounts(session, clock.now(), today(clock)).leave(EMAIL)
    assert browser.get(ACCOUNT, status=303).location.endswith(f"{DOOR}?waarom=verlopen")


def test_after_a_quiet_quarter_one_is_told_why_one_has_to_sign_in_again(colleague, clock):
    browser = colleague[0]
    browser.get(ACCOUNT)
    clock.forward(minutes=15)
    door = follow(browser, browser.get(ACCOUNT, status=303))
    assert words("It was quiet for a while, so we signed you out. Sign in again.") in text(main(door))


def test_who_works_on_stays_in_and_after_eight_hours_is_out(colleague, clock):
    browser = colleague[0]
    for _ in range(36):
        clock.forward(minutes=13)
        browser.get(ACCOUNT)
    clock.forward(minutes=13)
    browser.get(ACCOUNT, status=303)


def test_the_cookie_is_new_at_each_step_and_one_that_was_planted_is_not_used(colleague, visitor):
    visitor._app.set_cookie("staff", "planted")
    seen = [cookie(visitor)]
    page = follow(visitor, password_of(visitor))
    seen.append(cookie(visitor))
    inside(visitor, send(visitor, page, code=colleague[1].code()))
    seen.append(cookie(visitor))
    assert len(set(seen)) == 3
    assert {len(value) for value in seen[1:]} == {43}


def test_the_token_of_forms_is_new_after_signing_in(colleague, visitor):
    before = visitor.get(DOOR).forms["form"]["csrf_token"].value
    page = follow(visitor, password_of(visitor))
    half = page.forms["form"]["csrf_token"].value
    start = inside(visitor, send(visitor, page, code=colleague[1].code()))
    assert len({before, half, start.forms[0]["csrf_token"].value}) == 3


def test_half_a_session_opens_nothing_but_the_next_question(colleague, visitor):
    follow(visitor, password_of(visitor))
    for path in (ACCOUNT, "/nl/werk/account/herstelcodes"):
        visitor.get(path, status=303)
    assert visitor.get("/nl/werk/tweede-stap", status=303).location.endswith(CODE)


@pytest.mark.parametrize("tail", ["code", "herstelcode", "tweede-stap", "account", "account/herstelcodes"])
def test_who_is_nobody_gets_the_door(visitor, staff_link, tail):
    assert DOOR in visitor.get(f"/nl/werk/{tail}", status=303).location


def test_the_short_address_leads_to_where_one_belongs(visitor, colleague):
    assert visitor.get("/nl/werk", status=303).location.endswith(DOOR)
    assert colleague[0].get("/nl/werk", status=303).location.endswith(TODAY)
    assert colleague[0].get(DOOR, status=303).location.endswith(TODAY)


def test_after_signing_in_one_is_where_one_wanted_to_be(colleague, visitor):
    wanted = "/nl/werk/account/herstelcodes"
    page = follow(visitor, visitor.get(wanted, status=303))
    page = follow(visitor, send(visitor, page, email=EMAIL, password=PASSWORD))
    assert inside(visitor, send(visitor, page, code=colleague[1].code())).request.path == wanted


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "/nl/werk//evil", "https://evil.example", "/nl/werk\\evil", "/nl/"]
)
def test_a_cookie_leads_to_no_place_that_is_not_ours(colleague, wanted):
    browser = colleague[0]
    browser.cookies["staff-wanted"] = wanted
    assert browser.get("/nl/werk", status=303).location.endswith(TODAY)


def test_what_was_typed_is_still_there_for_who_was_signed_out(colleague, clock):
    browser = colleague[0]
    token = browser.get("/nl/werk/invoeren/cleaning/vraag/desk").forms["form"]["csrf_token"].value
    clock.forward(minutes=16)
    typed = {"csrf_token": token, "channel": "phone", "language": "nl", "knows": "yes"}
    page = browser.post("/nl/werk/invoeren/cleaning/vraag/desk", typed, status=403)
    form = page.forms[0]
    assert form["channel"].value == "phone"
    assert main(page).select_one(f"a[href='{DOOR}']")


@pytest.mark.parametrize("segment", ["nl-simple", "ar", "pl", "tr", "uk"])
@pytest.mark.parametrize("word", ["werk", "staff"])
def test_in_other_languages_there_is_no_such_address(visitor, segment, word):
    for tail in ("", "/aanmelden", "/account"):
        visitor.get(f"/{segment}/{word}{tail}", status=404)


def test_the_word_of_the_other_language_leads_on(visitor):
    assert visitor.get("/en/werk/aanmelden", status=301).location.endswith("/en/staff/aanmelden")


def test_no_public_page_leads_to_the_door(zwolle_crawled):
    assert [path for path in zwolle_crawled.pages if re.match(r"/\w+/(?:werk|staff)\b", path)] == []


@pytest.mark.parametrize("token", ["", "0" * 40])
def test_a_door_that_stood_open_too_long_asks_the_secret_again_and_never_shows_it(visitor, colleague, token):
    form = visitor.get(DOOR).forms["form"]
    form["email"], form["password"], form["csrf_token"] = EMAIL, PASSWORD, token
    again = visitor.submit(form, status=422)
    assert PASSWORD not in again.text
    assert again.forms["form"]["email"].value == EMAIL
    page = follow(visitor, send(visitor, again, password=PASSWORD))
    form = page.forms["form"]
    form["code"], form["csrf_token"] = "123123", token
    again = visitor.submit(form, status=422)
    assert "123123" not in again.text
    inside(visitor, send(visitor, again, code=colleague[1].code()))


@pytest.mark.parametrize("token", ["", "0" * 40])
def test_an_invitation_that_stood_open_too_long_keeps_its_key(visitor, staff_link, token):
    form = visitor.get(staff_link).forms["form"]
    form["password"], form["again"], form["csrf_token"] = PASSWORD, PASSWORD, token
    again = visitor.submit(form, status=422)
    assert PASSWORD not in again.text
    follow(visitor, send(visitor, again, password=PASSWORD, again=PASSWORD))


def test_nothing_is_sent_without_a_token_not_even_out(colleague, app):
    browser = colleague[0]
    for tail in ("aanmelden", "code", "herstelcode", "uitnodiging", "tweede-stap", "afmelden", "account/herstelcodes"):
        answer = browser.post(f"/nl/werk/{tail}", {"email": EMAIL, "password": PASSWORD, "code": "1", "key": "x"})
        assert answer.status_int in {303, 422, 410}, tail
        assert "Clear-Site-Data" not in answer.headers
    browser.get(ACCOUNT)


def test_no_page_of_the_staff_is_kept_by_anybody(colleague, visitor, staff_link, registry):
    browser = colleague[0]
    pages = [visitor.get(DOOR), browser.get(ACCOUNT), browser.get("/nl/werk/account/herstelcodes")]
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store"
        assert "ETag" not in page.headers
        assert page.html.find("meta", attrs={"name": "robots"})["content"] == "noindex, nofollow"
        assert page.html.find("link", rel="canonical") is None
        look_at(page)


def test_a_colleague_who_reads_public_pages_gets_the_same_as_everybody(colleague, visitor):
    assert colleague[0].get("/nl/klacht").text == visitor.get("/nl/klacht").text


def test_the_cookie_is_for_this_site_and_out_of_reach_of_scripts(colleague, visitor):
    page = follow(visitor, password_of(visitor))
    sent = send(visitor, page, code=colleague[1].code())
    (header,) = [value.lower() for value in sent.headers.getall("Set-Cookie") if value.startswith("staff=")]
    assert "httponly" in header
    assert "samesite=lax" in header
    assert "path=/" in header
    assert "domain" not in header
    assert "expires" not in header
    assert "max-age" not in header


def rows(zwolle):
    with writing(zwolle.engine) as session:
        return {name: session.execute(select(table)).all() for name, table in metadata.tables.items()}


def test_reading_changes_no_row(colleague, visitor, zwolle, staff_link):
    browser = colleague[0]
    browser.get(ACCOUNT)
    before = rows(zwolle)
    for path in (ACCOUNT, "/nl/werk/account/herstelcodes", "/nl/werk", DOOR, "/en/staff/account"):
        browser.get(path, status="*")
    for path in (DOOR, CODE, staff_link, "/nl/werk/tweede-stap", "/nl/werk/afmelden"):
        visitor.get(path, status="*")
    assert rows(zwolle) == before


def test_only_that_one_was_seen_is_written_and_once_a_minute(colleague, zwolle, clock):
    browser = colleague[0]
    browser.get(ACCOUNT)
    before = rows(zwolle)
    clock.forward(seconds=59)
    browser.get(ACCOUNT)
    assert rows(zwolle) == before
    clock.forward(seconds=1)
    browser.get(ACCOUNT)
    after = rows(zwolle)
    assert [name for name in before if before[name] != after[name]] == ["staff_session"]


def test_a_program_that_fills_in_everything_does_not_come_in(colleague, visitor):
    form = visitor.get(DOOR).forms["form"]
    form["email"], form["password"], form["fax_number"] = EMAIL, PASSWORD, "1"
    visitor.submit(form, status=422)
    assert cookie(visitor) is None


def test_no_name_address_or_secret_is_in_a_log(visitor, staff_link, clock, caplog, zwolle):
    caplog.set_level(logging.DEBUG)
    settle(visitor, staff_link, clock)
    stranger = Browser(visitor._app.app, "zwolle.test")
    for _ in range(6):
        password_of(stranger, "een verkeerd wachtwoord")
    stranger.get(staff_link, status="*")
    assert not re.search(r"canary|vogel|olifant|verkeerd|sleutel", caplog.text, re.IGNORECASE)


def test_a_page_of_another_municipality_knows_nobody_of_this_one(colleague, visitor_of_leeuwarden):
    visitor_of_leeuwarden._app.set_cookie("staff", cookie(colleague[0]))
    visitor_of_leeuwarden.get(ACCOUNT, status=303)
    assert password_of(visitor_of_leeuwarden).status_int == 422


def test_every_table_of_staff_is_emptied_by_these_tests(zwolle):
    ours = {name for name in inspect(zwolle.engine).get_table_names() if name.startswith("staff")}
    assert ours == {table.__tablename__ for table in TABLES}


def test_pages_need_no_script_and_say_their_errors_first(visitor, staff_link):
    page = send(visitor, visitor.get(DOOR), 422, email="", password="")
    shown = BeautifulSoup(page.text, "html.parser")
    assert shown.title.text.startswith(words("Look again"))
    assert shown.find(class_="errors").find_next("h1") is shown.h1
