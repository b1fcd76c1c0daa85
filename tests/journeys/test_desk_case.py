"""A worker takes a request, writes, answers, gives it on; the resident reads all of it, and who looked."""

from datetime import timedelta

import pytest

from portal.accounts.roles import Role
from portal.backoffice.standard import standard_texts
from portal.cases.models import Case, CaseEvent, CaseLook, CaseMessage
from portal.cases.references import spoken
from portal.cases.services import LONGEST_MESSAGE
from portal.cleaning import DESK
from tests.desk import INBOX, TODAY, an_office, leads, numbers, path_of, works
from tests.reading import hrefs, language, main, text, words
from tests.unit.cleaning.asking import EMAIL, FOLLOW, NAME, NOTE, answer, button, faults, fill, on, send
from tests.unit.cleaning.following import STATUS, find, with_code

office = pytest.fixture(an_office)


@pytest.fixture
def mila(office):
    """Works in Midden."""
    return office.colleague("Mila de Wit", works("midden"))


@pytest.fixture
def noor(office):
    """Works in Holtenbroek."""
    return office.colleague("Noor Bakker", works("holtenbroek"))


@pytest.fixture
def asked(office, visitor):
    """A request that somebody in Midden just sent; gives its number."""
    send(visitor)
    return office.books.the(Case).reference


def press(colleague, reference, tail):
    """Press a button on the page of a request, and get the page after it."""
    page = colleague.browser.get(path_of(reference))
    return on(colleague.browser, colleague.browser.submit(button(page, tail)))


def write(colleague, reference, form, status=303, **values):
    """Fill in a form on the page of a request; gives the answer."""
    page = colleague.browser.get(path_of(reference))
    return colleague.browser.submit(fill(page.forms[form], values), status)


def test_the_page_shows_who_asks_what_and_how_to_reach_them(mila, asked):
    page = text(main(mila.browser.get(path_of(asked))))
    for said in (NAME, NOTE, EMAIL, "0612349876", "Twents", "De Bezem", spoken(asked), words("Monday morning")):
        assert said in page


def test_a_worker_takes_it_and_it_is_theirs(office, mila, asked):
    page = press(mila, asked, "/nemen")
    assert office.case(asked).owner_id == mila.staff_id
    assert words("Done: it is clear now who has this in hand.") in text(main(page))
    assert "/nemen" not in {form.action[-6:] for form in page.forms.values()}
    assert numbers(mila.browser.get(f"{INBOX}?owner=me")) == [asked]


def test_a_standard_text_is_the_start_of_a_message_that_the_resident_reads_with_the_code(
    office, mila, asked, visitor, clock
):
    page = mila.browser.get(path_of(asked))
    choices = [href for href in hrefs(main(page)) if "tekst=" in href]
    texts = standard_texts(DESK.standard, office.case(asked))
    assert len(choices) == len(texts)
    chosen = mila.browser.get(choices[0].partition("#")[0])
    assert chosen.forms["write"]["text"].value.strip() == texts[0].text
    sent = on(mila.browser, mila.browser.submit(fill(chosen.forms["write"], {"text": f"{texts[0].text}\nMila"})))
    assert words("Your message is on its way.") in text(main(sent))
    mail = office.books.messages(EMAIL)[-1]
    assert texts[0].text not in mail.text
    assert texts[0].text.split("\n")[0] not in text(main(visitor.get(STATUS)))
    shown = text(main(with_code(visitor, office.books)))
    assert " ".join(texts[0].text.split()) in shown
    assert mila.name in shown


def test_for_who_reads_arabic_the_text_is_in_arabic_with_the_dutch_beside_it(office, mila):
    reference = office.ask(locale="ar")
    texts = standard_texts(DESK.standard, office.case(reference))
    page = mila.browser.get(f"{path_of(reference)}?tekst={texts[0].key}")
    assert page.forms["write"]["text"].value.strip() == texts[0].text
    beside = next(card for card in page.html.select(".card") if " ".join(texts[0].dutch.split()) in text(card))
    assert language(beside) == ("nl", "ltr")
    on(mila.browser, mila.browser.submit(page.forms["write"]))
    mail = office.books.messages("m.jansen@example.nl")[-1]
    assert (mail.locale, mail.channel) == ("ar", "email")
    assert office.books.the(CaseMessage).text == texts[0].text


