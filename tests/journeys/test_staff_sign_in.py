"""Somebody of the staff is invited, sets a password and a phone, signs in and out."""

import re

import pytest

from tests.browser import Browser
from tests.reading import main, text, words
from tests.staff import (
    ACCOUNT,
    CODE,
    DOOR,
    EMAIL,
    NAME,
    PASSWORD,
    Phone,
    cookie,
    follow,
    inside,
    password_of,
    send,
    settle,
)


def test_from_the_invitation_to_ones_own_account(visitor, staff_link, clock):
    invitation = visitor.get(staff_link)
    assert NAME in text(main(invitation))
    assert EMAIL in text(main(invitation))
    second = follow(visitor, send(visitor, invitation, password=PASSWORD, again=PASSWORD))
    assert "sleutel" not in second.request.url
    assert second.html.find("svg", class_="qr") is not None
    shown = send(visitor, second, 200, code=Phone(clock, second).code())
    assert text(shown.html.h1) == words("Keep your recovery codes")
    assert len(shown.html.find_all("code")) == 10
    account = visitor.get(ACCOUNT)
    said = text(main(account))
    for fact in (NAME, EMAIL, words("Worker of a team"), "holtenbroek", "23 november 2026", "23 november 2027",
                 words("Translator"), "192.0.2.0/24", "10:00", "10 codes"):  # fmt: skip
        assert fact in said


def test_on_another_day_a_password_and_a_code_lead_in(app, colleague, visitor):
    _browser, phone, _codes = colleague
    page = follow(visitor, password_of(visitor, email=f"  {EMAIL.upper()} "))
    assert page.request.path == CODE
    start = inside(visitor, send(visitor, page, code=f"{phone.code()[:3]} {phone.code()[3:]}"))
    assert text(start.html.h1) == words("Today")


def test_in_english_the_whole_way_is_english(colleague, visitor):
    page = follow(visitor, password_of(visitor, path="/en/staff/aanmelden"))
    assert page.request.path == "/en/staff/code"
    start = inside(visitor, send(visitor, page, code=colleague[1].code()))
    assert text(start.html.h1) == "Today"
    assert text(start.html.select_one(".langs a[hreflang=nl]")) == "Nederlands"


def test_without_the_phone_a_recovery_code_leads_in_once(colleague, visitor):
    _browser, _phone, codes = colleague
    follow(visitor, password_of(visitor))
    inside(visitor, send(visitor, visitor.get("/nl/werk/herstelcode"), code=codes[0]))
    account = visitor.get(ACCOUNT)
    assert words("Recovery codes") in text(main(account))
    assert "9 codes" in text(main(account))
    other = Browser(visitor._app.app, "zwolle.test")
    follow(other, password_of(other))
    send(other, other.get("/nl/werk/herstelcode"), 422, code=codes[0])


def test_signing_out_ends_it_here_and_in_the_database(colleague, app):
    browser = colleague[0]
    held = cookie(browser)
    page = browser.get(ACCOUNT)
    out = browser.submit(page.forms[0])
    assert out.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert words("You are signed out.") in text(main(follow(browser, out)))
    thief = Browser(app, "zwolle.test")
    thief._app.set_cookie("staff", held)
    assert thief.get(ACCOUNT, status=303).location.endswith(f"{DOOR}?waarom=verlopen")


def test_new_recovery_codes_ask_a_code_of_now(colleague):
    browser, phone, old = colleague
    page = browser.get("/nl/werk/account/herstelcodes")
    assert [link["href"] for link in send(browser, page, 422, code="000000").html.select(".errors a")] == ["#code"]
    shown = send(browser, browser.get("/nl/werk/account/herstelcodes"), 200, code=phone.code())
    new = [code.get_text() for code in shown.html.find_all("code")]
    assert len(new) == 10
    assert not set(new) & set(old)


def test_known_and_unknown_get_the_same_page_to_the_letter(colleague, app, clock):
    pages = set()
    for email in (EMAIL, "nobody.at.all@example.nl"):
        stranger = Browser(app, "zwolle.test")
        for _ in range(7):
            page = password_of(stranger, "een verkeerd wachtwoord", email)
            shown = re.sub(r'name="csrf_token" value="\w+"', "", page.text).replace(email, "")
            pages.add((page.status_int, tuple(sorted({*page.headers} - {"Set-Cookie"})), shown))
            assert cookie(stranger) is None
    assert len(pages) == 1


def test_a_wrong_password_costs_the_password_and_not_the_address(visitor, colleague):
    page = password_of(visitor, "een verkeerd wachtwoord")
    assert page.status_int == 422
    assert page.forms["form"]["email"].value == EMAIL
    assert page.forms["form"]["password"].value == ""
    assert "een verkeerd wachtwoord" not in page.text


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"email": "", "password": PASSWORD}, "email", "Fill in your e-mail address."),
        ({"email": EMAIL, "password": ""}, "password", "Fill in your password."),
    ],
)
def test_what_is_empty_is_named_at_its_field(visitor, staff_link, values, field, message):
    page = send(visitor, visitor.get(DOOR), 422, **values)
    assert [(one["href"], text(one)) for one in page.html.select(".errors a")] == [(f"#{field}", words(message))]
    assert page.forms["form"]["email"].value == values["email"]


@pytest.mark.parametrize(
    ("password", "again", "field", "message"),
    [
        ("", "", "password", "Think of a password and fill it in."),
        ("elf tekens.", "elf tekens.", "password", "This password is too short. Use at least 12 characters."),
        ("welkom123456", "welkom123456", "password",
         "Many people choose a password like this, so it is easy to guess. Think of another one."),
        ("canary zingt in de ochtend", "canary zingt in de ochtend", "password",
         "Your name, e-mail address or municipality is in this password. Leave it out."),
        (PASSWORD, PASSWORD + "x", "again", "This is not the same password. Fill in both once more."),
    ],
)  # fmt: skip
def test_a_password_that_will_not_do_says_exactly_why_and_the_link_still_works(
    visitor, staff_link, clock, password, again, field, message
):
    page = send(visitor, visitor.get(staff_link), 422, password=password, again=again)
    assert words(message) in text(page.html.find(id=f"{field}-error"))
    follow(visitor, send(visitor, page, password=PASSWORD, again=PASSWORD))


def test_a_link_that_was_used_says_what_to_do(visitor, staff_link, clock):
    settle(visitor, staff_link, clock)
    page = visitor.get(staff_link, status=410)
    assert text(page.html.h1) == words("This link no longer works")
    visitor.get("/nl/werk/uitnodiging", status=410)


def test_opening_a_link_uses_nothing_up(visitor, staff_link):
    for _ in range(3):
        visitor.get(staff_link)
    follow(visitor, send(visitor, visitor.get(staff_link), password=PASSWORD, again=PASSWORD))
