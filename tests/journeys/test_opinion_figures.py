"""The figures about second opinions: for everybody, of years that are over, and never about somebody."""

import csv
import io

import pytest
from sqlalchemy.orm import Session

from tests.reading import hrefs, main, text, words
from tests.unit.opinions.asking import FORM, an_office
from tests.unit.opinions.test_figures import shelf

office = pytest.fixture(an_office)
PAGE = {
    "nl": "/nl/second-opinions-in-cijfers", "nl_simple": "/nl-simple/second-opinions-in-cijfers",
    "ar": "/ar/second-opinions-in-figures",
}  # fmt: skip
FILE = "/second-opinions-in-cijfers.csv"


@pytest.fixture
def session(zwolle, office):
    """The database behind the pages."""
    with Session(zwolle.engine) as session:
        yield session


@pytest.fixture
def of_2025(shelf, session):
    """A year on both sides of the line: three of one sort are too few to tell."""
    shelf(30, year=2025)
    shelf(20, year=2025, state="agreed_changed", said="no", refused=1)
    shelf(12, year=2025, state="agreed_alternative", said="partly")
    shelf(3, year=2025, state="closed", said="partly", late=True)
    session.commit()


def cells(page):
    return [text(cell) for cell in page.html.select("main td")]


@pytest.mark.parametrize("locale", PAGE)
def test_what_is_many_is_told_and_what_is_few_is_not(visitor, of_2025, locale, registry):
    page = visitor.get(f"{PAGE[locale]}?nieuw={locale}")
    assert "2025" in text(main(page))
    assert "65" in text(main(page))
    assert {"30", "20", "62"} <= set(cells(page))
    assert words("fewer than %(num)s", locale, num=10) in cells(page)
    assert words("not shown", locale) in cells(page)
    assert not {"3", "12", "15"} & set(cells(page))


def test_the_file_has_the_same_and_says_why_a_number_is_not_there(visitor, of_2025):
    answer = visitor.get(f"{FILE}?nieuw=1")
    assert answer.content_type == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    found = {(row["table"], row["row"]): (row["count"], row["hidden"]) for row in rows}
    assert found["all", "total"] == ("65", "")
    assert found["said", "yes"] == ("30", "")
    assert found["ended", "not_content"] == ("", "few")
    assert found["said", "partly"] == ("", "guard")
    assert {row["year"] for row in rows} == {"2025"}


def test_before_the_first_year_is_over_the_page_says_when(visitor, office, registry):
    page = visitor.get(f"{PAGE['nl']}?nieuw=leeg")
    assert words("The first figures come after the end of %(year)s.", "nl", year=2026) in text(main(page))
    assert cells(page) == []


def test_it_is_found_from_the_form_and_from_the_page_about_second_opinions(visitor):
    assert PAGE["nl"] in hrefs(main(visitor.get(FORM["nl"])))
    assert PAGE["nl"] in hrefs(main(visitor.get("/nl/second-opinion")))
    assert PAGE["nl_simple"] in hrefs(main(visitor.get("/nl-simple/second-opinion")))
    assert FORM["nl"] in hrefs(main(visitor.get(PAGE["nl"])))


__all__ = ["shelf"]
