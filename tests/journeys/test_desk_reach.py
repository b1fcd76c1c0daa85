"""Who gets our words: staff are told when nobody does, and whom they go to; a helper who was ended gets in no more."""

import pytest

from portal.cases.models import Case, CaseMessage
from tests.browser import Browser
from tests.desk import an_office, path_of, works
from tests.reading import main, text, words
from tests.unit.cleaning.asking import FOR_MOTHER, HELPER_EMAIL, HELPER_NAME, button, fill, on, send
from tests.unit.cleaning.following import STATUS, code_in

office = pytest.fixture(an_office)


@pytest.fixture
def mila(office):
    """Works in Midden."""
    return office.colleague("Mila", works("midden"))


def hint(page):
    """What stands above the field to write in."""
    return text(page.html.select_one(".desk__write .hint"))


def test_of_who_wants_to_be_called_staff_read_that_they_have_to_call(office, mila):
    number = office.ask(way="phone")
    page = mila.browser.get(path_of(number))
    assert words("They want to hear it by phone: write it down here, then call them.") in hint(page)
    sure = mila.browser.get(path_of(number, "/stap/withdraw"))
    assert words("The resident gets no message: call them and say this") in text(main(sure))
    after = on(mila.browser, mila.browser.submit(button(sure, "/stap/withdraw")))
    assert words("Done. The resident gets no message: call them and tell it.") in text(main(after))


def test_where_a_helper_gets_the_messages_staff_read_whom_it_goes_to(office, mila, visitor):
    send(visitor, FOR_MOTHER)
    number = office.books.the(Case).reference
    assert HELPER_NAME in hint(mila.browser.get(path_of(number)))
    before = len(office.books.messages(HELPER_EMAIL))
    mila.browser.submit(fill(mila.browser.get(path_of(number)).forms["write"], {"text": "Tot donderdag."}))
    assert len(office.books.messages(HELPER_EMAIL)) == before + 1


def test_a_helper_who_was_ended_gets_in_by_no_link_and_no_visit(office, app, visitor):
    send(visitor, FOR_MOTHER)  # this browser is the helper's, and it looks at the request
    link = office.books.link(HELPER_EMAIL, "volg")
    resident = Browser(app, "zwolle.test")
    case = office.books.the(Case)
    find = fill(resident.get("/nl/mijn-aanvraag").forms["form"], {"reference": case.reference, "known": "8011PK"})
    on(resident, resident.submit(find))
    page = on(resident, resident.submit(button(resident.get("/nl/mijn-aanvraag/code"), "/code/sturen")))
    own = on(resident, resident.submit(fill(page.forms["form"], {"code": code_in(office.books, "0612349876")})))
    resident.submit(next(form for form in own.forms.values() if form.action.endswith("/helper")))
    assert visitor.get(STATUS, status=303).location.endswith("/nl/mijn-aanvraag")
    door = visitor.get(link)
    again = visitor.submit(next(form for form in door.forms.values() if "/volg/" in form.action))
    assert again.location.endswith("/nl/mijn-aanvraag")
    assert visitor.get(STATUS, status=303)
    assert resident.get(STATUS).status_int == 200
    assert office.books.rows(CaseMessage) == []
