"""The tree of pages, a text and its history, and deciding about it: open to everybody, by axe and with keys alone."""

import pytest

from portal.accounts.roles import Role
from portal.editing.drafting import Drafting, Words
from tests.accessibility import measures
from tests.accessibility.test_keyboard import walk
from tests.accessibility.test_staff import Walk
from tests.desk import ROOM, Office
from tests.writers import ARABIC, DUTCH, KEY, TriedPage, place

HARD = "Indien u van oordeel bent dat u door een medewerker niet goed bent behandeld belt u ons op werkdagen op.\n"
TREE = f"{ROOM}/paginas"


@pytest.fixture(scope="module")
def tried(app, registry, clock):
    """A page that was changed, is behind in Arabic, waits in Dutch and is hard in simple Dutch."""
    clock.reset()
    office = Office(app, registry.sites.by_key("zwolle"), clock, registry)
    office.close()
    page = TriedPage(office)
    page.show("ar", ARABIC)
    page.show("nl", DUTCH.replace("graag", "altijd en overal"))
    with page.change() as (session, shown):
        desk = Drafting(session, clock.now(), page.maker)
        draft = desk.begin(KEY, "nl")
        desk.save(draft, draft.revision, Words(shown.title, "Wij helpen.", "een-adres", DUTCH, tuple(shown.actions)),
                  note="Het adres is korter")  # fmt: skip
        desk.ask_review(draft)
        hard = desk.begin(KEY, "nl_simple")
        desk.save(hard, hard.revision, Words("Probeer", "Wij helpen u.", KEY, HARD, tuple(shown.actions)))
    yield page
    page.close()
    office.close()


@pytest.fixture(scope="module")
def pam(tried):
    """Somebody who writes and publishes."""
    return tried.office.colleague("Pam Publisher", (Role.PUBLISHER, None), (Role.CONTENT_EDITOR, None))


@pytest.fixture
def at_desk(new_visitor, tried, pam):
    """Pam in a browser."""

    def made(**options):
        visitor = new_visitor(**{"bypass_csp": True, **options})
        cookie = {"name": "staff", "value": tried.office.cookie(pam.staff_id), "url": visitor.base}
        visitor.context.add_cookies([cookie])
        return visitor

    return made


def send(page):
    with page.expect_navigation():
        page.locator("main form#form button").first.click()


PLACES = {
    "tree": (TREE, None),
    "tree, one standing": (f"{TREE}?stand=behind", None),
    "new page": (f"{TREE}/nieuw", None),
    "new page, refused": (f"{TREE}/nieuw", send),
    "page": (f"{TREE}/klacht", None),
    "page, away": (f"{TREE}/klacht/weg", None),
    "waiting": (f"{TREE}/wacht", None),
    "text": (place("").rstrip("/"), None),
    "text, Arabic": (place("", "ar").rstrip("/"), None),
    "version": (place("versie/2"), None),
    "publish": (place("publiceren"), None),
    "publish, hard and refused": (place("publiceren", "nl-simple"), send),
    "send back, refused": (place("teruggeven"), send),
    "take a translation away": (place("weghalen", "ar"), None),
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
    look.look(f"publishing, {name}, {room[1:3]}")
    look.page.context.close()
    assert not look.faults, "\n".join(look.faults)


WINDOWS = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "small, forced colours": {"viewport": {"width": 320, "height": 640}, "forced_colors": "active"},
}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", ["text", "version", "publish", "page, away"])
def test_every_stop_can_be_reached_and_seen(at_desk, name, window):
    visitor = at_desk(**WINDOWS[window])
    page, (path, _do) = visitor.page, PLACES[name]
    page.goto(visitor.base + path)
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
