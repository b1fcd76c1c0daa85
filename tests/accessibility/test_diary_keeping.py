"""Keeping hours, leave and closures is open to everybody: axe, large letters, small screens, no mouse, no script."""

import pytest

from portal.bookings.models import BookingWorker
from tests.accessibility import test_html
from tests.accessibility.test_staff import Walk
from tests.browser import Browser
from tests.desk import ROOM, an_office, leads, works
from tests.unit.cleaning.asking import Books
from tests.unit.conversations.talking import ME, a_diary, send

check = test_html.check
diary = pytest.fixture(a_diary)
office = pytest.fixture(an_office)
HOURS, LEAVE = f"{ROOM}/agenda/uren", f"{ROOM}/agenda/vrij"
CLOSED, LOST = f"{ROOM}/agenda/gesloten", f"{ROOM}/agenda/opnieuw"


@pytest.fixture
def noor(office, diary, visitor, another, zwolle):
    """Somebody with two talks in her diary, who leads the team as well; gives the number of her account."""
    (worker,) = Books(zwolle).rows(BookingWorker)
    office.colleague("Mila de Wit-van der Veen", works("midden"))
    carla = office.colleague("Carla Smit", leads("midden"))
    send(visitor)
    send(another, {**ME, "moment": {"moment": "20261124T1200Z"}})
    return worker.staff_id, carla


@pytest.fixture
def another(app):
    """Somebody else who asks for a conversation."""
    return Browser(app, "zwolle.test")


@pytest.fixture
def at_desk(new_visitor, office):
    """Somebody in a browser who is signed in."""

    def made(staff_id, **options):
        visitor = new_visitor(**{"bypass_csp": True, **options})
        visitor.context.add_cookies([{"name": "staff", "value": office.cookie(staff_id), "url": visitor.base}])
        return visitor

    return made


def press(page, selector):
    with page.expect_navigation():
        page.locator(selector).first.click()


def unfold(page):
    page.evaluate("() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })")


def fill(page, form, **values):
    for name, value in values.items():
        page.locator(f"#{form} [name={name}]").fill(value)
    press(page, f"#{form} button[type=submit]")


def test_everybody_can_keep_hours_and_leave_and_see_what_they_break(at_desk, noor, clock):
    staff_id, carla = noor
    walk = Walk(at_desk(staff_id), clock)
    page = walk.page
    for name, path in (("hours", HOURS), ("leave", LEAVE), ("hours in English", "/en/staff/agenda/uren")):
        walk.open(path)
        walk.look(f"diary, {name}")
    walk.open(HOURS)
    unfold(page)
    walk.look("diary, hours, unfolded")
    fill(page, "add", start="half tien", end="9", since="31-2-2027")
    walk.look("diary, hours, errors")
    walk.open(HOURS)
    unfold(page)
    page.locator("#day input[value=off]").check()
    fill(page, "day", day="1-12-2026")
    walk.look("diary, hours, kept")
    walk.open(LEAVE)
    fill(page, "away", first="24-11-2026", last="25-11-2026")
    walk.look("diary, leave, what it breaks")
    press(page, "button[name=__back__]")
    assert page.locator("#away [name=first]").input_value() == "24-11-2026"
    fill(page, "away")
    press(page, "main .desk__acts button:not([name])")
    walk.look("diary, leave, kept")
    lead = Walk(at_desk(carla.staff_id), clock)
    for name, path in (("begin", HOURS), ("of a colleague", f"{HOURS}/{staff_id}"), ("closures", CLOSED),
                       ("moments to find again", LOST)):  # fmt: skip
        lead.open(path)
        lead.look(f"diary, {name}")
    faults = walk.faults + lead.faults
    page.context.close()
    lead.page.context.close()
    assert not faults, "\n".join(faults)


def test_without_script_on_a_phone_leave_is_kept_in_two_steps(at_desk, noor):
    staff_id, _carla = noor
    visitor = at_desk(staff_id, java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = visitor.page
    page.goto(visitor.base + LEAVE)
    page.locator("#away [name=first]").fill("24-11-2026")
    page.locator("#away button[type=submit]").click()
    page.locator("main .desk__acts button:not([name])").click()
    assert page.locator(".diary__row").count() == 1
    visitor.context.close()


def test_the_markup_is_valid(check, office, noor):
    staff_id, carla = noor
    browser = Browser(office.app, "zwolle.test")
    browser._app.set_cookie("staff", office.cookie(carla.staff_id))
    paths = {"hours": HOURS, "of": f"{HOURS}/{staff_id}", "leave": f"{LEAVE}/{staff_id}", "closed": CLOSED,
             "lost": LOST}  # fmt: skip
    files = {name: browser.get(path).body for name, path in paths.items()}
    page = browser.get(f"{LEAVE}/{staff_id}")
    form = page.forms["away"]
    form["first"] = "24-11-2026"
    files["sure"] = browser.submit(form, 200).body
    errors = [test_html.line(message) for message in check(files) if message["type"] != "info"]
    assert errors == []
