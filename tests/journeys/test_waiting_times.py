"""Somebody wants to know how long one waits for a talk: of all teams, of one, on its page, and as a file."""

import csv
import io
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update

from portal.bookings.models import FirstFree
from portal.bookings.waiting import PLACES, look
from portal.foundation.db import writing
from tests.clock import START
from tests.reading import main, text
from tests.unit.conversations.talking import a_diary

diary = pytest.fixture(a_diary)
DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)
ALL = {"nl": "/nl/hoe-lang-wachten", "nl_simple": "/nl-simple/hoe-lang-wachten", "ar": "/ar/how-long-to-wait"}


@pytest.fixture
def figures(diary, zwolle, clock):
    """Looked at now; and a way to put other days in their place."""

    def put(place=None, days=None, looked_on=TODAY):
        with writing(zwolle.engine) as session:
            if place is None:
                session.execute(delete(FirstFree))
                return
            row = {"team_slug": "midden", "place": place, "looked_on": looked_on}
            session.execute(delete(FirstFree).where(*(getattr(FirstFree, key) == row[key] for key in row)))
            free_on = None if days is None else looked_on + days * DAY
            session.add(FirstFree(**row, free_on=free_on, looked_at=START - (TODAY - looked_on)))

    put()
    look(zwolle, clock, None)
    yield put
    put()


@pytest.fixture
def fresh(registry, zwolle, clock):
    """Nothing is kept of what was read before."""
    clock.forward(days=0)
    for key in list(registry.page_cache._pages):
        registry.page_cache._drop(key)


def words_of(page):
    return " ".join(text(main(page)).split())


@pytest.mark.parametrize(
    ("locale", "within", "kept"),
    [
        ("nl", "binnen 1 dag", "Wij houden ons nu overal aan onze belofte."),
        ("nl_simple", "binnen 1 dag", "Wij doen nu overal wat wij beloven."),
        ("ar", "خلال يوم واحد", "نفي الآن بوعدنا في كل مكان."),
    ],
)
def test_everybody_can_read_how_long_one_waits_and_that_we_keep_our_promise(
    visitor, figures, fresh, locale, within, kept
):
    said = words_of(visitor.get(ALL[locale]))
    assert said.count(within) == len(PLACES)
    assert kept in said
    assert "10" in said


def test_where_we_do_not_keep_our_promise_that_is_said_with_the_phone(visitor, figures, fresh):
    figures("home", 15)
    figures("video", None)
    page = visitor.get(ALL["nl"])
    said = words_of(page)
    assert "Wij houden ons nu niet overal aan onze belofte." in said
    assert "Bij u thuis: binnen 15 dagen dinsdag 8 december langer dan wij beloven" in said
    assert "Met beeldbellen: geen moment in de komende 8 weken langer dan wij beloven" in said
    assert said.count("langer dan wij beloven") == 2
    assert "Bekeken op maandag 23 november om 10:00 uur" in said
    assert page.html.select_one("main a[href^='tel:']")


def test_the_last_day_of_the_promise_is_in_time(visitor, figures, fresh):
    figures("home", 14)
    assert "langer dan wij beloven" not in words_of(visitor.get(ALL["nl"]))


def test_a_team_shows_its_last_half_year_as_pictures_and_as_a_table_that_says_the_same(visitor, figures, fresh):
    for week in range(1, 26):
        figures("home", week, TODAY - week * 7 * DAY)
    figures("home", None, TODAY - 26 * 7 * DAY)
    figures("phone", None, TODAY - 7 * DAY)
    page = visitor.get(f"{ALL['nl']}/midden")
    assert len(page.html.select("figure svg[role=img]")) == 4
    home = page.html.select_one("figure svg")
    assert home["aria-label"].startswith("Bij u thuis. Dagen tot het eerste vrije moment. In de laatste week: 1.")
    assert len(home.select("circle")) == 26
    tables = [
        [[cell.get_text() for cell in row.select("th, td")] for row in figure.select("table tr")]
        for figure in page.html.select("figure")
    ]
    assert {tuple(table[0]) for table in tables} == {("Week van", "Dagen")}
    at_home, at_the_team, by_phone, _by_video = (table[1:] for table in tables)
    assert [days for _week, days in at_home] == [str(week) for week in range(25, 0, -1)] + ["1"]
    assert at_the_team == [["23\xa0nov", "1"]]
    assert by_phone == [["16\xa0nov", "geen"], ["23\xa0nov", "1"]]
    assert words_of(page).count("In 1 week was er geen.") == 1


def test_without_figures_the_pages_say_so_and_give_the_phone(visitor, figures, fresh):
    figures()
    for path in (ALL["nl"], f"{ALL['nl']}/midden"):
        page = visitor.get(path)
        assert "Er zijn nog geen cijfers." in words_of(page)
        assert page.html.select_one("main a[href^='tel:']")
        assert page.html.select("figure") == []


def test_a_team_that_is_not_there_has_no_page(visitor, figures, fresh):
    visitor.get(f"{ALL['nl']}/bestaat-niet", status=404)


def test_the_page_of_a_team_names_its_soonest_moment_and_leads_on(visitor, figures, fresh):
    figures("home", 5)
    figures("team", 4)
    figures("phone", 3)
    figures("video", None)
    page = visitor.get("/nl/team/midden")
    assert "Eerste vrije moment voor een gesprek: binnen 3 dagen (Per telefoon)." in words_of(page)
    assert page.html.select_one(f"main a[href='{ALL['nl']}/midden']")
    assert "Eerste vrije moment" not in words_of(visitor.get("/nl/team/schelle"))


def test_the_first_page_of_the_form_leads_to_it(visitor, figures, fresh):
    assert visitor.get("/nl/gesprek-vragen").html.select_one(f"main a[href='{ALL['nl']}']")


def test_programs_read_every_day_from_one_file(visitor, figures, fresh):
    figures("home", None, TODAY - DAY)
    figures("home", 9, TODAY - 2 * DAY)
    answer = visitor._app.get("/hoe-lang-wachten.csv", headers={"Host": "zwolle.test"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.content_type == "text/csv"
    assert [(row["looked_on"], row["first_free_on"], row["days"]) for row in rows if row["place"] == "home"] == [
        ("2026-11-21", "2026-11-30", "9"), ("2026-11-22", "", ""), ("2026-11-23", "2026-11-24", "1"),
    ]  # fmt: skip
    assert {row["team"] for row in rows} == {"midden"}


@pytest.mark.parametrize("path", [ALL["nl"], f"{ALL['nl']}/midden", "/hoe-lang-wachten.csv"])
def test_what_was_read_is_kept_for_the_next_reader_until_we_look_again(visitor, figures, fresh, zwolle, clock, path):
    def ask(**more):
        return visitor._app.get(path, headers={"Host": "zwolle.test", **more}, status="*")

    first = ask()
    assert first.headers["ETag"]
    assert ask(**{"If-None-Match": first.headers["ETag"]}).status_int == 304
    with writing(zwolle.engine) as session:
        session.execute(update(FirstFree).values(free_on=TODAY + 6 * DAY))
    assert ask().text == first.text
    clock.forward(minutes=61)
    assert ask().text != first.text
