"""Staff look at their week: their own first, then the team's, as a list or a grid; of what is not theirs nothing."""

import pytest
from sqlalchemy import event

from portal.bookings.models import Booking, Closure, Leave, WorkDay
from portal.cases.handling import Handling
from portal.cases.models import Case
from portal.foundation.db import writing
from tests.desk import leads, path_of, works
from tests.reading import main, text
from tests.unit.cleaning.asking import fill
from tests.weeks import WEEK, a_week, at

weeks = pytest.fixture(a_week)
FACTS = {"reference": "x", "team": "x", "team_phone": "x", "phone": "x", "link": "x"}
HOME, STREET = "8011 PK", "Melkmarkt 127"


@pytest.fixture
def mila(weeks):
    return weeks.worker("Mila de Wit")


@pytest.fixture
def tariq(weeks):
    return weeks.worker("Tariq Aziz")


def look(colleague, query="", status=200):
    return colleague.browser.get(f"{WEEK}{query}", status)


def day(page, date):
    """What the list says of a day."""
    return text(page.html.find(id=f"day-{date}").find_parent("section"))


def cell(page, number, hour):
    """A cell of the grid: the number of the day, and the hour."""
    row = next(row for row in page.html.select("table.rota tbody tr") if text(row.th) == f"{hour}:00")
    return text(row.select("td")[number])


def test_a_worker_sees_their_own_week_first(weeks, mila, tariq):
    mine, other = weeks.talk(mila, "24 10:00"), weeks.talk(tariq, "24 10:00", place="phone")
    page = look(mila)
    assert "Mila de Wit" in text(page.html.h1)
    said = day(page, "2026-11-24")
    assert all(words in said for words in ("10:00 – 11:00", "Bij iemand thuis", f"{mine[:4]} {mine[4:]}", "9:45"))
    assert other not in page.text
    assert page.html.select_one(f'a.week__go[href$="{mine}"]')["href"] == path_of(mine)
    assert "Kanarie" not in page.text


def test_the_team_is_one_choice_in_the_form_away(weeks, mila, tariq):
    first, second = weeks.talk(mila, "24 10:00"), weeks.talk(tariq, "24 10:00", place="phone")
    form = look(mila).forms[0] if len(look(mila).forms) == 1 else next(
        one for one in look(mila).forms.values() if "wie" in one.fields
    )  # fmt: skip
    assert [words for _value, _chosen, words in form["wie"].options] == [
        "Het hele team", "Mila de Wit (u)", "Tariq Aziz",
    ]  # fmt: skip
    form["wie"] = ""
    said = day(mila.browser.submit(form, 200), "2026-11-24")
    assert all(words in said for words in (first[:4], second[:4], "Mila de Wit", "Tariq Aziz"))
    form["wie"] = str(tariq.staff_id)
    page = mila.browser.submit(form, 200)
    assert second in page.text
    assert first not in page.text


def test_who_has_no_diary_begins_with_the_team(weeks, mila):
    number = weeks.talk(mila, "24 10:00")
    carla = weeks.office.colleague("Carla Smit", leads("midden"))
    page = look(carla)
    assert "Midden" in text(page.html.h1)
    assert number in page.text


def test_weeks_go_on_and_back_and_to_this_one(weeks, mila):
    later = weeks.talk(mila, "12-01 14:00", place="team")
    page = look(mila)
    assert later not in page.text
    page = mila.browser.get(page.html.select_one("a[rel=next]")["href"])
    assert later in page.text
    assert text(page.html.h1.find_next("p")).startswith("Week 49")
    this = page.html.select_one("a[rel=prev]")["href"]
    assert "week=2026-W48" in this
    assert [text(one) for one in mila.browser.get(this).html.select(".week__steps a[aria-current]")][:1] == [
        "Deze week"
    ]


@pytest.mark.parametrize(
    "odd", ["", "?week=2026-W54", "?week=morgen", "?week=2026-W4", "?week=0000-W01", "?als=anders"]
)
def test_an_odd_week_is_this_week(weeks, mila, odd):
    assert text(look(mila, odd).html.h1.find_next("p")).startswith("Week 48")


def test_the_weeks_around_new_year_are_right(weeks, mila):
    page = look(mila, "?week=2026-W53")
    assert "Nieuwjaarsdag" in day(page, "2027-01-01")
    assert "week=2027-W01" in page.html.select_one("a[rel=next]")["href"]


