"""How long one waits, with figures and pictures, and the desk's rooms, cars and figures: open to everybody."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from portal.bookings.models import FirstFree
from portal.bookings.thing_keeping import ThingList
from portal.bookings.thing_models import Thing
from portal.bookings.waiting import PLACES, look
from portal.foundation.db import writing
from tests.accessibility.test_staff import Walk
from tests.clock import START
from tests.desk import ROOM, Office, leads
from tests.unit.conversations.talking import a_diary

diary = pytest.fixture(a_diary)
WAITING = {"nl": "/nl/hoe-lang-wachten", "nl_simple": "/nl-simple/hoe-lang-wachten", "ar": "/ar/how-long-to-wait"}


@pytest.fixture
def figures(diary, zwolle, clock, registry):
    """Half a year with a gap, with weeks in which there was no moment, and with a promise that is not kept."""

    def empty():
        with writing(zwolle.engine) as session:
            for table in (FirstFree, Thing):
                session.execute(delete(table))

    empty()
    look(zwolle, clock, None)
    with writing(zwolle.engine) as session:
        session.execute(delete(FirstFree).where(FirstFree.place == "home"))
        for number in range(26):
            day = START.date() - number * timedelta(weeks=1)
            if 9 < number < 12:
                continue
            for place in PLACES if number else ("home",):
                days = None if place == "video" and number % 5 == 1 else 3 + number * 7 % 31 + 20 * (not number)
                free_on = None if days is None else day + timedelta(days=days)
                session.add(FirstFree(team_slug="midden", place=str(place), looked_on=day, free_on=free_on,
                                      looked_at=START - number * timedelta(weeks=1)))  # fmt: skip
    for key in list(registry.page_cache._pages):
        registry.page_cache._drop(key)
    yield
    empty()


@pytest.mark.parametrize("locale", WAITING)
def test_everybody_can_read_how_long_one_waits(new_visitor, figures, clock, locale):
    walk = Walk(new_visitor(bypass_csp=True), clock)
    walk.open(WAITING[locale])
    walk.look(f"{locale}, waiting times")
    walk.open(f"{WAITING[locale]}/midden")
    walk.look(f"{locale}, waiting times of a team")
    for table in walk.page.locator("details.why summary").all():
        table.click()
    walk.look(f"{locale}, waiting times of a team, as a table")
    assert walk.page.locator("figure svg").count() == 4
    walk.page.context.close()
    assert not walk.faults, "\n".join(walk.faults)


def test_rooms_cars_and_figures_are_open_to_all_staff(new_visitor, app, zwolle, clock, registry, figures):
    office = Office(app, zwolle, clock, registry)
    carla = office.colleague("Carla Smit", leads("midden"), leads("schelle"))
    with writing(zwolle.engine) as session:
        listed = ThingList(session, clock.now())
        room = listed.add("midden", "room", "Kamer aan het plein, eerste verdieping", ["lift", "quiet"]).id
        listed.stop(listed.add("midden", "car", "Elektrische auto", []))
    visitor = new_visitor(bypass_csp=True)
    visitor.context.add_cookies([{"name": "staff", "value": office.cookie(carla.staff_id), "url": visitor.base}])
    walk = Walk(visitor, clock)
    for name, path in (("things", "ruimtes"), ("a thing", f"ruimtes/{room}"), ("out of use", f"ruimtes/{room}/gebruik"),
                       ("figures", "cijfers")):  # fmt: skip
        walk.open(f"{ROOM}/agenda/{path}")
        walk.look(name)
    walk.open(f"{ROOM}/agenda/ruimtes")
    with walk.page.expect_navigation():
        walk.page.locator("#form button[type=submit]").click()
    walk.look("things, errors")
    visitor.context.close()
    assert not walk.faults, "\n".join(walk.faults)
