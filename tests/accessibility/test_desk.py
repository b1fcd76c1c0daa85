"""The desk is as open to everybody as the public pages: axe, a small window, large letters, no mouse, no script."""

import re

import pytest
from playwright.sync_api import expect

from portal.backoffice.models import SavedSearch
from portal.cases.models import Case, CaseMessage
from portal.foundation.db import writing
from tests.accessibility import measures, test_html
from tests.accessibility.test_keyboard import walk
from tests.accessibility.test_staff import Walk
from tests.browser import Browser
from tests.clock import START
from tests.desk import (
    ENTER,
    FILE,
    FIND,
    FORM,
    INBOX,
    LETTERS,
    TODAY,
    Office,
    due,
    leads,
    path_of,
    works,
)  # fmt: skip
from tests.unit.cleaning.asking import fill

check = test_html.check
#: The lists of cases say that they are tables: on a phone they are shown as cards, and some browsers forget it then.
ROLES_ON_PURPOSE = re.compile(r"“role” attribute must not be used on a “(?:tr|th|td)” element which has a “table”")
DAYS = (-40, -3, -1, 0, 1, 3, 9, 30, None)
PEOPLE = ("Mevrouw Jansen", "مريم القاسم", "Wilhelmina van Oldenbarnevelt-Groenewoudstra", "Li")
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente " * 3


@pytest.fixture(scope="module")
def office(app, registry, clock):
    """Requests of every sort in Midden, and a colleague who leads it."""
    clock.reset()
    office = Office(app, registry.sites.by_key("zwolle"), clock, registry)
    office.close()
    yield office
    office.close()


@pytest.fixture(scope="module")
def carla(office):
    """Leads Midden, with a full inbox and a view of her own."""
    carla = office.colleague("Carla Smit", leads("midden"), works("diezerpoort"))
    mila = office.colleague("Mila de Wit-van der Veen", works("midden"))
    for number in range(27):
        days = DAYS[number % len(DAYS)]
        reference = office.ask(
            ("midden", None)[number % 7 == 6], way=("phone", "letter", "sms")[number % 3],
            name=PEOPLE[number % len(PEOPLE)], locale=("nl", "ar")[number % 2],
        )  # fmt: skip
        owner = (None, carla, mila)[number % 3]
        day = None if days is None else START.date().fromordinal(START.date().toordinal() + days)
        office.change(reference, owner_id=owner and owner.staff_id, asks_since=START if number % 4 == 0 else None,
                      **due(day, START.date().replace(day=1)))  # fmt: skip
    with writing(office.site.engine) as session:
        session.add(SavedSearch(staff_id=carla.staff_id, name="Te laat en van niemand", query="due=late&owner=nobody"))
    return carla


@pytest.fixture(scope="module")
def reference(office, carla):
    """A request with much in it: messages, a note, a provider who said nothing, somebody who helps, and Arabic."""
    helper = {"name": "Piet de Helper", "phone": "0687654321", "email": "piet@example.nl", "gets_messages": False}
    number = office.ask(locale="ar", name="مريم القاسم", way="letter", street="Melkmarkt", language="Arabisch",
                        interpreter=True, helper=helper)  # fmt: skip
    browser = Browser(office.app, "zwolle.test")
    browser._app.set_cookie("staff", office.cookie(carla.staff_id))
    for form, words in (("note", f"Belt liever na tienen. {LONG}"), ("write", "نأتي يوم الثلاثاء")):
        browser.submit(fill(browser.get(path_of(number)).forms[form], {"text": words}), 303)
    case_id = office.case(number).id
    office.doing(lambda service: service.silence(service._session.get(Case, case_id)))
    return number


@pytest.fixture
def at_desk(new_visitor, office, carla):
    """Somebody in a browser who is signed in: `at_desk(carla)`."""

    def made(colleague=carla, **options):
        visitor = new_visitor(**{"bypass_csp": True, **options})
        cookie = {"name": "staff", "value": office.cookie(colleague.staff_id), "url": visitor.base}
        visitor.context.add_cookies([cookie])
        return visitor

    return made


def sent(page, form, **values):
    """Fill in a form of a page and send it."""
    for name, value in values.items():
        page.locator(f"#{form} [name={name}]").fill(value)
    with page.expect_navigation():
        page.locator(f"#{form} button[type=submit]").click()


def press(page, tail):
    """Press the one button of a form by where it goes."""
    with page.expect_navigation():
        page.locator(f"form[action$='{tail}'] button").click()


def gone(page):
    """The request goes to another team while one is typing."""
    page.evaluate("(path) => { document.querySelector('#write').action = path; }", path_of("7KD4MW3F", "/bericht"))
    sent(page, "write", text="Dinsdag om tien uur komt er iemand.")


