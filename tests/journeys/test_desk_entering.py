"""Somebody calls or comes by, has no e-mail, reads no Dutch: staff write it down, and all the rest is the same."""

import pytest

from portal.accounts.roles import Role
from portal.cases.models import Case, CaseEvent, Contact, Draft, Representative
from portal.cases.references import spoken
from portal.foundation.i18n import LOCALES
from tests.desk import ENTER, FIND, FORM, HOLTENBROEK, INBOX, ROOM, an_office, leads, numbers, path_of, works
from tests.reading import hrefs, language, main, text, words
from tests.unit.cleaning.asking import (
    FOR_MOTHER,
    HELPER_EMAIL,
    ME,
    NAME,
    answer,
    at,
    faults,
    fill,
    on,
    question,
    sending,
)
from tests.unit.cleaning.following import find, said_yes

office = pytest.fixture(an_office)
CALLED = {
    **ME,
    "desk": {"channel": "phone", "language": "nl", "knows": "yes"},
    "reach": {"way": "phone", "phone": "06 1234 9876", "email": "", "voicemail": "no"},
}
#: Came by, reads Arabic, and has neither e-mail nor a telephone.
IN_ARABIC = {
    **CALLED,
    "desk": {"channel": "desk", "language": "ar", "knows": "yes"},
    "reach": {"way": "letter", "phone": "", "email": "", "voicemail": "no"},
    "name": {"name": "مريم القاسم"},
}


@pytest.fixture
def mila(office):
    """Works in Midden, where the address of these requests is."""
    return office.colleague("Mila de Wit", works("midden"))


def to_check(browser, answers, page=None):
    """The check page at the desk, after all that was asked."""
    page = page or browser.get(f"{FORM}/vraag/desk")
    while "/vraag/" in page.request.path:
        page = answer(browser, page, answers[question(page)])
    return page


def write_down(browser, answers=CALLED):
    """The page of the request that was written down."""
    return on(browser, browser.submit(sending(to_check(browser, answers))))


def test_nobody_is_found_and_the_request_is_written_down(office, mila):
    browser = mila.browser
    nothing = browser.submit(fill(browser.get(FIND).forms["form"], {"wanted": "Kanarie"}), 200)
    assert numbers(nothing) == []
    assert ENTER in hrefs(main(nothing))
    enter = browser.get(ENTER)
    first = on(browser, browser.submit(next(form for form in enter.forms.values() if "kind" in form.fields)))
    page = on(browser, browser.submit(sending(to_check(browser, CALLED, first))))
    case = office.books.the(Case)
    assert page.request.path == path_of(case.reference)
    assert spoken(case.reference) in text(main(page))
    assert words("The request is written down. Tell the number to who asks: it stands above.") in text(main(page))
    assert (case.channel, case.locale, case.team_slug, case.state) == ("phone", "nl", "midden", "offered")


def test_it_stands_in_the_chain_that_staff_wrote_it_down_and_who(office, mila):
    write_down(mila.browser)
    opened, offered = office.books.rows(CaseEvent)
    assert (opened.author, opened.action, opened.staff_id) == ("staff", "open", mila.staff_id)
    assert offered.action == "offer"


def test_it_is_in_the_inbox_of_the_team_of_the_address_and_of_no_other(office, mila):
    write_down(mila.browser)
    reference = office.books.the(Case).reference
    noor = office.colleague("Noor", works("holtenbroek"), (Role.TRANSLATOR, None))
    carla = office.colleague("Carla", leads("holtenbroek"))
    assert numbers(mila.browser.get(INBOX)) == [reference]
    assert numbers(noor.browser.get(INBOX)) == numbers(carla.browser.get(INBOX)) == []


def test_who_has_no_mail_gets_a_letter_in_their_own_language(office, mila):
    write_down(mila.browser, IN_ARABIC)
    case = office.books.the(Case)
    (letter,) = [row for row in office.books.messages() if row.channel == "letter"]
    assert (case.locale, case.channel, letter.locale) == ("ar", "desk", "ar")
    assert spoken(case.reference) in letter.text
    assert f"http://zwolle.test/{LOCALES['ar'].segment}/" in letter.text
    assert letter.recipient.startswith("مريم القاسم\n")


