"""An answer is to what was read: when something happened meanwhile it is said, and no word is lost."""

import pytest

from portal.cases.models import Case, CaseEvent, CaseLook, CaseMessage
from tests.desk import INBOX, an_office, numbers, path_of, works
from tests.reading import hrefs, main, text
from tests.unit.cleaning.asking import answer, button, faults, fill, on, send
from tests.unit.cleaning.following import STATUS, step

office = pytest.fixture(an_office)
WORDS = {"write": {"text": "Donderdag komt er iemand."}, "note": {"text": "Belt liever na tienen."}}


@pytest.fixture
def mila(office):
    """Works in Midden."""
    return office.colleague("Mila de Wit", works("midden"))


@pytest.fixture
def piet(office):
    """Works in Midden too."""
    return office.colleague("Piet de Groot", works("midden"))


@pytest.fixture
def asked(office, visitor):
    """A request that somebody in Midden just sent; gives its number."""
    send(visitor)
    return office.books.the(Case).reference


def open_forms(colleague, reference):
    return colleague.browser.get(path_of(reference)).forms


@pytest.mark.parametrize("form", WORDS)
def test_what_the_resident_wrote_meanwhile_is_shown_before_our_words_go(office, mila, asked, visitor, form):
    sent = fill(open_forms(mila, asked)[form], WORDS[form])
    answer(visitor, visitor.get(STATUS), {"text": "Ik ben er donderdag niet!"})
    again = mila.browser.submit(sent, 422)
    assert [field for field, _message in faults(again)]
    assert "Ik ben er donderdag niet!" in text(main(again))
    assert again.forms[form]["text"].value.strip() == WORDS[form]["text"]
    assert len(office.books.rows(CaseMessage)) == 1
    assert office.case(asked).asks_since is not None
    on(mila.browser, mila.browser.submit(again.forms[form]))
    assert office.books.rows(CaseMessage)[-1].text == WORDS[form]["text"]


@pytest.mark.parametrize("form", WORDS)
def test_a_double_click_is_one_message(office, mila, asked, form):
    sent = fill(open_forms(mila, asked)[form], WORDS[form])
    mails = len(office.books.messages())
    mila.browser.submit(sent, 303)
    mila.browser.submit(sent, 422)
    assert len(office.books.rows(CaseMessage)) == 1
    assert len(office.books.messages()) == mails + (form == "write")


def test_that_we_talked_with_them_is_not_said_of_what_came_after(office, mila, asked, visitor):
    answer(visitor, visitor.get(STATUS), {"text": "Wanneer komt er iemand?"})
    talked = button(mila.browser.get(path_of(asked)), "/gesproken")
    answer(visitor, visitor.get(STATUS), {"text": "Laat maar, ik ben ziek."})
    on(mila.browser, mila.browser.submit(talked))
    assert office.case(asked).asks_since is not None
    assert "answered" not in [event.action for event in office.books.rows(CaseEvent)]


def test_a_case_that_a_colleague_just_took_is_not_taken_from_them(office, mila, piet, asked):
    forms = [(who, button(who.browser.get(path_of(asked)), "/nemen")) for who in (mila, piet)]
    for who, form in forms:
        on(who.browser, who.browser.submit(form))
    assert office.case(asked).owner_id == mila.staff_id
    on(piet.browser, piet.browser.submit(button(piet.browser.get(path_of(asked)), "/nemen")))
    assert office.case(asked).owner_id == piet.staff_id


def test_given_to_another_meanwhile_the_choice_stays_and_is_asked_once_more(office, mila, piet, asked):
    form = fill(open_forms(mila, asked)["assign"], {"owner": str(mila.staff_id)})
    on(piet.browser, piet.browser.submit(fill(open_forms(piet, asked)["note"], WORDS["note"])))
    again = mila.browser.submit(form, 422)
    assert [field for field, _message in faults(again)] == ["owner"]
    assert again.forms["assign"]["owner"].value == str(mila.staff_id)
    on(mila.browser, mila.browser.submit(again.forms["assign"]))
    assert office.case(asked).owner_id == mila.staff_id


def test_taken_back_by_the_resident_meanwhile_a_message_is_not_sent_unread(office, mila, asked, visitor):
    sent = fill(open_forms(mila, asked)["write"], WORDS["write"])
    step(visitor, "withdraw")
    again = mila.browser.submit(sent, 422)
    assert again.forms["write"]["text"].value.strip() == WORDS["write"]["text"]
    assert office.books.rows(CaseMessage) == []


def test_what_was_typed_for_a_case_that_went_away_is_shown_back_and_the_same_for_one_that_never_was(
    office, mila, piet, asked
):
    sent = fill(open_forms(mila, asked)["write"], WORDS["write"])
    on(piet.browser, piet.browser.submit(fill(open_forms(piet, asked)["hand-over"], {"team": "holtenbroek"})))
    gone = mila.browser.submit(sent, 404)
    assert WORDS["write"]["text"] in text(main(gone))
    assert INBOX in hrefs(main(gone))
    assert office.books.rows(CaseMessage) == []
    sent.action = path_of("7KD4MW3F", "/bericht")
    never = mila.browser.submit(sent, 404)
    assert main(gone).decode() == main(never).decode()


def test_a_page_with_a_fault_can_be_read_in_the_other_language(office, mila, asked):
    again = mila.browser.submit(open_forms(mila, asked)["write"], 422)
    other = again.html.select_one("nav.langs a[hreflang=en]")["href"]
    assert mila.browser.get(other).request.path == f"/en/staff/aanvraag/{asked}"


def test_a_page_with_a_fault_is_a_look_too(office, mila, asked, clock):
    form = open_forms(mila, asked)["write"]
    for _ in range(5):  # one stays signed in by working on elsewhere
        clock.forward(minutes=13)
        mila.browser.get(INBOX)
    mila.browser.submit(form, 422)
    assert len(office.books.rows(CaseLook)) == 2
    assert [event.action for event in office.books.rows(CaseEvent)] == ["open", "offer"]
    assert numbers(mila.browser.get(INBOX)) == [asked]