def test_leave_days_off_holidays_and_closures_are_shown(weeks, mila, tariq):
    day_off = WorkDay(staff_id=mila.staff_id, day=at("25 00:00").date(), start="00:00", end="00:00", places=[])
    weeks.add(
        Leave(staff_id=tariq.staff_id, first=at("24 00:00").date(), last=at("25 00:00").date()), day_off,
        Closure(team_slug="midden", first=at("26 00:00").date(), last=at("26 00:00").date()),
        Closure(team_slug="holtenbroek", first=at("27 00:00").date(), last=at("27 00:00").date()),
    )  # fmt: skip
    team = look(mila, "?team=midden")
    assert "Afwezig: Tariq Aziz" in day(team, "2026-11-24")
    assert all(name in day(team, "2026-11-25") for name in ("Mila de Wit", "Tariq Aziz"))
    assert "dicht" in day(team, "2026-11-26").casefold()
    assert "dicht" not in day(team, "2026-11-27").casefold()
    own = look(mila)
    assert "9:00 – 17:00" in day(own, "2026-11-24")
    assert "Vrije dag" in day(own, "2026-11-25")
    assert "9:00" not in day(own, "2026-11-26")
    assert "Verlof" in day(look(mila, f"?wie={tariq.staff_id}"), "2026-11-24")
    assert "Eerste Kerstdag" in day(look(mila, "?week=2026-W52"), "2026-12-25")


def test_the_grid_is_a_table_with_headers_and_the_list_beside_it(weeks, mila):
    number = weeks.talk(mila, "24 10:30", minutes=90)
    page = look(mila, "?als=rooster")
    assert [one["scope"] for one in page.html.select("table.rota th")][:6] == ["col"] * 6
    assert {one["scope"] for one in page.html.select("table.rota tbody th")} == {"row"}
    assert number[:4] in cell(page, 1, 10)
    assert "12:00" in cell(page, 1, 11)
    assert number[:4] not in cell(page, 1, 11)
    assert cell(page, 1, 12) == cell(page, 0, 10) == ""
    assert number[:4] in day(page, "2026-11-24")
    assert not look(mila).html.select("table.rota")


def test_a_talk_in_the_weekend_gives_the_weekend_a_column(weeks):
    sanne = weeks.worker("Sanne Zaterdag", days=(5,))
    weeks.talk(sanne, "28 10:00", place="team")
    page = look(sanne, "?als=rooster")
    assert [text(one).split()[0] for one in page.html.select("table.rota thead th")][1:] == [
        "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag",
    ]  # fmt: skip


def test_rooms_cars_languages_and_interpreters_are_marked(weeks, mila):
    number = weeks.talk(mila, "24 10:00", language="Berbers", interpreter=True)
    weeks.thing(number, "car", "Fiat wit")
    other = weeks.talk(mila, "25 10:00", place="team")
    weeks.thing(other, "room", "Spreekkamer 2")
    page = look(mila)
    assert all(words in day(page, "2026-11-24") for words in ("Berbers", "Tolk", "Fiat wit"))
    assert "Spreekkamer 2" in day(page, "2026-11-25")


@pytest.mark.parametrize(
    ("moment", "shown"),
    [("20 10:00", False), ("23 09:00", True), ("24 12:00", True), ("25 23:30", True), ("26 00:10", False)],
)
def test_the_address_is_there_from_a_working_day_before_until_a_working_day_after(weeks, clock, moment, shown):
    clock.set(at("19 10:00"))
    mila = weeks.worker("Mila de Wit")
    weeks.talk(mila, "24 10:00")
    clock.set(at(moment))
    weeks.office.let_in(mila)
    page = look(mila, "?week=2026-W48")
    assert (STREET in text(main(page))) == shown
    assert ("8011" in page.text) == shown


def test_the_address_of_a_talk_at_the_team_is_never_there(weeks, mila):
    weeks.talk(mila, "24 10:00", place="team")
    assert "8011" not in look(mila).text


def test_of_a_request_that_went_to_another_team_only_busy_is_left(weeks, mila):
    number = weeks.talk(mila, "24 10:00")
    with writing(weeks.site.engine) as session:
        case = session.query(Case).filter_by(reference=number).one()
        Handling(session, weeks.clock.now(), mila.staff_id).hand_over(case, "holtenbroek", FACTS)
    for query in ("", "?als=rooster"):
        page = look(mila, query)
        assert "Bezet" in day(page, "2026-11-24")
        for private in (number, number[:4] + " ", "Melkmarkt", "8011", "9:45", "thuis"):
            assert private not in day(page, "2026-11-24"), private
        assert number not in page.text