def test_a_standard_text_that_is_not_there_changes_nothing(mila, asked):
    page = mila.browser.get(f"{path_of(asked)}?tekst=niets")
    assert not page.forms["write"]["text"].value.strip()


def test_who_wants_a_call_is_to_be_called_and_the_page_says_so(office, mila):
    reference = office.ask(way="phone")
    before = len(office.post(reference))
    page = on(mila.browser, write(mila, reference, "write", text="Dinsdag om tien uur komt er iemand."))
    assert words("Your message is written down. This person wants to hear it by phone: call them and read it out.") in (
        text(main(page))
    )
    assert len(office.post(reference)) == before


def test_a_note_is_read_by_colleagues_and_with_the_code_by_the_resident(office, mila, asked, visitor):
    mails = len(office.books.messages())
    page = on(mila.browser, write(mila, asked, "note", text="Belt liever na tienen."))
    assert "Belt liever na tienen." in text(main(page))
    assert len(office.books.messages()) == mails
    assert "Belt liever" not in text(main(visitor.get(STATUS)))
    shown = text(main(with_code(visitor, office.books)))
    assert "Belt liever na tienen." in shown
    assert words("a note of the team") in shown


@pytest.mark.parametrize("form", ["write", "note"])
@pytest.mark.parametrize("typed", ["", "   ", "a" * (LONGEST_MESSAGE + 1)])
def test_words_that_cannot_be_kept_are_told_at_their_field_and_stay(office, mila, asked, form, typed):
    page = write(mila, asked, form, 422, text=typed)
    ((field, _message),) = faults(page)
    assert page.html.find(id=field).find_parent("form")["id"] == form
    assert page.forms[form]["text"].value.strip() == typed.strip()
    assert office.books.rows(CaseMessage) == []
    assert [event.action for event in office.books.rows(CaseEvent)] == ["open", "offer"]


def test_who_looked_is_written_down_once_an_hour_and_the_resident_reads_the_names(office, mila, asked, visitor, clock):
    carla = office.colleague("Carla Smit", leads("midden"))
    for minutes in (0, 10, 49):
        clock.forward(minutes=minutes)
        office.let_in(mila)
        mila.browser.get(path_of(asked))
    assert len(office.books.rows(CaseLook)) == 1
    clock.forward(minutes=1)
    mila.browser.get(path_of(asked))
    office.let_in(carla)
    carla.browser.get(path_of(asked))
    assert [look.staff_id for look in office.books.rows(CaseLook)] == [mila.staff_id] * 2 + [carla.staff_id]
    find(visitor, asked, "9876", 303)
    shown = text(main(with_code(visitor, office.books)))
    assert mila.name in shown
    assert carla.name in shown


def test_without_the_code_nobody_reads_who_looked(office, mila, asked, visitor):
    mila.browser.get(path_of(asked))
    assert mila.name not in visitor.get(STATUS).text


def test_an_inbox_a_search_and_the_start_of_the_day_are_no_look(office, mila, asked):
    assert asked in mila.browser.get(INBOX).text
    mila.browser.get(TODAY)
    assert office.books.rows(CaseLook) == []


def test_an_answer_clears_that_somebody_waits(office, mila, asked, visitor):
    answer(visitor, visitor.get(STATUS), {"text": "Wanneer komt er iemand?"})
    assert numbers(mila.browser.get(f"{INBOX}?asks=yes")) == [asked]
    assert "Wanneer komt er iemand?" in text(main(mila.browser.get(path_of(asked))))
    on(mila.browser, write(mila, asked, "write", text="Donderdag om tien uur."))
    assert office.case(asked).asks_since is None
    assert numbers(mila.browser.get(f"{INBOX}?asks=yes")) == []


