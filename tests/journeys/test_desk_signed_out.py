"""It was quiet for a while at the desk: nothing that was typed is lost, and one comes back to where one was."""

import re

import pytest

from portal.accounts.roles import Role
from portal.cases.models import Case, CaseEvent, CaseMessage, Draft
from tests.desk import FIND, FORM, INBOX, TODAY, an_office, path_of, works
from tests.journeys.test_desk_entering import CALLED, to_check
from tests.reading import hrefs, main, text
from tests.staff import DOOR, forget_everybody, invite, password_of, settle
from tests.staff import follow as led_on
from tests.staff import send as send_door
from tests.unit.cleaning.asking import button, fill, on, question, sending

office = pytest.fixture(an_office)
LONG = "Eerste regel.\n\nTweede regel met <b>, & en “aanhalingstekens”."


@pytest.fixture
def mila(office):
    """Works in Midden."""
    return office.colleague("Mila de Wit", works("midden"))


@pytest.fixture
def quiet(clock):
    """Nobody touches a key for longer than a session lasts."""
    return lambda: clock.forward(minutes=16)


def again(colleague, kept):
    """Send once more what the page kept; the token of forms may be a new one, then it asks a second time."""
    answer = colleague.browser.submit(kept.forms[0])
    return colleague.browser.submit(answer.form) if answer.status_int == 422 else answer


def test_a_message_that_was_being_written_is_kept_until_one_is_in_again(office, mila, quiet):
    reference = office.ask(way="phone")
    form = fill(mila.browser.get(path_of(reference)).forms["write"], {"text": LONG})
    quiet()
    kept = mila.browser.submit(form, 403)
    assert "Tweede regel" in text(main(kept))
    assert DOOR in hrefs(main(kept))
    assert office.books.rows(CaseMessage) == []
    office.let_in(mila)
    page = on(mila.browser, again(mila, kept))
    assert page.request.path == path_of(reference)
    assert office.books.the(CaseMessage).text.replace("\r\n", "\n") == LONG


def test_a_question_at_the_desk_is_kept_and_goes_on_to_the_next(office, mila, quiet):
    typed = {"channel": "phone", "language": "ar", "knows": "yes"}
    form = fill(mila.browser.get(f"{FORM}/vraag/desk").forms["form"], typed)
    quiet()
    kept = mila.browser.submit(form, 403)
    assert office.books.rows(Draft) == []
    office.let_in(mila)
    assert question(on(mila.browser, again(mila, kept))) == "who"
    assert office.books.the(Draft).answers["desk"] == typed


def test_sent_without_signing_in_it_is_kept_once_more(office, mila, quiet):
    reference = office.ask(way="phone")
    form = fill(mila.browser.get(path_of(reference)).forms["note"], {"text": LONG})
    quiet()
    kept = mila.browser.submit(form, 403)
    kept = mila.browser.submit(kept.forms[0], 403)
    assert "Tweede regel" in text(main(kept))
    office.let_in(mila)
    on(mila.browser, again(mila, kept))
    assert office.books.the(CaseMessage).note


def test_a_request_that_was_being_sent_is_sent_after_signing_in_once(office, mila, quiet):
    form = sending(to_check(mila.browser, CALLED))
    quiet()
    kept = mila.browser.submit(form, 403)
    assert office.books.rows(Case) == []
    office.let_in(mila)
    page = on(mila.browser, again(mila, kept))
    assert page.request.path == path_of(office.books.the(Case).reference)


def test_a_button_without_words_leads_to_the_door(office, mila, quiet):
    reference = office.ask(way="phone")
    form = button(mila.browser.get(path_of(reference)), "/nemen")
    quiet()
    assert DOOR in mila.browser.submit(form, 303).location
    assert len(office.books.rows(CaseEvent)) == 2


def test_what_one_looked_for_is_kept_and_not_in_the_address(office, mila, quiet):
    form = fill(mila.browser.get(FIND).forms["form"], {"wanted": "Kanarie"})
    quiet()
    kept = mila.browser.submit(form, 403)
    assert "Kanarie" not in kept.request.url
    assert not any("Kanarie" in href for href in hrefs(kept.html))
    office.let_in(mila)
    answer = again(mila, kept)
    assert answer.status_int == 200
    assert answer.request.url.endswith(FIND)


def test_the_page_that_keeps_words_shows_nothing_of_a_request_to_who_is_out(office, mila, quiet):
    reference = office.ask(way="phone", name="Sjaak Kanarievogel")
    form = fill(mila.browser.get(path_of(reference)).forms["write"], {"text": "Dag"})
    quiet()
    kept = mila.browser.submit(form, 403)
    assert "Kanarie" not in kept.text
    assert mila.name not in kept.text


def test_who_was_never_in_gets_the_same_page_for_every_number(office, visitor):
    """The page that keeps words does not tell which requests there are."""
    reference = office.ask(way="phone")
    numbers = (reference, "7KD4MW3F")
    pages = [
        visitor.post(path_of(number, "/bericht"), {"text": "Dag"}, 403).text.replace(number, "") for number in numbers
    ]
    bare = [re.sub(r'(?<=value=")[0-9a-f]{40}', "", page) for page in pages]
    assert bare[0] == bare[1]
    for number in numbers:
        assert DOOR in visitor.get(path_of(number), status=303).location


@pytest.mark.parametrize("wanted", [INBOX, f"{FORM}/vraag/desk", "/nl/werk/aanvraag/7KD4MW3F"])
def test_a_link_in_a_mail_leads_through_the_door_to_its_room(office, app, zwolle, clock, visitor, wanted):
    phone, _codes = settle(visitor, invite(zwolle, clock), clock)
    visitor.forget()
    door = led_on(visitor, visitor.get(wanted, status=303))
    assert door.request.path == DOOR
    code = led_on(visitor, password_of(visitor))
    inside = visitor.get(send_door(visitor, code, code=phone.code()).location.removeprefix("http://zwolle.test"), 303)
    assert inside.location.endswith(wanted)
    assert "staff-wanted" not in visitor.cookies
    forget_everybody(zwolle)


def test_who_came_by_themselves_begins_with_the_day(office, zwolle, clock, visitor):
    phone, _codes = settle(visitor, invite(zwolle, clock), clock)
    visitor.forget()
    code = led_on(visitor, password_of(visitor))
    inside = visitor.get(send_door(visitor, code, code=phone.code()).location.removeprefix("http://zwolle.test"), 303)
    assert inside.location.endswith(TODAY)


def test_who_may_not_enter_a_room_gets_the_page_that_says_so_and_no_door(office):
    tine = office.colleague("Tine Los")
    page = tine.browser.get(INBOX, status=403)
    assert DOOR not in hrefs(main(page))


def test_the_menu_shows_the_rooms_that_are_open_to_one(office, mila):
    tine = office.colleague("Tine Los", (Role.TRANSLATOR, None))

    def rooms(who):
        return hrefs(who.browser.get("/nl/werk/account").html.select_one("nav.rooms"))

    assert rooms(tine) == ["/nl/werk/paginas", "/nl/werk/account"]
    assert rooms(mila) == [
        TODAY, INBOX, "/nl/werk/agenda", "/nl/werk/agenda/uren", "/nl/werk/invoeren", FIND, "/nl/werk/brieven",
        "/nl/werk/agenda/cijfers", "/nl/werk/account",
    ]  # fmt: skip
    current = mila.browser.get(INBOX).html.select("nav.rooms [aria-current=page]")
    assert [link["href"] for link in current] == [INBOX]
