"""With a code somebody sees their own details, and ends who speaks for them."""

import pytest

from portal.cases.follow_views import CODES_A_CASE
from portal.cases.models import Case, Representative
from portal.cases.tracking import TRIES_A_CODE
from tests.reading import main, text, words
from tests.unit.cleaning.asking import (
    EMAIL,
    FOR_MOTHER,
    HELPER_EMAIL,
    HELPER_NAME,
    HOUSE,
    ME,
    NAME,
    button,
    on,
    send,
)
from tests.unit.cleaning.following import CODE, FIND, STATUS, ask_code, code_in, find, give, step, with_code


@pytest.fixture
def case(visitor, books):
    """A request that somebody just sent."""
    send(visitor)
    return books.the(Case)


def test_a_code_by_mail_shows_the_name_and_the_address_in_this_browser_only(visitor, another, case, books):
    page = with_code(visitor, books)
    shown = text(main(page))
    for said in (NAME, HOUSE, "8011 PK", EMAIL):
        assert said in shown
    other = on(another, find(another, case.reference, "8011 PK"))
    assert NAME not in other.text


def test_a_code_goes_to_the_mobile_phone_of_who_wants_no_mail(visitor, books):
    send(visitor, {**ME, "reach": {"way": "sms", "phone": "06 1234 9876"}})
    assert NAME in text(main(with_code(visitor, books, "0612349876")))


def test_a_code_goes_by_mail_when_the_phone_cannot_read(visitor, books):
    send(visitor, {**ME, "reach": {"way": "phone", "phone": "038 1234567", "email": EMAIL}})
    assert NAME in text(main(with_code(visitor, books)))


def test_who_has_no_phone_and_no_mail_gets_the_same_page_and_no_message(visitor, books):
    send(visitor, {**ME, "reach": {"way": "letter"}})
    before = len(books.messages())
    page = ask_code(visitor)
    assert words("If we have a phone number or an e-mail address of you, the code is on its way.") in text(main(page))
    assert len(books.messages()) == before


def test_a_wrong_code_is_told_at_its_field_and_can_be_tried_again(visitor, case, books):
    page = ask_code(visitor)
    code = code_in(books)
    wrong = give(visitor, page, f"{(int(code) + 1) % 10**6:06}", 422)
    assert [link["href"] for link in wrong.html.select(".errors a")] == ["#code"]
    assert NAME not in wrong.text
    assert NAME in text(main(on(visitor, give(visitor, wrong, code))))


@pytest.mark.parametrize("typed", ["", "   ", "1" * 21])
def test_a_code_that_cannot_be_one_is_told_at_its_field(visitor, case, books, typed):
    page = give(visitor, ask_code(visitor), typed, 422)
    assert [link["href"] for link in page.html.select(".errors a")] == ["#code"]


def test_a_code_is_not_to_be_guessed(visitor, case, books):
    page = ask_code(visitor)
    code = code_in(books)
    for _ in range(TRIES_A_CODE):
        page = give(visitor, page, f"{(int(code) + 1) % 10**6:06}", 422)
    assert NAME not in give(visitor, page, code, 422).text


def test_codes_are_sent_a_few_times_a_quarter_of_an_hour(visitor, case, books, clock):
    before = len(books.messages())
    for _ in range(CODES_A_CASE + 3):
        clock.forward(seconds=1)
        visitor.submit(button(visitor.get(CODE), "/code/sturen"))
    assert len(books.messages()) - before == CODES_A_CASE
    clock.forward(minutes=16)
    ask_code(visitor)
    assert len(books.messages()) - before == CODES_A_CASE + 1


def test_the_subject_of_the_code_tells_nothing_and_the_code_is_not_in_it(visitor, case, books):
    ask_code(visitor)
    mail = books.messages(EMAIL)[-1]
    assert code_in(books) not in mail.subject


def test_the_resident_sees_who_speaks_for_them_and_ends_it(visitor, another, books):
    send(visitor, {**FOR_MOTHER, "reach": ME["reach"]})
    page = with_code(visitor, books)
    assert HELPER_NAME in text(main(page))
    page = on(visitor, visitor.submit(button(page, "/helper")))
    assert books.the(Representative).ended_at is not None
    assert words("ended") in text(main(page))
    before = len(books.messages(HELPER_EMAIL))
    step(visitor, "withdraw")
    assert len(books.messages(HELPER_EMAIL)) == before
    assert books.messages()[-1].recipient == EMAIL


def test_without_the_code_nobody_ends_a_helper(visitor, books):
    send(visitor, FOR_MOTHER)
    token = button(visitor.get(STATUS), "/sluiten")["csrf_token"].value
    assert visitor.post(f"{FIND}/helper", {"csrf_token": token}).status_int == 403
    assert books.the(Representative).ended_at is None