def test_a_talk_clears_it_too(office, mila, asked, visitor):
    answer(visitor, visitor.get(STATUS), {"text": "Wanneer komt er iemand?"})
    page = press(mila, asked, "/gesproken")
    assert words("Written down that you talked with them.") in text(main(page))
    assert office.case(asked).asks_since is None
    assert words("We talked with you") in text(main(visitor.get(STATUS)))


def test_it_goes_to_a_colleague_and_back_to_the_team(office, mila, asked):
    piet = office.colleague("Piet de Groot", works("midden"))
    office.colleague("Anton Ver", works("schelle"))
    form = mila.browser.get(path_of(asked)).forms["assign"]
    offered = {label for _value, _selected, label in form["owner"].options}
    assert {mila.name, piet.name} < offered
    assert "Anton Ver" not in offered
    on(mila.browser, write(mila, asked, "assign", owner=str(piet.staff_id)))
    assert office.case(asked).owner_id == piet.staff_id
    assert numbers(piet.browser.get(f"{INBOX}?owner=me")) == [asked]
    on(piet.browser, write(piet, asked, "assign", owner="0"))
    assert office.case(asked).owner_id is None


def test_somebody_of_another_team_cannot_be_given_it(office, mila, noor, asked):
    form = mila.browser.get(path_of(asked)).forms["assign"]
    form["owner"].force_value(str(noor.staff_id))
    page = mila.browser.submit(form, 422)
    assert [field for field, _message in faults(page)] == ["owner"]
    assert office.case(asked).owner_id is None


# --- to another team


def test_handed_over_the_old_team_finds_nothing_and_the_new_one_everything(office, mila, noor, asked):
    assert numbers(noor.browser.get(INBOX)) == []
    noor.browser.get(path_of(asked), status=404)
    page = on(mila.browser, write(mila, asked, "hand-over", team="holtenbroek"))
    assert page.request.path == INBOX
    assert words("Handed over. The other team has it now, and the resident gets a message.") in text(main(page))
    mila.browser.get(path_of(asked), status=404)
    assert numbers(mila.browser.get(INBOX)) == []
    assert numbers(noor.browser.get(INBOX)) == [asked]
    assert NAME in text(main(noor.browser.get(path_of(asked))))


def test_the_resident_hears_where_it_went_with_a_phone(office, mila, asked, visitor):
    on(mila.browser, write(mila, asked, "hand-over", team="holtenbroek"))
    mail = office.books.messages(EMAIL)[-1]
    for said in ("Sociaal wijkteam Holtenbroek", "038 000 02 20", spoken(asked), f"http://zwolle.test{FOLLOW['nl']}"):
        assert said in mail.text
    assert words("Your request went to another team") in text(main(visitor.get(STATUS)))


def test_who_works_in_both_teams_sees_it_still(office, asked):
    both = office.colleague("Bo Smit", works("midden"), works("holtenbroek"))
    on(both.browser, write(both, asked, "hand-over", team="holtenbroek"))
    assert numbers(both.browser.get(INBOX)) == [asked]


def test_a_team_must_be_chosen_and_be_another_one(office, mila, asked):
    page = write(mila, asked, "hand-over", 422, team="")
    assert [field for field, _message in faults(page)] == ["team"]
    form = mila.browser.get(path_of(asked)).forms["hand-over"]
    assert "midden" not in {value for value, _selected, _label in form["team"].options}
    form["team"].force_value("midden")
    mila.browser.submit(form, 422)
    form["team"].force_value("nergens")
    mila.browser.submit(form, 422)
    assert office.case(asked).team_slug == "midden"


def test_a_request_without_a_team_is_given_its_place_by_a_coordinator(office, mila, noor):
    reference = office.ask(None)
    carla = office.colleague("Carla Smit", leads("schelle"))
    for worker in (mila, noor):
        worker.browser.get(path_of(reference), status=404)
    assert numbers(carla.browser.get(f"{INBOX}?team=none")) == [reference]
    on(carla.browser, write(carla, reference, "hand-over", team="holtenbroek"))
    assert numbers(noor.browser.get(INBOX)) == [reference]
    carla.browser.get(path_of(reference), status=404)


