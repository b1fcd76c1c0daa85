"""Leave, other hours, a closed team: first one sees what it breaks; then nobody who had an appointment is forgotten."""

from datetime import date

import pytest
from sqlalchemy import delete

from portal.bookings.models import Booking, BookingWorker, Closure, Leave, WorkPattern
from portal.cases.models import Case, CaseEvent, Term
from portal.foundation.db import writing
from portal.foundation.tasks import run_tasks
from tests.browser import Browser
from tests.desk import ROOM, Colleague, an_office, leads, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import Books, button, fill, on
from tests.unit.conversations.talking import (
    BY_PHONE,
    EMAIL,
    FOR_MOTHER,
    FRIEND_EMAIL,
    ME,
    NAME,
    PLACES,
    WORDS,
    a_diary,
    offered,
    send,
)

diary = pytest.fixture(a_diary)
office = pytest.fixture(an_office)
LEAVE, HOURS = f"{ROOM}/agenda/vrij", f"{ROOM}/agenda/uren"
CLOSED, LOST = f"{ROOM}/agenda/gesloten", f"{ROOM}/agenda/opnieuw"
#: Everybody books Tuesday 24 November at 10:00; leave is on that day.
TUESDAY = {"first": "24-11-2026", "last": ""}
LATER = {**ME, "moment": {"moment": "20261126T0900Z"}}
SMS = {**ME, "reach": {"way": "sms", "phone": "06 1234 9876", "email": ""}}


@pytest.fixture
def books(office, diary, zwolle):
    """What Zwolle has written down; one worker can be booked, with hours on every weekday."""
    return Books(zwolle)


@pytest.fixture
def noor(office, books):
    """The only worker who can be booked, and her browser."""
    colleague = Colleague(books.the(BookingWorker).staff_id, "Noor de Vries", Browser(office.app, "zwolle.test"))
    office.let_in(colleague)
    return colleague


@pytest.fixture
def carla(office, books):
    """Leads the team."""
    return office.colleague("Carla Smit", leads("midden"))


def ask(colleague, name, values, path=LEAVE, status="*"):
    """Send one of the forms of a screen; the answer."""
    page = colleague.browser.get(path)
    return colleague.browser.submit(fill(page.forms[name], values), status)


def agree(colleague, page):
    """The button that does it; the screen after it."""
    return on(colleague.browser, colleague.browser.submit(deciding(page)))


def deciding(page):
    """The form that decides, with the button that goes on."""
    return next(form for form in page.forms.values() if "__seen__" in form.fields)


def live(books):
    return [row for row in books.rows(Booking) if row.state == "booked"]


def actions(books, case):
    return [row.action for row in books.rows(CaseEvent) if row.case_id == case.id]


def test_leave_that_breaks_nothing_is_kept_at_once(noor, books, visitor):
    send(visitor)
    page = on(noor.browser, ask(noor, "away", {"first": "1-12-2026", "last": "4-12-2026"}, status=303))
    assert words("Kept. No appointment changes by it.") in text(main(page))
    row = books.the(Leave)
    assert (row.staff_id, str(row.first), str(row.last)) == (noor.staff_id, "2026-12-01", "2026-12-04")
    assert len(live(books)) == 1


def test_first_one_sees_what_it_breaks_and_nothing_is_changed(noor, books, visitor):
    send(visitor)
    before = books.rows(Booking), books.rows(Case), books.messages()
    page = ask(noor, "away", TUESDAY, status=200)
    shown = text(main(page))
    reference = books.the(Case).reference
    for said in ("dinsdag 24 november", "10:00 – 11:00", f"{reference[:4]} {reference[4:]}",
                 words("At home with people"), words("Nothing is changed yet.")):  # fmt: skip
        assert said in shown
    for private in (NAME, WORDS, "8011"):
        assert private not in page.text
    assert (books.rows(Booking), books.rows(Case), books.messages()) == before
    assert books.rows(Leave) == []


