"""Staff keep their own hours: what they write there residents can choose at once, and a slip loses nothing."""

import pytest

from portal.bookings.models import BookingWorker, WorkDay, WorkPattern
from tests.browser import Browser
from tests.desk import ROOM, an_office, leads, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import Books, faults, fill, on
from tests.unit.conversations.talking import a_diary, at, offered

diary = pytest.fixture(a_diary)
office = pytest.fixture(an_office)
HOURS = f"{ROOM}/agenda/uren"
TUESDAY = {"weekdays": ["1"], "start": "9:00", "end": "12:00", "places": ["home", "phone"], "since": "24-11-2026"}
BEGIN = {"most": "3", "languages": ["nl", "ar"], "skills": ["woman"]}


@pytest.fixture
def books(office, diary, zwolle):
    """What Zwolle has written down; nobody can be booked yet."""
    diary.empty()
    return Books(zwolle)


@pytest.fixture
def mila(books, office):
    """Works in the middle of Zwolle, and has no diary."""
    return office.colleague("Mila de Wit", works("midden"))


def send(colleague, name, values, status=303, path=HOURS):
    """Fill in one of the forms of the screen; where it leads, or the screen with what went wrong."""
    browser = colleague.browser
    answer = browser.submit(fill(browser.get(path).forms[name], values), status)
    return on(browser, answer) if status == 303 else answer


@pytest.fixture
def begun(mila):
    """The same with a diary and without hours."""
    send(mila, "about", BEGIN)
    return mila


def test_who_has_no_diary_begins_one_and_its_hours_are_moments_for_residents(visitor, mila, books):
    page = mila.browser.get(HOURS)
    assert words("There is no diary yet") in text(main(page))
    assert list(page.forms) == ["about"] or "add" not in page.forms
    page = send(mila, "about", BEGIN)
    worker = books.the(BookingWorker)
    assert (worker.staff_id, worker.team_slug, worker.most_a_day) == (mila.staff_id, "midden", 3)
    assert (worker.skills, worker.languages, worker.active) == (["woman"], ["ar", "nl"], True)
    assert words("There are no hours yet, so nobody can choose a moment. Add the first ones here.") in text(main(page))
    assert offered(at(visitor, "moment")) == []
    page = send(mila, "add", TUESDAY)
    assert words("Kept. No appointment changes by it.") in text(main(page))
    moments = offered(visitor.get("/nl/gesprek-vragen/vraag/moment"))
    assert {moment[:8] for moment in moments} == {"20261124", "20261201", "20261208", "20261215"} & {
        moment[:8] for moment in moments
    }
    assert "20261201T0800Z" in moments


def test_hours_stand_there_in_words(begun):
    page = send(begun, "add", {**TUESDAY, "since": "1-12-2026", "until": "31-3-2027", "every": "2"})
    shown = text(main(page).select_one(".diary__list")).casefold()
    for said in ("Dinsdag", "9:00 – 12:00", words("Every 2 weeks"), words("At home with people"), words("By phone"),
                 "1 december 2026", "31 maart 2027"):  # fmt: skip
        assert said.casefold() in shown


def test_several_days_at_once_are_several_rows_and_twice_is_once(begun, books):
    send(begun, "add", {**TUESDAY, "weekdays": ["0", "3"]})
    send(begun, "add", {**TUESDAY, "weekdays": ["0", "3"]})
    assert [row.weekday for row in books.rows(WorkPattern)] == [0, 3]


def test_hours_end_on_a_day_and_stay_as_they_were(begun, books):
    page = send(begun, "add", {**TUESDAY, "since": "23-11-2026"})
    row = books.the(WorkPattern)
    send(begun, f"end-{row.id}", {"last": "8-12-2026"})
    assert str(books.the(WorkPattern).valid_until) == "2026-12-09"
    assert str(books.the(WorkPattern).valid_from) == str(row.valid_from)
    assert words("Hours that come back") in text(main(page))


def test_hours_that_never_began_are_gone_when_they_end_before(begun, books):
    send(begun, "add", {**TUESDAY, "since": "1-12-2026"})
    send(begun, f"end-{books.the(WorkPattern).id}", {"last": "25-11-2026"})
    assert books.rows(WorkPattern) == []


def test_one_day_is_different_and_as_usual_again(visitor, begun, books):
    send(begun, "add", TUESDAY)
    send(begun, "day", {"day": "1-12-2026", "kind": "hours", "start": "13", "end": "15.30", "places": ["home"]})
    row = books.the(WorkDay)
    assert (str(row.day), row.start, row.end, row.places) == ("2026-12-01", "13:00", "15:30", ["home"])
    send(begun, "day", {"day": "1/12/2026", "kind": "off"})
    assert (books.the(WorkDay).start, books.the(WorkDay).end) == ("00:00", "00:00")
    assert "20261201T0800Z" not in offered(at(visitor, "moment"))
    send(begun, "usual-2026-12-01", {})
    assert books.rows(WorkDay) == []
    assert "20261201T0800Z" in offered(visitor.get("/nl/gesprek-vragen/vraag/moment"))


