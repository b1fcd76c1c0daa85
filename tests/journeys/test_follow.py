"""Somebody follows their request without an account: by its number, or by the link in a mail."""

import re

import pytest
from sqlalchemy import update

from portal.cases.models import AccessKey, Case
from portal.cases.tracking import TRIES_A_REFERENCE
from portal.foundation.db import writing
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import (
    EMAIL,
    FORM,
    PERSONAL,
    on,
    send,
)
from tests.unit.cleaning.following import FIND, STATUS, find


@pytest.fixture
def case(visitor, books):
    """A request that somebody just sent."""
    send(visitor)
    return books.the(Case)


@pytest.mark.parametrize("known", ["8011 PK", "8011 pk", "9876"])
@pytest.mark.parametrize("write", [str, str.lower, lambda reference: f"{reference[:4]} {reference[4:]}"])
def test_with_the_number_and_postcode_or_last_digits_one_comes_in(another, case, known, write):
    page = on(another, find(another, write(case.reference), known))
    assert page.request.path == STATUS
    assert text(page.html.h1) == words("Your request")


def test_the_page_tells_how_far_it_is_and_what_happened_and_nothing_personal(another, case, central):
    page = on(another, find(another, case.reference, "8011 PK"))
    shown = text(main(page))
    assert "25 november 2026" in shown
    for line in ("You asked for help with cleaning", "We asked the provider"):
        assert words(line) in shown
    for word in PERSONAL:
        assert word not in page.text
    assert central in hrefs(main(page))


def without_typed(page):
    """A page as anybody gets it, without what was typed and what differs each time."""
    for tag in page.html.select("input"):
        tag["value"] = ""
    return text(main(page)), re.sub(r'value="[^"]*"', "", str(main(page)))


@pytest.mark.parametrize(
    ("reference", "known"),
    [("", "8011PL"), ("", "0000"), ("7KD4MW3F", "8011 PK"), ("7KD4MW3F", "9876"), ("geen nummer", "8011PK")],
)
def test_something_wrong_and_something_unknown_get_the_same_page(another, case, reference, known):
    wrong = find(another, reference or case.reference, known, 422)
    unknown = find(another, "7KD4MW3G", "9999XX", 422)
    assert wrong.forms["form"]["reference"].value == (reference or case.reference)
    assert wrong.forms["form"]["known"].value == known
    assert without_typed(wrong) == without_typed(unknown)
    assert dict(wrong.headers).keys() == dict(unknown.headers).keys()
    assert "visit" not in another.cookies


@pytest.mark.parametrize(("field", "values"), [("reference", ("", "8011 PK")), ("known", ("7KD4MW3F", ""))])
def test_what_was_left_open_is_told_at_its_field(another, books, field, values):
    page = find(another, *values, 422)
    assert [link["href"] for link in page.html.select(".errors a")] == [f"#{field}"]


def test_after_some_wrong_tries_the_right_answer_gets_the_same_page_for_a_while(another, case, clock):
    pages = [find(another, case.reference, "9999XX", 422) for _ in range(TRIES_A_REFERENCE)]
    assert without_typed(find(another, case.reference, "8011 PK", 422)) == without_typed(pages[0])
    clock.forward(minutes=16)
    assert find(another, case.reference, "8011 PK").status_int == 303


def test_the_link_in_the_mail_shows_a_button_and_leads_to_an_address_without_the_secret(another, case, books):
    path = books.link(EMAIL, "volg")
    before = len(books.rows(AccessKey))
    page = another.get(path)
    assert len(books.rows(AccessKey)) == before
    assert "visit" not in another.cookies
    status = on(another, another.submit(page.forms[0]))
    assert status.request.path == STATUS
    assert path.rsplit("/", 1)[1] not in status.text


def test_a_link_that_nobody_has_leads_to_where_a_number_is_typed(another, books):
    page = another.get(f"{FIND}/volg/{'x' * 43}")
    assert on(another, another.submit(page.forms[0])).request.path == FIND


@pytest.mark.parametrize("tail", ["stand", "code", "stap/withdraw", "aanbieder"])
def test_without_a_visit_every_page_leads_to_where_a_number_is_typed(another, books, tail):
    assert on(another, another.get(f"{FIND}/{tail}", status=303)).request.path == FIND
    assert on(another, another.get(f"{FORM['nl']}/gelukt", status=303)).request.path == FIND


@pytest.mark.parametrize("tail", ["stand", "code", "code/sturen", "stap/withdraw", "aanbieder", "helper"])
def test_without_a_visit_nothing_can_be_sent_either(another, case, books, tail):
    token = another.get(FIND).forms["form"]["csrf_token"].value
    values = {"csrf_token": token, "text": "x", "code": "123456", "provider": "thuis-fris"}
    response = another.post(f"{FIND}/{tail}", values)
    assert (response.status_int, response.location) == (303, f"http://zwolle.test{FIND}")
    assert books.the(Case).version == case.version


def test_the_visit_of_another_kind_leads_to_where_a_number_is_typed(visitor, case, zwolle):
    with writing(zwolle.engine) as session:
        session.execute(update(Case).values(kind="another"))
    for path in (f"{FIND}/aanbieder", f"{FORM['nl']}/gelukt"):
        assert on(visitor, visitor.get(path, status=303)).request.path == FIND


def test_a_visit_ends_after_half_an_hour(visitor, case, clock):
    clock.forward(minutes=30)
    assert on(visitor, visitor.get(STATUS, status=303)).request.path == FIND
