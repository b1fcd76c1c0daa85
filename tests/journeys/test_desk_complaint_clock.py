"""The weeks of a complaint at the desk: four more once, never more without a yes; left in time, or passed on warmly."""

from datetime import UTC, datetime

import pytest

from portal.cases.workflow import Author
from portal.complaints.models import Complaint, ComplaintWait
from tests.desk import an_office, path_of
from tests.reading import main, text, words
from tests.unit.cleaning.asking import Books, faults
from tests.unit.complaints.at_desk import HANDLES, complain, do, doing, form_of, shut, take

office = pytest.fixture(an_office)
FIRST, LONGER, BY_COMMITTEE = "4 januari 2027", "1 februari 2027", "1 februari 2027"
WHY = "Wij wachten op een verslag."


@pytest.fixture
def books(office, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.fixture
def hanna(office, books):
    """Handles complaints."""
    return office.colleague("Hanna Visser", HANDLES)


@pytest.fixture
def reference(office, hanna):
    """One that she has in hand."""
    number = complain(office)
    take(hanna, number)
    return number


def refused(colleague, reference, act, **values):
    """What is said when it cannot be."""
    return faults(colleague.browser.submit(form_of(colleague, reference, act, **values), 422))


def test_four_weeks_more_once_with_the_same_date_on_screen_and_in_the_message(office, hanna, reference):
    assert FIRST in text(main(hanna.browser.get(path_of(reference))))
    page = do(hanna, reference, "time", how="extend", why=WHY)
    assert LONGER in text(main(page))
    assert WHY in text(main(page))
    mail = office.post(reference)[-1].text
    assert (LONGER in mail, WHY in mail) == (True, True)
    said = refused(hanna, reference, "time", how="extend", why="Nog vier weken.")
    assert said == [("how", words("This was done already. The date stands above."))]


def test_more_time_waits_for_a_yes(office, hanna, reference):
    page = do(hanna, reference, "time", how="until", until="2027-03-01", why=WHY)
    assert FIRST in text(main(page))
    assert words("no answer yet") in text(main(page))
    doing(office, reference, lambda service, case: service.answer_more(case, Author.RESIDENT, agreed=True))
    page = hanna.browser.get(path_of(reference))
    assert words("Answer on %(due)s at the latest.", due="1 maart 2027") in text(main(page))


def test_days_that_do_not_count_are_asked_too(office, hanna, reference, books):
    do(hanna, reference, "time", how="pause", first="2026-11-30", until="2026-12-06", why=WHY)
    doing(office, reference, lambda service, case: service.answer_more(case, Author.RESIDENT, agreed=True))
    assert books.the(ComplaintWait).agreed
    assert "11 januari 2027" in text(main(hanna.browser.get(path_of(reference))))


@pytest.mark.parametrize(("values", "field"), [
    ({"how": "until", "until": ""}, "until"), ({"how": "pause", "first": "", "until": "2026-12-06"}, "first"),
    ({"how": "until", "until": "2026-12-01"}, "how"),
    ({"how": "pause", "first": "2026-11-20", "until": "2026-12-01"}, "how"),
    ({"how": "extend", "why": ""}, "why"), ({"how": "until", "until": "ooit"}, "until"),
])  # fmt: skip
def test_time_that_cannot_be_asked_is_explained_and_every_word_stays(hanna, reference, books, values, field):
    typed = {"why": "Een verhaal over de kanarie.", **values}
    again = hanna.browser.submit(form_of(hanna, reference, "time", **typed), 422)
    assert [one for one, _said in faults(again)] == [field]
    assert again.forms["form"]["why"].value.strip() == typed["why"]
    assert again.forms["form"]["how"].value == values["how"]
    assert books.rows(ComplaintWait) == []


def test_with_a_committee_it_is_ten_weeks(office, hanna, reference):
    page = do(hanna, reference, "time", how="committee", why=WHY)
    assert BY_COMMITTEE in text(main(page))
    assert BY_COMMITTEE in office.post(reference)[-1].text


def test_left_with_the_ground_of_the_law_within_four_weeks(office, hanna, reference, books):
    said = refused(hanna, reference, "leave", how="not_handle", why="De rechter kijkt ernaar.")
    assert [field for field, _words in said] == ["ground"]
    do(hanna, reference, "leave", how="not_handle", ground="judge", why="De rechter kijkt ernaar.")
    assert (books.the(Complaint).ground, office.case(reference).state) == ("judge", "not_handled")
    assert shut(hanna, reference, "leave")


def test_after_four_weeks_it_is_handled(office, hanna, reference, clock):
    clock.set(datetime(2026, 12, 22, 9, 0, tzinfo=UTC))
    office.let_in(hanna)
    typed = {"how": "not_handle", "ground": "judge", "why": "De rechter kijkt ernaar."}
    again = hanna.browser.submit(form_of(hanna, reference, "leave", **typed), 422)
    assert [field for field, _words in faults(again)] == ["how"]
    assert again.forms["form"]["why"].value.strip() == typed["why"]
    assert office.case(reference).state == "received"


def test_passed_on_with_a_name_and_a_phone(office, hanna, reference):
    said = refused(hanna, reference, "leave", how="forward", why="Zij helpen u thuis.")
    assert [field for field, _words in said] == ["to"]
    do(hanna, reference, "leave", how="forward", to="Thuiszorg Voorbeeld, 038 000 07 00", why="Zij helpen u thuis.")
    assert office.case(reference).state == "forwarded"
    assert "Thuiszorg Voorbeeld, 038 000 07 00" in text(main(hanna.browser.get(path_of(reference))))


def test_how_it_was_left_stands_on_the_page(hanna, reference):
    page = do(hanna, reference, "leave", how="not_handle", ground="too_small", why="Het was een vergissing.")
    for said in (words("It is clearly too small to look into"), "Het was een vergissing."):
        assert said in text(main(page))
