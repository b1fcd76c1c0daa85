"""Rooms and cars at the desk: who leads a team keeps the list, and for each talk one is taken, changed or let go."""

import pytest
from sqlalchemy import delete, select

from portal.bookings.models import Booking
from portal.bookings.thing_keeping import ThingList
from portal.bookings.thing_models import Thing
from portal.bookings.things import Things
from portal.cases.models import Case
from portal.foundation.db import writing
from tests.desk import ROOM, Office, leads, path_of, works
from tests.reading import main, text
from tests.unit.cleaning.asking import faults, fill, on
from tests.unit.conversations.talking import ME, a_diary, at, offered, send

diary = pytest.fixture(a_diary)
THINGS = f"{ROOM}/agenda/ruimtes"
AT_THE_TEAM = {**ME, "where": {"place": "team", "other_place": ""}}


@pytest.fixture
def rooms(diary, zwolle, clock):
    """Puts a room or a car on the list; gives its number. Nothing is on it before or after."""

    def add(name, kind="room", features=(), team="midden"):
        with writing(zwolle.engine) as session:
            return ThingList(session, clock.now()).add(team, kind, name, features).id

    def empty():
        with writing(zwolle.engine) as session:
            session.execute(delete(Thing))

    empty()
    yield add
    empty()


@pytest.fixture
def office(app, zwolle, clock, registry, rooms):
    """The staff; the diary takes everybody away again."""
    return Office(app, zwolle, clock, registry)


@pytest.fixture
def carla(office):
    """Leads Midden."""
    return office.colleague("Carla Smit", leads("midden"))


@pytest.fixture
def mila(office):
    """Works in Midden."""
    return office.colleague("Mila de Wit", works("midden"))


@pytest.fixture
def has(zwolle, clock):
    """What the talk that stands has, by kind, and what it lost."""

    def read():
        with writing(zwolle.engine) as session:
            booking = session.scalar(select(Booking).where(Booking.state == "booked"))
            things = Things(session, clock.now())
            return {kind: one.name for kind, one in things.of(booking).items()}, things.missing(booking)

    return read


def said(page):
    return " ".join(text(main(page)).split())


def reference(zwolle):
    with writing(zwolle.engine) as session:
        return session.scalar(select(Case.reference))


def choose(person, number, **values):
    page = person.browser.get(path_of(number))
    return on(person.browser, person.browser.submit(fill(page.forms["things"], values)))


def options(page, kind):
    return [one.get_text().strip() for one in page.html.select(f"#things select[name={kind}] option")]


# --- the list


def test_who_leads_a_team_adds_a_room_and_changes_it(carla, office):
    page = carla.browser.get(THINGS)
    assert "Bij dit wijkteam staat nog niets." in said(page)
    form = fill(page.forms["form"], {"kind": "room", "name": "Blauwe kamer", "features": ["lift"]})
    page = on(carla.browser, carla.browser.submit(form))
    assert "Toegevoegd." in said(page)
    assert "Blauwe kamer Een kamer Een lift, of geen trap in gebruik" in said(page)
    page = carla.browser.get(page.html.select_one("main table a")["href"])
    form = fill(page.forms["form"], {"name": "Paarse kamer", "features": ["quiet"]})
    page = on(carla.browser, carla.browser.submit(form))
    assert "Bewaard." in said(page)
    assert "Paarse kamer Een kamer Een rustige kamer in gebruik" in said(page)
    assert [(one.name, one.features) for one in office.books.rows(Thing)] == [("Paarse kamer", ["quiet"])]


def test_a_name_and_what_it_is_have_to_be_said(carla, office):
    page = carla.browser.submit(carla.browser.get(THINGS).forms["form"], 422)
    assert faults(page) == [("kind", "Kies een kamer of een auto."), ("name", "Schrijf de naam.")]
    assert office.books.rows(Thing) == []


def test_who_leads_two_teams_says_for_which(office):
    both = office.colleague("Bea Beide", leads("midden"), leads("schelle"))
    form = fill(both.browser.get(THINGS).forms["form"], {"kind": "car", "name": "Auto", "team": "schelle"})
    both.browser.submit(form, 303)
    assert [(one.team_slug, one.kind) for one in office.books.rows(Thing)] == [("schelle", "car")]


