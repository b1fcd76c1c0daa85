"""After the talk, at the desk: writing the report, writing down what was told, and what happens when we are late."""

from datetime import UTC, datetime

import pytest

from portal.cases.models import Case, CaseEvent
from portal.conversations import deadlines
from portal.conversations.models import Reply, Report
from portal.foundation.tasks import paths
from tests.desk import an_office, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import FOLLOW, Books, button, faults, fill, on
from tests.unit.cleaning.following import find
from tests.unit.conversations.planning import FOUND, PLAN
from tests.unit.conversations.reporting import (
    READ,
    STATUS,
    WAYS,
    give_code,
    have_talked,
    hear,
    report,
    report_form,
    say,
)
from tests.unit.conversations.talking import BY_PHONE, CALL_ME, EMAIL, ME, a_diary, send

diary = pytest.fixture(a_diary)
office = pytest.fixture(an_office)
MOVED_ON = "Something happened while you were busy. Look at it, then send this once more if it still fits."
LONG = "Een heel verhaal over de kanarie. " * 40


@pytest.fixture
def books(office, diary, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.fixture
def mila(office, books):
    """Works in Midden."""
    return office.colleague("Mila de Wit", works("midden"))


@pytest.fixture
def piet(office, books):
    """Works in Midden too."""
    return office.colleague("Piet de Groot", works("midden"))


@pytest.fixture
def had(mila, visitor, books):
    """A talk that was; gives the number of the request."""

    def made(answers=ME):
        send(visitor, answers)
        reference = books.rows(Case)[-1].reference
        have_talked(mila, reference)
        return reference

    return made


def test_the_screen_of_the_request_leads_to_the_next_step(mila, visitor, books):
    send(visitor)
    reference = books.the(Case).reference
    report_at, heard_at = path_of(reference, "/verslag"), path_of(reference, "/mening")
    assert not {report_at, heard_at} & set(hrefs(main(mila.browser.get(path_of(reference)))))
    page = have_talked(mila, reference)
    assert text(page.html.select_one(f"a.button[href='{report_at}']")) == words("Write the report")
    page = report(mila, reference)
    assert text(page.html.select_one(f"a.button[href='{heard_at}']")) == words("Write what they said")
    assert text(page.html.select_one(f"a.button[href='{report_at}']")) == words("Send a changed report")
    for said in ("Mila de Wit", FOUND, PLAN, "1 maart 2027"):
        assert said in text(main(page))


def test_without_what_the_law_asks_nothing_is_sent_and_it_is_said_why(mila, books, had):
    reference = had()
    mails = len(books.messages())
    form = report_form(mila, reference, budget=False, choices=False)
    again = mila.browser.submit(form, 422)
    said = dict(faults(again))
    assert set(said) == {"budget", "choices"}
    assert "Wmo 2015" in said["budget"]
    assert again.forms["form"]["found"].value.strip() == FOUND
    assert (books.rows(Report), len(books.messages())) == ([], mails)


@pytest.mark.parametrize(("typed", "said"), [
    ("2026-11-23", "Choose a day after today: then you look together whether the plan fits."),
    ("1-2-2020", "Choose a day after today: then you look together whether the plan fits."),
    ("2031-01-01", "Choose a day within a year."),
    ("volgende maand", "Write the date like this: 3-12-2026."),
    ("2027-02-31", "This day is not on the calendar. Look at the day and the month."),
    ("", "Choose the day on which you look at the plan again."),
])  # fmt: skip
def test_the_day_to_look_again_is_asked_kindly(mila, books, had, typed, said):
    reference = had()
    again = mila.browser.submit(report_form(mila, reference, evaluate_on=typed), 422)
    assert faults(again) == [("evaluate_on", words(said))]
    assert books.rows(Report) == []


def test_a_day_may_be_typed_as_people_write_it(mila, books, had):
    report(mila, had(), evaluate_on="1-3-2027")
    assert str(books.the(Report).evaluate_on) == "2027-03-01"


def test_a_double_click_is_one_report(mila, books, had):
    reference = had()
    form, mails = report_form(mila, reference), len(books.messages())
    for _ in range(2):
        mila.browser.submit(form, 303)
    assert (len(books.rows(Report)), len(books.messages())) == (1, mails + 1)


def test_two_colleagues_at_once_the_second_sees_the_first_and_loses_no_word(mila, piet, books, had):
    reference = had()
    form = report_form(piet, reference, found=LONG)
    report(mila, reference)
    again = piet.browser.submit(form, 422)
    assert faults(again) == [("found", words(MOVED_ON))]
    assert again.forms["form"]["found"].value.strip() == LONG.strip()
    assert len(books.rows(Report)) == 1
    on(piet.browser, piet.browser.submit(again.forms["form"]))
    assert [row.number for row in books.rows(Report)] == [1, 2]


def test_taken_back_meanwhile_the_report_is_not_sent_and_not_lost(mila, visitor, books, had):
    reference = had()
    form = report_form(mila, reference, found=LONG)
    visitor.submit(button(visitor.get(f"{FOLLOW['nl']}/stap/withdraw"), "/withdraw"))
    again = mila.browser.submit(form, 422)
    again = mila.browser.submit(again.forms["form"], 422)
    assert again.forms["form"]["found"].value.strip() == LONG.strip()
    assert (books.rows(Report), books.the(Case).state) == ([], "withdrawn")
    assert on(mila.browser, mila.browser.get(path_of(reference, "/verslag"), status=303)).request.path == path_of(
        reference
    )


def test_a_changed_report_begins_with_the_last_one_and_shows_what_was_said(mila, visitor, books, had):
    reference = had()
    report(mila, reference)
    say(visitor, give_code(visitor, books, EMAIL), "disagree", "Het gaat over een parkiet.")
    page = mila.browser.get(path_of(reference, "/verslag"))
    form = page.forms["form"]
    assert (form["found"].value.strip(), form["evaluate_on"].value) == (FOUND, "2027-03-01")
    assert (form["budget"].checked, form["choices"].checked) == (True, True)
    assert "Het gaat over een parkiet." in text(main(page))


# What was told by phone


def test_told_by_phone_staff_write_it_down_and_the_resident_reads_that(mila, visitor, books, had):
    reference = had(BY_PHONE)
    page = report(mila, reference)
    assert words("Done. The resident gets no message: call them and tell it.") in text(main(page))
    page = hear(mila, reference, "disagree", "Zij wil liever een budget.")
    assert books.the(Case).state == "plan_not_agreed"
    assert "Zij wil liever een budget." in text(main(page))
    assert {WAYS} <= set(hrefs(main(visitor.get(STATUS))))
    visitor.get(WAYS)


def test_who_reads_what_was_written_down_can_say_that_it_is_not_right(mila, visitor, books, had):
    reference = had()
    report(mila, reference)
    hear(mila, reference, "agree", "Ja hoor.")
    assert "Klopt dat niet?" in books.messages(EMAIL)[-1].text
    page = give_code(visitor, books, EMAIL)
    assert "opgeschreven door Mila" in text(main(page))
    assert "Ja hoor." in text(main(page))
    page = say(visitor, page, "disagree", "Dat heb ik niet gezegd.")
    assert page.request.path == WAYS
    assert books.the(Case).state == "plan_not_agreed"
    assert "Dat heb ik niet gezegd." in text(main(mila.browser.get(path_of(reference))))


def test_only_what_fits_can_have_been_heard(mila, visitor, books, had):
    reference = had()
    back = mila.browser.get(path_of(reference, "/mening"), status=303)
    assert on(mila.browser, back).request.path == path_of(reference)
    report(mila, reference)
    form = mila.browser.get(path_of(reference, "/mening")).forms["form"]
    assert [value for value, *_rest in form["view"].options] == ["agree", "disagree", "nothing"]
    hear(mila, reference, "agree")
    form = mila.browser.get(path_of(reference, "/mening")).forms["form"]
    assert [value for value, *_rest in form["view"].options] == ["disagree"]


def test_a_double_click_is_heard_once(mila, books, had):
    reference = had()
    report(mila, reference)
    form = fill(mila.browser.get(path_of(reference, "/mening")).forms["form"], {"view": "agree", "text": "Ja."})
    for _ in range(2):
        mila.browser.submit(form, 303)
    assert len(books.rows(Reply)) == 1


def test_the_resident_answered_meanwhile_nothing_is_written_over_it(mila, visitor, books, had):
    reference = had()
    report(mila, reference)
    form = fill(mila.browser.get(path_of(reference, "/mening")).forms["form"], {"view": "agree", "text": "Ja."})
    say(visitor, give_code(visitor, books, EMAIL), "disagree")
    again = mila.browser.submit(form, 422)
    assert faults(again) == [("view", words(MOVED_ON))]
    assert again.forms["form"]["text"].value.strip() == "Ja."
    assert books.the(Case).state == "plan_not_agreed"


def test_a_colleague_of_another_team_finds_none_of_it(office, books, had):
    reference = had()
    noor = office.colleague("Noor", works("holtenbroek"))
    for tail in ("/verslag", "/mening"):
        noor.browser.get(path_of(reference, tail), status=404)


def test_what_is_no_conversation_has_no_report(office, mila):
    reference = office.ask()
    for tail in ("/verslag", "/mening"):
        assert mila.browser.get(path_of(reference, tail), status=303).location.split("?")[0].endswith(reference)


# Day 42


def test_when_the_six_weeks_are_over_the_page_says_so_and_leads_on(
    office, mila, visitor, books, registry, clock, zwolle
):
    send(visitor, CALL_ME)
    reference = books.the(Case).reference
    clock.set(datetime(2027, 1, 5, 9, 30, tzinfo=UTC))
    assert deadlines.Daily()(zwolle, clock, paths(registry, zwolle)) == 1
    assert [row.action for row in books.rows(CaseEvent)][-1] == "may_apply"
    office.let_in(mila)
    on(visitor, find(visitor, reference, "8011PK"))
    shown = visitor.get(STATUS)
    assert "Wij zijn te laat. U mag nu zelf een aanvraag doen." in text(main(shown))
    assert {WAYS} <= set(hrefs(main(shown)))
    assert READ not in hrefs(main(shown))
    page = visitor.get(WAYS)
    assert "19 januari 2027" in text(main(page))
    assert text(page.html.select_one("main li.card h2")) == words("Apply all the same")
    words_of_desk = text(main(mila.browser.get(path_of(reference))))
    assert words("The six weeks are over: the resident was told that they may apply now.") in words_of_desk
    have_talked(mila, reference)
    report(mila, reference, evaluate_on="2027-06-01")
    status = visitor.get(STATUS)
    assert READ in hrefs(main(status))
    assert "Wij zijn te laat" not in text(main(status))
