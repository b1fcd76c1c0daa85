"""A request is gone on with later, is sent once however often one presses, and a page may stand open."""

import re
from threading import Barrier, Thread

import pytest
from webtest import TestApp

from portal.cases.form_views import TRIES_A_NETWORK
from portal.cases.models import Case, Contact, Draft
from tests.browser import Browser
from tests.reading import hrefs, main, text
from tests.unit.cleaning.asking import (
    FOLLOW,
    FORM,
    ME,
    NAME,
    Books,
    answer,
    at,
    faults,
    fill,
    on,
    question,
    reference,
    send,
    sending,
    to_check,
)

LOCALES = ("nl", "nl_simple", "ar")
ORDER = ["who", "home", "provider", "when", "name", "reach", "language", "note"]


def code_of(page):
    """The code that a page says to write down."""
    return re.search(r"[3-9A-Z]{4} [3-9A-Z]{4} [3-9A-Z]{4}", text(main(page))).group()


def resume(visitor, code, status="*"):
    form = visitor.get(f"{FORM['nl']}/verder").forms["form"]
    form["code"] = code
    return visitor.submit(form, status=status)


@pytest.mark.parametrize("write", [str, str.lower, lambda code: code.replace(" ", "-")])
def test_with_the_code_one_goes_on_in_another_browser(visitor, another, books, write):
    code = code_of(at(visitor, "when"))
    page = on(another, resume(another, write(code)))
    assert question(page) == "when"
    while "/vraag/" in page.request.path:
        page = answer(another, page, ME[question(page)])
    on(another, another.submit(sending(page)))
    assert books.the(Contact).name == NAME


def test_a_draft_is_gone_after_a_week_and_says_the_same_as_a_code_that_nobody_has(visitor, another, books, clock):
    code = code_of(at(visitor, "when"))
    clock.forward(days=7)
    over, unknown = resume(another, code, 422), resume(another, "7KD4 MW3F 9XPA", 422)
    assert faults(over) == faults(unknown)
    assert over.forms["form"]["code"].value == code


@pytest.mark.parametrize("typed", ["", "123", "wachtwoord", "x" * 41])
def test_a_code_that_cannot_be_one_is_told_at_its_field(visitor, books, typed):
    page = resume(visitor, typed, 422)
    assert [where for where, _said in faults(page)] == ["code"]
    assert page.forms["form"]["code"].value == typed


def test_codes_are_not_to_be_guessed_for_long(visitor, another, books):
    code = code_of(at(visitor, "when"))
    form = another.get(f"{FORM['nl']}/verder").forms["form"]
    for _ in range(TRIES_A_NETWORK):
        form["code"] = "7KD4 MW3F 9XPA"
        another.submit(form, status=422)
    assert resume(another, code).status_int == 422


def test_the_same_request_sent_again_and_again_is_one(visitor, books):
    page = to_check(visitor)
    first = on(visitor, visitor.submit(sending(page)))
    for _ in range(3):
        again = on(visitor, visitor.submit(sending(page)))
        assert reference(again) == reference(first)
    assert len(books.rows(Case)) == len(books.rows(Contact)) == 1
    assert len(books.messages()) == 2


def test_back_and_send_again_after_the_answers_are_gone_starts_nothing_new(visitor, books):
    page = to_check(visitor)
    send_form = sending(page)
    visitor.submit(send_form)
    assert on(visitor, visitor.get(f"{FORM['nl']}/controle", status=303)).request.path == FORM["nl"]
    assert visitor.submit(send_form).location.endswith("/gelukt")
    assert len(books.rows(Case)) == 1


def test_a_double_click_is_one_request(app, visitor, books):
    form = sending(to_check(visitor))
    values = dict(form.submit_fields())
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    start, answers, faults = Barrier(2), [], []

    def click():
        web = TestApp(app, extra_environ={"HTTP_HOST": "zwolle.test", "REMOTE_ADDR": "192.0.2.1"})
        try:
            start.wait()
            answers.append(web.post(form.action, values, headers={"Cookie": cookie}, status="*"))
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert [one.location.rsplit("/", 1)[1] for one in answers] == ["gelukt", "gelukt"]
    assert len(books.rows(Case)) == 1
    assert len(books.messages()) == 2


