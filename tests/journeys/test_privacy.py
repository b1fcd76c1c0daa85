"""Somebody asks about their data and reads the answer; whoever holds a request sees what is kept and who looked."""

import json

import pytest

from portal.accounts.roles import Role
from portal.cases.entry import Entry
from portal.cases.models import Case, CaseLook, DeletionRecord
from portal.cases.notices import Surroundings
from portal.cases.references import spoken
from portal.complaints.services import Complaints, Filed
from portal.complaints.telling import Telling
from portal.complaints.words import TEXTS as COMPLAINT_TEXTS
from portal.foundation.db import writing
from portal.foundation.headers import SANDBOX
from portal.foundation.policies import read_policies
from portal.privacy.models import PrivacyItem, PrivacyRequest
from tests.browser import Browser
from tests.desk import INBOX, an_office, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning import asking as cleaning
from tests.unit.cleaning.asking import EMAIL, FOLLOW, NAME, NOTE, Books, button, faults, fill, on
from tests.unit.cleaning.following import code_in, find
from tests.unit.complaints.conftest import ANSWERS as COMPLAINT
from tests.unit.complaints.conftest import somebody
from tests.unit.conversations.planning import REPORT, WHO, reports, talked
from tests.unit.privacy.asking import FOR_MOTHER, ME, send, to_check

office = pytest.fixture(an_office)
LOCALES = ("nl", "nl_simple", "ar")
in_three_languages = pytest.mark.parametrize("locale", LOCALES)
OFFICER, HANDLER = (Role.PRIVACY_OFFICER, None), (Role.COMPLAINT_COORDINATOR, None)


@pytest.fixture
def officer(office):
    """The data protection officer."""
    return office.colleague("Farah Smit", OFFICER)


@pytest.fixture
def books(office, zwolle):
    """What Zwolle has written down."""
    yield Books(zwolle)
    with writing(zwolle.engine) as session:
        session.query(DeletionRecord).delete()


def there(locale, tail):
    return f"{FOLLOW[locale]}/{tail}"


def gives_code(browser, books, locale, recipient=EMAIL):
    """The page of the request, with the personal part."""
    page = on(browser, browser.submit(button(browser.get(there(locale, "code")), "/code/sturen")))
    return on(browser, browser.submit(fill(page.forms["form"], {"code": code_in(books, recipient)})))


def does(colleague, reference, act, status=303, **values):
    """One of the forms at the desk; gives the answer."""
    page = colleague.browser.get(path_of(reference, f"/gegevens/{act}"))
    return colleague.browser.submit(fill(page.forms["form"], values), status)


def the_question(books):
    return next(row for row in books.rows(Case) if row.kind == "privacy_request")


@in_three_languages
def test_from_the_question_to_the_answer_with_one_thing_thrown_away(app, visitor, office, officer, books, locale):
    cleaning.send(Browser(app, "zwolle.test"))
    mine = books.the(Case).reference
    page = send(visitor, ME, locale)
    question = the_question(books)
    assert spoken(question.reference) in text(main(page))
    assert (question.team_slug, books.the(PrivacyRequest).wants) == (None, "erasure")
    page = gives_code(visitor, books, locale)
    page = on(visitor, visitor.submit(button(page, "/ik-ben-het")))
    assert words("You showed with a code that it is you. That is all you have to do now.", locale) in text(main(page))
    does(officer, question.reference, "identity", how="code")
    does(officer, question.reference, "collect", numbers="")
    does(officer, question.reference, "decide", **{f"do_{mine}": "erased"})
    assert mine in {row.reference for row in books.rows(Case)}
    preview = officer.browser.get(path_of(question.reference, "/gegevens/carry-out"))
    assert spoken(mine) in text(main(preview))
    does(officer, question.reference, "carry-out", sure="yes")
    assert mine not in {row.reference for row in books.rows(Case)}
    does(officer, question.reference, "answer", text="Alles is weg.")
    assert "Alles is weg" not in books.messages(EMAIL)[-1].text
    page = visitor.get(there(locale, "uw-gegevens/antwoord"))
    shown = text(main(page))
    assert "Alles is weg." in shown
    assert spoken(mine) in shown
    assert words("We threw it away", locale) in shown


