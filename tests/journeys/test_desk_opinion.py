"""A second opinion at the desk of who coordinates them; the pool; and what the team of the plan sees."""

import pytest
from sqlalchemy import update

from portal.accounts.roles import Role
from portal.cases.models import Case
from portal.cases.workflow import Author
from portal.foundation.content_cache import kept
from portal.opinions.labels import SILENT
from portal.opinions.models import Expert, Invitation, Reaction, Release, SecondOpinion
from tests.desk import INBOX, ROOM, an_office, path_of
from tests.reading import main, text
from tests.unit.cleaning.asking import Books, faults, fill, on
from tests.unit.opinions.asking import CHANGE, DOUBT, NAME, SIGNED, send
from tests.unit.opinions.asking import Office as Opinions

office = pytest.fixture(an_office)
COORDINATES = (Role.SECOND_OPINION_COORDINATOR, None)
BUREAU = "Adviesbureau Noord"
POOL, PUBLIC = f"{ROOM}/deskundigen", "/nl/wie-kijken-er-mee"
RIA = {"name": "Ria Vermeer", "employer": "Adviesbureau Noord", "profession": "Wijkverpleegkundige",
       "languages": "Nederlands, Turks", "about": "Twintig jaar in de wijk.", "free_hours": "8",
       "phone": "06 11112222", "email": "Ria.Vermeer@expert.example"}  # fmt: skip


@pytest.fixture
def books(office, zwolle):
    """What Zwolle has written down; afterwards the pool is empty again."""
    yield Books(zwolle)
    Opinions(zwolle, office.clock).empty()


@pytest.fixture
def olga(office, books):
    """Coordinates second opinions, and works in no team."""
    return office.colleague("Olga de Jong", COORDINATES)


@pytest.fixture
def opinions(zwolle, clock, books):
    """The services, for what others do."""
    return Opinions(zwolle, clock)


@pytest.fixture
def reference(visitor, books, office):
    """Somebody asked; the number."""
    send(visitor)
    return books.the(Case).reference


def at(colleague, reference, act):
    return colleague.browser.get(path_of(reference, f"/second-opinion/{act}"))


def do(colleague, reference, act, **values):
    form = fill(at(colleague, reference, act).forms["form"], values)
    return on(colleague.browser, colleague.browser.submit(form, 303))


def refused(colleague, reference, act, **values):
    form = fill(at(colleague, reference, act).forms["form"], values)
    return faults(colleague.browser.submit(form, 422))


def take(colleague, reference):
    page = colleague.browser.get(path_of(reference))
    form = next(one for one in page.forms.values() if one.action.endswith("/nemen"))
    return on(colleague.browser, colleague.browser.submit(form, 303))


def add(olga, **more):
    form = fill(olga.browser.get(POOL).forms["form"], {**RIA, **more})
    return olga.browser.submit(form)


def plan(olga, reference, **more):
    facts = {"author_name": "Mila de Wit", "author_employer": "Gemeente Zwolle", "providers": "Stichting Frion\nRIBW"}
    return do(olga, reference, "plan", **{**facts, **more})


def chosen(olga, reference):
    page = at(olga, reference, "invite")
    return [box["value"] for box in page.html.select("input[name=expert]")], text(main(page))


def test_from_in_hand_to_the_talk_after_the_opinion(olga, reference, books, opinions):
    assert refused(olga, reference, "acknowledge", outside=True)
    take(olga, reference)
    do(olga, reference, "acknowledge", outside=True)
    add(olga)
    add(olga, name="Fin Frion", email="f@expert.example", employer="Frion")
    assert refused(olga, reference, "invite", expert=chosen(olga, reference)[0][0])
    plan(olga, reference)
    (ria,), words_of = chosen(olga, reference)
    assert "Fin Frion" in words_of
    do(olga, reference, "invite", expert=ria)
    assert books.messages("ria.vermeer@expert.example")
    opinions.does(lambda desk, case, _session: desk.propose(case, SIGNED))
    do(olga, reference, "heard", what="heard_accept_expert")
    do(olga, reference, "heard-release", items=["words"])
    assert [row.item for row in books.rows(Release)] == ["words"]
    opinions.judges()
    page = olga.browser.get(path_of(reference))
    assert CHANGE in text(main(page))
    do(olga, reference, "follow-up", note="Wij spraken af dat het team het plan verandert.")
    do(olga, reference, "heard", what="heard_not_agree")
    do(olga, reference, "talk-on", note="Zij wil een klacht indienen.")
    assert books.the(Case).state == "routes_shown"


