"""The week of a diary and one's own calendar are open to everybody: axe, large letters, small screens, keys, paper."""

import os
import re

import pytest
from playwright.sync_api import expect

from portal.bookings.models import Closure, Leave
from tests.accessibility import measures, test_html
from tests.accessibility.conftest import REPORTS
from tests.accessibility.test_keyboard import walk
from tests.accessibility.test_staff import Walk
from tests.browser import Browser
from tests.desk import leads
from tests.weeks import FEED, WEEK, Weeks, at

check = test_html.check
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def weeks(app, registry, clock):
    """A team of three with a full week; one of them leads it, and works in another team too."""
    clock.reset()
    weeks = Weeks(app, registry.sites.by_key("zwolle"), clock, registry)
    weeks.close()
    yield weeks
    weeks.close()


@pytest.fixture(scope="module")
def mila(weeks):
    """Has a talk of every sort, a day of leave, and a talk that is early."""
    mila = weeks.worker("Mila de Wit-van der Veen", "midden", leads("diezerpoort"))
    tariq, _sanne = weeks.worker("Tariq Aziz"), weeks.worker("Wilhelmina van Oldenbarnevelt-Groenewoudstra")
    first = weeks.talk(mila, "24 10:00", language="Berbers", interpreter=True)
    weeks.thing(first, "car", "Fiat wit, AB-12-CD")
    second = weeks.talk(mila, "24 14:30", place="team", minutes=90)
    weeks.thing(second, "room", "Spreekkamer 2, met een lift")
    weeks.talk(mila, "26 09:00", place="phone")
    weeks.talk(mila, "27 11:15", place="video", language="العربية")
    lost = weeks.talk(mila, "26 15:00")
    weeks.talk(tariq, "24 10:00", place="phone")
    weeks.talk(tariq, "26 15:15", place="elsewhere")
    weeks.office.change(lost, team_slug="holtenbroek")
    weeks.add(
        Leave(staff_id=tariq.staff_id, first=at("25 00:00").date(), last=at("25 00:00").date()),
        Closure(team_slug="midden", first=at("25 00:00").date(), last=at("25 00:00").date()),
    )
    return mila


@pytest.fixture
def at_desk(new_visitor, weeks, mila):
    """Mila in a browser."""

    def made(**options):
        visitor = new_visitor(**{"bypass_csp": True, **options})
        cookie = {"name": "staff", "value": weeks.office.cookie(mila.staff_id), "url": visitor.base}
        visitor.context.add_cookies([cookie])
        return visitor

    return made


def make(page):
    """Make an address."""
    page.locator("#form input[type=checkbox]").check()
    with page.expect_navigation():
        page.locator("#form button[type=submit]").click()


PLACES = {
    "list": (WEEK, None),
    "grid": (f"{WEEK}?als=rooster", None),
    "team list": (f"{WEEK}?team=midden", None),
    "team grid": (f"{WEEK}?team=midden&als=rooster", None),
    "holiday": (f"{WEEK}?week=2026-W52&als=rooster", None),
    "nobody there": (f"{WEEK}?team=diezerpoort", None),
    "feed": (FEED, None),
    "feed, made": (FEED, make),
    "feed, taken away": (f"{FEED}?weg=1", None),
}


@pytest.mark.parametrize("room", ["/nl/werk", "/en/staff"])
@pytest.mark.parametrize("name", PLACES)
def test_everybody_can_use_it(at_desk, clock, name, room):
    path, do = PLACES[name]
    look = Walk(at_desk(), clock)
    look.open(path.replace("/nl/werk", room))
    if do:
        do(look.page)
    assert look.page.locator("h1").count() == 1
    assert "/aanmelden" not in look.page.url
    look.look(f"week, {name}, {room[1:3]}")
    look.page.context.close()
    assert not look.faults, "\n".join(look.faults)


WINDOWS = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "small, forced colours": {"viewport": {"width": 320, "height": 640}, "forced_colors": "active"},
}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", ["list", "team grid", "feed"])
def test_every_stop_can_be_reached_and_seen(at_desk, name, window):
    visitor = at_desk(**WINDOWS[window])
    page = visitor.page
    page.goto(visitor.base + PLACES[name][0])
    found, count = [], 0
    for stop in walk(page):
        count += 1
        for fault in ("out of view",) * (not stop["inView"]) + ("covered",) * stop["covered"]:
            found.append(f"{fault}: {stop['name']}")
        if stop["outline"] < 2:
            found.append(f"no outline of 2 px: {stop['name']}")
    stops = page.evaluate(measures.STOPS)
    visitor.context.close()
    assert not found, "\n".join(found)
    assert count == stops


def test_on_a_phone_the_list_takes_the_place_of_the_grid(at_desk):
    visitor = at_desk(viewport=PHONE)
    page = visitor.page
    page.goto(f"{visitor.base}{WEEK}?als=rooster")
    expect(page.locator("table.rota")).to_be_hidden()
    expect(page.locator(".talk").first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("table.rota")).to_be_visible()
    expect(page.locator(".talk").first).to_be_hidden()
    visitor.context.close()


@pytest.mark.parametrize("shape", ["lijst", "rooster"])
def test_on_paper_is_the_week_alone_and_on_one_page(at_desk, shape):
    visitor = at_desk()
    page = visitor.page
    page.goto(f"{visitor.base}{WEEK}?als={shape}")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 1000})  # what is left of A4 upright between its margins
    for away in ("header", ".week__bar", ".week__after", ".talk__move"):
        for one in page.locator(away).all():
            expect(one).to_be_hidden()
    shown, hidden = ("table.rota", ".week__list") if shape == "rooster" else (".week__list", "table.rota")
    expect(page.locator(shown)).to_be_visible()
    expect(page.locator(hidden)).to_be_hidden()
    assert page.evaluate(measures.SIDEWAYS) <= 0
    paper = page.pdf(format="A4", print_background=True)
    if os.environ.get("PORTAL_PICTURES"):
        REPORTS.mkdir(parents=True, exist_ok=True)
        (REPORTS / f"week-{shape}.pdf").write_bytes(paper)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    visitor.context.close()


def test_without_script_one_chooses_whose_week_and_how(at_desk):
    visitor = at_desk(java_script_enabled=False)
    page = visitor.page
    page.goto(visitor.base + WEEK)
    page.locator("#wie").select_option(label="Tariq Aziz")
    page.locator(".week__whose button").click()
    expect(page.locator("h1")).to_contain_text("Tariq Aziz")
    page.locator(".week__shapes a").last.click()
    expect(page.locator("table.rota")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("Tariq Aziz")
    visitor.context.close()


def test_the_markup_is_valid(check, weeks, mila):
    browser = Browser(weeks.app, "zwolle.test")
    browser._app.set_cookie("staff", weeks.office.cookie(mila.staff_id))
    files = {
        re.sub(r"\W+", "-", f"week-{name}-{room}"): browser.get(path.replace("/nl/werk", room)).body
        for name, (path, _do) in PLACES.items()
        for room in ("/nl/werk", "/en/staff")
    }
    files["week-made"] = browser.submit(browser.get(FEED).forms["form"], 200).body
    assert [test_html.line(message) for message in check(files) if message["type"] != "info"] == []
