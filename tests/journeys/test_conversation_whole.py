"""From the first page to the last in one sitting, without script, in plain Dutch, simple Dutch and Arabic."""

from datetime import timedelta

import pytest

from portal.bookings.models import Booking
from portal.cases.models import Case, Contact, Representative
from portal.foundation.i18n import LOCALES as ALL
from portal.ui.dates import clock_time, day, day_and_year
from tests.browser import Browser
from tests.calendars import every_calendar
from tests.desk import ENTER, an_office, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import FOLLOW, Books, button, fill, on, reference
from tests.unit.conversations.talking import (
    BY_PHONE,
    CALL_ME,
    EMAIL,
    FOR_MOTHER,
    FRIEND_EMAIL,
    FRIEND_PHONE,
    HELPER_EMAIL,
    ME,
    NAME,
    PHONE,
    WORDS,
    a_diary,
    go_on,
    offered,
    send,
)

diary = pytest.fixture(a_diary)
office = pytest.fixture(an_office)
LOCALES = ("nl", "nl_simple", "ar")
in_three_languages = pytest.mark.parametrize("locale", LOCALES)
FOR_HELPER = {**FOR_MOTHER, "reach": {"way": "email", "email": EMAIL, "phone": ""}}


@pytest.fixture
def books(office, diary, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


def live(books):
    (found,) = [row for row in books.rows(Booking) if row.state == "booked"]
    return found


def follow(locale, tail):
    return f"{FOLLOW[locale]}/{tail}"


def take(browser, page, moment):
    return on(browser, browser.submit(fill(page.forms["form"], {"moment": moment})))


def says_when(page, booking, locale):
    """Whether a page names the day and the time, as this language writes them."""
    shown, here = text(main(page)), ALL[locale]
    return day(booking.starts_at, here) in shown and clock_time(booking.starts_at, here) in shown


@in_three_languages
def test_a_carer_asks_at_home_with_an_interpreter_moves_it_and_everybody_hears_in_that_language(visitor, books, locale):
    page = send(visitor, FOR_HELPER, locale)
    assert reference(page).replace(" ", "") == books.the(Case).reference
    assert (books.the(Representative).relation, books.the(Contact).language) == ("carer", "Berbers")
    first = live(books)
    assert says_when(page, first, locale)
    assert first.starts_at - first.busy_from == timedelta(minutes=15)  # somebody comes to the door
    for recipient in (HELPER_EMAIL, FRIEND_EMAIL, FRIEND_PHONE):
        (message,) = books.messages(recipient)
        assert (message.locale, day(first.starts_at, ALL[locale]) in message.text) == (locale, True), recipient
    page = visitor.get(follow(locale, "moment"))
    page = take(visitor, page, offered(page)[-1])
    assert page.request.path == follow(locale, "stand")
    assert says_when(page, live(books), locale)
    for recipient in (HELPER_EMAIL, FRIEND_EMAIL, FRIEND_PHONE):
        before, after = books.messages(recipient)
        assert day(live(books).starts_at, ALL[locale]) in after.text
        assert before.text != after.text
        assert WORDS not in after.text


@in_three_languages
def test_by_phone_without_mail_everything_stands_on_the_pages(visitor, books, locale):
    page = send(visitor, BY_PHONE, locale)
    assert says_when(page, live(books), locale)
    assert "038 000 02 00" in text(page.html)
    assert books.messages() == []
    number = books.the(Case).reference
    visitor.forget()
    form = fill(visitor.get(FOLLOW[locale]).forms["form"], {"reference": number, "known": PHONE[-4:]})
    page = on(visitor, visitor.submit(form))
    assert says_when(page, live(books), locale)


@in_three_languages
def test_nothing_suits_then_one_does_and_in_the_end_it_is_cancelled(visitor, books, locale):
    page = send(visitor, CALL_ME, locale)
    assert "038 000 02 00" in text(page.html)
    assert books.rows(Booking) == []
    page = visitor.get(follow(locale, "stand"))
    assert follow(locale, "moment") in hrefs(main(page))
    page = visitor.get(follow(locale, "moment"))
    page = take(visitor, page, offered(page)[2])
    assert says_when(page, live(books), locale)
    page = visitor.get(follow(locale, "stap/give_back"))
    gives_back = "Then nobody comes at that moment. Your request goes on, and you can choose another moment."
    assert words(gives_back, locale) in text(main(page))
    page = on(visitor, visitor.submit(button(page, "/give_back")))
    assert books.the(Case).state == "received"
    assert words("Choose a moment yourself", locale) in text(main(page))


@in_three_languages
def test_six_weeks_from_a_sunday_is_the_same_monday_wherever_it_stands(visitor, books, clock, locale):
    clock.forward(days=-1)  # Sunday 22 November
    sent = send(visitor, ME, locale)
    monday = {"nl": "4 januari 2027", "nl_simple": "4 januari 2027", "ar": "4 يناير 2027"}[locale]
    status = visitor.get(follow(locale, "stand"))
    (mail,) = books.messages(EMAIL)
    for where, said in {"sent": text(main(sent)), "status": text(main(status)), "mail": mail.text}.items():
        assert monday in said, where
    page = visitor.get(follow(locale, "moment"))
    take(visitor, page, offered(page)[-1])
    assert monday in text(main(visitor.get(follow(locale, "stand"))))


@every_calendar
@in_three_languages
def test_calendars_of_others_read_it_and_change_it_when_it_is_moved(visitor, books, read, locale):
    send(visitor, {**ME, "where": {"place": "team", "other_place": ""}}, locale)
    file = follow(locale, "afspraak.ics")
    first, before = live(books), visitor._app.get(file).body
    page = visitor.get(follow(locale, "moment"))
    take(visitor, page, offered(page)[-1])
    [[one], [other]] = read([before, visitor._app.get(file).body])
    assert (one["starts"], one["ends"]) == (first.starts_at, first.ends_at)
    assert (other["starts"], other["ends"]) == (live(books).starts_at, live(books).ends_at)
    assert (one["uid"], one["sequence"], other["sequence"]) == (other["uid"], 0, 1)
    assert one["alarm"] == -86_400
    assert "Voorbeeld" in one["place"]
    for private in (NAME, WORDS, EMAIL, "8011"):
        assert private not in str((one, other))
    assert one["title"] == words("Appointment with the municipality", locale)
    page = visitor.get(follow(locale, "stap/give_back"))
    visitor.submit(button(page, "/give_back"))
    assert on(visitor, visitor.get(file, status=303)).request.path == follow(locale, "stand")


# At the desk, for somebody who calls


@pytest.mark.parametrize("asked", [BY_PHONE, FOR_MOTHER], ids=["by phone", "at home, for a mother"])
def test_somebody_who_calls_has_a_moment_before_they_hang_up(office, books, asked):
    mila = office.colleague("Mila de Wit", works("midden")).browser
    page = mila.get(f"{ENTER}/conversation/vraag/desk")
    page = go_on(mila, page, {**asked, "desk": {"channel": "phone", "language": "ar", "knows": "yes"}})
    page = on(mila, mila.submit(next(form for form in page.forms.values() if "__send_key__" in form.fields)))
    case = books.the(Case)
    assert page.request.path == path_of(case.reference)
    assert (case.channel, case.locale, case.state) == ("phone", "ar", "booked")
    shown = text(main(page))
    assert day_and_year(live(books).starts_at, ALL["nl"]) in shown
    assert clock_time(live(books).starts_at, ALL["nl"]) in shown
    assert {row.locale for row in books.messages()} <= {"ar"}


def test_the_desk_loses_a_moment_to_a_resident_and_keeps_what_was_written_down(office, visitor, books, clock):
    colleague = office.colleague("Mila de Wit", works("midden"))
    mila = colleague.browser
    asked = {**ME, "desk": {"channel": "phone", "language": "nl", "knows": "yes"}}
    page = go_on(mila, mila.get(f"{ENTER}/conversation/vraag/desk"), asked)
    form = next(form for form in page.forms.values() if "__send_key__" in form.fields)
    clock.forward(minutes=16)
    send(visitor, ME)
    office.let_in(colleague)
    back = on(mila, mila.submit(form))
    assert back.request.path == f"{ENTER}/conversation/vraag/moment"
    assert words("Your other answers are kept.") in text(main(back))
    page = go_on(mila, back, {**asked, "moment": {"moment": offered(back)[0]}})
    assert WORDS in text(main(page))
    on(mila, mila.submit(next(form for form in page.forms.values() if "__send_key__" in form.fields)))
    assert [row.state for row in books.rows(Booking)] == ["booked", "booked"]


def test_the_desk_writes_down_that_nothing_suits_and_chooses_later(office, books):
    mila = office.colleague("Mila de Wit", works("midden")).browser
    asked = {**CALL_ME, "desk": {"channel": "phone", "language": "nl", "knows": "yes"}}
    page = go_on(mila, mila.get(f"{ENTER}/conversation/vraag/desk"), asked)
    page = on(mila, mila.submit(next(form for form in page.forms.values() if "__send_key__" in form.fields)))
    assert words("There is no moment yet.") in text(main(page))
    page = mila.get(path_of(books.the(Case).reference, "/moment"))
    take(mila, page, offered(page)[0])
    assert books.the(Case).state == "booked"


def test_a_second_browser_of_the_same_person_sees_nothing_until_they_find_it(app, visitor, books):
    send(visitor)
    other = Browser(app, "zwolle.test")
    assert on(other, other.get(follow("nl", "moment"), status=303)).request.path == FOLLOW["nl"]
