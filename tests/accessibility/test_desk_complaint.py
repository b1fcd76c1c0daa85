"""The desk that handles complaints: every form of it, with and without errors, for everybody who works there."""

import pytest

from tests.accessibility import test_cleaning
from tests.accessibility.test_staff import Walk
from tests.desk import ENTER, INBOX, TODAY, an_office, leads, path_of
from tests.unit.complaints.at_desk import HANDLES, SIGNS, complain

office = pytest.fixture(an_office)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente " * 3
HEARING = {"party": "complainant", "day": "2026-11-30", "time": "14:30", "place": LONG}


@pytest.fixture
def people(office, clock):
    """Hanna handles, Karel signs, Carla leads the team that it is about."""
    clock.reset()
    return {
        "hanna": office.colleague("Hanna Visser", HANDLES), "karel": office.colleague("Karel Bakker", SIGNS),
        "carla": office.colleague("Carla Smit", leads("midden")),
    }  # fmt: skip


@pytest.fixture
def at_desk(new_visitor, office, clock):
    """Somebody who is signed in: `at_desk(hanna)` gives a walk."""

    def made(colleague, **options):
        visitor = new_visitor(**{"bypass_csp": True, **options})
        cookie = {"name": "staff", "value": office.cookie(colleague.staff_id), "url": visitor.base}
        visitor.context.add_cookies([cookie])
        return Walk(visitor, clock)

    return made


def answer(page, values):
    """Fill in a form, its lists too, and send it."""
    lists = {name: value for name, value in values.items() if page.locator(f"main select[name={name}]").count()}
    for name, value in lists.items():
        page.locator(f"main select[name={name}]").select_option(value)
    test_cleaning.answer(page, {name: value for name, value in values.items() if name not in lists})


def handle(walk, there):
    """From new to a conclusion, looking at each form empty, with errors, and at what comes of it."""
    steps = [
        ("start", {}, {"how": "examine"}), ("tell-concerned", {"team": ""}, {"team": "midden"}),
        ("time", {"how": "pause"}, {"how": "extend", "why": LONG}),
        ("time", {}, {"how": "until", "until": "2027-04-01", "why": LONG}),
        ("offer-hearing", {"day": "2026-11-01"}, HEARING),
        ("hear", {"how": "skip_hearing"}, {"how": "hear", "report_1": LONG}),
        ("conclude", {}, {"findings": LONG, "judgement_1": "partly", "why_1": LONG, "judgement_2": "founded",
                          "why_2": "Zo was het.", "conclusions": LONG}),
    ]  # fmt: skip
    for number, (act, wrong, right) in enumerate(steps):
        walk.open(there(f"/klacht/{act}"))
        walk.look(f"{number} {act}")
        answer(walk.page, wrong)
        walk.look(f"{number} {act}, errors")
        answer(walk.page, right)
        assert "/klacht/" not in walk.page.url, f"{act}: {walk.page.locator('.errors').inner_text()}"
        walk.look(f"{number} case after {act}")


@pytest.mark.parametrize("word", ["nl/werk", "en/staff"])
def test_from_new_to_signed(at_desk, office, people, word):
    reference = complain(office, f"Er werd niet geluisterd. {LONG}", "Ik kreeg geen antwoord.")
    walk = at_desk(people["hanna"])

    def there(tail):
        return path_of(reference, tail).replace("nl/werk", word)

    for place in (TODAY, INBOX, ENTER):
        walk.open(place.replace("nl/werk", word))
        walk.look(f"{word[:2]}, {place}")
    walk.open(there(""))
    walk.page.locator("form[action$='/nemen'] button").click()
    handle(walk, there)
    signs = at_desk(people["karel"])
    signs.open(there("/klacht/sign"))
    signs.look("sign")
    answer(signs.page, {})
    signs.look("sign, errors")
    answer(signs.page, {"how": "sign"})
    signs.look("case, signed")
    found = walk.faults + signs.faults
    for one in (walk, signs):
        one.page.context.close()
    assert not found, "\n".join(found)
    assert len(walk.seen) == 24


def test_kept_left_and_passed_on(at_desk, office, people):
    reference = complain(office, LONG)
    walk = at_desk(people["hanna"])
    for act, wrong in (("walls", {}), ("leave", {"how": "not_handle"})):
        walk.open(path_of(reference, f"/klacht/{act}"))
        walk.look(act)
        answer(walk.page, wrong)
        walk.look(f"{act}, errors")
    answer(walk.page, {"how": "forward", "to": LONG[:150], "why": LONG})
    walk.look("case, passed on")
    walk.open(f"{ENTER}?nummer={reference}&team=&soort=complaint")
    walk.look("entered for a caller")
    walk.page.context.close()
    assert not walk.faults, "\n".join(walk.faults)