def unfold(page):
    page.evaluate("() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })")


#: Name → the address, and what is done there before one looks.
PLACES = {
    "today": (lambda _n: TODAY, None),
    "inbox": (lambda _n: INBOX, None),
    "inbox, unfolded": (lambda _n: INBOX, unfold),
    "inbox, filtered": (lambda _n: f"{INBOX}?due=late&owner=nobody", unfold),
    "inbox, nothing there": (lambda _n: f"{INBOX}?due=late&owner=me&asks=yes&state=started", unfold),
    "inbox, second page": (lambda _n: f"{INBOX}?page=2", None),
    "inbox, done": (lambda _n: f"{INBOX}?done=yes", None),
    "case": (path_of, None),
    "case, unfolded": (path_of, unfold),
    "case, standard text": (lambda number: f"{path_of(number)}?tekst=we_look", None),
    "case, error": (path_of, lambda page: sent(page, "write")),
    "step": (lambda number: path_of(number, "/stap/withdraw"), None),
    "another provider": (lambda number: path_of(number, "/aanbieder"), None),
    "export": (lambda _n: f"{FILE}?due=late", None),
    "export, error": (lambda _n: FILE, lambda page: sent(page, "form", reason="kort")),
    "find": (lambda _n: FIND, None),
    "find, found": (lambda _n: FIND, lambda page: sent(page, "form", wanted="Jansen")),
    "find, error": (lambda _n: FIND, lambda page: sent(page, "form", wanted="x")),
    "enter": (lambda _n: ENTER, None),
    "enter, question": (lambda _n: f"{FORM}/vraag/desk", None),
    "enter, question with errors": (lambda _n: f"{FORM}/vraag/desk", lambda page: sent(page, "form")),
    "letters": (lambda _n: LETTERS, None),
    "code": (lambda number: path_of(number, "/code"), None),
    "code, read": (lambda number: path_of(number, "/code"), lambda page: press(page, "/code")),
    "enter, of another team": (lambda _n: f"{ENTER}?nummer=7KD4MW3F&team=holtenbroek", None),
    "case, gone meanwhile": (path_of, gone),
}


@pytest.mark.parametrize("name", PLACES)
def test_everybody_can_use_it(at_desk, reference, clock, name):
    path, do = PLACES[name]
    look = Walk(at_desk(), clock)
    look.open(path(reference))
    if do:
        do(look.page)
    assert look.page.locator("h1").count() == 1
    assert "/aanmelden" not in look.page.url
    look.look(f"desk, {name}")
    look.page.context.close()
    assert not look.faults, "\n".join(look.faults)


@pytest.mark.parametrize("name", ["today", "inbox, unfolded", "case, unfolded", "case, error", "export", "find"])
def test_in_english_too(at_desk, reference, clock, name):
    path, do = PLACES[name]
    look = Walk(at_desk(), clock)
    look.open(path(reference).replace("/nl/werk", "/en/staff"))
    if do:
        do(look.page)
    look.look(f"desk, {name}, English")
    look.page.context.close()
    assert not look.faults, "\n".join(look.faults)


def test_a_letter_on_screen(at_desk, reference, clock):
    look = Walk(at_desk(), clock)
    look.open(LETTERS)
    with look.page.expect_navigation():
        look.page.locator("main .hits a").last.click()
    expect(look.page.locator("article.letter")).to_have_attribute("dir", "rtl")
    look.look("desk, letter")
    look.page.context.close()
    assert not look.faults, "\n".join(look.faults)


def test_on_paper_is_the_letter_alone(at_desk, reference):
    page = at_desk().page
    page.goto(at_desk().base + LETTERS)
    page.locator("main .hits a").first.click()
    page.emulate_media(media="print")
    for words in (
        page.locator("h1"),
        page.locator("header").first,
        page.locator(".letter__do"),
        page.locator("footer"),
    ):
        expect(words).to_be_hidden()
    expect(page.locator(".letter__to")).to_be_visible()


def test_where_nothing_waits_and_where_one_was_signed_out(at_desk, office, clock, reference):
    empty = at_desk(office.colleague("Sanne Leeg", works("schelle")))
    look = Walk(empty, clock)
    for name, path in (("today", TODAY), ("inbox", INBOX), ("letters", LETTERS)):
        look.open(path)
        look.look(f"desk, {name}, nothing there")
    look.open(f"{FORM}/vraag/desk")
    look.page.locator("input[name=channel]").first.check()
    clock.forward(minutes=16)
    with look.page.expect_navigation():
        look.page.locator("#form button[type=submit]").click()
    expect(look.page.locator("main a[target=_blank]")).to_be_visible()
    look.look("desk, signed out")
    look.page.context.close()
    assert not look.faults, "\n".join(look.faults)