def test_an_old_check_page_does_not_send_the_answers_of_a_new_request(visitor, books):
    old = sending(to_check(visitor))
    visitor.submit(old)
    to_check(visitor, {**ME, "name": {"name": "Iemand anders"}})
    visitor.submit(old)
    assert books.the(Contact).name == NAME


def test_a_send_key_that_somebody_made_up_sends_nothing(visitor, books):
    form = sending(to_check(visitor))
    form["__send_key__"].force_value("x" * 43)
    assert visitor.submit(form).location.endswith("/controle")
    assert books.rows(Case) == []


@pytest.mark.parametrize("token", ["", "0" * 40])
def test_a_question_that_stood_open_too_long_comes_back_filled(visitor, books, token):
    form = fill(at(visitor, "name").forms["form"], ME["name"])
    form["csrf_token"] = token
    again = visitor.submit(form, status=422)
    assert NAME in text(main(again))
    assert question(on(visitor, visitor.submit(again.form))) == "reach"


def test_days_that_were_ticked_survive_a_page_that_stood_open_too_long(visitor, books):
    form = fill(at(visitor, "when").forms["form"], ME["when"])
    form["csrf_token"] = "expired"
    again = visitor.submit(form, status=422)
    page = on(visitor, visitor.submit(again.form))
    assert question(page) == "name"
    assert books.the(Draft).answers["when"] == {"parts": sorted(ME["when"]["parts"]), "start": "soon"}


def test_a_check_page_that_stood_open_too_long_sends_after_all_and_shows_no_key(visitor, books):
    form = sending(to_check(visitor))
    key, form["csrf_token"] = form["__send_key__"].value, "expired"
    again = visitor.submit(form, status=422)
    assert key not in text(main(again))
    assert books.rows(Case) == []
    assert reference(on(visitor, visitor.submit(again.form)))
    assert len(books.rows(Case)) == 1


def test_the_start_page_sets_no_cookie_and_names_the_other_ways(visitor, books, central):
    page = visitor.get(FORM["nl"])
    assert visitor.cookies == {}
    assert central in hrefs(main(page))
    assert f"{FORM['nl']}/verder" in hrefs(main(page))


def test_the_cookies_say_nothing_are_out_of_reach_of_scripts_and_end(visitor, books):
    response = visitor.submit(fill(visitor.get(f"{FORM['nl']}/vraag/who").forms["form"], ME["who"]))
    (header,) = [value.lower() for value in response.headers.getall("Set-Cookie") if value.startswith("draft=")]
    for part in ("httponly", "samesite=lax", "path=/", f"max-age={7 * 24 * 3600}"):
        assert part in header
    send(visitor)
    assert "draft" not in visitor.cookies
    assert set(visitor.cookies) == {"csrf", "visit"}


def test_pages_with_answers_are_kept_by_nobody(visitor, books):
    at(visitor, "home")
    to_check(visitor)
    for path in ("vraag/home", "controle", "verder"):
        assert visitor.get(f"{FORM['nl']}/{path}").headers["Cache-Control"] == "no-store"
    send(visitor)
    assert visitor.get(f"{FORM['nl']}/gelukt").headers["Cache-Control"] == "no-store"


def test_a_municipality_knows_nothing_of_the_requests_of_another(visitor, app, books, leeuwarden):
    send(visitor)
    elsewhere = Browser(app, "leeuwarden.test")
    form = elsewhere.get(FOLLOW["nl"]).forms["form"]
    form["reference"], form["known"] = books.the(Case).reference, "8011PK"
    elsewhere.submit(form, status=422)
    Books(leeuwarden).empty()