def test_who_wants_a_call_gets_no_message_and_follows_with_the_number_they_were_told(office, mila, visitor):
    write_down(mila.browser)
    reference = office.books.the(Case).reference
    assert {row.locale for row in office.books.messages()} == {"nl"}
    assert [row for row in office.books.messages() if "aanvraag" in row.subject and row.channel != "email"] == []
    find(visitor, reference, "9876", 303)


def test_a_telephone_without_mail_in_arabic_gets_a_text_message_in_arabic(office, mila):
    sms = {**CALLED, "desk": IN_ARABIC["desk"], "reach": {**CALLED["reach"], "way": "sms"}}
    write_down(mila.browser, sms)
    (message,) = [row for row in office.books.messages() if row.channel == "sms"]
    assert message.locale == "ar"
    assert "http://zwolle.test/ar/" in message.text


def test_the_provider_says_yes_and_the_resident_reads_it_in_their_own_language(office, mila, app):
    write_down(mila.browser, IN_ARABIC)
    said_yes(app, office.books)
    letter = office.books.messages()[-1]
    assert (letter.channel, letter.locale) == ("letter", "ar")


def test_a_carer_who_calls_gets_the_messages(office, mila):
    write_down(mila.browser, {**FOR_MOTHER, "desk": CALLED["desk"]})
    assert office.books.the(Representative).relation == "carer"
    assert any(row.recipient == HELPER_EMAIL for row in office.books.messages())


def test_a_double_click_on_send_is_one_request(office, mila):
    form = sending(to_check(mila.browser, CALLED))
    first, second = (mila.browser.submit(form, 303).location for _ in range(2))
    assert first == second
    assert len(office.books.rows(Case)) == 1
    assert len(office.books.rows(Contact)) == 1


def test_sent_the_draft_is_gone_and_the_next_caller_begins_anew(office, mila):
    write_down(mila.browser)
    assert office.books.rows(Draft) == []
    assert "desk-draft" not in mila.browser.cookies
    assert not mila.browser.get(f"{FORM}/vraag/desk").forms["form"]["channel"].value


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"channel": "phone", "language": "ar", "knows": "no"}, "knows"),
        ({"channel": "phone", "language": "ar"}, "knows"),
        ({"language": "ar", "knows": "yes"}, "channel"),
        ({"channel": "phone", "knows": "yes"}, "language"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_what_was_chosen_stays(office, mila, typed, field):
    page = mila.browser.get(f"{FORM}/vraag/desk")
    again = mila.browser.submit(fill(page.forms["form"], typed), 422)
    assert [name for name, _message in faults(again)] == [field]
    for name, value in typed.items():
        assert again.forms["form"][name].value == value
    assert office.books.rows(Draft) == []


def test_without_the_persons_knowing_nothing_is_written_and_it_is_said_kindly(office, mila):
    page = mila.browser.get(f"{FORM}/vraag/desk")
    again = mila.browser.submit(fill(page.forms["form"], {**CALLED["desk"], "knows": "no"}), 422)
    assert faults(again) == [("knows", words("Ask the person first. Without their knowing we write nothing down."))]
    assert office.books.rows(Draft) == office.books.rows(Case) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("home", {"postcode": "80", "house": "12-kanarie"}),
        ("reach", {"way": "sms", "phone": "038 1234567", "email": ""}),
        ("name", {"name": "K" * 81}),
    ],
)
def test_a_slip_later_on_keeps_what_was_typed(mila, name, typed):
    browser = mila.browser
    page = browser.get(f"{FORM}/vraag/desk")
    while question(page) != name:
        page = answer(browser, page, CALLED[question(page)])
    again = browser.submit(fill(page.forms["form"], typed), 422)
    assert faults(again)
    for field, value in typed.items():
        assert again.forms["form"][field].value == value


def test_what_was_begun_at_home_is_finished_at_the_desk_with_the_code(office, mila, visitor):
    name_page = at(visitor, "name")
    code = text(name_page.html.select_one(".hint bdi"))
    browser = mila.browser
    page = browser.get(f"{FORM}/verder")
    page = on(browser, browser.submit(fill(page.forms["form"], {"code": code}), 303))
    assert question(page) == "desk"
    check = to_check(browser, CALLED, page)
    assert "De Bezem" in text(main(check))
    on(browser, browser.submit(sending(check)))
    case = office.books.the(Case)
    assert (case.channel, case.answers["provider"]) == ("phone", "de-bezem")


