"""The pages of who asks for a second opinion, from the first to the ways on: axe, large letters, small screens."""

import pytest
from sqlalchemy.orm import Session

from tests.accessibility.test_cleaning import answer, press
from tests.accessibility.test_staff import Walk
from tests.unit.cleaning.asking import Books
from tests.unit.cleaning.following import code_in
from tests.unit.opinions.asking import (
    EMAIL,
    EXPERT,
    FOLLOW,
    FORM,
    JUDGED,
    ME,
    RELEASE,
    STAND,
    an_office,
)
from tests.unit.opinions.test_figures import shelf

office = pytest.fixture(an_office)
FIGURES = {"nl": "/nl/second-opinions-in-cijfers", "nl_simple": "/nl-simple/second-opinions-in-cijfers",
           "ar": "/ar/second-opinions-in-figures"}  # fmt: skip
SEND = "#form button[type=submit]"
#: Questions whose page is looked at with its errors; the others may stay empty.
FAULTY = {"plan", "decision"}


def ask(walk, locale):
    """From the first page to the confirmation."""
    page = walk.page
    walk.open(FORM[locale])
    walk.look(f"{locale}, start")
    walk.open(f"{FORM[locale]}/vraag/who")
    while "/vraag/" in page.url:
        name = page.url.split("?")[0].rsplit("/", 1)[1]
        if name in FAULTY:
            press(page, SEND)
            walk.look(f"{locale}, {name}, errors")
        elif name in {"paper", "doubt"}:
            walk.look(f"{locale}, {name}")
        answer(page, {key: value for key, value in ME[name].items() if value and key != "team"})
    walk.look(f"{locale}, check")
    press(page, "main form button[type=submit]")
    walk.look(f"{locale}, sent")


@pytest.mark.parametrize("locale", ["nl", "nl_simple", "ar"])
def test_everybody_can_ask_choose_what_is_seen_and_answer_the_opinion(new_visitor, office, zwolle, clock, locale):
    walk, books = Walk(new_visitor(bypass_csp=True), clock), Books(zwolle)
    page, path = walk.page, FOLLOW[locale]
    ask(walk, locale)
    office.propose()
    walk.open(path + STAND)
    walk.look(f"{locale}, status, expert proposed")
    walk.open(path + EXPERT)
    press(page, SEND)
    walk.look(f"{locale}, expert, errors")
    answer(page, {"answer": "accept"})
    walk.look(f"{locale}, release, no code yet")
    press(page, "main form[action$='/code/sturen'] button")
    answer(page, {"code": code_in(books, EMAIL)})
    walk.open(path + RELEASE)
    press(page, SEND)
    walk.look(f"{locale}, release, errors")
    answer(page, {"items": ["words", "reach"]})
    office.looks("words")
    walk.open(path + RELEASE)
    walk.look(f"{locale}, release, with looks")
    office.judges()
    walk.open(path + STAND)
    walk.look(f"{locale}, status, opinion")
    walk.open(path + JUDGED)
    press(page, SEND)
    walk.look(f"{locale}, opinion, errors")
    answer(page, {"answer": "not_agree"})
    walk.look(f"{locale}, ways on")
    walk.open(f"{FORM[locale]}/nog-geen-plan")
    walk.look(f"{locale}, no plan")
    page.context.close()
    assert not walk.faults, "\n".join(walk.faults)


@pytest.fixture
def session(zwolle, office):
    """The database behind the pages."""
    with Session(zwolle.engine) as session:
        yield session


def test_everybody_can_read_the_figures(new_visitor, session, shelf, clock):
    walk = Walk(new_visitor(bypass_csp=True), clock)
    shelf(30, year=2025)
    shelf(20, year=2025, state="agreed_changed", said="no", refused=1)
    shelf(12, year=2025, state="agreed_alternative", said="partly")
    shelf(3, year=2025, state="closed", said="partly", late=True)
    session.commit()
    for locale, path in FIGURES.items():
        walk.open(f"{path}?nieuw=axe")
        walk.look(f"{locale}, figures")
    walk.page.context.close()
    assert not walk.faults, "\n".join(walk.faults)


__all__ = ["shelf"]
