"""Somebody of the staff signs in at the municipality's own provider; a real one, in a process beside the portal."""

import logging
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.accounts.models import Staff, StaffEvent, StaffOpenId, StaffSession
from tests.browser import Browser
from tests.oidc import CLIENT_ID, CLIENT_SECRET
from tests.reading import main, text, words
from tests.staff import ACCOUNT, DOOR, EMAIL, NAME, cookie, follow
from tests.staff_openid import (
    BACK,
    ELSE,
    LABEL,
    NOT_TRUSTED,
    OVER,
    START,
    SUB,
    UNKNOWN,
    back_from,
    button,
    change,
    rows,
    sign_in,
    stopped,
    way_of,
)


def test_a_button_leads_to_the_provider_and_back_to_ones_own_account(provider, person, zwolle):
    account = sign_in(provider, person)
    assert account.request.path == ACCOUNT
    assert NAME in text(main(account))
    (bound,) = rows(zwolle, StaffOpenId)
    assert (bound.issuer, bound.sub) == (provider.issuer, SUB)
    (session,) = rows(zwolle, StaffSession)
    assert session.second_factor
    assert [event.kind for event in rows(zwolle, StaffEvent)][-1] == "signed_in"
    assert rows(zwolle, StaffEvent)[-1].network == "192.0.2.0/24"


def test_the_button_has_the_name_that_people_know(person):
    page = person.get(DOOR)
    assert words("Sign in with %(label)s", label=LABEL) in text(main(page))


def test_the_provider_is_asked_all_that_makes_an_answer_ours(provider, person):
    asked = {name: value for name, (value,) in parse_qs(urlsplit(way_of(person)).query).items()}
    known = {name: asked.pop(name) for name in ("response_type", "client_id", "redirect_uri", "scope")}
    assert known == {
        "response_type": "code", "client_id": CLIENT_ID, "redirect_uri": f"http://zwolle.test{BACK}",
        "scope": "openid email",
    }  # fmt: skip
    assert asked.pop("code_challenge_method") == "S256"
    assert set(asked) == {"state", "nonce", "code_challenge"}
    assert len(set(asked.values())) == 3
    assert all(re.fullmatch(r"[\w-]{43}", value) for value in asked.values())


def test_in_english_the_whole_way_is_english(provider, person):
    account = sign_in(provider, person, path="/en/staff/aanmelden")
    assert text(account.html.h1) == "My account"


def test_at_every_later_time_the_same_person_comes_in(provider, new_browser, zwolle):
    for _ in range(2):
        sign_in(provider, new_browser())
    assert len(rows(zwolle, StaffOpenId)) == 1
    assert len(rows(zwolle, StaffSession)) == 2


def test_the_session_of_before_ends_and_the_form_token_is_new(provider, person, zwolle):
    way = way_of(person)
    path = provider.sign_in(way, SUB).removeprefix("http://zwolle.test")
    tried = person.cookies["openid"]
    sign_in(provider, person)
    before, token = cookie(person), person.cookies["csrf"]
    person._app.set_cookie("openid", tried)
    person.get(path, status=303)
    assert cookie(person) != before
    assert person.cookies["csrf"] != token
    assert sorted(session.ended_at is None for session in rows(zwolle, StaffSession)) == [False, True]


def test_the_cookies_are_for_this_site_and_out_of_reach_of_scripts(provider, person):
    sent = person.submit(button(person))
    (kept,) = [value.lower() for value in sent.headers.getall("Set-Cookie") if value.startswith("openid=")]
    for part in ("httponly", "samesite=lax", "path=/", "max-age=600"):
        assert part in kept
    assert "domain" not in kept


def test_answers_lead_nowhere_but_inside(provider, person):
    path = back_from(provider, person)
    elsewhere = "&next=https://evil.test&redirect_uri=https://evil.test&waarom=//evil.test"
    assert person.get(path + elsewhere, status=303).location == "http://zwolle.test/nl/werk"


def test_coming_back_a_second_time_is_over(provider, person, zwolle):
    path = back_from(provider, person)
    kept = person.cookies["openid"]
    person.get(path, status=303)
    person.forget()
    stopped(person, path, 400, OVER)
    person._app.set_cookie("openid", kept)
    stopped(person, path, 400, OVER)
    assert len(rows(zwolle, StaffSession)) == 1


