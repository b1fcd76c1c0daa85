"""The report and the plan, the ways on, and the desk that writes them: axe, large letters, small screens."""

import pytest

from portal.cases.models import Case
from portal.foundation.db import writing
from tests.accessibility.test_cleaning import answer, press
from tests.accessibility.test_staff import Walk
from tests.desk import an_office, path_of, works
from tests.unit.cleaning.asking import FOLLOW
from tests.unit.cleaning.following import code_in
from tests.unit.conversations.planning import REPORT, WHO, reports, talked

office = pytest.fixture(an_office)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente " * 3
SEND = "#form button[type=submit]"
#: As people write it: lines, a list, and a word that is wider than a phone.
WRITTEN = {
    **REPORT, "found": f"U slaapt slecht.\n\nDe trap is te steil. {LONG}", "costs": "21 euro in de maand.",
    "plan": "- U: elke dag een stukje lopen.\n- De buurvrouw: op dinsdag naar de markt.\n- Wij: een traplift.",
}  # fmt: skip


@pytest.fixture
def asked(office, clock):
    """Somebody who was talked with: `asked(locale, sent=True)` gives the number of the request."""

    def made(locale, sent):
        with writing(office.site.engine) as session:
            case = talked(session, clock.now(), key=f"{locale}-{sent}", locale=locale)
            if sent:
                reports(session, clock.now(), office.mila.staff_id).send(case, **WRITTEN)
            return case.reference

    clock.reset()
    mila = office.colleague("Mila de Wit", works("midden"))
    office.mila = mila
    return made


def follow(walk, office, locale, reference):
    """Find the request, ask the code on the page of the report, and give it."""
    page, path = walk.page, FOLLOW[locale]
    walk.open(path)
    answer(page, {"reference": reference, "known": "8011PK"})
    walk.look(f"{locale}, status with a report")
    walk.open(f"{path}/verslag")
    walk.look(f"{locale}, report, no code yet")
    press(page, "main form[action$='/code/sturen'] button")
    answer(page, {"code": code_in(office.books, WHO["email"])})
    walk.open(f"{path}/verslag")


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_everybody_can_read_the_report_answer_it_and_go_on(new_visitor, office, asked, clock, locale):
    walk = Walk(new_visitor(bypass_csp=True), clock)
    page, path = walk.page, FOLLOW[locale]
    follow(walk, office, locale, asked(locale, sent=True))
    walk.look(f"{locale}, report")
    answer(page, {"view": "remark"})
    walk.look(f"{locale}, report, errors")
    answer(page, {"view": "remark", "text": LONG})
    walk.look(f"{locale}, report, remarked")
    answer(page, {"view": "disagree"})
    walk.look(f"{locale}, ways on")
    walk.open(f"{path}/stand")
    walk.look(f"{locale}, status, not agreed")
    walk.open(f"{path}/verslag")
    answer(page, {"view": "agree"})
    walk.look(f"{locale}, report, agreed")
    page.context.close()
    assert not walk.faults, "\n".join(walk.faults)
    assert len(walk.seen) == 8


@pytest.mark.parametrize("word", ["nl/werk", "en/staff"])
def test_the_desk_can_write_it_and_write_down_what_was_said(new_visitor, office, asked, clock, word):
    visitor = new_visitor(bypass_csp=True)
    walk, page = Walk(visitor, clock), visitor.page
    new, sent = asked("nl", sent=False), asked("ar", sent=True)
    cookie = {"name": "staff", "value": office.cookie(office.mila.staff_id), "url": visitor.base}
    visitor.context.add_cookies([cookie])

    def at(reference, tail=""):
        walk.open(path_of(reference, tail).replace("nl/werk", word))

    at(new)
    walk.look(f"desk {word[:2]}, case, talked")
    at(new, "/verslag")
    walk.look(f"desk {word[:2]}, report")
    press(page, SEND)
    walk.look(f"desk {word[:2]}, report, errors")
    at(sent, "/mening")
    walk.look(f"desk {word[:2]}, heard")
    press(page, SEND)
    walk.look(f"desk {word[:2]}, heard, errors")
    answer(page, {"view": "disagree", "text": LONG})
    page.evaluate("() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    walk.look(f"desk {word[:2]}, case, with a report")
    at(sent, "/verslag")
    walk.look(f"desk {word[:2]}, changed report")
    page.context.close()
    assert not walk.faults, "\n".join(walk.faults)
    assert {case.state for case in office.books.rows(Case)} == {"talked", "plan_not_agreed"}
