"""The figures about complaints: for everybody, of years that are over, and never about somebody."""

import csv
import io

import pytest
from sqlalchemy.orm import Session

from tests.reading import hrefs, main, text, words
from tests.unit.complaints.complaining import FORM
from tests.unit.complaints.test_register import book

PAGE = {
    "nl": "/nl/klachten-in-cijfers", "nl_simple": "/nl-simple/klachten-in-cijfers", "ar": "/ar/complaints-in-figures",
}  # fmt: skip
FILE = "/klachten-in-cijfers.csv"


@pytest.fixture
def session(zwolle, books):
    """The database behind the pages."""
    with Session(zwolle.engine) as session:
        yield session


@pytest.fixture
def of_2025(book, session):
    """A year on both sides of the line: three of one sort are too few to tell."""
    for about in ("team", "provider", "way"):
        book(12, about=about, year=2025)
    book(3, about="person", year=2025)
    book(11, judgement="partly", year=2025)
    session.commit()


def cells(page):
    return [text(cell) for cell in page.html.select("main td")]


@pytest.mark.parametrize("locale", PAGE)
def test_what_is_many_is_told_and_what_is_few_is_not(visitor, of_2025, locale, registry):
    page = visitor.get(f"{PAGE[locale]}?nieuw={locale}")
    assert "2025" in text(main(page))
    assert words("fewer than %(num)s", locale, num=10) in cells(page)
    assert words("not shown", locale) in cells(page)
    assert "3" not in cells(page)


def test_the_file_has_the_same_and_says_why_a_number_is_not_there(visitor, of_2025):
    rows = list(csv.DictReader(io.StringIO(visitor.get(f"{FILE}?nieuw=1").text)))
    found = {(row["table"], row["row"]): (row["count"], row["hidden"]) for row in rows}
    assert found["all", "total"] == ("50", "")
    assert found["about", "person"] == ("", "few")
    assert ("", "guard") in found.values()


def test_it_is_found_from_the_form_and_from_the_page_about_complaining(visitor):
    assert PAGE["nl"] in hrefs(main(visitor.get(FORM["nl"])))
    assert PAGE["nl"] in hrefs(main(visitor.get("/nl/klacht")))
    assert FORM["nl"] in hrefs(main(visitor.get(PAGE["nl"])))


__all__ = ["book"]