def test_another_state_is_over(provider, person):
    path = back_from(provider, person)
    stopped(person, re.sub(r"state=[\w-]+", "state=" + "a" * 43, path), 400, OVER)


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?error=access_denied", "?code=x&state=%C3%A9"])
def test_without_a_try_there_is_no_way_in(person, query):
    stopped(person, BACK + query, 400, OVER)


def test_an_answer_in_a_browser_that_did_not_ask_is_over(provider, person, new_browser):
    path = back_from(provider, person)
    stopped(new_browser(), path, 400, OVER)
    started = new_browser()
    way_of(started)
    stopped(started, path, 400, OVER)


def test_the_cookie_of_somebody_else_fits_no_answer_of_ones_own(provider, person, new_browser):
    other = new_browser()
    way_of(other)
    path = back_from(provider, person)
    person._app.set_cookie("openid", other.cookies["openid"])
    stopped(person, path, 400, OVER)


def test_codes_that_are_swapped_between_two_browsers_open_neither(provider, person, new_browser):
    other = new_browser()
    provider.knows(ELSE, email="other@example.nl", email_verified=True)
    paths = [back_from(provider, person), back_from(provider, other, ELSE)]
    codes = [re.search(r"code=([^&]+)", path).group(1) for path in paths]
    stopped(person, paths[0].replace(codes[0], codes[1]), 400, OVER)
    stopped(other, paths[1].replace(codes[1], codes[0]), 400, OVER)


def test_a_try_of_more_than_ten_minutes_is_over(provider, person, clock):
    path = back_from(provider, person)
    clock.forward(minutes=10)
    stopped(person, path, 400, OVER)


def test_who_says_no_at_the_provider_may_start_again(provider, person):
    state = parse_qs(urlsplit(way_of(person)).query)["state"][0]
    stopped(person, f"{BACK}?error=access_denied&error_description=canary&state={state}", 400, OVER)
    sign_in(provider, person)


def test_an_answer_that_names_another_provider_is_not_trusted(provider, person):
    stopped(person, back_from(provider, person) + "&iss=https://evil.test", 403, NOT_TRUSTED)


def test_who_has_no_account_here_is_told_whom_to_ask(provider, person, zwolle):
    provider.knows(ELSE, email="nobody.here@example.nl", email_verified=True)
    page = stopped(person, back_from(provider, person, ELSE), 403, UNKNOWN)
    assert "nobody.here" not in page.text
    assert rows(zwolle, StaffEvent)[-1].kind == "refused"
    assert rows(zwolle, StaffEvent)[-1].staff_id is None
    assert rows(zwolle, StaffOpenId) == []


@pytest.mark.parametrize("claims", [{}, {"email_verified": False}, {"email_verified": "true"}], ids=str)
def test_an_address_that_nobody_made_sure_of_binds_nobody(provider, person, zwolle, claims):
    provider.knows(SUB, email=EMAIL, **claims)
    stopped(person, back_from(provider, person), 403, UNKNOWN)
    assert rows(zwolle, StaffOpenId) == []


def test_who_left_stays_out_and_what_bound_them_is_gone(provider, person, new_browser, zwolle, clock):
    sign_in(provider, person)
    change(zwolle, clock, lambda accounts: accounts.leave(EMAIL))
    person.get(ACCOUNT, status=303)
    stopped(new_browser(), back_from(provider, browser := new_browser()), 400, OVER)
    stopped(browser, back_from(provider, browser), 403, UNKNOWN)
    assert rows(zwolle, StaffOpenId) == []
    assert rows(zwolle, StaffEvent)[-1].kind == "refused"


def test_who_left_before_ever_coming_in_stays_out(provider, person, zwolle, clock):
    change(zwolle, clock, lambda accounts: accounts.leave(EMAIL))
    stopped(person, back_from(provider, person), 403, UNKNOWN)


def test_another_address_at_the_provider_changes_nothing_for_who_is_known(provider, new_browser, zwolle, clock):
    sign_in(provider, new_browser())
    change(zwolle, clock, lambda accounts: accounts.add("colleague@example.nl", "Colleague", "Gemeente"))
    for claims in ({"email": "colleague@example.nl", "email_verified": True}, {"email": "x@y.nl"}, {}):
        provider.knows(SUB, **claims)
        assert NAME in text(main(sign_in(provider, new_browser())))
    assert len(rows(zwolle, StaffOpenId)) == 1