# --- what is not there


ADDRESSES = ("", "/bericht", "/notitie", "/toewijzen", "/nemen", "/overdragen", "/gesproken", "/stap/withdraw",
             "/aanbieder")  # fmt: skip


def same(page):
    """A page without what differs at each visit."""
    return [line for line in page.text.replace(page.request.path, "").splitlines() if "csrf" not in line]


@pytest.mark.parametrize("tail", ["", "/stap/withdraw", "/aanbieder"])
def test_the_request_of_another_team_is_as_absent_as_one_that_never_was(mila, office, tail):
    theirs = office.ask("holtenbroek")
    never = "7KD4MW3F" if theirs != "7KD4MW3F" else "7KD4MW3E"
    one = mila.browser.get(path_of(theirs, tail), status=404)
    other = mila.browser.get(path_of(never, tail), status=404)
    assert same(one) == [line.replace(never, theirs) for line in same(other)]
    assert [name for name in one.headers if name != "Content-Length"] == [
        name for name in other.headers if name != "Content-Length"
    ]


@pytest.mark.parametrize("tail", ADDRESSES)
def test_nothing_can_be_done_to_the_request_of_another_team(mila, office, tail):
    theirs, ours = office.ask("holtenbroek"), office.ask("midden")
    token = mila.browser.get(path_of(ours)).forms["write"]["csrf_token"].value
    typed = {"csrf_token": token, "text": "Dag", "owner": str(mila.staff_id), "team": "midden", "provider": "anyone"}
    before, events = office.case(theirs), len(office.about(CaseEvent, theirs))
    mila.browser.post(path_of(theirs, tail), typed, status=404)
    assert office.case(theirs) == before
    assert len(office.about(CaseEvent, theirs)) == events
    assert [look for look in office.books.rows(CaseLook) if look.case_id == before.id] == []


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.ADMINISTRATOR, Role.MAP_EDITOR, Role.COUNCIL_VIEWER])
def test_without_a_team_there_is_no_request_and_no_inbox(office, asked, role):
    tine = office.colleague("Tine Los", (role, None))
    tine.browser.get(path_of(asked), status=404)
    tine.browser.get(INBOX, status=403)
    tine.browser.get(TODAY, status=403)
    assert INBOX not in hrefs(tine.browser.get("/nl/werk/account").html)


def test_a_number_with_other_signs_is_no_address(mila, asked):
    for reference in (asked.lower(), f"{asked[:4]}-{asked[4:]}", "%00" * 8, "OOOOOOOO", "%C3%A9" * 4):
        assert mila.browser.get(path_of(reference), status="*").status_int in {200, 400, 404}
    assert NAME in mila.browser.get(path_of(asked.lower())).text


def test_a_reader_of_the_next_town_sees_nothing(mila, asked, visitor_of_leeuwarden, office):
    visitor_of_leeuwarden._app.set_cookie("staff", office.cookie(mila.staff_id))
    assert "/aanmelden" in visitor_of_leeuwarden.get(path_of(asked), status=303).location


def test_nothing_of_a_request_is_kept_by_anybody(mila, asked):
    for path in (path_of(asked), path_of(asked, "/stap/withdraw"), INBOX, TODAY):
        page = mila.browser.get(path)
        assert page.headers["Cache-Control"] == "no-store"
        assert page.html.find("meta", attrs={"name": "robots"})["content"] == "noindex, nofollow"


def test_handed_over_a_promise_keeps_its_day(office, mila, asked):
    before = office.case(asked).due_on
    on(mila.browser, write(mila, asked, "hand-over", team="holtenbroek"))
    assert office.case(asked).due_on == before
    assert before - office.case(asked).due_from == timedelta(days=2)
