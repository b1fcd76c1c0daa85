"""Following a conversation: the appointment, another moment, cancelling it, the calendar; and the desk beside it."""

import pytest

from portal.bookings.models import Booking
from portal.cases.models import Case, Term
from tests.browser import Browser
from tests.desk import ENTER, INBOX, an_office, leads, numbers, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import FOLLOW, Books, button, faults, fill, on
from tests.unit.cleaning.following import step
from tests.unit.conversations.talking import (
    CALL_ME,
    EMAIL,
    FOR_MOTHER,
    FRIEND_EMAIL,
    FRIEND_PHONE,
    IN_WRITING,
    ME,
    NAME,
    WORDS,
    a_diary,
    go_on,
    offered,
    send,
    to_check,
)

diary = pytest.fixture(a_diary)
office = pytest.fixture(an_office)
STATUS, MOMENT, FILE = f"{FOLLOW['nl']}/stand", f"{FOLLOW['nl']}/moment", f"{FOLLOW['nl']}/afspraak.ics"


@pytest.fixture
def books(office, diary, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


def take(browser, page, moment):
    return on(browser, browser.submit(fill(page.forms["form"], {"moment": moment})))


def live(books):
    (found,) = [row for row in books.rows(Booking) if row.state == "booked"]
    return found


def test_the_page_says_when_where_and_with_whom_and_no_address(visitor, books):
    send(visitor)
    page = visitor.get(STATUS)
    shown = text(main(page))
    for said in ("dinsdag 24 november", "10:00", "Bij u thuis", "Noor"):
        assert said in shown
    for private in (NAME, "8011", "de Vries", WORDS):
        assert private not in shown
    assert {MOMENT, FILE, f"{FOLLOW['nl']}/stap/give_back", f"{FOLLOW['nl']}/stap/withdraw"} <= set(hrefs(main(page)))


def test_at_the_team_the_page_names_the_team_and_its_address(visitor, books):
    send(visitor, {**ME, "where": {"place": "team", "other_place": ""}})
    (mail,) = books.messages(EMAIL)
    for where in (text(main(visitor.get(STATUS))), mail.text):
        assert "Sociaal wijkteam" in where
        assert "Zwolle" in where


def test_another_moment_takes_the_place_of_the_old_one_and_everybody_hears_it(visitor, another, books):
    send(visitor, {**FOR_MOTHER, "helper": {**FOR_MOTHER["helper"], "messages": "resident"}, "reach": ME["reach"]})
    old = live(books)
    page = visitor.get(MOMENT)
    wanted = offered(page)[-1]
    page = take(visitor, page, wanted)
    new = live(books)
    assert page.request.path == STATUS
    assert new.starts_at.strftime("%Y%m%dT%H%MZ") == wanted
    assert (new.sequence, old.sequence) == (1, 0)
    assert [row.state for row in books.rows(Booking) if row.id == old.id] == ["moved"]
    assert [mail.subject for mail in books.messages(EMAIL)][1].endswith("is op een ander moment")
    for recipient in (FRIEND_EMAIL, FRIEND_PHONE):
        first, second = books.messages(recipient)
        assert first.text != second.text
    assert "20261124T0900Z" in offered(visitor.get(MOMENT))


def test_a_moment_that_somebody_else_took_meanwhile_leaves_the_old_one_standing(visitor, another, books):
    send(visitor)
    page = visitor.get(MOMENT)
    wanted = offered(page)[-1]
    send(another, {**ME, "moment": {"moment": wanted}})
    before = books.rows(Booking)
    page = visitor.submit(fill(page.forms["form"], {"moment": wanted}), status=422)
    assert [field for field, _said in faults(page)] == ["moment"]
    assert wanted not in offered(page)
    assert books.rows(Booking) == before


def test_choosing_nothing_is_told_at_the_list(visitor, books):
    send(visitor)
    page = visitor.submit(visitor.get(MOMENT).forms["form"], status=422)
    assert text(page.html.find(id="moment-error")) == words("Choose a moment.")


def test_cancelling_gives_the_moment_back_and_the_request_goes_on(visitor, another, books):
    send(visitor, {**ME, "company": FOR_MOTHER["company"]})
    page = step(visitor, "give_back")
    case = books.the(Case)
    assert case.state == "received"
    assert [row.state for row in books.rows(Booking)] == ["cancelled"]
    assert str(case.due_on) == "2026-12-07"
    assert words("Choose a moment yourself") in text(main(page))
    assert books.messages(EMAIL)[-1].subject.endswith("gaat niet door")
    assert "24 november" in books.messages(FRIEND_EMAIL)[-1].text
    assert [term.ended_on for term in books.rows(Term) if term.key == "melding_investigation"] == [None]
    page = take(visitor, visitor.get(MOMENT), "20261124T0900Z")
    assert books.the(Case).state == "booked"
    assert live(books).case_id == case.id


def test_cancelling_twice_is_once(visitor, books):
    send(visitor)
    form = button(visitor.get(f"{FOLLOW['nl']}/stap/give_back"), "/give_back")
    visitor.submit(form)
    visitor.submit(form)
    assert len(books.messages(EMAIL)) == 2


def test_taking_the_request_back_gives_the_moment_back_too(visitor, books):
    send(visitor)
    page = step(visitor, "withdraw")
    assert (books.the(Case).state, books.the(Booking).state) == ("withdrawn", "cancelled")
    assert MOMENT not in hrefs(main(page))
    assert on(visitor, visitor.get(MOMENT, status=303)).request.path == STATUS


def test_who_wanted_a_call_can_choose_a_moment_after_all_and_who_writes_cannot(visitor, another, books):
    send(visitor, CALL_ME)
    take(visitor, visitor.get(MOMENT), "20261124T0900Z")
    assert live(books).place == "phone"
    send(another, IN_WRITING)
    assert on(another, another.get(MOMENT, status=303)).request.path == STATUS


def test_a_moment_that_was_is_not_to_be_moved(visitor, books, clock):
    send(visitor)
    clock.forward(hours=24)
    visitor.submit(button_of_find(visitor, books))
    page = visitor.get(STATUS)
    assert words("Your appointment") in text(main(page))
    assert MOMENT not in hrefs(main(page))
    assert on(visitor, visitor.get(MOMENT, status=303)).request.path == STATUS


def button_of_find(visitor, books):
    form = visitor.get(FOLLOW["nl"]).forms["form"]
    return fill(form, {"reference": books.the(Case).reference, "known": "8011PK"})


def test_the_calendar_file_is_for_the_visit_only_and_says_little(visitor, another, books):
    send(visitor)
    file = visitor._app.get(FILE)
    assert file.content_type == "text/calendar"
    assert "attachment" in file.headers["Content-Disposition"]
    assert "SUMMARY:Afspraak gemeente" in file.text
    assert "DTSTART:20261124T090000Z" in file.text
    for private in (NAME, "8011", WORDS, EMAIL, "keukentafel"):
        assert private not in file.text
    take(visitor, visitor.get(MOMENT), "20261125T0900Z")
    moved = visitor._app.get(FILE).text
    assert "SEQUENCE:1" in moved
    assert next(line for line in moved.split("\r\n") if line.startswith("UID")) in file.text
    assert another.get(FILE, status=303).location.endswith(FOLLOW["nl"])


def test_steps_of_the_table_that_have_no_page_lead_back(visitor, books):
    send(visitor)
    for action in ("move", "book", "talked", "begin"):
        assert on(visitor, visitor.get(f"{FOLLOW['nl']}/stap/{action}", status=303)).request.path == STATUS


# The desk


def test_the_desk_writes_a_conversation_down_and_sees_all_that_was_asked(office, books):
    mila = office.colleague("Mila de Wit", works("midden"))
    assert words("Ask for a conversation") in text(main(mila.browser.get(ENTER)))
    asked = {**FOR_MOTHER, "desk": {"channel": "phone", "language": "nl", "knows": "yes"}}
    page = go_on(mila.browser, mila.browser.get(f"{ENTER}/conversation/vraag/desk"), asked)
    form = next(form for form in page.forms.values() if "__send_key__" in form.fields)
    page = on(mila.browser, mila.browser.submit(form))
    case = books.the(Case)
    assert (case.channel, case.state, case.team_slug) == ("phone", "booked", "midden")
    shown = text(main(page))
    for said in (NAME, WORDS, "Buurvrouw", FRIEND_PHONE, "Noor de Vries", words("Money")):
        assert said in shown


def test_staff_choose_a_moment_together_with_who_calls(office, books, visitor):
    send(visitor, CALL_ME)
    reference = books.the(Case).reference
    mila = office.colleague("Mila de Wit", works("midden"))
    page = mila.browser.get(path_of(reference, "/moment"))
    page = take(mila.browser, page, offered(page)[0])
    assert page.request.path == path_of(reference)
    assert books.the(Case).state == "booked"
    page = mila.browser.get(path_of(reference, "/moment"))
    page = take(mila.browser, page, offered(page)[-1])
    assert live(books).sequence == 1


def test_after_a_hand_over_the_new_team_chooses_a_moment_of_its_own(office, books, visitor, diary):
    send(visitor)
    omar = diary.worker("Omar Bakker", "holtenbroek")
    reference = books.the(Case).reference
    office.change(reference, team_slug="holtenbroek")
    page = visitor.get(MOMENT)
    take(visitor, page, offered(page)[-1])
    booking = live(books)
    assert (booking.staff_id, booking.team_slug, booking.sequence) == (omar, "holtenbroek", 1)
    assert sorted(row.state for row in books.rows(Booking)) == ["booked", "moved"]
    assert "Omar" in text(main(visitor.get(STATUS)))


def test_a_colleague_of_another_team_sees_nothing_of_it(office, books, visitor):
    send(visitor)
    reference = books.the(Case).reference
    noor = office.colleague("Noor", works("holtenbroek"))
    assert numbers(noor.browser.get(INBOX)) == []
    assert noor.browser.get(path_of(reference, "/moment"), status=404)


def test_staff_cancel_and_the_resident_reads_what_they_were_shown(office, books, visitor):
    send(visitor)
    reference = books.the(Case).reference
    mila = office.colleague("Mila de Wit", leads("midden"))
    page = mila.browser.get(path_of(reference, "/stap/give_back"))
    assert "Uw afspraak gaat niet door." in text(main(page))
    mila.browser.submit(button(page, "/give_back"))
    assert books.the(Case).state == "received"
    assert "Uw afspraak gaat niet door." in books.messages(EMAIL)[-1].text


def tried_enough(colleague, reference):
    """Three times, in two ways."""
    for way in ("phone", "visit", "phone"):
        form = colleague.browser.get(path_of(reference, "/geprobeerd")).forms["form"]
        colleague.browser.submit(fill(form, {"way": way}))


@pytest.mark.parametrize(("action", "state", "booking"), [("talked", "talked", "done"), ("no_contact", "no_contact",
                                                                                        "cancelled")])  # fmt: skip
def test_staff_write_down_how_it_went(office, books, visitor, action, state, booking):
    send(visitor)
    reference = books.the(Case).reference
    mila = office.colleague("Mila de Wit", works("midden"))
    tried_enough(mila, reference)
    page = mila.browser.get(path_of(reference, f"/stap/{action}"))
    mila.browser.submit(button(page, f"/{action}"))
    assert (books.the(Case).state, books.the(Booking).state) == (state, booking)
    visitor.get(STATUS)


def test_who_could_not_be_reached_is_not_waited_for_without_an_end(office, books, visitor):
    send(visitor)
    reference = books.the(Case).reference
    mila = office.colleague("Mila de Wit", works("midden"))
    tried_enough(mila, reference)
    for action in ("no_contact", "close"):
        page = mila.browser.get(path_of(reference, f"/stap/{action}"))
        mila.browser.submit(button(page, f"/{action}"))
    assert books.the(Case).state == "closed"
    visitor.get(STATUS)


def test_the_check_page_and_a_browser_of_somebody_else_share_nothing(app, books, visitor):
    to_check(visitor)
    other = Browser(app, "zwolle.test")
    assert on(other, other.get("/nl/gesprek-vragen/controle", status=303)).request.path == "/nl/gesprek-vragen"
