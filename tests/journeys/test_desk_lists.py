"""The start of a day, the inbox and views on it, finding somebody, letters, and the list as a file."""

from datetime import timedelta

import pytest

from portal.backoffice.models import LONGEST_NAME, SavedSearch
from portal.backoffice.views import MOST_SAVED
from portal.foundation.db import writing
from tests.clock import START
from tests.desk import INBOX, LETTERS, TODAY, an_office, due, leads, numbers, path_of, works
from tests.reading import hrefs, language, main, text, words
from tests.unit.cleaning.asking import button, faults, fill, on

office = pytest.fixture(an_office)
MONDAY = START.date()
WHO = {"name": "Sjaak Kanarievogel", "phone": "0612340001", "email": "sjaak.kanarie@example.nl", "postcode": "8012WX"}


@pytest.fixture
def mila(office):
    """Works in Midden."""
    return office.colleague("Mila de Wit", works("midden"))


@pytest.fixture
def carla(office):
    """Leads Midden."""
    return office.colleague("Carla Smit", leads("midden"))


@pytest.fixture
def put(office):
    """A request that is due so many days from now: `put(-3, owner=mila)` gives its number."""

    def asked(days=None, team="midden", owner=None, asks=False, **more):
        reference = office.ask(team, **{"way": "phone", **more})
        day = None if days is None else MONDAY + timedelta(days=days)
        office.change(reference, owner_id=owner and owner.staff_id, asks_since=START if asks else None,
                      **due(day, MONDAY - timedelta(days=20)))  # fmt: skip
        return reference

    return asked


# --- today


def heaps(page):
    """Address → number, of the heaps on the start page."""
    return {link["href"].removeprefix(INBOX): int(link.b.text) for link in page.html.select("a.heap")}


def test_the_start_of_the_day_counts_what_asks_for_somebody_and_each_number_is_what_one_then_finds(mila, put):
    for days, more in (
        (-3, {}), (-1, {"owner": mila}), (0, {"asks": True}), (2, {"owner": mila, "asks": True}), (None, {}),
        (-9, {"team": "holtenbroek", "asks": True}),
    ):  # fmt: skip
        put(days, **more)
    page = mila.browser.get(TODAY)
    assert heaps(page) == {"?due=late": 2, "?due=today": 1, "?asks=yes": 2, "?owner=nobody&ours=yes": 0, "?owner=me": 2}
    for query, number in heaps(page).items():
        assert len(numbers(mila.browser.get(INBOX + query))) == number


def test_each_heap_shows_a_few_and_leads_to_all(mila, put):
    late = [put(-number) for number in range(1, 8)]
    page = mila.browser.get(TODAY)
    shown = numbers(page)
    assert shown[:5] == late[:1:-1]
    assert f"{INBOX}?due=late" in hrefs(main(page).select_one(".desk__heap"))


def test_when_nothing_waits_the_page_says_so(mila):
    page = mila.browser.get(TODAY)
    assert words("Nothing waits. When somebody asks something, it stands here.") in text(main(page))
    assert set(heaps(page).values()) == {0}
    assert page.html.select("table") == []


def test_messages_that_failed_are_told_first_with_their_request(office, mila, put):
    reference = office.ask(way="sms", phone="0381234567")
    notice = mila.browser.get(TODAY).html.select_one(".notice")
    assert hrefs(notice) == [path_of(reference)]
    mila.browser.get(path_of(reference))


def test_letters_that_wait_are_among_the_heaps(office, mila):
    office.ask(way="letter")
    page = mila.browser.get(TODAY)
    heap = next(link for link in page.html.select("a.heap") if link["href"] == LETTERS)
    assert heap.b.text == "1"


# --- the inbox


def test_every_number_beside_a_link_is_what_is_behind_it(mila, carla, put):
    for number, days in enumerate((-3, -1, 0, 1, 2, 9, 30, None)):
        owner, team = (mila, carla, None)[number % 3], None if number % 4 == 0 else "midden"
        put(days, team=team, owner=owner, asks=number % 2 == 0)
    page = carla.browser.get(INBOX)
    links = [link for link in page.html.select("a.facet__link") if link.select_one(".facet__count")]
    assert len(links) > 8
    for link in links:
        narrower = carla.browser.get(link["href"])
        assert len(numbers(narrower)) == int(link.select_one(".facet__count").text), link["href"]
        for deeper in narrower.html.select("a.facet__link"):
            if count := deeper.select_one(".facet__count"):
                on_it = deeper.get("aria-current") == "true"
                assert on_it or len(numbers(carla.browser.get(deeper["href"]))) == int(count.text), deeper["href"]


def test_what_is_chosen_can_be_taken_away_again(mila, put):
    put(-3)
    page = mila.browser.get(f"{INBOX}?due=late&owner=nobody")
    current = [link["href"] for link in page.html.select("a.facet__link[aria-current=true]")]
    assert set(current) == {f"{INBOX}?owner=nobody", f"{INBOX}?due=late"}


