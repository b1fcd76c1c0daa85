"""The tree of pages on screen: a page is made, kept true, hung elsewhere, taken away; and who only translates looks."""

from datetime import date

import pytest
from sqlalchemy import delete, event, update

from portal.accounts.roles import Role
from portal.editing.drafting import Drafting
from portal.foundation.content_cache import kept, raise_version
from portal.foundation.db import writing
from portal.pages.models import Page
from tests.desk import ROOM, an_office
from tests.reading import main, text
from tests.writers import KEY, a_tried_page

office = pytest.fixture(an_office)
tried = pytest.fixture(a_tried_page)
TREE, NEW, MINE = f"{ROOM}/paginas", f"{ROOM}/paginas/nieuw", f"{ROOM}/paginas/{KEY}"


@pytest.fixture
def eva(office, tried):
    """An editor."""
    return office.colleague("Eva Editor", (Role.CONTENT_EDITOR, None))


@pytest.fixture
def made(zwolle):
    """Takes a page away that the test makes."""
    yield "kamer-zoeken"
    with writing(zwolle.engine) as session:
        session.execute(delete(Page).where(Page.key == "kamer-zoeken"))
        raise_version(session)
    kept(zwolle).look_now()


def said(page):
    return " ".join(text(main(page)).split())


def send(person, address, **answers):
    form = person.browser.get(address).forms["form"]
    for name, value in answers.items():
        form[name] = value
    return person.browser.submit(form)


def after(person, answer):
    assert answer.status_int == 303, said(answer)
    return person.browser.get(answer.location.removeprefix("http://zwolle.test"))


def test_an_editor_begins_the_day_at_the_tree(eva):
    home = after(eva, eva.browser.get(ROOM, status=303))
    assert "Een pagina om te proberen" in said(home)
    assert "Een klacht indienen" in said(home)


def test_the_tree_shows_only_what_asks_for_work(eva, tried):
    tried.show("ar", "اتصل بنا.\n")
    assert "Een pagina om te proberen" in said(eva.browser.get(f"{TREE}?stand=unread"))
    assert "Een pagina om te proberen" not in said(eva.browser.get(f"{TREE}?stand=behind"))
    assert eva.browser.get(f"{TREE}?stand=onzin")


def test_the_tree_asks_the_database_as_often_for_a_hundred_pages_as_for_one(eva, zwolle):
    asked = []

    def count(_connection, _cursor, statement, *_more):
        asked.append(statement)

    eva.browser.get(TREE)
    event.listen(zwolle.engine, "before_cursor_execute", count)
    try:
        eva.browser.get(TREE)
    finally:
        event.remove(zwolle.engine, "before_cursor_execute", count)
    assert len([one for one in asked if "page" in one]) <= 3


def test_a_page_is_made_and_nobody_sees_it_yet(eva, made):
    page = after(eva, send(eva, NEW, key=made, owner="Redactie", parent="hulp-nodig"))
    assert "De pagina is er" in said(page)
    assert "kamer-zoeken" in said(eva.browser.get(TREE))
    assert eva.browser.get(f"/nl/{made}", status=404)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"key": "klacht", "owner": "Redactie"}, "Er is al een pagina"),
        ({"key": "Hoofd Letters", "owner": "Redactie"}, "kleine letters"),
        ({"key": "nieuw", "owner": "Redactie"}, "kleine letters"),
        ({"key": "kamer-zoeken", "owner": ""}, "Schrijf wie"),
        ({"key": "kamer-zoeken", "owner": "Redactie", "review_by": "1-1-2020"}, "Deze dag is voorbij"),
    ],
)
def test_what_cannot_be_is_said_kindly_and_stays_in_the_form(eva, made, answers, words):
    answer = send(eva, NEW, **answers)
    assert answer.status_int == 422
    assert words in said(answer)
    assert answer.forms["form"]["key"].value == answers["key"]


def test_the_facts_of_a_page_are_kept_and_its_place(eva, tried):
    page = after(eva, send(eva, MINE, owner="Klachtencoördinator", parent="klacht", sources="Awb 9:1\n\nAwb 9:2"))
    assert "Bewaard" in said(page)
    form = eva.browser.get(MINE).forms["form"]
    assert (form["owner"].value, form["parent"].value) == ("Klachtencoördinator", "klacht")
    assert form["sources"].value.split() == ["Awb", "9:1", "Awb", "9:2"]
    assert "Een pagina om te proberen" in said(eva.browser.get(f"{TREE}/klacht"))


def test_a_page_that_others_lead_to_does_not_go(eva):
    page = eva.browser.get(f"{TREE}/klacht/weg")
    assert "Deze pagina's leiden hierheen" in said(page)
    assert [form for form in page.forms.values() if form.action.endswith("/weg")] == []