def test_a_code_that_is_not_there_is_told_and_stays(mila):
    page = mila.browser.get(f"{FORM}/verder")
    again = mila.browser.submit(fill(page.forms["form"], {"code": "7KD4 MW3F 9XPA"}), 422)
    assert [name for name, _message in faults(again)] == ["code"]
    assert again.forms["form"]["code"].value == "7KD4 MW3F 9XPA"


def test_what_staff_ask_for_themselves_in_the_same_browser_is_another_draft(office, mila):
    browser = mila.browser
    answer(browser, browser.get(f"{FORM}/vraag/desk"), CALLED["desk"])
    own = at(browser, "home")
    assert question(own) == "home"
    assert len(office.books.rows(Draft)) == 2
    assert question(browser.get(f"{FORM}/vraag/who")) == "who"


def test_the_question_of_the_desk_is_not_on_the_page_of_residents(office, visitor):
    at(visitor, "home")
    visitor.get("/nl/schoonmaak-aanvragen/vraag/desk", status=404)


@pytest.mark.parametrize("path", [f"{FORM}/vraag/desk", f"{FORM}/verder", f"{FORM}/controle", ENTER, FORM])
def test_the_forms_of_the_desk_are_for_teams_only(office, visitor, path):
    assert "/aanmelden" in visitor.get(path, status=303).location
    tine = office.colleague("Tine", (Role.TRANSLATOR, None))
    tine.browser.get(path, status=403)


def test_the_check_page_leads_back_to_each_answer_at_the_desk(mila):
    check = to_check(mila.browser, CALLED)
    changes = [href for href in hrefs(main(check)) if "/vraag/" in href]
    assert f"{FORM}/vraag/desk" in changes
    assert all(href.startswith(f"{ROOM}/") for href in changes)


def test_in_english_it_is_the_same_desk(office):
    noor = office.colleague("Noor", works("midden"))
    page = noor.browser.get("/en/staff/invoeren/cleaning/vraag/desk")
    assert language(page.html.h1) == ("en", "ltr")
    check = to_check(noor.browser, CALLED, page)
    shown = on(noor.browser, noor.browser.submit(sending(check)))
    case = office.books.the(Case)
    assert shown.request.path == f"/en/staff/aanvraag/{case.reference}"
    assert case.locale == "nl"
    assert NAME in text(shown.html.h1)


def test_a_request_for_an_address_of_another_team_is_written_down_too_and_its_number_told(office, mila):
    """Who is called cannot choose where the caller lives."""
    there = {**CALLED, "home": {"postcode": HOLTENBROEK, "house": "1"}, "provider": {"provider": "anyone"}}
    page = write_down(mila.browser, there)
    case = office.books.the(Case)
    assert case.team_slug == "holtenbroek"
    assert spoken(case.reference) in text(main(page))


def test_a_browser_that_forgot_everything_begins_at_the_start(mila):
    assert mila.browser.get(f"{FORM}/controle", status=303).location.endswith(FORM)
    assert f"{FORM}/vraag/desk" in hrefs(main(mila.browser.get(FORM)))


def test_the_next_caller_begins_with_an_empty_form(mila):
    browser = mila.browser
    to_check(browser, CALLED)  # hung up before it was sent
    enter = browser.get(ENTER)
    first = on(browser, browser.submit(next(form for form in enter.forms.values() if "kind" in form.fields)))
    assert not first.html.select("input[checked]")
    browser.get(f"{FORM}/controle", status=303)


def test_a_colleague_on_the_same_computer_does_not_go_on_with_what_was_written(office, mila):
    to_check(mila.browser, CALLED)
    noor = office.colleague("Noor", works("midden"))
    noor.browser.cookies["desk-draft"] = mila.browser.cookies["desk-draft"]
    assert noor.browser.get(f"{FORM}/controle", status=303).location.endswith(FORM)
    assert NAME not in noor.browser.get(f"{FORM}/vraag/desk").text
