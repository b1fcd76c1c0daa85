"""One's own calendar reads one's diary at a secret address: it says little, and it ends when it must."""

import logging
import re

import pytest
from icalendar import Calendar

from portal.accounts.roles import Role
from portal.accounts.services import StaffAccounts
from portal.bookings import feed_views
from portal.bookings.models import Booking, Feed
from portal.cases.models import Case
from portal.cases.references import hashed
from portal.foundation.clock import local_date
from portal.foundation.db import writing
from tests.desk import path_of
from tests.reading import main, text
from tests.unit.cleaning.asking import fill
from tests.weeks import FEED, a_week, at

weeks = pytest.fixture(a_week)
NAME = "Mevrouw Zonneveld-Kanarie"
#: Nothing of this is ever in a calendar, with names or without.
NEVER = ("Melkmarkt", "8011", "127", "0612349876", "kanarie@", "Ik red het niet meer")


@pytest.fixture
def mila(weeks):
    return weeks.worker("Mila de Wit")


def make(colleague, names=False):
    """Make an address; gives its path."""
    form = colleague.browser.get(FEED).forms["form"]
    page = colleague.browser.submit(fill(form, {"names": ["true"]} if names else {}), 200)
    (shown,) = page.html.select(".feed__address bdi")
    found = re.fullmatch(r"http://zwolle\.test(?::\d+)?(/agenda/[\w-]{43}\.ics)", text(shown))
    assert found, text(shown)
    return found[1]


def events(raw):
    """The appointments of a file as a calendar reads them: each as name → value."""
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    file = Calendar.from_ical(raw)
    assert not file.errors
    assert file["METHOD"] == "PUBLISH"
    found = list(file.walk("VEVENT"))
    assert not [one.errors for one in found if one.errors]
    return [{name: value.to_ical().decode().replace("\\,", ",") for name, value in one.items()} for one in found]


def read(weeks, path, status=200):
    return weeks.a_calendar().get(path, status)


def moments(raw):
    return [(one["DTSTART"], one["DTEND"]) for one in events(raw)]


def test_an_address_is_shown_once_and_kept_as_a_hash(weeks, mila):
    path = make(mila)
    token = path.removeprefix("/agenda/").removesuffix(".ics")
    row = weeks.office.books.the(Feed)
    assert (row.staff_id, row.hash, row.with_names) == (mila.staff_id, hashed(token), False)
    assert token not in mila.browser.get(FEED).text
    assert "U heeft een adres" in text(main(mila.browser.get(FEED)))


def test_a_calendar_reads_when_and_how_and_nothing_of_whom(weeks, mila):
    number = weeks.talk(mila, "24 10:00")
    weeks.talk(mila, "25 14:00", place="team")
    answer = read(weeks, make(mila))
    assert answer.content_type == "text/calendar"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers
    home, team = events(answer.body)
    assert (home["DTSTART"], home["DTEND"]) == ("20261124T090000Z", "20261124T100000Z")
    assert (home["SUMMARY"], team["SUMMARY"]) == ("Gesprek bij iemand thuis", "Gesprek bij het wijkteam")
    assert {(one["SEQUENCE"], one["STATUS"], one["CLASS"]) for one in (home, team)} == {("0", "CONFIRMED", "PRIVATE")}
    assert home["DTSTAMP"] == "20261123T090000Z"
    assert home["UID"] != team["UID"]
    assert "LOCATION" not in home
    assert "Zwolle" in team["LOCATION"]
    for private in (*NEVER, NAME, "Zonneveld", number, number[:4]):
        assert private not in answer.text, private


def test_with_names_it_says_who_and_which_request_and_still_not_where(weeks, mila):
    number = weeks.talk(mila, "24 10:00")
    answer = read(weeks, make(mila, names=True))
    (one,) = events(answer.body)
    assert one["SUMMARY"] == f"Gesprek bij iemand thuis: {NAME} ({number[:4]} {number[4:]})"
    assert one["URL"].endswith(path_of(number))
    for private in NEVER:
        assert private not in answer.text, private


def test_of_a_request_that_one_may_not_see_any_more_it_says_no_name(weeks, mila):
    number = weeks.talk(mila, "24 10:00")
    path = make(mila, names=True)
    weeks.office.change(number, team_slug="holtenbroek")
    answer = read(weeks, path)
    assert len(events(answer.body)) == 1
    assert "Zonneveld" not in answer.text
    assert number not in answer.text


def test_a_moved_talk_keeps_its_uid_and_a_cancelled_one_is_gone(weeks, mila):
    number = weeks.talk(mila, "24 10:00", place="phone")
    path = make(mila)
    (before,) = events(read(weeks, path).body)
    page = mila.browser.get(path_of(number, "/moment"))
    chosen = page.html.select("input[name=moment]")[-1]["value"]
    mila.browser.submit(fill(page.forms["form"], {"moment": chosen}), 303)
    (after,) = events(read(weeks, path).body)
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert after["DTSTART"] == f"{chosen[:-1]}00Z"
    with writing(weeks.site.engine) as session:
        session.query(Booking).filter_by(state="booked").one().state = "cancelled"
    assert events(read(weeks, path).body) == []