def test_who_cannot_be_booked_is_offered_to_nobody(visitor, begun, books):
    send(begun, "add", TUESDAY)
    page = send(begun, "about", {"active": False})
    assert words("Residents cannot book") in text(main(page))
    assert offered(at(visitor, "moment")) == []


def test_hours_beside_the_quarter_are_kept_and_it_is_said(begun, books):
    page = send(begun, "add", {**TUESDAY, "start": "9:10"})
    assert words("Talks begin at whole quarters. So the first one begins a little later than your hours.") in text(
        main(page)
    )
    assert books.the(WorkPattern).start == "09:10"


BACKWARDS = "The end is not later than the beginning. Look at both times."
NO_DAY = "This day is not on the calendar. Look at the day and the month."
WRONG = [
    ("add", {"start": "17:00", "end": "9:00"}, "add-end", BACKWARDS),
    ("add", {"start": "9:00", "end": "9:00"}, "add-end", BACKWARDS),
    ("add", {"start": "half tien"}, "add-start", "Write the time like this: 9:00."),
    ("add", {"start": "25:00"}, "add-start", "Write the time like this: 9:00."),
    ("add", {"end": ""}, "add-end", "Write the time, such as 9:00."),
    ("add", {"weekdays": []}, "add-weekdays", "Choose at least one day of the week."),
    ("add", {"places": []}, "add-places", "Choose at least one place."),
    ("add", {"since": "31-2-2027"}, "add-since", NO_DAY),
    ("add", {"since": "morgen"}, "add-since", "Write the date like this: 3-12-2026."),
    ("add", {"since": "22-11-2026"}, "add-since", "This day is over. Write today or a later day."),
    ("add", {"since": "1-1-9999"}, "add-since", "This is more than three years away. Look at the year."),
    ("add", {"since": "1-12-2026", "until": "30-11-2026"}, "add-until", "The last day comes before the first day."),
    ("day", {"day": "1-12-2026", "kind": "hours", "start": "9:00", "end": ""}, "day-end",
     "Write the time, such as 9:00."),
    ("day", {"day": "30-2-2027", "kind": "off"}, "day-day", NO_DAY),
    ("day", {"day": "1-12-2026", "kind": "hours", "start": "9", "end": "10", "places": []}, "day-places",
     "Choose at least one place."),
    ("about", {"most": "0"}, "about-most", "Write a number from 1 to ${most}."),
    ("about", {"most": "veel"}, "about-most", "Write a number from 1 to ${most}."),
    ("about", {"languages": []}, "about-languages", "Choose at least one language."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "slip", "field", "message"), WRONG)
def test_each_slip_is_told_kindly_at_its_field_and_nothing_typed_is_lost(begun, books, name, slip, field, message):
    before = books.rows(WorkPattern), books.rows(WorkDay), books.rows(BookingWorker)
    values = {**TUESDAY, **slip} if name == "add" else slip
    page = send(begun, name, values, 422)
    assert faults(page) == [(field, words(message).replace("${most}", "20"))]
    assert text(page.html.find(id=f"{field}-error")).endswith(words(message).replace("${most}", "20"))
    for key, value in values.items():
        boxes = page.forms[name].fields[key]
        kept = [box._value for box in boxes if box.checked] if isinstance(value, list) else boxes[0].value
        assert kept == value, key
    assert (books.rows(WorkPattern), books.rows(WorkDay), books.rows(BookingWorker)) == before


def test_a_coordinator_begins_and_keeps_the_diary_of_a_colleague(mila, office, books):
    carla = office.colleague("Carla Smit", leads("midden"))
    path = f"{HOURS}/{mila.staff_id}"
    assert path in hrefs(main(carla.browser.get(HOURS)))
    page = send(carla, "about", BEGIN, path=path)
    assert "Mila de Wit" in text(page.html.h1)
    send(carla, "add", TUESDAY, path=path)
    assert {row.staff_id for row in books.rows(WorkPattern)} == {mila.staff_id}


def test_nobody_else_finds_the_diary_of_a_colleague(begun, office, books):
    others = [
        office.colleague("Sanne Leeg", works("midden")), office.colleague("Bram Ver", works("holtenbroek")),
        office.colleague("Lies Ver", leads("holtenbroek")),
    ]  # fmt: skip
    path = f"{HOURS}/{begun.staff_id}"
    form = begun.browser.get(HOURS).forms["add"]
    for other in others:
        other.browser.get(path, status=404)
        token = other.browser.get(HOURS).forms["about"]["csrf_token"].value
        sent = {**{name: form[name].value for name in ("start", "end", "since")}, "what": "add", "csrf_token": token}
        assert other.browser.post(path, sent).status_int == 404
    assert books.rows(WorkPattern) == []


def test_who_works_in_no_team_has_no_diary(office, books, app):
    editor = office.colleague("Eva Redactie", ("content_editor", None))
    editor.browser.get(HOURS, status=403)
    visitor = Browser(app, "zwolle.test")
    assert "/aanmelden" in visitor.get(HOURS, status=303).location