def test_another_account_with_the_same_address_is_nobody_here(provider, person, new_browser, zwolle):
    sign_in(provider, person)
    provider.knows(ELSE, email=EMAIL, email_verified=True)
    other = new_browser()
    stopped(other, back_from(provider, other, ELSE), 403, UNKNOWN)
    assert [one.sub for one in rows(zwolle, StaffOpenId)] == [SUB]


def test_after_a_new_invitation_a_new_account_at_the_provider_gets_in(provider, person, new_browser, zwolle, clock):
    sign_in(provider, person)
    change(zwolle, clock, lambda accounts: accounts.invite(accounts.by_email(EMAIL)))
    provider.knows(ELSE, email=EMAIL, email_verified=True)
    sign_in(provider, new_browser(), ELSE)
    assert [one.sub for one in rows(zwolle, StaffOpenId)] == [ELSE]


def test_an_address_that_is_not_in_the_token_is_asked_apart(provider, person, zwolle):
    provider.knows(SUB)
    said = f'{{"sub": "{SUB}", "email": "{EMAIL.upper()}", "email_verified": true}}'
    provider.say(userinfo={"body": said})
    assert NAME in text(main(sign_in(provider, person)))


def test_what_is_said_apart_about_somebody_else_is_not_trusted(provider, person):
    provider.knows(SUB)
    provider.say(userinfo={"body": f'{{"sub": "{ELSE}", "email": "{EMAIL}", "email_verified": true}}'})
    stopped(person, back_from(provider, person), 403, NOT_TRUSTED)


def test_where_a_level_is_asked_only_that_level_comes_in(provider, staffed):
    app = staffed(**{"site.zwolle.openid.acr": "mfa"}).make_wsgi_app()
    person = Browser(app, "zwolle.test")
    assert "acr_values=mfa" in way_of(person)
    stopped(person, back_from(provider, person), 403, NOT_TRUSTED)
    provider.knows(SUB, email=EMAIL, email_verified=True, acr="password")
    stopped(person, back_from(provider, person), 403, NOT_TRUSTED)
    provider.knows(SUB, email=EMAIL, email_verified=True, acr="mfa")
    sign_in(provider, person)


def test_where_there_is_no_provider_there_is_no_such_door(visitor, visitor_of_leeuwarden, openid_portal):
    for browser in (visitor, Browser(openid_portal[0], "leeuwarden.test")):
        assert "openid" not in browser.get(DOOR).text
        for path in (START, BACK):
            browser.get(path, status=404)
        token = browser.cookies["csrf"]
        assert browser.post(START, {"csrf_token": token}).status_int == 404


def test_a_button_without_the_token_of_a_form_begins_nothing(person):
    assert person.post(START).status_int == 422
    assert "openid" not in person.cookies


def test_reading_begins_nothing_and_leads_to_the_door(person, zwolle):
    before = rows(zwolle, StaffEvent), rows(zwolle, Staff)
    assert person.get(START, status=303).location.endswith(DOOR)
    way_of(person)
    assert (rows(zwolle, StaffEvent), rows(zwolle, Staff)) == before
    assert rows(zwolle, StaffSession) == []


def test_going_out_goes_out_here_and_says_that_it_is_only_here(provider, person):
    account = sign_in(provider, person)
    out = follow(person, person.submit(account.forms[0]))
    assert LABEL in text(main(out).find(class_="notice"))
    person.get(ACCOUNT, status=303)


def test_of_the_way_there_and_back_nothing_is_logged(provider, person, caplog, zwolle):
    caplog.set_level(logging.DEBUG)
    path = back_from(provider, person)
    code, state = (parse_qs(urlsplit(path).query)[name][0] for name in ("code", "state"))
    person.get(path, status=303)
    provider.knows(ELSE, email="nobody.here@example.nl", email_verified=True)
    person.forget()
    stopped(person, back_from(provider, person, ELSE), 403, UNKNOWN)
    assert "unknown, no account" in caplog.text
    said = re.compile(rf"canary|nobody\.here|sub-000|{re.escape(code)}|{re.escape(state)}|eyJ|{CLIENT_SECRET}", re.I)
    ours = [record for record in caplog.records if not record.name.startswith("sqlalchemy")]
    assert [record.name for record in ours if said.search(record.getMessage())] == []