def test_back_changes_nothing_and_keeps_what_was_typed(noor, books, visitor):
    send(visitor)
    page = ask(noor, "away", {"first": "24-11-2026", "last": "25-11-2026"}, status=200)
    page = noor.browser.submit(deciding(page), 200, name="__back__")
    assert page.forms["away"]["first"].value == "24-11-2026"
    assert page.forms["away"]["last"].value == "25-11-2026"
    assert books.rows(Leave) == []


def test_a_colleague_takes_it_over_and_who_asked_hears_only_a_name(noor, books, visitor, diary):
    send(visitor, FOR_MOTHER | {"helper": {**FOR_MOTHER["helper"], "messages": "resident"}, "reach": ME["reach"]})
    other = diary.worker("Tariq Amrani")
    mails = len(books.messages(FRIEND_EMAIL))
    page = agree(noor, ask(noor, "away", TUESDAY))
    assert words("Kept. Who had an appointment then hears from us at once.") in text(main(page))
    (booking,) = live(books)
    assert (booking.staff_id, booking.sequence) == (other, 1)
    assert booking.starts_at.isoformat().startswith("2026-11-24T09:00")
    case = books.the(Case)
    assert case.state == "booked"
    assert actions(books, case)[-1] == "colleague"
    mail = books.messages(EMAIL)[-1]
    assert "Tariq" in mail.text
    assert "Noor" not in mail.text
    assert "24 november" in mail.text
    assert len(books.messages(FRIEND_EMAIL)) == mails  # nothing changes for who comes along
    (told,) = books.messages("tariq.amrani@staff.example")
    assert case.reference in told.text.replace(" ", "")
    assert NAME not in told.text
    assert "Tariq" in text(main(visitor.get("/nl/mijn-aanvraag/stand")))


def test_who_was_told_no_name_hears_nothing_when_a_colleague_comes(noor, books, visitor, diary):
    send(visitor, SMS)
    diary.worker("Tariq Amrani")
    before = books.messages("0612349876") + books.messages("+31612349876")
    agree(noor, ask(noor, "away", TUESDAY))
    assert len(live(books)) == 1
    assert books.messages("0612349876") + books.messages("+31612349876") == before


def test_a_colleague_who_has_a_talk_then_does_not_take_it_over(noor, books, visitor, another, diary):
    send(visitor)
    other = diary.worker("Tariq Amrani")
    send(another, {**ME, "moment": {"moment": "20261124T0900Z"}})
    assert {row.staff_id for row in live(books)} == {noor.staff_id, other}
    agree(noor, ask(noor, "away", TUESDAY))
    assert {row.staff_id for row in live(books)} == {other}


def test_when_nobody_is_free_who_asked_reads_so_and_chooses_again_by_the_link(noor, books, visitor, carla):
    send(visitor, {**ME, "company": FOR_MOTHER["company"]})
    case = books.the(Case)
    agree(noor, ask(noor, "away", TUESDAY))
    case = books.the(Case)
    assert case.state == "received"
    assert actions(books, case)[-1] == "moment_lost"
    assert [row.state for row in books.rows(Booking)] == ["cancelled"]
    assert str(case.due_on) == "2026-12-07"
    assert [term.ended_on for term in books.rows(Term) if term.key == "conversation_first_slot"][-1] is None
    mail = books.messages(EMAIL)[-1]
    for said in ("dinsdag 24 november", "spijt", "woensdag 25 november, 9:00", "038 000 02 00"):
        assert said in mail.text
    assert mail.text.count("\n- ") == 3
    for private in (NAME, WORDS, "8011", "vrij nemen", "ziek", "Noor"):
        assert private not in mail.text
    assert "24 november" in books.messages(FRIEND_EMAIL)[-1].text
    follower = Browser(visitor._app.app, "zwolle.test")
    page = follower.get(books.link(EMAIL, "volg"))
    on(follower, follower.submit(button(page, page.request.path)))
    page = follower.get("/nl/mijn-aanvraag/moment")
    wanted = offered(page)[0]
    assert wanted.startswith("20261125")
    on(follower, follower.submit(fill(page.forms["form"], {"moment": wanted})))
    assert books.the(Case).state == "booked"
    assert [row.starts_at.strftime("%Y%m%dT%H%MZ") for row in live(books)] == [wanted]