@in_three_languages
def test_who_holds_a_request_sees_what_is_kept_and_who_looked(visitor, office, books, locale):
    mila = office.colleague("Mila de Wit", works("midden"))
    cleaning.send(visitor, locale=locale)
    reference = books.the(Case).reference
    for tail in ("wat-wij-bewaren", "wie-keek", "wat-wij-bewaren/bestand"):
        assert visitor.get(there(locale, tail), 303).location.endswith("/code")
    mila.browser.get(path_of(reference))
    page = gives_code(visitor, books, locale)
    assert there(locale, "wat-wij-bewaren") in hrefs(main(page))
    page = visitor.get(there(locale, "wat-wij-bewaren"))
    shown = text(main(page))
    for said in (NAME, EMAIL, NOTE, words("What happened", locale), words("How long we keep it", locale)):
        assert said in shown
    looked = text(main(visitor.get(there(locale, "wie-keek"))))
    assert "Mila de Wit" in looked
    assert "10:00" in looked
    assert words("To work on your request", locale) in looked


def test_a_note_of_the_team_is_in_what_is_kept_and_in_the_file(visitor, office, books):
    mila = office.colleague("Mila de Wit", works("midden"))
    cleaning.send(visitor)
    reference = books.the(Case).reference
    page = mila.browser.get(path_of(reference))
    mila.browser.submit(fill(page.forms["note"], {"text": "Klopt op het raam."}), 303)
    gives_code(visitor, books, "nl")
    assert "Klopt op het raam." in text(main(visitor.get(there("nl", "wat-wij-bewaren"))))
    file = visitor.get(there("nl", "wat-wij-bewaren/bestand"))
    assert "Klopt op het raam." in file.text
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["Content-Security-Policy"] == SANDBOX
    assert file.content_type == "text/plain"


def test_of_a_conversation_the_report_and_the_appointment_are_in_it(visitor, office, books, clock):
    mila = office.colleague("Mila de Wit", works("midden"))
    with writing(office.site.engine) as session:
        case = talked(session, clock.now(), locale="nl")
        reports(session, clock.now(), mila.staff_id).send(case, **REPORT)
        reference = case.reference
    on(visitor, find(visitor, reference, "8011PK"))
    gives_code(visitor, books, "nl", WHO["email"])
    shown = text(main(visitor.get(there("nl", "wat-wij-bewaren"))))
    assert words("The report and the plan") in shown
    assert " ".join(REPORT["found"].split()) in shown
    assert " ".join(REPORT["plan"].split()) in shown


def test_of_a_complaint_one_reads_what_one_said_and_never_from_whom_it_is_kept(visitor, office, books, clock):
    with writing(office.site.engine) as session:
        policies = read_policies(session.connection(), clock.now().date())
        place = Surroundings("https://zwolle.test", "038", lambda name, **_kw: f"/{name}")
        telling = Telling(session, policies, COMPLAINT_TEXTS, clock.now(), place)
        desk = Complaints(session, policies, clock.now(), telling)
        filed = Filed("team", ["Er werd niet geluisterd."], "midden")
        reference = desk.file("key", dict(COMPLAINT), filed, somebody(), Entry("nl")).case.reference
    on(visitor, find(visitor, reference, "8011PK"))
    gives_code(visitor, books, "nl")
    page = visitor.get(there("nl", "wat-wij-bewaren"))
    assert "Er werd niet geluisterd." in text(main(page))
    assert "wall" not in page.text.casefold()
    assert "Er werd niet geluisterd." in visitor.get(there("nl", "wat-wij-bewaren/bestand")).text


def test_something_is_not_right_opens_the_form_with_the_number(visitor, office, books):
    cleaning.send(visitor)
    reference = spoken(books.the(Case).reference)
    gives_code(visitor, books, "nl")
    page = visitor.get(there("nl", "wat-wij-bewaren"))
    page = on(visitor, visitor.submit(button(page, "/klopt-niet")))
    assert page.request.path == "/nl/uw-gegevens/vraag/which"
    assert page.forms["form"]["numbers"].value == reference
    page = cleaning.answer(visitor, page, {"what": "Mijn naam is anders"})
    assert page.request.path == "/nl/uw-gegevens/vraag/who"