@pytest.mark.parametrize("query", ["?team=holtenbroek", "?due=x", "?page=x", "?page=-1", "?colour=red", "?owner=%00"])
def test_an_old_link_shows_what_is_open(mila, put, query):
    mine = put(-3)
    put(-3, team="holtenbroek")
    assert numbers(mila.browser.get(INBOX + query)) == [mine]


def test_long_lists_have_pages(mila, put):
    asked = [put(-number) for number in range(1, 28)]
    first = mila.browser.get(INBOX)
    (further,) = [link["href"] for link in first.html.select("nav.pages a")]
    second = mila.browser.get(further)
    assert numbers(first) + numbers(second) == asked[::-1]
    assert [link["rel"] for link in second.html.select("nav.pages a")] == [["prev"]]


def test_the_numbers_of_what_is_done_are_not_those_of_what_is_open(office, mila, put):
    piet = office.colleague("Piet de Groot", works("midden"))
    for owner in (mila, piet, piet):
        put(-3, owner=owner)
    done = put(-3, owner=mila)
    office.change(done, closed_at=START)
    page = mila.browser.get(f"{INBOX}?done=yes")
    assert numbers(page) == [done]
    for link in page.html.select("a.facet__link"):
        if count := link.select_one(".facet__count"):
            assert len(numbers(mila.browser.get(link["href"]))) == int(count.text), link["href"]


def test_a_name_in_another_script_is_read_in_its_own_direction(office, mila):
    office.ask(name="مريم القاسم", way="phone")
    cell = next(one for one in mila.browser.get(INBOX).html.select("td span") if "مريم" in one.text)
    assert cell["dir"] == "auto"


def test_in_english_the_same_lines_stand_there(mila, put):
    reference = put(-3)
    page = mila.browser.get("/en/staff/aanvragen")
    assert language(page.html.h1) == ("en", "ltr")
    assert [link["href"] for link in page.html.select("a.lines__go")] == [f"/en/staff/aanvraag/{reference}"]


# --- views that one keeps


def keep(colleague, query, name, status=303):
    page = colleague.browser.get(f"{INBOX}{query}")
    return colleague.browser.submit(fill(page.forms["form"], {"name": name}), status)


def test_a_view_is_kept_for_who_made_it_and_shown_where_one_begins(office, mila, carla, put):
    late = put(-3)
    put(9)
    assert numbers(on(mila.browser, keep(mila, "?due=late&page=2", "Te laat & dringend"))) == []
    row = office.books.the(SavedSearch)
    assert (row.staff_id, row.name, row.query) == (mila.staff_id, "Te laat & dringend", "due=late")
    for path in (TODAY, INBOX):
        link = mila.browser.get(path).html.find("a", string="Te laat & dringend")
        assert numbers(mila.browser.get(link["href"])) == [late]
        assert carla.browser.get(path).html.find("a", string="Te laat & dringend") is None


def test_a_view_is_thrown_away_by_who_made_it_only(office, mila, carla):
    keep(mila, "?due=late", "Te laat")
    number = office.books.the(SavedSearch).id
    keep(carla, "?due=late", "Van Carla")
    form = button(carla.browser.get(INBOX), f"/{office.books.rows(SavedSearch)[-1].id}")
    form.action = f"{INBOX}/vergeten/{number}"
    carla.browser.submit(form, 303)
    assert len(office.books.rows(SavedSearch)) == 2
    form = button(mila.browser.get(INBOX), f"/vergeten/{number}")
    for _ in range(2):
        assert on(mila.browser, mila.browser.submit(form)).request.path == INBOX
    assert [row.name for row in office.books.rows(SavedSearch)] == ["Van Carla"]


@pytest.mark.parametrize("name", ["", "a" * (LONGEST_NAME + 1)])
def test_a_view_without_a_name_or_with_too_long_a_one_is_told_and_the_list_stays(office, mila, put, name):
    late = put(-3)
    page = keep(mila, "?due=late", name, 422)
    assert [field for field, _message in faults(page)] == ["name"]
    assert page.forms["form"]["name"].value == name
    assert numbers(page) == [late]
    assert office.books.rows(SavedSearch) == []


def test_twenty_views_are_enough_and_the_next_is_told(office, mila):
    with writing(office.site.engine) as session:
        session.add_all(
            SavedSearch(staff_id=mila.staff_id, name=f"{n}", query="due=late") for n in range(MOST_SAVED)
        )  # fmt: skip
    page = keep(mila, "?due=late", "Nog een", 422)
    assert [field for field, _message in faults(page)] == ["name"]
    assert page.forms["form"]["name"].value == "Nog een"
    assert len(office.books.rows(SavedSearch)) == MOST_SAVED


def test_everything_that_is_open_is_no_view_to_keep(mila):
    assert "form" not in mila.browser.get(INBOX).forms