def test_a_page_goes_and_comes_back(eva, tried):
    gone = after(eva, eva.browser.submit(next(
        form for form in eva.browser.get(f"{MINE}/weg").forms.values() if form.action.endswith("/weg")
    )))  # fmt: skip
    assert "De pagina is weg" in said(gone)
    assert eva.browser.get(f"/nl/{KEY}", status=410)
    back = after(eva, eva.browser.submit(next(
        form for form in eva.browser.get(f"{MINE}/weg").forms.values() if form.action.endswith("/weg")
    )))  # fmt: skip
    assert "De pagina is terug" in said(back)
    assert eva.browser.get(f"/nl/{KEY}")


def test_who_only_translates_looks_and_arranges_nothing(office, tried):
    tariq = office.colleague("Tariq Translator", (Role.TRANSLATOR, None))
    assert "Een nieuwe pagina" not in said(tariq.browser.get(TREE))
    assert "form" not in tariq.browser.get(MINE).forms
    assert tariq.browser.get(NEW, status=403)
    assert tariq.browser.get(f"{MINE}/weg", status=403)


@pytest.fixture
def with_facts(zwolle):
    """Writes facts of pages past the desk, and puts back what is not the test's own."""
    before = {}

    def run(key, **facts):
        with writing(zwolle.engine) as session:
            page = session.get(Page, key)
            before.setdefault(key, {name: getattr(page, name) for name in facts})
            session.execute(update(Page).where(Page.key == key).values(**facts))
            raise_version(session)
        kept(zwolle).look_now()

    yield run
    for key, facts in before.items():
        run(key, **facts)


def facts_of(zwolle, key=KEY):
    with writing(zwolle.engine) as session:
        session.expire_on_commit = False
        return session.get(Page, key)


def test_who_mends_an_owner_does_not_say_that_somebody_looked(eva, zwolle, with_facts):
    with_facts(KEY, review_by=date(2026, 1, 1), checked_on=date(2025, 7, 1))
    assert "Bewaard" in said(after(eva, send(eva, MINE, owner="Klachtencoördinator")))
    page = facts_of(zwolle)
    assert (page.owner, page.review_by, page.checked_on) == (
        "Klachtencoördinator", date(2026, 1, 1), date(2025, 7, 1)
    )  # fmt: skip
    assert "Deze dag is voorbij" in said(send(eva, MINE, review_by="2-1-2026"))


def test_a_form_that_is_saved_as_it_was_changes_nothing(eva, zwolle, with_facts):
    with_facts(KEY, audience=["resident", "carer"], sources=["Awb 9:1"], edited=False)
    assert "Bewaard" in said(after(eva, send(eva, MINE)))
    page = facts_of(zwolle)
    assert (page.audience, page.sources, page.edited) == (["resident", "carer"], ["Awb 9:1"], False)


def test_a_page_stays_below_a_page_that_was_taken_away(eva, zwolle, with_facts):
    with_facts(KEY, parent_key="bezwaar")
    with_facts("bezwaar", state="archived")
    assert "Bewaard" in said(after(eva, send(eva, MINE, owner="Iemand anders")))
    assert facts_of(zwolle).parent_key == "bezwaar"


def test_nothing_is_asked_of_a_page_that_was_taken_away(eva, with_facts):
    with_facts(KEY, state="archived", review_by=date(2026, 1, 1))
    assert "Een pagina om te proberen" in said(eva.browser.get(TREE))
    for stand in ("missing", "overdue", "again"):
        assert "Een pagina om te proberen" not in said(eva.browser.get(f"{TREE}?stand={stand}"))


def test_a_page_whose_day_is_over_is_found_also_while_somebody_writes_in_it(eva, tried, with_facts):
    with_facts(KEY, review_by=date(2026, 1, 1))
    with tried.change() as (session, _shown):
        Drafting(session, tried.office.clock.now(), tried.maker).begin(KEY, "nl")
    found = said(eva.browser.get(f"{TREE}?stand=again"))
    assert "Een pagina om te proberen" in found
    assert "Een klacht indienen" not in found


def test_the_tree_shows_the_pages_of_one_owner(eva, with_facts):
    with_facts(KEY, owner="Klachten & bezwaar")
    form = next(form for form in eva.browser.get(TREE).forms.values() if "wie" in form.fields)
    form["wie"] = "Klachten & bezwaar"
    page = eva.browser.submit(form)
    assert "Een pagina om te proberen" in said(page)
    assert "Een klacht indienen" not in said(page)
    assert "wie=Klachten" in str(page.html.find("nav", {"aria-label": "Laat alleen zien"}))
