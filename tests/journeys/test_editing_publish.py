"""Publishing on screen without JavaScript: looked at, decided, on show; back to its writer; and back to what was."""

import pytest

from portal.accounts.roles import Role
from portal.editing.drafting import Drafting, Words
from portal.pages.models import Page
from tests.desk import ROOM, an_office
from tests.reading import main, text
from tests.writers import KEY, a_tried_page, place

office = pytest.fixture(an_office)
tried = pytest.fixture(a_tried_page)
HERE = place("").rstrip("/")
PUBLISH, BACK, AWAY = place("publiceren"), place("teruggeven"), place("weghalen", "ar")


@pytest.fixture
def eva(office, tried):
    """An editor."""
    return office.colleague("Eva Editor", (Role.CONTENT_EDITOR, None))


@pytest.fixture
def pam(office, tried):
    """A publisher."""
    return office.colleague("Pam Publisher", (Role.PUBLISHER, None))


def said(page):
    return " ".join(text(main(page)).split())


def button(page, address):
    """The form on a page that leads there."""
    return next(form for form in page.forms.values() if form.action.endswith(address))


def press(person, page, address):
    return after(person, person.browser.submit(button(page, address)))


def after(person, answer):
    assert answer.status_int == 303, said(answer)
    return person.browser.get(answer.location.removeprefix("http://zwolle.test"))


def write(person, words, locale="nl"):
    """Somebody begins and saves a text, as the writing room does."""
    page = press(person, person.browser.get(place("", locale).rstrip("/")), "/beginnen")
    form = page.forms["form"]
    form["markdown"] = words
    return after(person, person.browser.post(form.action, [*form.submit_fields(), ("do", "save")]))


def decide(person, **answers):
    form = person.browser.get(PUBLISH).forms["form"]
    for name, value in answers.items():
        form[name] = value
    return person.browser.submit(form)


def public(person, slug=KEY):
    return person.browser.get(f"/nl/{slug}")


def test_a_text_goes_from_its_writer_by_a_publisher_to_its_readers(eva, pam, tried):
    write(eva, "Bel ons op maandag.")
    waits = press(eva, eva.browser.get(HERE), "/nakijken")
    assert "Wacht op een publicist" in said(waits)
    listed = pam.browser.get(f"{ROOM}/paginas/wacht")
    assert "doorgegeven door Eva Editor" in said(listed)
    page = pam.browser.get(PUBLISH)
    assert "Versie 1, nu te zien, maakt plaats voor versie 2" in said(page)
    shown = after(pam, decide(pam, when="now"))
    assert "Het is te zien" in said(shown)
    assert "Bel ons op maandag." in said(public(pam))
    assert [version.state for version in tried.versions()] == ["replaced", "published"]


def test_an_editor_sees_no_way_to_publish_and_finds_none(eva, tried):
    write(eva, "Bel ons op maandag.")
    assert "Publiceren" not in said(eva.browser.get(HERE))
    assert eva.browser.get(PUBLISH, status=403)


def test_what_is_sent_back_says_why_and_nothing_typed_is_lost(eva, pam):
    write(eva, "Bel ons op maandag.")
    press(eva, eva.browser.get(HERE), "/nakijken")
    form = pam.browser.get(BACK).forms["form"]
    empty = pam.browser.submit(form)
    assert empty.status_int == 422
    assert "Schrijf wat er anders moet" in said(empty)
    form["remark"] = "Noem ook het telefoonnummer."
    after(pam, pam.browser.submit(form))
    assert "Noem ook het telefoonnummer." in said(eva.browser.get(HERE))


