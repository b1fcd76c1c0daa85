"""Writing a text and looking at it are open to everybody: axe, large letters, small screens, keys alone."""

import pytest

from portal.accounts.roles import Role
from portal.editing.drafting import Drafting, Words
from tests.accessibility import measures
from tests.accessibility.test_keyboard import walk
from tests.accessibility.test_staff import Walk
from tests.desk import Office
from tests.writers import ARABIC, DUTCH, TriedPage, place

HARD = "# Kop\n\n<b>vet</b> [[niets]] [x](page:weg)\n\n·\tpunt\n"


@pytest.fixture(scope="module")
def tried(app, registry, clock):
    """A page with a draft in Dutch that has faults, and an Arabic one that is behind."""
    clock.reset()
    office = Office(app, registry.sites.by_key("zwolle"), clock, registry)
    office.close()
    page = TriedPage(office)
    page.show("ar", ARABIC)
    page.show("nl", DUTCH.replace("graag", "altijd en overal"))
    yield page
    page.close()
    office.close()


@pytest.fixture(scope="module")
def eva(tried):
    """An editor; somebody else is at work in both texts."""
    eva = tried.office.colleague("Eva Editor", (Role.CONTENT_EDITOR, None))
    with tried.change() as (session, _version):
        desk = Drafting(session, tried.office.clock.now(), tried.maker)
        draft = desk.begin("een-proefpagina", "nl")
        words = Words("Een titel die langer is dan in een lijst past, want hij houdt niet op en gaat maar door", "",
                      draft.slug, HARD)  # fmt: skip
        desk.save(draft, draft.revision, words)
        desk.begin("een-proefpagina", "ar")
    return eva


@pytest.fixture
def at_desk(new_visitor, tried, eva):
    """Eva in a browser."""

    def made(**options):
        visitor = new_visitor(**{"bypass_csp": True, **options})
        cookie = {"name": "staff", "value": tried.office.cookie(eva.staff_id), "url": visitor.base}
        visitor.context.add_cookies([cookie])
        return visitor

    return made


def open_all(page):
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def send(page, name):
    with page.expect_navigation():
        page.locator(f"main button[name={name}]").first.click()


def program(page):
    page.locator("#markdown").fill("[x](javascript:alert(1))")
    send(page, "do")


def meanwhile(page):
    page.locator("input[name=revision]").evaluate("field => field.value = 0")
    page.locator("#markdown").fill(HARD.replace("punt", "komma"))
    send(page, "do")


PLACES = {
    "write": (place("schrijven"), open_all, 200),
    "write, Arabic": (place("schrijven", "ar"), open_all, 200),
    "write, refused": (place("schrijven"), program, 422),
    "write, meanwhile": (place("schrijven"), meanwhile, 409),
    "nothing to write": (place("schrijven", "pl"), None, 200),
    "throw away": (place("weggooien"), None, 200),
    "preview": (place("voorbeeld"), None, 200),
    "preview, link made": (place("voorbeeld"), lambda page: send(page, "make"), 200),
    "preview, Arabic": (place("voorbeeld", "ar"), None, 200),
}


@pytest.mark.parametrize("room", ["/nl/werk", "/en/staff"])
@pytest.mark.parametrize("name", PLACES)
def test_everybody_can_use_it(at_desk, clock, name, room):
    path, do, _status = PLACES[name]
    look = Walk(at_desk(), clock)
    look.open(path.replace("/nl/werk", room))
    if do:
        do(look.page)
    assert look.page.locator("h1").count() == 1
    assert "/aanmelden" not in look.page.url
    look.look(f"editing, {name}, {room[1:3]}")
    look.page.context.close()
    assert not look.faults, "\n".join(look.faults)


WINDOWS = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "small, forced colours": {"viewport": {"width": 320, "height": 640}, "forced_colors": "active"},
}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", ["write", "write, Arabic", "throw away"])
def test_every_stop_can_be_reached_and_seen(at_desk, name, window):
    visitor = at_desk(**WINDOWS[window])
    page, (path, do, _status) = visitor.page, PLACES[name]
    page.goto(visitor.base + path)
    if do:
        do(page)
    found, count = [], 0
    for stop in walk(page):
        count += 1
        if stop["name"].startswith("<textarea"):
            continue  # a browser brings the caret of a large field into view, not its end
        for fault in ("out of view",) * (not stop["inView"]) + ("covered",) * stop["covered"]:
            found.append(f"{fault}: {stop['name']}")
        if stop["outline"] < 2:
            found.append(f"no outline of 2 px: {stop['name']}")
    stops = page.evaluate(measures.STOPS)
    visitor.context.close()
    assert not found, "\n".join(found)
    assert count == stops


def test_the_frame_shows_the_page_of_320_pixels_without_bypassing_any_rule(new_visitor, tried, eva):
    visitor = new_visitor()
    visitor.context.add_cookies([{"name": "staff", "value": tried.office.cookie(eva.staff_id), "url": visitor.base}])
    visitor.page.goto(visitor.base + place("voorbeeld", "ar"))
    visitor.page.locator("iframe").first.scroll_into_view_if_needed()
    inside = visitor.page.frame_locator("iframe >> nth=0").locator("html")
    assert inside.get_attribute("dir") == "rtl"
    assert inside.evaluate("html => html.clientWidth") == 320
    assert inside.evaluate("html => getComputedStyle(html.querySelector('h1')).fontWeight") != "400"
    visitor.context.close()
