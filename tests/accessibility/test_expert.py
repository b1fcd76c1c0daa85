"""The screens of the expert, the coordinator and the team of a second opinion: axe, large letters, small screens."""

import pytest
from sqlalchemy import select, update

from portal.accounts.roles import Role
from portal.cases.models import Case
from portal.cases.workflow import Author
from portal.foundation.content_cache import kept
from portal.foundation.db import writing
from portal.opinions.models import Expert, SecondOpinion
from tests import desk
from tests.accessibility.test_cleaning import press
from tests.accessibility.test_desk_complaint import answer, at_desk
from tests.accessibility.test_staff import Walk
from tests.browser import Browser
from tests.unit.cleaning.asking import Books
from tests.unit.conversations.planning import REPORT, reports, talked
from tests.unit.opinions.asking import SIGNED, an_expert, an_office, send
from tests.unit.opinions.expert_door import DOOR, asked, code_of

staff = pytest.fixture(desk.an_office)
opinions = pytest.fixture(an_office)
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente " * 3
WRITTEN = {**REPORT, "found": f"U slaapt slecht.\n\nDe trap is te steil. {LONG}", "costs": "21 euro in de maand."}
PATHS = {"nl": (DOOR["nl"], "/nl/wie-kijken-er-mee"), "ar": ("/ar/expert", "/ar/who-looks-along")}
SELECT_RIA = select(Expert.id).where(Expert.name == "Ria Vermeer")
SEND = "#form button[type=submit]"
JUDGED = {"right_plan": "partly", "change": f"Meer hulp in de ochtend. {LONG}", "why": LONG, "talked_on": "2026-11-20"}


@pytest.fixture
def office(staff, opinions):
    """The one who has people who work here; `at_desk` wants it under this name."""
    return staff


@pytest.fixture
def talk(app, staff, opinions, zwolle, clock):
    """Somebody asked for a second opinion on the plan in a report of ours; gives the number of that talk."""
    clock.reset()
    mila = staff.colleague("Mila de Wit", desk.works("midden"))
    send(Browser(app, "zwolle.test"))
    with writing(zwolle.engine) as session:
        case = talked(session, clock.now(), key="talked", locale="nl")
        reports(session, clock.now(), mila.staff_id).send(case, **WRITTEN)
        ours = {"plan_case_id": case.id, "plan_number": 1, "author_id": mila.staff_id, "team_slug": "midden"}
        session.execute(update(SecondOpinion).values(**ours))
        return case.reference


def begins(opinions):
    """Who asked says yes, and gives all there is."""

    def act(service, case, _session):
        service.accept(case, Author.STAFF)
        service.release(case, Author.STAFF, ("words", "plan", "reach"))

    opinions.does(act)


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_everybody_can_judge_a_plan(new_visitor, opinions, talk, zwolle, clock, locale):
    walk, books = Walk(new_visitor(bypass_csp=True), clock), Books(zwolle)
    page, (door, public) = walk.page, PATHS[locale]

    def look(tail, seen, **wrong):
        walk.open(door + tail)
        walk.look(f"{locale}, {seen}")
        if wrong:
            answer(page, wrong)
            walk.look(f"{locale}, {seen}, errors")

    walk.open(asked(opinions).replace(DOOR["nl"], door))
    walk.look(f"{locale}, link")
    press(page, "main form button[type=submit]")
    walk.look(f"{locale}, code")
    code = code_of(books)
    answer(page, {"code": "000000" if code != "000000" else "111111"})
    walk.look(f"{locale}, code, errors")
    answer(page, {"code": code})
    walk.look(f"{locale}, home, asked")
    look("/tekenen", "sign", name="Ria Vermeer")
    answer(page, {"signed": "true", "name": "Ria Vermeer"})
    walk.look(f"{locale}, home, proposed")
    begins(opinions)
    look("", "home, at work")
    for item in ("words", "plan", "reach"):
        look(f"/stuk/{item}", item)
    look("/stoppen", "stop", why=" ")
    look("/oordeel", "judge", right_plan="no")
    answer(page, JUDGED)
    walk.look(f"{locale}, judge, read back")
    press(page, "main form button[name=send]")
    walk.look(f"{locale}, done")
    look("", "closed")
    kept(zwolle).look_now()
    walk.open(public)
    walk.look(f"{locale}, public list")
    page.context.close()
    assert not walk.faults, "\n".join(walk.faults)
    assert len(walk.seen) == 19