def test_it_looks_back_two_weeks_and_ahead_until_the_horizon(weeks, clock):
    clock.set(at("06 07:00"))
    mila = weeks.worker("Mila de Wit")
    for start in ("09 10:00", "10 11:00", "24 10:00"):
        weeks.talk(mila, start)
    clock.set(at("24 10:30"))
    weeks.office.let_in(mila)
    assert [begin for begin, _end in moments(read(weeks, make(mila)).body)] == ["20261110T100000Z", "20261124T090000Z"]


def test_the_clock_change_is_no_matter_as_all_is_in_utc(weeks, clock):
    clock.set(at("10-20 10:00"))
    mila = weeks.worker("Mila de Wit")
    weeks.talk(mila, "10-23 10:00")
    weeks.talk(mila, "10-26 10:00")
    weeks.office.let_in(mila)
    assert moments(read(weeks, make(mila)).body) == [
        ("20261023T080000Z", "20261023T090000Z"), ("20261026T090000Z", "20261026T100000Z"),
    ]  # fmt: skip


def test_of_colleagues_nothing_is_in_it(weeks, mila):
    weeks.talk(weeks.worker("Tariq Aziz"), "24 10:00")
    assert events(read(weeks, make(mila)).body) == []


def test_a_new_address_ends_the_one_before(weeks, mila):
    first, second = make(mila), make(mila, names=True)
    read(weeks, first, 404)
    read(weeks, second)
    assert weeks.office.books.the(Feed).with_names


def test_an_address_that_is_taken_away_is_not_there_and_twice_is_once(weeks, mila):
    path = make(mila)
    for _ in range(2):
        form = next((one for one in mila.browser.get(FEED).forms.values() if one.action.endswith("/weg")), None)
        if form is not None:
            mila.browser.submit(form, 303)
    assert "werkt niet meer" in text(main(mila.browser.get(f"{FEED}?weg=1")))
    read(weeks, path, 404)
    assert weeks.office.books.rows(Feed) == []


def test_every_address_that_is_nobodys_answers_the_same(weeks, mila):
    revoked = make(mila)
    make(mila)
    nobody = read(weeks, f"/agenda/{'x' * 43}.ics", 404)
    for path in (revoked, f"/agenda/{'y' * 43}.ics", "/agenda/short.ics", f"/agenda/{'x' * 44}.ics"):
        answer = read(weeks, path, 404)
        assert answer.body.replace(path.encode(), b"") == nobody.body.replace(f"/agenda/{'x' * 43}.ics".encode(), b"")
        assert answer.headers["Cache-Control"] == "no-store"


def test_it_ends_with_the_work(weeks, mila):
    path = make(mila)
    weeks.office.leaves(mila)
    read(weeks, path, 404)


def test_it_ends_with_the_last_role_in_a_team(weeks, mila):
    path = make(mila)
    with writing(weeks.site.engine) as session:
        accounts = StaffAccounts(session, weeks.clock.now(), local_date(weeks.clock.now()))
        staff = accounts.by_email("mila.de.wit@staff.example")
        accounts.end_grant(staff, Role.TEAM_WORKER, "midden")
    read(weeks, path, 404)


def test_the_worker_takes_the_address_of_who_left_away_for_good(weeks, mila, registry):
    make(mila)
    stays = weeks.worker("Tariq Aziz")
    kept = make(stays)
    calendars = registry.tasks["calendars"]
    assert calendars(weeks.site, weeks.clock, None) == 0
    weeks.office.leaves(mila)
    assert calendars(weeks.site, weeks.clock, None) == 1
    assert [row.staff_id for row in weeks.office.books.rows(Feed)] == [stays.staff_id]
    read(weeks, kept)


def test_the_secret_is_in_no_log_not_even_when_something_breaks(weeks, mila, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    path = make(mila)
    token = path.removeprefix("/agenda/").removesuffix(".ics")
    read(weeks, path)

    def broken(*_any, **_more):
        raise RuntimeError(f"broken on {path}")

    monkeypatch.setattr(feed_views, "calendar_feed", broken)
    read(weeks, path, 500)
    assert "diary.ics" in caplog.text
    assert token not in caplog.text


def test_who_has_the_address_sees_nothing_else_with_it(weeks, mila):
    number = weeks.talk(mila, "24 10:00")
    calendar = weeks.a_calendar()
    calendar.get(make(mila))
    assert calendar.cookies == {}
    assert "aanmelden" in calendar.get(path_of(number), "*").text


def test_a_case_that_was_thrown_away_is_gone(weeks, mila):
    weeks.talk(mila, "24 10:00")
    path = make(mila)
    with writing(weeks.site.engine) as session:
        session.query(Booking).delete()
        session.query(Case).delete()
    assert events(read(weeks, path).body) == []