def test_before_a_room_goes_out_of_use_the_talks_that_have_it_are_shown(visitor, carla, rooms, zwolle, has):
    number = rooms("Blauwe kamer", features=["quiet"])
    send(visitor, AT_THE_TEAM)
    page = carla.browser.get(f"{THINGS}/{number}/gebruik")
    assert "1 gesprek heeft dit." in said(page)
    assert "dinsdag 24 november , 10:00 · Noor de Vries" in said(page)
    assert page.html.select_one(f"main a[href='{path_of(reference(zwolle))}']")
    page = on(carla.browser, carla.browser.submit(page.forms[1], name="stop"))
    assert "uit gebruik" in said(page)
    assert has() == ({}, {"room"})
    assert "De kamer is dan niet vrij: kies een andere." in said(carla.browser.get(path_of(reference(zwolle))))
    page = on(
        carla.browser, carla.browser.submit(carla.browser.get(f"{THINGS}/{number}/gebruik").forms[1], name="start")
    )
    assert "Dit is weer in gebruik." in said(page)


def test_a_room_of_another_team_is_not_there(carla, mila, rooms):
    number = rooms("Elders", team="schelle")
    for tail in ("", "/gebruik"):
        carla.browser.get(f"{THINGS}/{number}{tail}", status=404)
    assert "Elders" not in said(carla.browser.get(THINGS))
    mila.browser.get(THINGS, status=403)


# --- one talk


def test_a_talk_at_the_team_gets_a_room_that_suits_by_itself(visitor, rooms, has):
    rooms("Kale kamer")
    rooms("Stille kamer", features=["quiet"])
    send(visitor, AT_THE_TEAM)
    assert has() == ({"room": "Stille kamer"}, set())


def test_when_every_room_is_taken_the_moment_is_offered_to_nobody(app, visitor, rooms, diary):
    from tests.browser import Browser

    rooms("Enige kamer", features=["quiet"])
    diary.worker("Tarek de Vries")
    send(visitor, AT_THE_TEAM)
    neighbour = Browser(app, "zwolle.test")
    moments = offered(at(neighbour, "moment", AT_THE_TEAM))
    assert "20261124T0900Z" not in moments
    assert "20261124T1000Z" in moments
    assert "20261124T0900Z" in offered(at(Browser(app, "zwolle.test"), "moment", ME))


def test_staff_take_another_room_and_let_it_go(visitor, mila, rooms, zwolle, has):
    other = rooms("Groene kamer, met lift", features=["lift"])
    rooms("Blauwe kamer", features=["quiet"])
    rooms("Auto", "car")
    send(visitor, AT_THE_TEAM)
    number = reference(zwolle)
    page = mila.browser.get(path_of(number))
    assert options(page, "room") == [
        "Geen kamer", "Blauwe kamer (Een rustige kamer)", "Groene kamer, met lift (Een lift, of geen trap)",
    ]  # fmt: skip
    assert options(page, "car") == []
    page = choose(mila, number, room=str(other))
    assert "Gelukt: de kamer of de auto is geregeld." in said(page)
    assert has() == ({"room": "Groene kamer, met lift"}, set())
    choose(mila, number, room="")
    assert has() == ({}, set())


def test_for_a_visit_at_home_staff_take_a_car(visitor, mila, rooms, zwolle, has):
    car = rooms("Rode auto", "car")
    rooms("Blauwe kamer")
    send(visitor, ME)
    page = mila.browser.get(path_of(reference(zwolle)))
    assert (options(page, "room"), options(page, "car")) == ([], ["Geen auto", "Rode auto"])
    choose(mila, reference(zwolle), car=str(car))
    assert has() == ({"car": "Rode auto"}, set())


def test_who_was_just_too_late_is_told_and_nothing_changes(visitor, mila, rooms, zwolle, clock, has):
    car = rooms("Rode auto", "car")
    send(visitor, ME)
    page = mila.browser.get(path_of(reference(zwolle)))
    form = fill(page.forms["things"], {"car": str(car)})
    with writing(zwolle.engine) as session:
        ThingList(session, clock.now()).stop(session.get(Thing, car))
    assert "anders" in mila.browser.submit(form, 303).location
    assert has() == ({}, set())


def test_a_team_that_lists_nothing_sees_no_form(visitor, mila, rooms, zwolle):
    send(visitor, ME)
    page = mila.browser.get(path_of(reference(zwolle)))
    assert "things" not in page.forms
    assert "Kamer en auto" not in said(page)