def test_a_text_waits_for_the_moment_that_was_chosen(eva, pam, tried, clock):
    write(eva, "Bel ons op maandag.")
    shown = after(pam, decide(pam, when="later", on_day="1-12-2026", on_time="9.30"))
    assert "1 december 2026 om 9:30" in said(shown)
    assert "Bel ons op maandag." not in said(public(pam))
    assert tried.versions()[-1].state == "scheduled"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"when": "later"}, "Dit moment is voorbij"),
        ({"when": "later", "on_day": "23-11-2026", "on_time": "9:00"}, "Dit moment is voorbij"),
        ({"when": "later", "on_day": "2-12-2026", "off_day": "1-12-2026"}, "eraf gaan voordat"),
        ({"when": "later", "on_day": "morgen"}, "3-12-2026"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_kindly_and_stays_in_the_form(eva, pam, answers, words):
    write(eva, "Bel ons op maandag.")
    answer = decide(pam, **answers)
    assert answer.status_int == 422
    assert words in said(answer)
    if "on_day" in answers:
        assert answer.forms["form"]["on_day"].value == answers["on_day"]


def test_only_what_was_looked_at_is_published(eva, pam, tried):
    write(eva, "Bel ons op maandag.")
    form = pam.browser.get(PUBLISH).forms["form"]
    page = eva.browser.get(place("schrijven"))
    again = page.forms["form"]
    again["markdown"] = "Iets heel anders."
    after(eva, eva.browser.post(again.action, [*again.submit_fields(), ("do", "save")]))
    answer = pam.browser.submit(form)
    assert answer.status_int == 409
    assert "Iets heel anders." not in said(public(pam))


def test_on_a_page_where_the_law_counts_its_writer_does_not_publish(office, pam, tried):
    with tried.change() as (session, version):
        session.get(Page, version.page_key).legal = True
    write(pam, "Bel ons op maandag.")
    assert "Iemand anders publiceert deze tekst" in said(pam.browser.get(PUBLISH))
    second = office.colleague("Piet Publicist", (Role.PUBLISHER, None))
    after(second, decide(second, when="now"))
    assert "Bel ons op maandag." in said(public(pam))


def test_simple_dutch_that_is_hard_asks_for_a_reason(pam, tried):
    hard = "Indien u van oordeel bent dat u door een medewerker van de gemeente niet goed bent behandeld belt u ons."
    with tried.change() as (session, _version):
        desk = Drafting(session, tried.office.clock.now(), tried.maker)
        draft = desk.begin(KEY, "nl_simple")
        desk.save(draft, draft.revision, Words("Probeer", "Wij helpen u.", KEY, hard + "\n", draft.actions))
    address = place("publiceren", "nl-simple")
    form = pam.browser.get(address).forms["form"]
    form["when"] = "now"
    refused = pam.browser.submit(form)
    assert refused.status_int == 422
    assert "moeilijker dan" in said(refused)
    form = refused.forms["form"]
    form["reason"] = "De jurist wil deze zin."
    assert "De jurist wil deze zin." in said(after(pam, pam.browser.submit(form)))


def test_an_old_version_is_beside_the_new_one_and_can_be_written_on(eva, pam, tried):
    write(eva, "Bel ons op maandag.")
    after(pam, decide(pam, when="now"))
    beside = eva.browser.get(f"{HERE}/versie/2")
    assert "Bel ons op maandag." in said(beside)
    assert "alleen hier" in said(beside)
    old = eva.browser.get(f"{HERE}/versie/1")
    draft = press(eva, old, "/versie/1/terugzetten")
    assert draft.forms["form"]["markdown"].value.replace("\r", "") == tried.versions()[0].markdown
    assert eva.browser.get(f"{HERE}/versie/99", status=404)
    assert eva.browser.get(f"{HERE}/versie/1?naast=99", status=404)


def test_a_translation_is_taken_away_and_its_readers_get_dutch(pam, tried):
    tried.show("ar", "اتصل بنا.\n")
    page = pam.browser.get(AWAY)
    after(pam, pam.browser.submit(button(page, "/weghalen")))
    assert "Wij helpen u graag" in said(pam.browser.get(f"/ar/{KEY}"))
    assert pam.browser.get(AWAY, status=404)