def test_the_coordinator_sees_who_has_no_new_moment_until_they_do(noor, books, visitor, carla, office):
    send(visitor)
    assert words("Nobody waits for a new moment.") in text(main(carla.browser.get(LOST)))
    agree(noor, ask(noor, "away", TUESDAY))
    reference = books.the(Case).reference
    page = carla.browser.get(LOST)
    assert path_of(reference) in hrefs(main(page))
    assert "dinsdag 24 november" in text(main(page))
    assert NAME not in page.text
    noor.browser.get(LOST, status=403)
    lies = office.colleague("Lies Ver", leads("holtenbroek"))
    assert path_of(reference) not in hrefs(main(lies.browser.get(LOST)))
    page = visitor.get("/nl/mijn-aanvraag/moment")
    on(visitor, visitor.submit(fill(page.forms["form"], {"moment": offered(page)[0]})))
    assert path_of(reference) not in hrefs(main(carla.browser.get(LOST)))


def test_sick_today_is_one_button_and_the_coordinator_hears_whom_to_call(noor, books, visitor, carla, clock, office):
    send(visitor)
    clock.forward(hours=22)  # Tuesday, 8:00
    office.let_in(noor)
    page = ask(noor, "ill", {}, status=200)
    assert "10:00 – 11:00" in text(main(page))
    agree(noor, page)
    assert books.the(Case).state == "received"
    (mail,) = [row for row in books.messages("carla.smit@staff.example") if "Bel vandaag" in row.subject]
    assert books.the(Case).reference in mail.text.replace(" ", "")
    assert NAME not in mail.text + mail.subject


def test_a_talk_days_away_gives_no_mail_to_the_coordinator(noor, books, visitor, carla):
    send(visitor, LATER)
    agree(noor, ask(noor, "away", {"first": "26-11-2026"}))
    assert books.the(Case).state == "received"
    assert books.messages("carla.smit@staff.example") == []


def test_who_only_has_a_telephone_is_called(noor, books, visitor, carla):
    send(visitor, {**BY_PHONE, "moment": {"moment": "20261126T0900Z"}})
    agree(noor, ask(noor, "away", {"first": "26-11-2026"}))
    assert len(books.messages("carla.smit@staff.example")) == 1


def test_sent_twice_it_is_one_leave_and_one_message(noor, books, visitor):
    send(visitor)
    page = ask(noor, "away", TUESDAY)
    noor.browser.submit(deciding(page))
    noor.browser.submit(deciding(page))
    assert len(books.rows(Leave)) == 1
    assert len(books.messages(EMAIL)) == 2


def test_what_was_booked_between_the_two_steps_is_shown_first(noor, books, visitor, another):
    send(visitor)
    page = ask(noor, "away", TUESDAY)
    send(another, {**ME, "moment": {"moment": "20261124T1200Z"}})
    again = noor.browser.submit(deciding(page), 200)
    assert "13:00 – 14:00" in text(main(again))
    assert books.rows(Leave) == []
    agree(noor, again)
    assert live(books) == []


def test_two_tabs_each_with_leave_of_their_own(noor, books, visitor):
    send(visitor)
    first = ask(noor, "away", TUESDAY)
    second = ask(noor, "away", {"first": "24-11-2026", "last": "27-11-2026"})
    agree(noor, first)
    agree(noor, second)
    assert len(books.rows(Leave)) == 2
    assert len(books.messages(EMAIL)) == 2


def test_leave_is_taken_away_again(noor, books, visitor):
    on(noor.browser, ask(noor, "away", {"first": "1-12-2026", "last": "4-12-2026"}))
    row = books.the(Leave)
    on(noor.browser, ask(noor, f"back-{row.id}", {}))
    assert books.rows(Leave) == []


