"""Somebody without mobile and e-mail calls: staff make sure that it is them, and read a code to them."""

import re

import pytest

from portal.cases.models import AccessKey, CaseEvent
from portal.cases.words import NAMES
from tests.desk import an_office, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import button, on
from tests.unit.cleaning.following import CODE, STATUS, find, give

office = pytest.fixture(an_office)


@pytest.fixture
def mila(office):
    """Works in Midden."""
    return office.colleague("Mila de Wit", works("midden"))


@pytest.fixture
def asked(office):
    """A request of somebody with a telephone on the wall."""
    return office.ask(way="phone", phone="0381234567", email=None, name="Sjaak Kanarievogel")


@pytest.fixture
def inside(visitor, asked):
    """They found their request by number and telephone; nothing personal is shown."""
    on(visitor, find(visitor, asked, "4567", 303))
    return visitor


def read(colleague, reference):
    """The page with the code, after it was asked whether it is them."""
    page = colleague.browser.get(path_of(reference, "/code"))
    return colleague.browser.submit(button(page, "/code"), 200)


def typing(visitor):
    """The page where a code is typed that one has already."""
    return visitor.get(next(href for href in hrefs(main(visitor.get(CODE))) if href.startswith(f"{CODE}?")))


def digits(page):
    return re.sub(r"\D", "", page.html.select_one(".desk__code").text)


def test_the_code_that_is_read_opens_the_personal_part(mila, asked, inside):
    code = digits(read(mila, asked))
    assert re.fullmatch(r"\d{6}", code)
    page = on(inside, give(inside, typing(inside), f"{code[:3]} {code[3:]}", 303))
    assert "Sjaak Kanarievogel" in text(main(page))


def test_it_works_once_and_not_for_long(mila, asked, inside, another, clock, office):
    code = digits(read(mila, asked))
    on(inside, give(inside, typing(inside), code, 303))
    on(another, find(another, asked, "4567", 303))
    give(another, typing(another), code, 422)
    office.let_in(mila)
    code = digits(read(mila, asked))
    clock.forward(minutes=10)
    give(another, typing(another), code, 422)


def test_first_it_is_asked_whether_it_is_them_and_looking_makes_no_code(office, mila, asked):
    page = mila.browser.get(path_of(asked, "/code"))
    assert page.html.select_one(".desk__code") is None
    assert not [key for key in office.books.rows(AccessKey) if key.purpose == "code"]
    assert path_of(asked, "/code") in hrefs(main(mila.browser.get(path_of(asked))))


def test_it_stands_in_the_chain_who_read_a_code_and_the_resident_sees_it(office, mila, asked, inside):
    code = digits(read(mila, asked))
    last = office.about(CaseEvent, asked)[-1]
    assert (last.action, last.author, last.staff_id) == ("code", "staff", mila.staff_id)
    assert words(NAMES["code"]) in text(main(inside.get(STATUS)))
    for rows in (office.books.rows(AccessKey), office.books.rows(CaseEvent), office.post(asked)):
        assert code not in str(rows)


def test_the_page_with_the_code_is_kept_by_nobody(mila, asked):
    page = read(mila, asked)
    assert page.headers["Cache-Control"] == "no-store"
    assert digits(page) not in page.request.url


def test_for_the_request_of_another_team_there_is_no_code(office, mila):
    theirs = office.ask("holtenbroek", way="phone")
    mila.browser.get(path_of(theirs, "/code"), status=404)
    token = mila.browser.get("/nl/werk/zoeken").forms["form"]["csrf_token"].value
    mila.browser.post(path_of(theirs, "/code"), {"csrf_token": token}, 404)
    assert not [key for key in office.books.rows(AccessKey) if key.purpose == "code"]


def test_a_code_that_was_read_before_works_no_more_after_a_new_one(mila, asked, inside):
    first, second = digits(read(mila, asked)), digits(read(mila, asked))
    if first != second:
        give(inside, typing(inside), first, 422)
    on(inside, give(inside, typing(inside), second, 303))
