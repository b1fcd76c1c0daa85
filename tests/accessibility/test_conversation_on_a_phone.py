"""A conversation asked for, moved and cancelled in a real browser: a small telephone, in Arabic, without script."""

import pytest

from portal.bookings.models import Booking
from portal.cases.models import Case
from portal.foundation.i18n import LOCALES as ALL
from portal.ui.dates import day
from tests.desk import an_office
from tests.unit.cleaning.asking import FOLLOW, Books
from tests.unit.conversations.talking import EMAIL, FOR_MOTHER, FORM, a_diary

diary = pytest.fixture(a_diary)
office = pytest.fixture(an_office)
FOR_HELPER = {**FOR_MOTHER, "reach": {"way": "email", "email": EMAIL, "phone": ""}}


@pytest.fixture
def books(office, diary, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.fixture
def phone(new_visitor):
    """A small telephone without script."""
    return new_visitor(viewport={"width": 360, "height": 740}, java_script_enabled=False)


def live(books):
    (found,) = [row for row in books.rows(Booking) if row.state == "booked"]
    return found


def follow(locale, tail):
    return f"{FOLLOW[locale]}/{tail}"


def typed(page, values):
    """Fill in what is asked, as fingers do."""
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            box = page.locator(f"main [name={name}]").first
            if box.get_attribute("type") in {"radio", "checkbox"}:
                page.locator(f"main [name={name}][value='{one}']").check()
            elif one:
                box.fill(one)


def fits(page):
    """Nothing sticks out beside a screen of 360 px, by what the browser drew: without script it cannot be asked."""
    page.wait_for_load_state("load")
    page.locator("main h1").first.wait_for()
    boxes = [box for one in page.locator("main *:visible").all() if (box := one.bounding_box())]
    return min(box["x"] for box in boxes) >= -1 and max(box["x"] + box["width"] for box in boxes) <= 361


def test_in_arabic_on_a_small_telephone_without_script(phone, books):
    page, base = phone.page, phone.base
    page.goto(base + FORM["ar"])
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator("main a.button").first.click()
    seen = []
    while "/vraag/" in page.url:
        name = page.url.split("/vraag/")[1].split("?")[0]
        assert name not in seen, f"{name} is asked twice"
        seen.append(name)
        assert fits(page), name
        values = FOR_HELPER[name]
        if name == "moment":
            values = {"moment": page.locator("input[name=moment]").first.get_attribute("value")}
        typed(page, values)
        page.locator("#form button[type=submit]").click()
    assert len(seen) == 12
    assert fits(page), "check"
    assert "الثلاثاء 24 نوفمبر، 10:00" in page.locator("main").inner_text()  # with the comma of Arabic
    page.locator("main form:has([name=__send_key__]) button").click()
    assert fits(page), "sent"
    case, booking = books.the(Case), live(books)
    assert (case.locale, case.state) == ("ar", "booked")
    assert day(booking.starts_at, ALL["ar"]) in page.locator("main").inner_text()
    page.goto(base + follow("ar", "moment"))
    assert fits(page), "another moment"
    page.locator("input[name=moment]").nth(5).check()
    page.locator("#form button[type=submit]").click()
    assert fits(page), "status"
    moved = live(books)
    assert moved.starts_at != booking.starts_at
    assert day(moved.starts_at, ALL["ar"]) in page.locator("main").inner_text()
    page.goto(base + follow("ar", "stap/give_back"))
    page.locator("main form button[type=submit]").first.click()
    assert books.the(Case).state == "received"
