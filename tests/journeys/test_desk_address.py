"""Staff see where somebody lives around a talk at home, and otherwise at most the area; letters keep their address."""

import pytest
from sqlalchemy import update

from portal.bookings.models import Booking
from portal.cases.models import Case
from portal.foundation.db import writing
from tests.desk import FILE, FIND, INBOX, LETTERS, leads, path_of
from tests.reading import main, text, words
from tests.unit.cleaning.asking import fill
from tests.weeks import a_week, at

weeks = pytest.fixture(a_week)
STREET, POSTCODE = "Melkmarkt", "8011 PK"


@pytest.fixture
def mila(weeks, clock):
    clock.set(at("18 10:00"))
    return weeks.worker("Mila de Wit", "midden", leads("midden"))


def person(weeks, mila, number, moment=None):
    """What the screen of a request says of who asked."""
    if moment:
        weeks.clock.set(at(moment))
        weeks.office.let_in(mila)
    page = mila.browser.get(path_of(number))
    return text(page.html.select_one(".desk__person")), page


@pytest.mark.parametrize(
    ("moment", "shown"),
    [("20 10:00", False), ("22 23:50", False), ("23 00:10", True), ("24 10:30", True), ("25 23:50", True),
     ("26 00:10", False)],
)  # fmt: skip
def test_the_address_is_there_around_the_talk_and_the_area_always(weeks, mila, moment, shown):
    number = weeks.talk(mila, "24 10:00")
    said, page = person(weeks, mila, number, moment)
    assert (STREET in said, POSTCODE in said) == (shown, shown)
    assert (STREET in page.text) == shown
    assert "8011" in said


def test_it_says_from_when_the_address_is_there_and_until_when_it_was(weeks, mila):
    number = weeks.talk(mila, "24 10:00")
    assert "vanaf maandag 23 november" in person(weeks, mila, number, "20 10:00")[0]
    assert "tot en met woensdag 25 november" in person(weeks, mila, number, "27 10:00")[0]


@pytest.mark.parametrize("place", ["team", "phone", "video", "elsewhere"])
def test_of_who_is_not_visited_there_is_no_address_at_all(weeks, mila, place):
    number = weeks.talk(mila, "24 10:00", place=place)
    said, page = person(weeks, mila, number, "24 09:00")
    for private in ("8011", STREET, "Adres"):
        assert private not in said
    assert STREET not in page.text


def test_without_a_moment_there_is_only_the_area(weeks, mila):
    number = weeks.talk(mila, "24 10:00")
    with writing(weeks.site.engine) as session:
        session.execute(update(Booking).values(state="cancelled"))
        session.execute(update(Case).where(Case.reference == number).values(state="received"))
    said, _page = person(weeks, mila, number, "24 09:00")
    assert STREET not in said
    assert "kort voor een gesprek thuis" in said


def test_a_talk_that_was_moved_moves_the_days(weeks, mila):
    number = weeks.talk(mila, "24 10:00")
    page = mila.browser.get(path_of(number, "/moment?na=20261130T0700Z"))
    mila.browser.submit(fill(page.forms["form"], {"moment": page.html.select("input[name=moment]")[0]["value"]}), 303)
    assert STREET not in person(weeks, mila, number, "24 10:00")[0]
    assert "vanaf vrijdag 27 november" in person(weeks, mila, number)[0]
    assert STREET in person(weeks, mila, number, "30 09:00")[0]


def test_after_the_talk_it_is_there_one_working_day_more(weeks, mila):
    number = weeks.talk(mila, "24 10:00")
    weeks.clock.set(at("24 11:30"))
    weeks.office.let_in(mila)
    form = mila.browser.get(path_of(number, "/stap/talked")).forms
    mila.browser.submit(next(one for one in form.values() if one.action.endswith("/stap/talked")), 303)
    assert STREET in person(weeks, mila, number, "25 17:00")[0]
    assert STREET not in person(weeks, mila, number, "26 09:00")[0]


def test_who_reads_a_code_by_phone_checks_the_postcode_by_looking_for_it(weeks, mila):
    number = weeks.talk(mila, "24 10:00")
    hint = words("You do not see the address now. Type the postcode that they say at “Find somebody”: is it right, "
                 "then this request is found.")  # fmt: skip
    assert hint in text(main(mila.browser.get(path_of(number, "/code"))))
    form = mila.browser.get(FIND).forms["form"]
    found = mila.browser.submit(fill(form, {"wanted": "8011 pk"}), 200)
    assert number in found.text
    weeks.clock.set(at("24 09:00"))
    weeks.office.let_in(mila)
    assert hint not in text(main(mila.browser.get(path_of(number, "/code"))))


def test_lists_and_the_file_never_hold_an_address(weeks, mila):
    weeks.talk(mila, "24 10:00")
    weeks.clock.set(at("24 09:00"))
    weeks.office.let_in(mila)
    form = mila.browser.get(FIND).forms["form"]
    found = mila.browser.submit(fill(form, {"wanted": "Zonneveld"}), 200)
    file = mila.browser.submit(
        fill(mila.browser.get(FILE).forms["form"], {"reason": "Voor het overleg van vandaag"}), 200
    )
    for page in (mila.browser.get(INBOX), found, file):
        assert "8011" in page.text
        for private in (STREET, "8011PK", POSTCODE, "127"):
            assert private not in page.text, private


def test_a_letter_has_its_address_whatever_the_day(weeks, mila):
    number = weeks.talk(mila, "24 10:00", way="letter")
    form = mila.browser.get(path_of(number)).forms["write"]
    mila.browser.submit(fill(form, {"text": "Wij komen graag langs."}), 303)
    said, _page = person(weeks, mila, number)
    assert STREET not in said
    letter = mila.browser.get(mila.browser.get(LETTERS).html.select("main .hits a")[-1]["href"])
    assert f"{STREET} 127" in text(letter.html.select_one(".letter__to"))


def test_help_with_cleaning_keeps_its_address(weeks, mila):
    number = weeks.office.ask(street=STREET)
    assert STREET in person(weeks, mila, number)[0]