def test_what_somebody_is_choosing_now_is_shown_as_that(weeks, mila, clock):
    weeks.talk(mila, "24 10:00")
    with writing(weeks.site.engine) as session:
        booking = session.query(Booking).one()
        booking.state, booking.case_id, booking.hold_until = "held", None, at("23 10:10")
    assert "kiest dit moment" in day(look(mila), "2026-11-24")
    clock.forward(minutes=11)
    assert "kiest dit moment" not in day(look(mila), "2026-11-24")


def test_moved_and_cancelled_talks_are_gone_and_what_was_stays(weeks, mila, clock):
    number = weeks.talk(mila, "24 10:00")
    clock.set(at("25 10:00"))
    weeks.office.let_in(mila)
    with writing(weeks.site.engine) as session:
        session.query(Booking).one().state = "done"
    assert number in look(mila).text
    for state in ("moved", "cancelled", "lapsed"):
        with writing(weeks.site.engine) as session:
            session.query(Booking).one().state = state
        assert number not in look(mila).text


def test_another_team_and_its_people_are_not_there(weeks, mila):
    elsewhere = weeks.worker("Els Where", "holtenbroek")
    weeks.talk(elsewhere, "24 10:00", "holtenbroek")
    for query in ("?team=holtenbroek", f"?wie={elsewhere.staff_id}", "?wie=999999", "?wie=x", "?team=geen",
                  f"?team=holtenbroek&wie={elsewhere.staff_id}", f"?team=midden&wie={elsewhere.staff_id}"):  # fmt: skip
        assert "Els Where" not in look(mila, query, 404).text
    assert "Els Where" not in look(mila).text


def test_who_works_in_two_teams_chooses_between_them(weeks, mila):
    both = weeks.office.colleague("Bo Tweeteams", works("midden"), leads("holtenbroek"))
    elsewhere = weeks.worker("Els Where", "holtenbroek")
    number = weeks.talk(elsewhere, "24 10:00", "holtenbroek")
    page = look(both, "?team=holtenbroek")
    assert number in page.text
    assert "Mila de Wit" not in text(page.html.find(id="wie"))
    assert len(page.html.select("nav a[href*='team=midden']")) >= 1


def test_who_is_of_no_team_comes_not_in(weeks, mila):
    editor = weeks.office.colleague("Ed Itor", ("content_editor", None))
    look(editor, status=403)
    assert "/agenda" not in editor.browser.get("/nl/werk/account").text


def test_a_talk_is_moved_from_the_week_with_a_form(weeks, mila):
    number = weeks.talk(mila, "24 10:00", place="phone")
    move = look(mila).html.select_one("a.talk__move")
    assert move["href"] == path_of(number, "/moment")
    page = mila.browser.get(move["href"])
    chosen = page.html.select("input[name=moment]")[-1]["value"]
    mila.browser.submit(fill(page.forms["form"], {"moment": chosen}), 303)
    booking = next(row for row in weeks.office.books.rows(Booking) if row.state == "booked")
    assert booking.starts_at.strftime("%Y%m%dT%H%MZ") == chosen
    week = booking.starts_at.isocalendar()
    said = look(mila, f"?week={week.year}-W{week.week:02}")
    assert number[:4] in day(said, booking.starts_at.date().isoformat())


def test_what_is_over_cannot_be_moved(weeks, mila, clock):
    weeks.talk(mila, "24 10:00")
    clock.set(at("24 10:30"))
    weeks.office.let_in(mila)
    assert not look(mila).html.select("a.talk__move")


def test_looking_at_a_week_opens_no_request_and_asks_few_questions(weeks, mila, tariq):
    for start in ("24 10:00", "25 10:00", "26 10:00"):
        weeks.talk(mila, start)
        weeks.talk(tariq, start)
    look(mila, "?team=midden")
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(weeks.site.engine, "before_cursor_execute", note)
    try:
        look(mila, "?team=midden&als=rooster")
    finally:
        event.remove(weeks.site.engine, "before_cursor_execute", note)
    questions = [
        one for one in asked if "SELECT" in one and "staff_session" not in one and "content_version" not in one
    ]
    assert len(questions) <= 4, questions
    assert not [one for one in asked if one.startswith(("INSERT", "UPDATE"))]


def test_in_english_too(weeks, mila):
    weeks.talk(mila, "24 10:00")
    said = text(main(mila.browser.get("/en/staff/agenda?als=rooster")))
    assert "Diary of Mila de Wit" in said
    assert "Choose another moment" in said