@pytest.fixture
def olga(staff):
    """Coordinates second opinions."""
    return staff.colleague("Olga de Jong", (Role.SECOND_OPINION_COORDINATOR, None))


@pytest.fixture
def reference(talk, zwolle):
    """The number of the second opinion."""
    return next(row.reference for row in Books(zwolle).rows(Case) if row.kind == "second_opinion")


RIA = {"name": "Ria Vermeer", "employer": f"Adviesbureau {LONG[:60]}", "profession": "Wijkverpleegkundige",
       "languages": "Nederlands, Turks", "about": "Twintig jaar in de wijk.", "free_hours": "8",
       "phone": "06 11112222", "email": "ria.vermeer@expert.example"}  # fmt: skip


@pytest.mark.parametrize("word", ["nl/werk", "en/staff"])
def test_everybody_can_coordinate_react_and_keep_the_pool(at_desk, staff, opinions, olga, talk, reference, word):
    walk, lang = at_desk(olga), word[:2]
    page = walk.page

    def there(tail="", number=reference):
        walk.open(desk.path_of(number, tail).replace("nl/werk", word))

    def act(name, wrong, right):
        there(f"/second-opinion/{name}")
        walk.look(f"{lang}, {name}")
        if wrong is not None:
            answer(page, wrong)
            walk.look(f"{lang}, {name}, errors")
        answer(page, right)
        assert "/second-opinion/" not in page.url, f"{name}: {page.locator('.errors').inner_text()}"
        walk.look(f"{lang}, case after {name}")

    walk.open(f"/{word}/deskundigen")
    walk.look(f"{lang}, pool, empty")
    press(page, SEND)
    walk.look(f"{lang}, pool, errors")
    answer(page, RIA)
    answer(page, {**RIA, "name": "Fin Frion", "employer": "Frion", "email": "fin@expert.example"})
    walk.look(f"{lang}, pool")
    press(page, "main table a")
    walk.look(f"{lang}, one of the pool")
    answer(page, {"phone": "038 1234567"})
    walk.look(f"{lang}, one of the pool, errors")
    there()
    press(page, "form[action$='/nemen'] button")
    walk.look(f"{lang}, case, new")
    act("acknowledge", None, {"outside": "true"})
    act(
        "plan",
        {"author_name": "", "author_employer": ""},
        {"author_name": "Mila de Wit", "author_employer": "Gemeente Zwolle", "providers": "Stichting Frion"},
    )
    ria = opinions.does(lambda _desk, _case, session: session.scalar(SELECT_RIA))
    act("invite", {}, {"expert": str(ria)})
    act("call-off", {"why": ""}, {"why": LONG})
    opinions.does(
        lambda service, case, session: (
            service.invite(case, an_expert(session, "Pia Pool", "Bureau Oost")),
            service.propose(case, SIGNED),
        )
    )
    begins(opinions)
    opinions.judges()
    there()
    walk.look(f"{lang}, case with an opinion")
    carla = at_desk(staff.colleague("Carla Smit", desk.leads("midden")))
    carla.open(desk.path_of(talk).replace("nl/werk", word))
    carla.look(f"{lang}, talk with an opinion on its plan")
    press(carla.page, f"main a[href$='/second-opinion/{reference}']")
    carla.look(f"{lang}, reaction")
    press(carla.page, SEND)
    carla.look(f"{lang}, reaction, errors")
    answer(carla.page, {"text": f"Wij passen het plan aan. {LONG}"})
    carla.look(f"{lang}, reacted")
    found = walk.faults + carla.faults
    for one in (walk, carla):
        one.page.context.close()
    assert not found, "\n".join(found)


__all__ = ["at_desk"]
