"""The pages of who complains, from the first to our answer and the figures: axe, large letters, small screens."""

from datetime import date, datetime

import pytest

from portal.complaints.outcomes import Offered
from portal.foundation.clock import LOCAL
from tests.accessibility.test_cleaning import answer, press
from tests.accessibility.test_staff import Walk
from tests.unit.cleaning.asking import Books
from tests.unit.cleaning.following import code_in
from tests.unit.complaints.complaining import EMAIL, FOLLOW, FORM, WITH_A_DECISION
from tests.unit.complaints.handling import a_handler

handling = pytest.fixture(a_handler)
SEND = "#form button[type=submit]"
FIGURES = {"nl": "/nl/klachten-in-cijfers", "ar": "/ar/complaints-in-figures"}
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente " * 3
#: Questions whose page is looked at with its errors as well.
FAULTY = {"about", "happened", "decision", "named", "home", "reach"}


@pytest.fixture
def books(zwolle):
    """What Zwolle has written down."""
    books = Books(zwolle)
    books.empty()
    yield books
    books.empty()


def complain(walk, locale):
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
        else:
            walk.look(f"{locale}, {name}")
        answer(page, {key: value for key, value in WITH_A_DECISION[name].items() if key != "team"})
    walk.look(f"{locale}, check")
    press(page, "main form button[type=submit]")
    walk.look(f"{locale}, sent")


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_everybody_can_complain_follow_it_and_read_our_answer(new_visitor, books, handling, clock, locale):
    walk = Walk(new_visitor(bypass_csp=True), clock)
    page, path = walk.page, FOLLOW[locale]
    complain(walk, locale)
    handling.take_in_hand()
    handling.do("step", "talk")
    walk.open(f"{path}/stand")
    walk.look(f"{locale}, status, talking first")
    walk.open(f"{path}/stap/not_solved")
    press(page, "main form button[type=submit]")
    handling.do("offer_hearing", Offered("complainant", datetime(2026, 12, 3, 14, 30, tzinfo=LOCAL), LONG, "Berbers"))
    handling.do("ask_more", date(2027, 2, 1), LONG)
    walk.open(f"{path}/stand")
    walk.look(f"{locale}, status, hearing and more time")
    walk.open(f"{path}/meer-tijd")
    press(page, SEND)
    walk.look(f"{locale}, more time, errors")
    handling.do("skip_hearing", "Niet nodig.")
    handling.conclude("founded", "partly", "no_judgement")
    walk.open(f"{path}/antwoord")
    walk.look(f"{locale}, answer, no code yet")
    walk.open(f"{path}/code")
    press(page, "main form[action$='/code/sturen'] button")
    answer(page, {"code": code_in(books, EMAIL)})
    walk.open(f"{path}/antwoord")
    walk.look(f"{locale}, answer")
    walk.open(FIGURES[locale])
    walk.look(f"{locale}, figures")
    page.context.close()
    assert not walk.faults, "\n".join(walk.faults)