# --- no mouse


WINDOWS = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "small, forced colours": {"viewport": {"width": 320, "height": 640}, "forced_colors": "active"},
}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", ["today", "inbox", "case", "case, error", "find", "enter, question"])
def test_every_stop_can_be_reached_and_seen(at_desk, reference, name, window):
    visitor = at_desk(**WINDOWS[window])
    page, (path, do) = visitor.page, PLACES[name]
    page.goto(visitor.base + path(reference))
    if do:
        do(page)
        page.locator("h1").click()
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
    assert do or count == stops


def tab_to(page, selector):
    """Press Tab until what is meant has the focus."""
    wanted = page.locator(selector).first
    for _ in range(250):
        page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {selector}")


def enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_request_is_taken_and_answered_by_the_keyboard_alone(at_desk, office, carla):
    number = office.ask(way="letter")
    visitor = at_desk()
    page = visitor.page
    page.goto(f"{visitor.base}{INBOX}?owner=nobody&due=soon")
    tab_to(page, f"a[href$='{number}']")
    enter(page)
    tab_to(page, "form[action$='/nemen'] button")
    enter(page)
    assert office.case(number).owner_id == carla.staff_id
    tab_to(page, "#write textarea")
    page.keyboard.type("Dinsdag om tien uur komt er iemand.")
    tab_to(page, "#write button[type=submit]")
    enter(page)
    expect(page.locator(".thread li")).to_have_count(1)
    assert [row.text for row in office.about(CaseMessage, number)] == ["Dinsdag om tien uur komt er iemand."]
    visitor.context.close()


def test_the_filters_unfold_with_the_keyboard(at_desk, reference):
    visitor = at_desk(viewport={"width": 320, "height": 640})
    page = visitor.page
    page.goto(visitor.base + INBOX)
    if page.locator("details.filters").evaluate("(one) => !one.open"):
        tab_to(page, "details.filters > summary")
        page.keyboard.press("Enter")
    tab_to(page, "a.facet__link[href$='due=late']")
    enter(page)
    expect(page).to_have_url(re.compile(r"\?due=late$"))
    visitor.context.close()


# --- no script


def test_without_script_the_whole_desk_works(at_desk, office, carla):
    number = office.ask(way="letter", name="Zonder Script")
    visitor = at_desk(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = visitor.page
    page.goto(visitor.base + FIND)
    page.locator("#wanted").fill("zonder script")
    page.locator("#form button[type=submit]").click()
    page.locator(f"a[href$='{number}']").click()
    page.locator("form[action$='/nemen'] button").click()
    page.locator("#write").scroll_into_view_if_needed()
    page.locator(".desk__write summary").click()
    page.locator(".desk__write a[href*='tekst=']").first.click()
    expect(page.locator("#write textarea")).not_to_have_value("")
    page.locator("#write button[type=submit]").click()
    expect(page.locator(".thread li")).to_have_count(1)
    page.locator("a[href$='/stap/withdraw']").click()
    page.locator("form[action$='/stap/withdraw'] button").click()
    assert office.case(number).state == "withdrawn"
    page.goto(f"{visitor.base}{FORM}/vraag/desk")
    page.locator("#form button[type=submit]").click()
    expect(page.locator(".errors a")).to_have_count(3)
    page.locator(".errors a").first.click()
    page.keyboard.press("Tab")
    expect(page.locator("#channel :focus")).to_be_visible()
    visitor.context.close()


# --- the markup


def test_the_markup_is_valid(check, office, carla, reference):
    browser = Browser(office.app, "zwolle.test")
    browser._app.set_cookie("staff", office.cookie(carla.staff_id))
    files = {
        re.sub(r"\W+", "-", f"{name}-{segment}"): browser.get(path(reference).replace("/nl/werk", segment)).body
        for name, (path, _do) in PLACES.items()
        for segment in ("/nl/werk", "/en/staff")
    }
    letter = browser.get(LETTERS).html.select("main .hits a")[-1]["href"]
    files["letter"] = browser.get(letter).body
    for name, path, form in (("case", path_of(reference), "write"), ("find", FIND, "form"), ("export", FILE, "form")):
        files[f"{name}-error"] = browser.submit(browser.get(path).forms[form], 422).body
    errors = [test_html.line(message) for message in check(files) if message["type"] != "info"]
    assert [error for error in errors if not ROLES_ON_PURPOSE.search(error)] == []
