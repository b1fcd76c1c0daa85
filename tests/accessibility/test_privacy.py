"""Asking about one's data, what is kept, who looked, and the desk that answers: axe, large letters, small screens."""

import pytest

from portal.accounts.roles import Role
from portal.cases.models import Case, DeletionRecord
from portal.foundation.db import writing
from tests.accessibility.test_cleaning import answer, press
from tests.accessibility.test_staff import Walk
from tests.browser import Browser
from tests.desk import an_office, path_of, works
from tests.unit.cleaning import asking as cleaning
from tests.unit.cleaning.asking import EMAIL, FOLLOW
from tests.unit.cleaning.following import code_in
from tests.unit.privacy.asking import FORM, ME, send

office = pytest.fixture(an_office)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente " * 3
SEND = "#form button[type=submit]"
WHY = f"De wet zegt dat wij dit bewaren. {LONG}"


@pytest.fixture(autouse=True)
def _nothing_stays(zwolle):
    yield
    with writing(zwolle.engine) as session:
        session.query(DeletionRecord).delete()


def look_with_code(walk, office, locale):
    """Ask the code of the request of this visit, and give it."""
    walk.open(f"{FOLLOW[locale]}/code")
    press(walk.page, "main form[action$='/code/sturen'] button")
    answer(walk.page, {"code": code_in(office.books, EMAIL)})


@pytest.mark.parametrize("locale", ["nl", "nl_simple", "ar"])
def test_everybody_can_ask_show_that_it_is_them_and_read_the_answer(new_visitor, office, app, clock, locale):
    walk = Walk(new_visitor(bypass_csp=True), clock)
    page, farah = walk.page, office.colleague("Farah Smit", (Role.PRIVACY_OFFICER, None))
    cleaning.send(Browser(app, "zwolle.test"))
    mine = office.books.the(Case).reference
    walk.open(FORM[locale])
    walk.look(f"{locale}, data, start")
    walk.open(f"{FORM[locale]}/vraag/wants")
    press(page, SEND)
    walk.look(f"{locale}, data, wants, errors")
    answer(page, ME["wants"])
    answer(page, {"what": LONG})
    for name in ("who", "name", "home", "reach"):
        answer(page, ME[name])
    press(page, "main form button[type=submit]")
    walk.open(f"{FOLLOW[locale]}/stand")
    walk.look(f"{locale}, data, status")
    look_with_code(walk, office, locale)
    walk.look(f"{locale}, data, status, with code")
    press(page, "main form[action$='/ik-ben-het'] button")
    question = next(row.reference for row in office.books.rows(Case) if row.kind == "privacy_request")
    for act, values in (("identity", {"how": "code"}), ("collect", {}), ("decide", {f"do_{mine}": "kept", "why": WHY}),
                        ("answer", {"text": f"Wij keken wat wij van u hebben.\n\n{LONG}"})):  # fmt: skip
        form = farah.browser.get(path_of(question, f"/gegevens/{act}")).forms["form"]
        farah.browser.submit(cleaning.fill(form, values), 303)
    walk.open(f"{FOLLOW[locale]}/uw-gegevens/antwoord")
    walk.look(f"{locale}, data, answer")
    page.context.close()
    assert not walk.faults, "\n".join(walk.faults)


@pytest.mark.parametrize("locale", ["nl", "nl_simple", "ar"])
def test_everybody_can_read_what_is_kept_and_who_looked(new_visitor, office, app, clock, locale):
    walk = Walk(new_visitor(bypass_csp=True), clock)
    mila = office.colleague("Mila de Wit", works("midden"))
    cleaning.send(Browser(app, "zwolle.test"), locale=locale)
    reference = office.books.the(Case).reference
    page = mila.browser.get(path_of(reference))
    mila.browser.submit(cleaning.fill(page.forms["note"], {"text": WHY}), 303)
    walk.open(FOLLOW[locale])
    answer(walk.page, {"reference": reference, "known": "8011PK"})
    look_with_code(walk, office, locale)
    walk.open(f"{FOLLOW[locale]}/wat-wij-bewaren")
    walk.look(f"{locale}, kept")
    walk.open(f"{FOLLOW[locale]}/wie-keek")
    walk.look(f"{locale}, looked")
    walk.page.context.close()
    assert not walk.faults, "\n".join(walk.faults)


@pytest.mark.parametrize("word", ["nl/werk", "en/staff"])
def test_the_desk_can_answer(new_visitor, office, app, clock, word):
    visitor = new_visitor(bypass_csp=True)
    walk, page = Walk(visitor, clock), visitor.page
    farah = office.colleague("Farah Smit", (Role.PRIVACY_OFFICER, None))
    cleaning.send(Browser(app, "zwolle.test"))
    cleaning.send(Browser(app, "zwolle.test"))
    first, second = (row.reference for row in office.books.rows(Case))
    send(Browser(app, "zwolle.test"))
    question = next(row.reference for row in office.books.rows(Case) if row.kind == "privacy_request")
    visitor.context.add_cookies([{"name": "staff", "value": office.cookie(farah.staff_id), "url": visitor.base}])

    def at(tail=""):
        walk.open(path_of(question, tail).replace("nl/werk", word))

    at()
    walk.look(f"desk {word[:2]}, data, case")
    at("/gegevens/identity")
    press(page, SEND)
    walk.look(f"desk {word[:2]}, data, who is it, errors")
    answer(page, {"how": "desk"})
    at("/gegevens/collect")
    walk.look(f"desk {word[:2]}, data, look up")
    press(page, SEND)
    at("/gegevens/decide")
    press(page, SEND)
    walk.look(f"desk {word[:2]}, data, choose, errors")
    answer(page, {f"do_{first}": "erased", f"do_{second}": "kept", "why": WHY})
    walk.look(f"desk {word[:2]}, data, case, chosen")
    at("/gegevens/carry-out")
    walk.look(f"desk {word[:2]}, data, throw away")
    at("/gegevens/refuse")
    press(page, SEND)
    walk.look(f"desk {word[:2]}, data, no, errors")
    at("/gegevens/carry-out")
    answer(page, {"sure": "yes"})
    at("/gegevens/answer")
    walk.look(f"desk {word[:2]}, data, answer")
    page.context.close()
    assert not walk.faults, "\n".join(walk.faults)
