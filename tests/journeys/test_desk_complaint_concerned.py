"""Whom a complaint is about: told without a word of it, with a copy on paper, and kept out of it from then on."""

import pytest

from portal.cases.models import CaseEvent
from portal.cases.wall_models import CaseWall
from portal.complaints.models import ComplaintConcerned
from tests.desk import ENTER, LETTERS, an_office, leads, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import NAME, Books, faults, on
from tests.unit.complaints.at_desk import HANDLES, SAID, complain, do, form_of, take
from tests.unit.complaints.conftest import EMAIL

office = pytest.fixture(an_office)
REACT_BY = "7 december 2026"


@pytest.fixture
def books(office, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.fixture
def hanna(office, books):
    """Handles complaints."""
    return office.colleague("Hanna Visser", HANDLES)


@pytest.fixture
def carla(office, books):
    """Leads Midden."""
    return office.colleague("Carla Smit", leads("midden"))


@pytest.fixture
def reference(office, hanna):
    """One that she has in hand."""
    number = complain(office)
    take(hanna, number)
    return number


def mails_to(books, colleague):
    return [
        row
        for row in books.messages()
        if row.recipient == f"{colleague.name.casefold().replace(' ', '.')}@staff.example"
    ]


def test_who_leads_the_team_is_told_by_mail_that_there_is_something_and_nothing_of_what(
    office, hanna, carla, reference, books
):
    form = form_of(hanna, reference, "tell-concerned")
    assert form["team"].value == "midden"
    page = on(hanna.browser, hanna.browser.submit(form, 303))
    (mail,) = mails_to(books, carla)
    assert "Hanna Visser" in mail.text
    assert REACT_BY in mail.text
    for secret in (SAID, NAME, EMAIL, "kanarie", "0612349876", "8011PK"):
        assert secret not in f"{mail.subject} {mail.text}"
    assert "klacht" not in mail.subject
    told = words("told on %(date)s; we asked to react by %(until)s.", date="23 november 2026", until=REACT_BY)
    assert told in text(main(page))
    assert "Carla Smit" in text(main(page))
    assert [row.action for row in office.about(CaseEvent, reference)][-1] == "tell_concerned"


def test_a_copy_waits_for_the_printer_of_who_handles_it_with_what_was_said_and_not_by_whom(
    office, hanna, carla, reference
):
    do(hanna, reference, "tell-concerned")
    (letter,) = [row for row in office.post(reference) if row.channel == "letter"]
    page = hanna.browser.get(
        next(link for link in hrefs(main(hanna.browser.get(LETTERS))) if link.endswith(f"/{letter.id}"))
    )
    assert SAID in text(main(page))
    assert "Carla Smit" in text(main(page))
    for secret in (NAME, EMAIL, "0612349876", "127"):
        assert secret not in letter.text
    carla.browser.get(f"{LETTERS}/{letter.id}", status=404)


def test_by_name_it_is_kept_from_them_from_that_moment(office, hanna, reference, books):
    ids = office.colleague("Ids de Boer", HANDLES)
    ids.browser.get(path_of(reference))
    do(hanna, reference, "tell-concerned", staff=str(ids.staff_id), team="")
    ids.browser.get(path_of(reference), status=404)
    assert ids.staff_id in {row.staff_id for row in books.rows(CaseWall)}
    assert len(mails_to(books, ids)) == 1


def test_told_once_is_told(hanna, carla, reference, books):
    do(hanna, reference, "tell-concerned")
    again = hanna.browser.submit(form_of(hanna, reference, "tell-concerned"), 422)
    assert faults(again) == [("staff", words("They were told already. It stands with the request."))]
    assert len(books.rows(ComplaintConcerned)) == len(mails_to(books, carla)) == 1


def test_who_handles_it_cannot_be_whom_it_is_about(hanna, reference, books):
    form = form_of(hanna, reference, "tell-concerned", staff=str(hanna.staff_id), team="")
    again = hanna.browser.submit(form, 422)
    assert faults(again) == [("staff", words("First give it to a colleague: you would not see it any more."))]
    assert books.rows(ComplaintConcerned) == []


def test_a_team_that_nobody_leads_is_told_so_and_nothing_is_sent(hanna, reference, books):
    again = hanna.browser.submit(form_of(hanna, reference, "tell-concerned"), 422)
    assert faults(again) == [("staff", words("Nobody leads that team now. Choose somebody by name."))]
    assert books.rows(ComplaintConcerned) == []


def test_before_it_is_in_hand_nobody_is_told(office, hanna, carla):
    number = complain(office)
    again = hanna.browser.submit(form_of(hanna, number, "tell-concerned"), 422)
    assert faults(again) == [("staff", words("First take it in hand: the complainant hears your name."))]


def test_both_hear_that_it_takes_longer_and_when_they_can_tell_their_side(office, hanna, carla, reference, books):
    do(hanna, reference, "tell-concerned")
    do(hanna, reference, "time", how="extend", why="Wij wachten op een verslag.")
    mail = mails_to(books, carla)[-1]
    assert "1 februari 2027" in mail.text
    assert "verslag" not in mail.text
    do(hanna, reference, "start", how="examine")
    do(hanna, reference, "offer-hearing", party="concerned", day="2026-11-30", time="14:30", place="Stadskantoor")
    mail = mails_to(books, carla)[-1]
    assert "30 november 2026" in mail.text
    assert "Stadskantoor" in mail.text
    assert len(mails_to(books, carla)) == 3


def test_who_was_not_told_hears_nothing_of_it(hanna, carla, reference, books):
    do(hanna, reference, "time", how="extend", why="Wij wachten op een verslag.")
    assert mails_to(books, carla) == []


# Written down for who calls


def test_who_writes_it_down_and_does_not_handle_it_gets_the_number_and_no_dead_end(office, books):
    mila = office.colleague("Mila de Wit", works("holtenbroek"))
    number = complain(office)
    page = mila.browser.get(f"{ENTER}?nummer={number}&team=&soort=complaint")
    assert f"{number[:4]} {number[4:]}" in text(main(page))
    assert words("Somebody who was not involved handles it. Who writes it down does not see it any more; "
                 "who told it can follow it with the number.") in text(main(page))  # fmt: skip
    mila.browser.get(path_of(number), status=404)