def test_the_file_is_for_who_gave_the_code_and_holds_what_is_given(app, visitor, office, officer, books):
    cleaning.send(Browser(app, "zwolle.test"))
    mine = books.the(Case).reference
    send(visitor, {**ME, "wants": {"wants": "copy"}})
    question = the_question(books)
    does(officer, question.reference, "identity", how="desk")
    does(officer, question.reference, "collect", numbers="")
    does(officer, question.reference, "decide", **{f"do_{mine}": "given"})
    assert visitor.get(there("nl", "uw-gegevens/bestand"), 303).location.endswith("/code")
    gives_code(visitor, books, "nl")
    visitor.get(there("nl", "uw-gegevens/bestand"), 404)
    does(officer, question.reference, "answer", text="Hier zijn uw gegevens.")
    assert there("nl", "uw-gegevens/bestand") in hrefs(main(visitor.get(there("nl", "uw-gegevens/antwoord"))))
    file = visitor.get(there("nl", "uw-gegevens/bestand"))
    said = json.loads(file.text)
    assert [one["case"][0]["reference"] for one in said["uw_aanvragen"]] == [mine]
    assert file.headers["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
    assert file.headers["Content-Security-Policy"] == SANDBOX
    looks = {(row.case_id, row.why) for row in books.rows(CaseLook)}
    assert {why for case, why in looks if case != question.id} == {"export"}  # the officer looked at the question only


def test_nobody_of_a_team_and_no_handler_of_complaints_finds_it(visitor, office, books, officer):
    send(visitor)
    reference = the_question(books).reference
    for name, role in (("Mila de Wit", works("midden")), ("Noor", (Role.TEAM_COORDINATOR, "midden")), ("Bo", HANDLER)):
        colleague = office.colleague(name, role)
        colleague.browser.get(path_of(reference), 404)
        colleague.browser.get(path_of(reference, "/gegevens/identity"), 404)
        assert reference not in colleague.browser.get(INBOX).text
    assert reference in officer.browser.get(INBOX).text


def test_the_officer_sees_no_other_request(visitor, office, books, officer):
    cleaning.send(visitor)
    officer.browser.get(path_of(books.the(Case).reference), 404)


def test_without_a_code_that_choice_is_not_there_and_nothing_of_a_paper_is_kept(visitor, office, books, officer):
    send(visitor)
    page = officer.browser.get(path_of(the_question(books).reference, "/gegevens/identity"))
    assert [one for one, _chosen, _words in page.forms["form"]["how"].options] == ["desk", "called_back"]
    assert words("Look at a paper if you must, and give it back. Copy nothing and write no number of it down.") in text(
        main(page)
    )


def test_what_cannot_be_done_is_said_at_the_form_and_every_word_stays(app, visitor, office, officer, books):
    cleaning.send(Browser(app, "zwolle.test"))
    mine = books.the(Case).reference
    send(visitor)
    question = the_question(books)
    does(officer, question.reference, "identity", how="desk")
    does(officer, question.reference, "collect", numbers="")
    page = does(officer, question.reference, "decide", 422, **{f"do_{mine}": "kept"})
    assert faults(page) == [("why", words("Write for each thing that stays why it stays."))]
    page = does(officer, question.reference, "answer", 422, text="Klaar.")
    assert faults(page)[0][1] == words("First choose what happens with each thing that was found.")
    assert page.forms["form"]["text"].value == "Klaar."
    does(officer, question.reference, "decide", **{f"do_{mine}": "kept", "why": "De wet zegt het."})
    (item,) = books.rows(PrivacyItem)
    assert (item.decision, item.why) == ("kept", "De wet zegt het.")


def test_two_months_more_and_no_are_told_with_the_way_on(visitor, office, officer, books):
    send(visitor)
    question = the_question(books)
    does(officer, question.reference, "extend", why="Er is veel te zoeken.")
    assert "Er is veel te zoeken." in books.messages(EMAIL)[-1].text
    assert "23 februari 2027" in books.messages(EMAIL)[-1].text
    does(officer, question.reference, "refuse", why="Wij weten niet wie u bent.")
    gives_code(visitor, books, "nl")
    shown = text(main(visitor.get(there("nl", "uw-gegevens/antwoord"))))
    assert "Wij weten niet wie u bent." in shown
    assert "4 januari 2027" in shown
    assert "Autoriteit Persoonsgegevens" in shown


def test_the_answer_is_only_for_who_gave_the_code(visitor, office, officer, books):
    send(visitor)
    does(officer, the_question(books).reference, "refuse", why="Wij weten niet wie u bent.")
    page = visitor.get(there("nl", "uw-gegevens/antwoord"))
    assert "Wij weten niet" not in page.text
    assert words("Show it with a code") in text(main(page))


def test_who_asks_for_somebody_else_says_whether_that_is_signed(visitor, office, books):
    page = to_check(visitor, FOR_MOTHER)
    assert words("Yes, we have that on paper") in text(main(page))
    on(visitor, visitor.submit(cleaning.sending(page)))
    assert the_question(books).answers == {"numbers": "", "signed": "yes"}


def test_taken_back_it_stops(visitor, office, books):
    send(visitor)
    sure = visitor.get(there("nl", "stap/withdraw"))
    on(visitor, visitor.submit(button(sure, "/stap/withdraw")))
    assert the_question(books).state == "withdrawn"