def test_hours_that_end_break_what_stands_in_them(noor, books, visitor):
    send(visitor, LATER)
    thursday = next(row for row in books.rows(WorkPattern) if row.weekday == 3)
    page = ask(noor, f"end-{thursday.id}", {"last": "24-11-2026"}, HOURS, 200)
    assert "donderdag 26 november" in text(main(page))
    agree(noor, page)
    assert books.the(Case).state == "received"


def test_a_place_that_is_taken_away_breaks_talks_there(noor, books, visitor):
    send(visitor, LATER)
    day = {"day": "26-11-2026", "kind": "hours", "start": "9", "end": "17", "places": ["team", "phone"]}
    page = ask(noor, "day", day, HOURS, 200)
    assert "10:00 – 11:00" in text(main(page))
    assert set(PLACES) > {"team"}


def test_a_team_that_closes_offers_all_of_it_again(noor, books, visitor, another, carla, diary):
    send(visitor)
    other = diary.worker("Tariq Amrani")
    send(another, LATER)
    page = ask(carla, "close", {"first": "24-11-2026", "last": "26-11-2026"}, CLOSED, 200)
    shown = text(main(page))
    assert "dinsdag 24 november" in shown
    assert "donderdag 26 november" in shown
    agree(carla, page)
    assert live(books) == []
    assert {row.state for row in books.rows(Case)} == {"received"}
    row = books.the(Closure)
    assert (row.team_slug, str(row.first), str(row.last)) == ("midden", "2026-11-24", "2026-11-26")
    on(carla.browser, ask(carla, f"open-{row.id}", {}, CLOSED))
    assert books.rows(Closure) == []
    noor.browser.get(CLOSED, status=403)
    assert other


def test_a_coordinator_keeps_leave_for_a_colleague_of_the_team_only(noor, books, visitor, carla, office):
    send(visitor)
    path = f"{LEAVE}/{noor.staff_id}"
    page = ask(carla, "away", TUESDAY, path, 200)
    agree(carla, page)
    assert books.the(Leave).staff_id == noor.staff_id
    lies = office.colleague("Lies Ver", leads("holtenbroek"), works("schelle"))
    lies.browser.get(path, status=404)


def test_who_leaves_is_found_by_itself_and_their_talks_are_offered_again(noor, books, visitor, office, registry, clock):
    send(visitor)
    office.leaves(noor)
    assert run_tasks(registry, office.site) >= 2
    assert books.the(Case).state == "received"
    assert books.the(BookingWorker).active is False
    assert books.messages(EMAIL)[-1].subject.endswith("kan niet doorgaan")
    (event,) = [row for row in books.rows(CaseEvent) if row.action == "moment_lost"]
    assert (event.author, event.staff_id) == ("system", None)
    count = len(books.messages())
    clock.forward(hours=2)
    run_tasks(registry, office.site)
    assert len(books.messages()) == count


def test_a_municipality_that_closes_is_found_by_itself_too(noor, books, visitor, office, registry, zwolle):
    send(visitor)
    with writing(zwolle.engine) as session:
        session.add(Closure(team_slug=None, first=date(2026, 11, 24), last=date(2026, 11, 24)))
    run_tasks(registry, office.site)
    assert books.the(Case).state == "received"
    with writing(zwolle.engine) as session:
        session.execute(delete(Closure))


def test_the_worker_sees_what_slipped_in_the_dates_and_nothing_is_lost(noor, books):
    page = ask(noor, "away", {"first": "26-11-2026", "last": "25-11-2026"}, status=422)
    assert text(page.html.find(id="away-last-error")) == words("The last day comes before the first day.")
    assert page.forms["away"]["first"].value == "26-11-2026"
    assert books.rows(Leave) == []


def test_who_has_no_diary_is_led_to_where_one_begins(carla, books):
    page = carla.browser.get(LEAVE)
    assert HOURS in hrefs(main(page))
    token = carla.browser.get(HOURS).forms["about"]["csrf_token"].value
    sent = {"what": "away", "first": "1-12-2026", "last": "", "csrf_token": token}
    assert carla.browser.post(LEAVE, sent).status_int == 303
    assert books.rows(Leave) == []