def test_the_expert_who_is_not_asked_any_more_gives_way_to_another(olga, reference, books):
    take(olga, reference)
    do(olga, reference, "acknowledge", outside=True)
    plan(olga, reference)
    add(olga)
    do(olga, reference, "invite", expert=chosen(olga, reference)[0][0])
    do(olga, reference, "call-off", why="Geen antwoord")
    assert [row.state for row in books.rows(Invitation)] == ["ended"]
    assert chosen(olga, reference)[0] == []


def test_why_an_expert_was_stopped_stands_in_words(olga, reference, books, opinions):
    opinions.propose()
    opinions.does(lambda _desk, _case, session: session.execute(update(SecondOpinion).values(providers=BUREAU)))
    opinions.does(lambda desk, case, _session: desk.recheck(case))
    assert [row.why for row in books.rows(Invitation)] == ["provider"]
    said = text(main(olga.browser.get(path_of(reference))))
    assert "werkt bij een organisatie die voor het plan betaald wordt" in said
    assert "provider" not in said


def test_who_did_not_answer_in_time_stands_in_the_words_of_the_reader(olga, reference, books, opinions):
    opinions.propose()
    opinions.does(lambda _desk, _case, session: session.execute(update(Invitation).values(state="ended", why=SILENT)))
    for path, words in (("nl/werk", "antwoordde niet op tijd"), ("en/staff", "did not answer in time")):
        assert words in text(main(olga.browser.get(path_of(reference).replace("nl/werk", path))))


def test_nobody_of_a_team_sees_the_request(office, olga, reference, books):
    for roles in ((Role.TEAM_WORKER, "midden"), (Role.TEAM_COORDINATOR, "midden"), (Role.COMPLAINT_HANDLER, None)):
        colleague = office.colleague(f"Iemand {roles[0]}", roles)
        colleague.browser.get(path_of(reference), status=404)
        assert NAME not in colleague.browser.get(INBOX).text
    assert NAME in olga.browser.get(path_of(reference)).text


def test_the_team_reads_the_opinion_once_it_is_there_and_reacts_once(office, olga, reference, books, opinions):
    leader = office.colleague("Tom Leider", (Role.TEAM_COORDINATOR, "midden"))
    stranger = office.colleague("Ver Weg", (Role.TEAM_WORKER, "holtenbroek"))
    path = f"{ROOM}/second-opinion/{reference}"
    leader.browser.get(path, status=404)
    opinions.propose()
    for act in ("accept", "release", "judges"):
        _go(opinions, act)
    page = leader.browser.get(path)
    assert CHANGE in text(main(page))
    assert DOUBT not in page.text and NAME not in page.text
    stranger.browser.get(path, status=404)
    olga.browser.get(path, status=404)
    page = on(leader.browser, leader.browser.submit(fill(page.forms["form"], {"text": "Wij passen het plan aan."})))
    assert "Wij passen het plan aan." in text(main(page))
    assert "form" not in page.forms
    assert books.the(Reaction).text == "Wij passen het plan aan."


def _go(opinions, act):
    if act == "judges":
        opinions.judges()
    elif act == "accept":
        opinions.does(lambda desk, case, _session: desk.accept(case, Author.STAFF))
    else:
        opinions.does(lambda desk, case, _session: desk.release(case, Author.STAFF, ["words"]))


def test_the_pool_is_kept_and_shown_to_everybody_without_phone_and_mail(olga, visitor, books, zwolle):
    add(olga)
    kept(zwolle).look_now()
    page = visitor.get(PUBLIC)
    for shown in ("Ria Vermeer", "Adviesbureau Noord", "Wijkverpleegkundige", "Turks"):
        assert shown in text(main(page))
    assert "ria.vermeer" not in page.text.casefold() and "11112222" not in page.text
    assert add(olga, name="Iemand anders").status_int == 422
    (expert,) = books.rows(Expert)
    page = olga.browser.get(f"{POOL}/{expert.id}")
    olga.browser.submit(fill(page.forms["form"], {**RIA, "languages": "Nederlands, Pools"}), 303)
    kept(zwolle).look_now()
    assert "Pools" in text(main(visitor.get(PUBLIC)))
    form = next(one for one in page.forms.values() if "stop" in one.fields)
    olga.browser.submit(form, 303, name="stop")
    kept(zwolle).look_now()
    assert "Ria Vermeer" not in text(main(visitor.get(PUBLIC)))
    assert "Ria Vermeer" in text(main(olga.browser.get(POOL)))


def test_a_phone_that_gets_no_code_is_asked_again(olga):
    answer = add(olga, phone="038 1234567")
    assert [name for name, _message in faults(answer)] == ["phone"]
    assert answer.forms["form"]["name"].value == "Ria Vermeer"


def test_nobody_else_keeps_the_pool(office, books):
    for role in ((Role.TEAM_COORDINATOR, "midden"), (Role.COMPLAINT_COORDINATOR, None)):
        office.colleague(f"Iemand {role[0]}", role).browser.get(POOL, status=403)
