"""What cannot wait, an earlier moment, and trying to reach somebody: on the page of who asked, and at the desk."""

import re

import pytest

from portal.bookings.models import Booking
from portal.cases.models import Case, CaseEvent, CaseMessage, Term
from portal.conversations.clockwork import offer_earlier
from portal.conversations.models import Waiting
from portal.foundation.tasks import paths
from tests.desk import INBOX, an_office, leads, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import FOLLOW, Books, button, faults, fill, on
from tests.unit.conversations.talking import BY_PHONE, EMAIL, IN_WRITING, ME, a_diary, at, offered, send

diary = pytest.fixture(a_diary)
office = pytest.fixture(an_office)
LOCALES = ["nl", "nl_simple", "ar"]
ASK, STOP = "Ask me when an earlier moment comes free", "Stop asking me"
#: A talk that is late enough for something to come before it.
LATE = {**ME, "moment": {"moment": "20261126T0900Z"}}


@pytest.fixture
def books(office, diary, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.fixture
def look(registry, zwolle, clock):
    """The worker looks whether something came free."""
    return lambda: offer_earlier(zwolle, clock, paths(registry, zwolle))


@pytest.fixture
def carla(office):
    """Leads the team of who asks."""
    return office.colleague("Carla Smit", leads("midden"))


def status(visitor, locale="nl"):
    return visitor.get(f"{FOLLOW[locale]}/stand")


def live(books):
    return next(row for row in books.rows(Booking) if row.state == "booked")


# An earlier moment


@pytest.mark.parametrize("locale", LOCALES)
def test_somebody_asks_to_come_earlier_is_asked_and_takes_it(visitor, books, look, locale):
    send(visitor, LATE, locale)
    page = status(visitor, locale)
    assert words(ASK, locale) in text(main(page))
    page = on(visitor, visitor.submit(button(page, "/eerder")))
    assert words("You hear it when an earlier moment comes free.", locale) in text(main(page))
    assert look() == 1
    mail = books.messages(EMAIL)[-1]
    assert "/volg/" in mail.text
    page = status(visitor, locale)
    assert words("There is an earlier moment for you", locale) in text(main(page))
    page = visitor.get(f"{FOLLOW[locale]}/moment")
    card = main(page).select_one("section.card")
    assert card.sourceline < main(page).select_one("form#form").sourceline
    (form,) = [one for one in page.forms.values() if one.id != "form" and "moment" in one.fields]
    page = on(visitor, visitor.submit(form))
    assert page.request.path == f"{FOLLOW[locale]}/stand"
    assert live(books).starts_at.strftime("%Y%m%dT%H%MZ") == "20261124T0900Z"
    assert books.rows(Waiting) == []
    assert words(STOP, locale) not in text(main(page))


def test_who_is_too_late_reads_so_and_keeps_what_they_have(visitor, books, look, clock):
    send(visitor, LATE)
    on(visitor, visitor.submit(button(status(visitor), "/eerder")))
    look()
    page = visitor.get(f"{FOLLOW['nl']}/moment")
    form = next(one for one in page.forms.values() if one.id != "form" and "moment" in one.fields)
    before = live(books)
    clock.forward(minutes=10)
    visitor.submit(button(status(visitor), "/eerder"))  # on another screen they said: stop asking me
    clock.forward(minutes=5)
    form["moment"] = "20261124T0815Z"
    page = visitor.submit(form, status=422)
    assert [field for field, _said in faults(page)] == ["moment"]
    assert live(books) == before


def test_stopping_takes_one_off_the_list(visitor, books):
    send(visitor, LATE)
    on(visitor, visitor.submit(button(status(visitor), "/eerder")))
    assert len(books.rows(Waiting)) == 1
    page = on(visitor, visitor.submit(button(status(visitor), "/eerder")))
    assert books.rows(Waiting) == []
    assert words(ASK) in text(main(page))


def test_who_has_the_first_moment_there_is_or_gets_letters_is_not_offered_it(visitor, another, books):
    send(visitor)
    assert words(ASK) not in text(main(status(visitor)))
    send(another, {**LATE, "moment": {"moment": "20261127T0900Z"}, "reach": IN_WRITING["reach"]})
    assert words(ASK) not in text(main(status(another)))


def test_nobody_waits_without_a_visit(visitor, another, books):
    send(visitor, LATE)
    token = another.get(FOLLOW["nl"]).forms["form"]["csrf_token"].value
    answered = another.post(f"{FOLLOW['nl']}/eerder", {"wacht": "ja", "csrf_token": token})
    assert answered.location.endswith(FOLLOW["nl"])
    assert books.rows(Waiting) == []


def test_staff_do_it_for_who_calls_and_choose_the_earlier_moment_together(visitor, books, look, carla):
    send(visitor, {**BY_PHONE, "moment": {"moment": "20261126T0900Z"}})
    reference = books.the(Case).reference
    page = carla.browser.get(path_of(reference))
    page = on(carla.browser, carla.browser.submit(button(page, "/eerder")))
    assert words("Stop asking them") in text(main(page))
    assert look() == 1
    mail = next(row for row in books.messages(carla_address(carla)) if "eerder moment" in row.subject)
    assert "Kanarie" not in mail.text
    page = carla.browser.get(path_of(reference))
    assert words("An earlier moment is kept for them") in text(main(page))
    form = next(one for one in page.forms.values() if "moment" in one.fields)
    on(carla.browser, carla.browser.submit(form))
    assert live(books).starts_at.strftime("%Y%m%dT%H%MZ") == "20261124T0900Z"


def carla_address(colleague):
    return f"{colleague.name.casefold().replace(' ', '.')}@staff.example"


# What cannot wait


@pytest.mark.parametrize("locale", LOCALES)
def test_somebody_says_that_it_cannot_wait_and_a_coordinator_hears_it_at_once(visitor, books, carla, office, locale):
    other = office.colleague("Omar Bakker", leads("holtenbroek"))
    send(visitor, ME, locale)
    sure = visitor.get(f"{FOLLOW[locale]}/stap/urgent")
    assert "112" in text(main(sure))
    page = on(visitor, visitor.submit(button(sure, "/stap/urgent")))
    shown = text(main(page))
    assert words("You said that this cannot wait.", locale) in shown
    assert f"{FOLLOW[locale]}/stap/urgent" not in hrefs(main(page))
    case = books.the(Case)
    assert str(case.sort_on) == "2026-11-24"
    (mail,) = books.messages(carla_address(carla))
    assert case.reference[:4] in mail.text
    for private in ("Kanarie", "8011", EMAIL):
        assert private not in mail.text + mail.subject
    assert books.messages(carla_address(other)) == []
    assert "112" in books.messages(EMAIL)[-1].text


def test_marked_twice_is_once(visitor, books, carla):
    send(visitor)
    form = button(visitor.get(f"{FOLLOW['nl']}/stap/urgent"), "/stap/urgent")
    visitor.submit(form)
    before = books.messages()
    visitor.submit(form)
    assert on(visitor, visitor.get(f"{FOLLOW['nl']}/stap/urgent", status=303)).request.path.endswith("/stand")
    assert books.messages() == before
    assert [term.key for term in books.rows(Term)].count("conversation_first_slot_urgent") == 1


def test_a_tick_in_the_form_is_as_good(visitor, books, carla):
    about = {**ME["about"], "urgent": ["yes"]}
    page = at(visitor, "about")
    assert "112" in text(main(page))
    send(visitor, {**ME, "about": about})
    assert [row.action for row in books.rows(CaseEvent)].count("urgent") == 1
    assert len(books.messages(carla_address(carla))) == 1
    assert words("You said that this cannot wait.") in text(main(status(visitor)))


def test_without_a_tick_nobody_is_alarmed(visitor, books, carla):
    send(visitor)
    assert "urgent" not in [row.action for row in books.rows(CaseEvent)]
    assert books.messages(carla_address(carla)) == []


def test_the_desk_sees_it_calls_and_writes_that_down(visitor, books, carla):
    send(visitor)
    visitor.submit(button(visitor.get(f"{FOLLOW['nl']}/stap/urgent"), "/stap/urgent"))
    reference = books.the(Case).reference
    assert words("Cannot wait") in text(main(carla.browser.get(INBOX)))
    page = carla.browser.get(path_of(reference))
    assert words("Cannot wait") in text(main(page))
    count = len(books.messages(EMAIL))
    page = on(carla.browser, carla.browser.submit(button(page, "/stap/urgent_answered")))
    assert words("I called them") not in text(main(page))
    assert len(books.messages(EMAIL)) == count
    assert words("Cannot wait") not in text(main(carla.browser.get(INBOX)))
    ended = [term.ended_on for term in books.rows(Term) if term.key == "conversation_first_slot_urgent"]
    assert str(ended[0]) == "2026-11-23"
    visitor.submit(button(visitor.get(f"{FOLLOW['nl']}/stap/urgent"), "/stap/urgent"))
    assert [term.key for term in books.rows(Term)].count("conversation_first_slot_urgent") == 2


def test_the_desk_marks_it_and_shows_what_the_resident_reads(visitor, books, carla):
    send(visitor)
    reference = books.the(Case).reference
    page = carla.browser.get(path_of(reference, "/stap/urgent"))
    assert "uiterlijk 24 november 2026" in text(main(page))
    carla.browser.submit(button(page, "/stap/urgent"))
    assert "uiterlijk 24 november 2026" in books.messages(EMAIL)[-1].text
    page = carla.browser.get(path_of(reference, "/stap/urgent"))
    assert words("It was marked already. Somebody of the team calls.") in text(main(page))
    assert [form for form in page.forms.values() if form.action.endswith("/stap/urgent")] == []


def test_a_request_of_no_team_is_heard_of_by_all_who_coordinate(visitor, books, carla, office):
    omar = office.colleague("Omar Bakker", leads("holtenbroek"))
    mila = office.colleague("Mila de Wit", works("midden"))
    asked = {**ME, "home": {"postcode": "8017 AA", "house": "1"}, "moment": {"moment": "call"},
             "about": {**ME["about"], "urgent": ["yes"]}, "reach": BY_PHONE["reach"]}  # fmt: skip
    send(visitor, asked)
    assert books.the(Case).team_slug is None
    assert [len(books.messages(carla_address(one))) for one in (carla, omar, mila)] == [1, 1, 0]


# Tries


def tried(browser, reference, way, note=""):
    form = browser.get(path_of(reference, "/geprobeerd")).forms["form"]
    return browser.submit(fill(form, {"way": way, "note": note}))


def test_nobody_is_given_up_before_three_tries_in_two_ways_and_then_a_letter_goes(visitor, books, carla):
    send(visitor)
    reference, browser = books.the(Case).reference, carla.browser
    page = browser.get(path_of(reference, "/stap/no_contact"))
    assert "0 keer" in text(main(page))
    assert [form for form in page.forms.values() if form.action.endswith("/no_contact")] == []
    for way in ("phone", "phone", "phone"):
        on(browser, tried(browser, reference, way))
    assert "3 keer, op 1 manieren" in text(main(browser.get(path_of(reference, "/stap/no_contact"))))
    token = browser.get(path_of(reference, "/geprobeerd")).forms["form"]["csrf_token"].value
    assert "anders" in browser.post(path_of(reference, "/stap/no_contact"), {"csrf_token": token}).location
    assert books.the(Case).state == "booked"
    page = on(browser, tried(browser, reference, "visit", "Niemand thuis, briefje in de bus."))
    assert words("Your try is written down.") in text(main(page))
    assert "briefje in de bus" in text(main(page))
    page = browser.get(path_of(reference, "/stap/no_contact"))
    browser.submit(button(page, "/no_contact"))
    assert books.the(Case).state == "no_contact"
    mail, letter = books.messages()[-2:]
    assert {mail.channel, letter.channel} == {"email", "letter"}
    assert "Zonneveld" in letter.recipient
    assert [row.reason for row in books.rows(CaseEvent) if row.action == "tried"] == ["phone"] * 3 + ["visit"]
    assert len(books.rows(CaseMessage)) == 1


def test_the_resident_reads_that_we_tried(visitor, books, carla):
    send(visitor)
    tried(carla.browser, books.the(Case).reference, "sms")
    assert words("We tried to reach you") in text(main(status(visitor)))


def test_who_was_in_touch_since_is_tried_anew(visitor, books, carla):
    send(visitor)
    reference, browser = books.the(Case).reference, carla.browser
    for way in ("phone", "email", "phone"):
        tried(browser, reference, way)
    visitor.submit(fill(status(visitor).forms["form"], {"text": "Ik was op vakantie."}))
    assert "0 keer" in text(main(browser.get(path_of(reference, "/stap/no_contact"))))


def test_who_gets_letters_gets_one_and_who_is_called_one_too(visitor, books, carla):
    send(visitor, {**ME, "reach": IN_WRITING["reach"]})
    reference = books.the(Case).reference
    for way in ("phone", "visit", "visit"):
        tried(carla.browser, reference, way)
    page = carla.browser.get(path_of(reference, "/stap/no_contact"))
    carla.browser.submit(button(page, "/no_contact"))
    assert [row.channel for row in books.messages() if ":no_contact:" in row.dedupe_key] == ["letter"]


def test_a_try_needs_its_way(visitor, books, carla):
    send(visitor)
    page = carla.browser.get(path_of(books.the(Case).reference, "/geprobeerd"))
    page = carla.browser.submit(page.forms["form"], status=422)
    assert [field for field, _said in faults(page)] == ["way"]
    assert re.search(words("Choose how you tried."), text(main(page)))


def test_the_first_moments_are_still_offered_beside_the_earlier_one(visitor, books, look):
    send(visitor, LATE)
    on(visitor, visitor.submit(button(status(visitor), "/eerder")))
    look()
    assert "20261125T0900Z" in offered(visitor.get(f"{FOLLOW['nl']}/moment"))
