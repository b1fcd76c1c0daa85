"""A worry about somebody else is open to everybody: axe, dark, forced colours, 320 pixels, large letters; desk too."""

import pytest

from portal.cases.models import Case
from tests.accessibility.test_cleaning import answer, press, question
from tests.accessibility.test_staff import Walk
from tests.desk import an_office, path_of, works
from tests.unit.cleaning.asking import FOLLOW
from tests.unit.worries.asking import DANGER, FORM, NAMED, PERSON, tell

office = pytest.fixture(an_office)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente " * 3
SEND = "#form button[type=submit]"
ANSWERS = {**DANGER, **{name: NAMED[name] for name in ("further", "person", "reach")}}


@pytest.mark.parametrize("locale", ["nl", "nl_simple", "ar"])
def test_everybody_can_tell_a_worry_and_name_somebody(new_visitor, office, clock, locale):
    walk = Walk(new_visitor(bypass_csp=True), clock)
    page = walk.page
    walk.open(FORM[locale])
    walk.look(f"{locale}, worry, start")
    press(page, "main .go a.button")
    while "/vraag/" in page.url:
        name = question(page)
        walk.look(f"{locale}, worry, {name}")
        if name == "person":
            press(page, SEND)
            walk.look(f"{locale}, worry, {name}, errors")
        answer(page, ANSWERS[name])
    walk.look(f"{locale}, worry, check")
    press(page, "main form button[type=submit]")
    walk.look(f"{locale}, worry, sent")
    walk.open(f"{FOLLOW[locale]}/stand")
    walk.look(f"{locale}, worry, status")
    page.context.close()
    assert not walk.faults, "\n".join(walk.faults)
    assert len(walk.seen) == 11


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_everybody_can_go_on_with_a_name(new_visitor, visitor, office, clock, locale):
    tell(visitor, DANGER, locale)
    walk = Walk(new_visitor(bypass_csp=True), clock)
    walk.page.context.add_cookies([{"name": "visit", "value": visitor.cookies["visit"].strip('"'), "url": walk.base}])
    walk.open(f"{FOLLOW[locale]}/stand")
    walk.look(f"{locale}, worry, status before a name")
    walk.open(f"{FOLLOW[locale]}/om-wie-het-gaat")
    walk.look(f"{locale}, worry, name")
    press(walk.page, SEND)
    walk.look(f"{locale}, worry, name, errors")
    walk.page.context.close()
    assert not walk.faults, "\n".join(walk.faults)


@pytest.mark.parametrize("word", ["nl/werk", "en/staff"])
def test_the_desk_can_handle_it(new_visitor, visitor, office, clock, word):
    tell(visitor, {**NAMED, "person": {**PERSON, "said": LONG, "hidden_why": LONG}})
    reference = office.books.the(Case).reference
    noor = office.colleague("Noor de Vries", works("midden"))
    browser = new_visitor(bypass_csp=True)
    walk = Walk(browser, clock)
    browser.context.add_cookies([{"name": "staff", "value": office.cookie(noor.staff_id), "url": browser.base}])

    def at(tail=""):
        walk.open(path_of(reference, tail).replace("nl/werk", word))

    at()
    walk.look(f"desk {word[:2]}, worry")
    for name in ("inform", "propose-safety", "share"):
        at(f"/zorg/{name}")
        walk.look(f"desk {word[:2]}, worry, {name}")
        press(walk.page, SEND)
        walk.look(f"desk {word[:2]}, worry, {name}, errors")
    answer(walk.page, {"party": LONG[:100], "what": LONG, "ground": "law"})
    at("/zorg/propose-safety")
    answer(walk.page, {"why": LONG, "review_on": "2026-12-01"})
    walk.look(f"desk {word[:2]}, worry, proposed")
    at("/zorg/agree-safety")
    walk.look(f"desk {word[:2]}, worry, agree")
    at("/zorg/inform")
    answer(walk.page, {"how": "visit"})
    walk.look(f"desk {word[:2]}, worry, informed")
    at("/zorg/finish")
    walk.look(f"desk {word[:2]}, worry, finish")
    walk.page.context.close()
    assert not walk.faults, "\n".join(walk.faults)
