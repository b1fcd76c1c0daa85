"""An earlier moment, what cannot wait, and writing down a try: open to everybody, by hand, by ear and on a phone."""

import pytest

from portal.cases.models import Case
from portal.conversations.clockwork import offer_earlier
from portal.foundation.tasks import paths
from tests.accessibility.test_cleaning import press
from tests.accessibility.test_conversation import ask
from tests.accessibility.test_staff import Walk
from tests.desk import INBOX, an_office, leads, path_of
from tests.unit.cleaning.asking import FOLLOW, Books
from tests.unit.conversations.talking import ME, a_diary

diary = pytest.fixture(a_diary)
office = pytest.fixture(an_office)


@pytest.fixture
def walk(new_visitor, clock):
    """Somebody with a browser; what is not as it should be is told at the end."""
    walk = Walk(new_visitor(bypass_csp=True), clock)
    yield walk
    walk.page.context.close()
    assert not walk.faults, "\n".join(walk.faults)


class Quiet(Walk):
    """Walks where others looked already."""

    def look(self, name):
        pass


def late(walk, locale, clock):
    """A talk on Friday, asked for in this language."""
    quiet = Quiet.__new__(Quiet)
    quiet.page, quiet.base, quiet.clock, quiet.seen, quiet.faults = walk.page, walk.base, clock, [], []
    ask(quiet, locale, ME)
    walk.open(f"{FOLLOW[locale]}/moment")
    walk.page.locator("input[name=moment]").last.check()
    press(walk.page, "#form button[type=submit]")


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_everybody_can_wait_for_an_earlier_moment_and_say_that_it_cannot_wait(
    walk, office, diary, clock, registry, zwolle, locale
):
    follow = FOLLOW[locale]
    late(walk, locale, clock)
    walk.look(f"{locale}, before waiting")
    press(walk.page, "form[action$='/eerder'] button")
    walk.look(f"{locale}, waiting")
    assert offer_earlier(zwolle, clock, paths(registry, zwolle)) == 1
    for name, path in (("asked", "/stand"), ("earlier moment", "/moment"), ("cannot wait, sure", "/stap/urgent")):
        walk.open(follow + path)
        walk.look(f"{locale}, {name}")
    press(walk.page, "main form button[type=submit]")
    walk.look(f"{locale}, cannot wait")


def test_the_desk_beside_it(walk, office, diary, clock, registry, zwolle):
    carla = office.colleague("Carla Smit", leads("midden"))
    late(walk, "nl", clock)
    press(walk.page, "form[action$='/eerder'] button")
    offer_earlier(zwolle, clock, paths(registry, zwolle))
    walk.open(f"{FOLLOW['nl']}/stap/urgent")
    press(walk.page, "main form button[type=submit]")
    reference = Books(zwolle).the(Case).reference
    cookie = {"name": "staff", "value": office.cookie(carla.staff_id), "url": walk.base}
    walk.page.context.add_cookies([cookie])
    for name, path in (("inbox", INBOX), ("tries", path_of(reference, "/geprobeerd"))):
        walk.open(path)
        walk.look(f"desk, {name}, cannot wait")
    press(walk.page, "#form button[type=submit]")
    walk.look("desk, tries, error")
    walk.page.locator("input[name=way]").first.check()
    press(walk.page, "#form button[type=submit]")
    walk.look("desk, request, cannot wait")
    walk.open(path_of(reference, "/stap/no_contact"))
    walk.look("desk, tries missing")
