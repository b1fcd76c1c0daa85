"""Moments that cannot be had, and what changes under somebody's hands: a plain answer, and nothing is lost."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from portal.bookings.models import Booking, BookingCell, WorkPattern
from portal.cases.models import Case, Draft
from portal.foundation.clock import LOCAL
from portal.foundation.db import writing
from tests.reading import main, text, words
from tests.unit.cleaning.asking import FOLLOW, Books, answer, faults, fill, on, question, sending
from tests.unit.conversations.talking import FORM, ME, NAME, WORDS, a_diary, at, go_on, offered, send, to_check

diary = pytest.fixture(a_diary)
MOMENT, CHECK = f"{FORM['nl']}/vraag/moment", f"{FORM['nl']}/controle"
STATUS, OTHER = f"{FOLLOW['nl']}/stand", f"{FOLLOW['nl']}/moment"
GONE = "This moment is no longer free. Choose another one: these are free now."
AT_TEAM = {**ME, "where": {"place": "team", "other_place": ""}}
HOLTENBROEK = {"postcode": "8031 AB", "house": "1"}


@pytest.fixture
def books(diary, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


def kept(books):
    """The answers of the only draft."""
    return books.the(Draft).answers


def wrong_moment(browser, page, value):
    """Send a moment that the page did not offer, as an old page or a clever hand does."""
    action = page.forms["form"].action or page.request.path
    return browser.post(action, {"csrf_token": page.forms["form"]["csrf_token"].value, "moment": value})


def wall(value):
    """What the clock on the wall shows then."""
    return datetime.strptime(value, "%Y%m%dT%H%MZ").replace(tzinfo=UTC).astimezone(LOCAL)


NEVER = {
    "it was": "20261120T0900Z",
    "too soon": "20261123T1000Z",
    "a Saturday": "20261128T0900Z",
    "Christmas": "20261225T0900Z",
    "off the grid": "20261124T0907Z",
    "at night": "20261124T0200Z",
    "too far away": "20270301T0900Z",
    "no day": "20261131T0900Z",
    "no time": "20261124T2500Z",
}


@pytest.mark.parametrize("value", NEVER.values(), ids=NEVER.keys())
def test_what_cannot_be_had_is_refused_in_the_form_with_what_is_free(visitor, books, value):
    page = at(visitor, "moment")
    refused = wrong_moment(visitor, page, value)
    assert refused.status_int == 422
    assert [field for field, _said in faults(refused)] == ["moment"]
    assert offered(refused) == offered(page)
    assert books.rows(Booking) == books.rows(BookingCell) == []
    assert kept(books)["about"]["words"] == WORDS
    page = go_on(visitor, answer(visitor, refused, {"moment": offered(refused)[0]}))
    assert WORDS in text(main(page))


@pytest.mark.parametrize("value", NEVER.values(), ids=NEVER.keys())
def test_the_same_on_the_page_where_it_is_followed_and_the_appointment_stands(visitor, books, value):
    send(visitor)
    before = books.rows(Booking)
    page = visitor.get(OTHER)
    refused = wrong_moment(visitor, page, value)
    assert refused.status_int == 422
    assert [field for field, _said in faults(refused)] == ["moment"]
    assert books.rows(Booking) == before


def test_a_moment_of_another_team_is_not_to_be_had(visitor, books, diary):
    diary.worker("Omar Bakker", "holtenbroek", hours=("18:00", "20:00"))
    page = at(visitor, "moment", AT_TEAM)
    evening = "20261124T1700Z"
    assert evening not in offered(page)
    assert wrong_moment(visitor, page, evening).status_int == 422
    assert books.rows(Booking) == []


def test_who_turns_out_to_live_elsewhere_chooses_with_that_team_and_keeps_the_rest(visitor, another, books, diary):
    omar = diary.worker("Omar Bakker", "holtenbroek", hours=("18:00", "20:00"))
    to_check(visitor, AT_TEAM)
    first = books.the(Booking)
    page = answer(visitor, visitor.get(f"{FORM['nl']}/vraag/home"), HOLTENBROEK)
    assert question(page) == "moment"
    assert {wall(value).hour for value in offered(page)} == {18, 19}
    page = go_on(visitor, answer(visitor, page, {"moment": offered(page)[0]}), AT_TEAM)
    for said in (WORDS, NAME, "18:00"):
        assert said in text(main(page))
    on(visitor, visitor.submit(sending(page)))
    assert (books.the(Booking).staff_id, books.the(Booking).team_slug) == (omar, "holtenbroek")
    assert books.the(Case).team_slug == "holtenbroek"
    begin = first.starts_at.strftime("%Y%m%dT%H%MZ")
    assert begin in offered(at(another, "moment", AT_TEAM)), "what the first team kept is free again"


def test_a_form_that_was_checked_before_the_address_changed_in_another_tab_is_not_sent_as_it_was(visitor, books, diary):
    diary.worker("Omar Bakker", "holtenbroek", hours=("18:00", "20:00"))
    old_tab = to_check(visitor, AT_TEAM)
    answer(visitor, visitor.get(f"{FORM['nl']}/vraag/home"), HOLTENBROEK)
    back = on(visitor, visitor.submit(sending(old_tab)))
    assert question(back) == "moment"
    assert books.rows(Case) == []
    assert kept(books)["name"]["name"] == NAME


def test_two_tabs_with_two_moments_leave_one_and_the_check_page_says_which(visitor, another, books):
    one, other = at(visitor, "moment"), visitor.get(MOMENT)
    first, last = offered(one)[0], offered(other)[-1]
    answer(visitor, one, {"moment": first})
    answer(visitor, other, {"moment": last})
    assert [row.state for row in books.rows(Booking)] == ["held"]
    assert first in offered(at(another, "moment"))
    page = go_on(visitor, visitor.get(f"{FORM['nl']}/vraag/name"))
    assert f"{wall(last):%H:%M}" in text(main(page))
    on(visitor, visitor.submit(sending(page)))
    assert books.the(Booking).starts_at.astimezone(LOCAL) == wall(last)


def test_two_tabs_that_both_send_are_one_request(visitor, books):
    one, other = to_check(visitor), visitor.get(CHECK)
    first = on(visitor, visitor.submit(sending(one)))
    again = on(visitor, visitor.submit(sending(other)))
    assert text(main(first)) == text(main(again))
    assert len(books.rows(Case)) == len(books.rows(Booking)) == 1


def test_a_moment_that_is_sent_again_after_the_form_was_sent_opens_nothing(visitor, books):
    page = at(visitor, "moment")
    send(visitor)
    before = books.rows(Booking)
    assert on(visitor, wrong_moment(visitor, page, offered(page)[1])).request.path == FORM["nl"]
    assert books.rows(Booking) == before
    assert books.rows(Draft) == []


def test_a_question_that_builds_on_others_waits_for_them(visitor, books):
    token = at(visitor, "about").forms["form"]["csrf_token"].value
    for name in ("moment", "reach"):
        path = f"{FORM['nl']}/vraag/{name}"
        assert question(on(visitor, visitor.get(path, status=303))) == "about"
        assert question(on(visitor, visitor.post(path, {"csrf_token": token, "moment": "20261124T0900Z"}))) == "about"
    assert books.rows(Booking) == []


def test_an_answer_from_an_old_tab_is_kept_though_another_question_came_before_it(visitor, books):
    to_check(visitor)
    old_tab = visitor.get(f"{FORM['nl']}/vraag/name")
    assert question(answer(visitor, visitor.get(f"{FORM['nl']}/vraag/who"), {"who": "carer"})) == "helper"
    assert question(answer(visitor, old_tab, {"name": "Jan Anders"})) == "helper"
    assert kept(books)["name"]["name"] == "Jan Anders"


def test_two_tabs_of_the_follow_page_leave_one_appointment(visitor, books):
    send(visitor)
    one, other = visitor.get(OTHER), visitor.get(OTHER)
    visitor.submit(fill(one.forms["form"], {"moment": offered(one)[3]}))
    visitor.submit(fill(other.forms["form"], {"moment": offered(other)[5]}))
    (live,) = [row for row in books.rows(Booking) if row.state == "booked"]
    assert (live.sequence, live.starts_at.astimezone(LOCAL)) == (2, wall(offered(other)[5]))


def test_a_moment_sent_from_an_old_tab_after_it_was_cancelled_books_it_again(visitor, books):
    send(visitor)
    old_tab = visitor.get(OTHER)
    sure = visitor.get(f"{FOLLOW['nl']}/stap/give_back")
    visitor.submit(next(form for form in sure.forms.values() if form.action.endswith("/give_back")))
    visitor.submit(fill(old_tab.forms["form"], {"moment": offered(old_tab)[3]}))
    assert books.the(Case).state == "booked"
    assert [row.state for row in books.rows(Booking)].count("booked") == 1


def test_after_it_was_taken_back_an_old_tab_books_nothing(visitor, books):
    send(visitor)
    old_tab = visitor.get(OTHER)
    sure = visitor.get(f"{FOLLOW['nl']}/stap/withdraw")
    visitor.submit(next(form for form in sure.forms.values() if form.action.endswith("/withdraw")))
    led = visitor.submit(fill(old_tab.forms["form"], {"moment": offered(old_tab)[3]}))
    assert on(visitor, led).request.path == STATUS
    assert [row.state for row in books.rows(Booking)] == ["cancelled"]


def test_after_a_hand_over_a_moment_of_the_old_team_is_no_longer_to_be_had(visitor, books, diary, zwolle):
    diary.worker("Omar Bakker", "holtenbroek", hours=("18:00", "20:00"))
    send(visitor, AT_TEAM)
    old_tab = visitor.get(OTHER)
    with writing(zwolle.engine) as session:
        session.execute(update(Case).values(team_slug="holtenbroek"))
    refused = visitor.submit(fill(old_tab.forms["form"], {"moment": offered(old_tab)[3]}), status=422)
    assert words(GONE) in text(main(refused))
    assert {wall(value).hour for value in offered(refused)} == {18, 19}
    assert [row.state for row in books.rows(Booking)] == ["booked"]


# The clock


def working_at_night(zwolle, start, end):
    """Somebody works in the hours at which clocks change, on every day of the week."""
    with writing(zwolle.engine) as session:
        session.execute(update(WorkPattern).values(start=start, end=end))
        for pattern in session.query(WorkPattern).filter_by(weekday=0):
            facts = {"staff_id": pattern.staff_id, "start": start, "end": end, "places": pattern.places, "every": 1}
            since = datetime(2026, 1, 5, tzinfo=LOCAL).date()
            session.add_all(
                WorkPattern(weekday=day, valid_from=since, valid_until=None, **facts) for day in (0, 1, 2, 3, 4, 5, 6)
            )


@pytest.mark.parametrize(
    ("today", "day", "shown"),
    [
        # the clock goes back: 2:00 to 3:00 comes twice, and is offered for its first turn
        (datetime(2026, 10, 23, 8, tzinfo=UTC), "zondag 25 oktober", ["1:00", "2:00", "3:00", "4:00"]),
        # the clock goes forward: there is no 2:00
        (datetime(2027, 3, 26, 8, tzinfo=UTC), "zondag 28 maart", None),
        (datetime(2028, 2, 27, 8, tzinfo=UTC), "dinsdag 29 februari", ["1:00", "2:00", "3:00", "4:00"]),
    ],
)
def test_on_the_days_on_which_the_calendar_does_something_each_time_is_there_once(
    visitor, books, zwolle, clock, today, day, shown
):
    clock.set(today)
    working_at_night(zwolle, "01:00", "05:30")
    page = at(visitor, "moment", {**ME, "where": {"place": "phone", "other_place": ""}})
    groups = {text(page.html.find(id=group["aria-labelledby"])): group for group in page.html.select("div.times")}
    if shown is None:  # the last Sunday of March is Easter: nobody works
        assert day not in groups
        assert "dinsdag 30 maart" in groups
        return
    labels = [re.search(r"\d{1,2}:\d{2}", text(label))[0] for label in groups[day].select("label")]
    assert [label.removeprefix("0") for label in labels] == shown
    values = [box["value"] for box in groups[day].select("input")]
    page = go_on(
        visitor,
        answer(visitor, page, {"moment": values[1]}),
        {**ME, "reach": {"way": "phone", "phone": "0612349876", "email": ""}},
    )
    assert day in text(main(page))
    on(visitor, visitor.submit(sending(page)))
    booking = books.the(Booking)
    assert booking.starts_at.strftime("%Y%m%dT%H%MZ") == values[1]
    assert booking.ends_at - booking.starts_at == (booking.ends_at.astimezone(UTC) - booking.starts_at.astimezone(UTC))
