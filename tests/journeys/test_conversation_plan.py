"""After the talk, for who it is about: reading the report and the plan, answering it, and which ways are open."""

import pytest

from portal.cases.models import Case, CaseLook
from portal.conversations.models import Reply, Report
from tests.desk import INBOX, an_office, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import FOLLOW, Books, button, faults, fill, on
from tests.unit.conversations.planning import COSTS, FOUND, PLAN
from tests.unit.conversations.reporting import READ, STATUS, WAYS, give_code, have_talked, hear, report, say
from tests.unit.conversations.talking import EMAIL, FOR_MOTHER, ME, NAME, a_diary, send

diary = pytest.fixture(a_diary)
office = pytest.fixture(an_office)
NEWER = "We changed the report while you were reading. The new one stands here. Read it, then send this once more."
BEHIND_A_CODE = (FOUND, PLAN, COSTS)


@pytest.fixture
def books(office, diary, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.fixture
def mila(office, books):
    """Works in Midden."""
    return office.colleague("Mila de Wit", works("midden"))


@pytest.fixture
def reported(mila, visitor, books):
    """Somebody asked, talked and got a report; gives the number of the request."""

    def made(locale="nl", answers=ME):
        send(visitor, answers, locale)
        reference = books.rows(Case)[-1].reference
        have_talked(mila, reference)
        report(mila, reference)
        return reference

    return made


def close(staff, reference):
    page = staff.browser.get(path_of(reference, "/stap/close"))
    return on(staff.browser, staff.browser.submit(button(page, "/close")))


def test_the_whole_way_from_the_talk_to_the_end(mila, visitor, books, reported):
    reference = reported()
    assert "Uw verslag is klaar" in books.messages(EMAIL)[-1].subject
    status = visitor.get(STATUS)
    assert {READ} <= set(hrefs(main(status)))
    assert words("Read the report and the plan") in text(main(status))
    page = give_code(visitor, books, EMAIL)
    shown = text(main(page))
    for said in (FOUND, PLAN, COSTS, "Mila, medewerker van", "1 maart 2027", "U hoeft niets te tekenen."):
        assert said in shown
    assert "de Wit" not in shown
    page = say(visitor, page, "remark", "De kanarie is een parkiet.")
    assert "De kanarie is een parkiet." in text(main(page))
    assert "De kanarie is een parkiet." in text(main(mila.browser.get(path_of(reference))))
    assert words("waits for an answer") in text(main(mila.browser.get(INBOX)))
    report(mila, reference, found="De parkiet zingt te hard.")
    page = visitor.get(READ)
    assert "De parkiet zingt te hard." in text(main(page))
    assert words("This is a changed report. It takes the place of the one before.") in text(main(page))
    page = say(visitor, page, "agree")
    assert words("Thank you. We have written down what you think of it.") in text(main(page))
    assert books.the(Case).state == "plan_agreed"
    status = text(main(visitor.get(STATUS)))
    assert "U bent het eens met het plan. Op 1 maart 2027" in status
    close(mila, reference)
    assert (books.the(Case).state, len(books.rows(Report))) == ("closed", 2)
    assert FOUND in text(main(visitor.get(READ)))
    assert "form" not in visitor.get(READ).forms


def test_without_the_code_nothing_of_the_report_is_told(visitor, another, books, reported):
    reference = reported()
    for path in (STATUS, READ):
        shown = text(main(visitor.get(path)))
        assert not [word for word in (*BEHIND_A_CODE, NAME, "Mila") if word in shown]
    form = {"csrf_token": visitor.get(READ).forms[0]["csrf_token"].value, "view": "agree", "number": "1", "text": ""}
    assert visitor.post(READ, form, 303).location.endswith(READ)
    assert books.rows(Reply) == []
    assert on(another, another.get(READ, status=303)).request.path == FOLLOW["nl"]
    assert reference not in another.get(FOLLOW["nl"]).text


def test_before_there_is_a_report_its_page_leads_back(visitor, books, mila):
    send(visitor)
    assert READ not in hrefs(main(visitor.get(STATUS)))
    for path in (READ, WAYS):
        assert on(visitor, visitor.get(path, status=303)).request.path == STATUS


@pytest.mark.parametrize("locale", ["nl_simple", "ar"])
def test_who_does_not_agree_gets_the_four_ways_on_each_with_one_step(visitor, books, reported, locale):
    reported(locale)
    page = give_code(visitor, books, EMAIL, locale)
    dutch_only = words(
        "The report is in Dutch. Call us: we explain it in your language. An interpreter costs you nothing.", locale
    )
    assert (dutch_only in text(main(page))) is (locale == "ar")
    page = say(visitor, page, "disagree", "Ik wil liever een budget.")
    follow = FOLLOW[locale]
    assert page.request.path == f"{follow}/niet-eens"
    ways = page.html.select("main li.card")
    titles = ["A second opinion", "Apply all the same", "A complaint", "A client supporter"]
    assert [text(way.h2) for way in ways] == [words(title, locale) for title in titles]
    for way in ways:
        (step,) = hrefs(way)
        visitor.get(step.split("#")[0])
    assert any(link.startswith("tel:") for link in hrefs(main(page)))
    assert books.the(Case).state == "plan_not_agreed"
    status = visitor.get(f"{follow}/stand")
    assert {f"{follow}/niet-eens", f"{follow}/verslag"} <= set(hrefs(main(status)))
    again = text(main(visitor.get(f"{follow}/verslag")))
    assert "Ik wil liever een budget." in again


def test_the_page_with_the_ways_on_says_by_when_is_decided(visitor, books, reported):
    reported()
    page = say(visitor, give_code(visitor, books, EMAIL), "disagree")
    assert "7 december 2026" in text(main(page))


def test_two_tabs_an_answer_is_to_the_report_that_was_read_and_no_word_is_lost(mila, visitor, books, reported):
    reference = reported()
    page = give_code(visitor, books, EMAIL)
    report(mila, reference, plan="Wij doen iets anders.")
    again = visitor.submit(fill(page.forms["form"], {"view": "agree", "text": "Dank u, Mila."}), 422)
    assert faults(again) == [("view", words(NEWER))]
    assert "Wij doen iets anders." in text(main(again))
    assert again.forms["form"]["text"].value.strip() == "Dank u, Mila."
    assert (books.the(Case).state, books.rows(Reply)) == ("report_sent", [])
    on(visitor, visitor.submit(again.forms["form"]))
    assert (books.the(Case).state, books.the(Reply).number) == ("plan_agreed", 2)


def test_a_double_click_is_one_answer(visitor, books, reported):
    reported()
    form = fill(give_code(visitor, books, EMAIL).forms["form"], {"view": "remark", "text": "Het is nummer 127."})
    for _ in range(2):
        visitor.submit(form, 303)
    assert len(books.rows(Reply)) == 1


def test_what_was_typed_is_shown_back_when_the_request_was_finished_meanwhile(mila, visitor, books, reported):
    reference = reported()
    form = fill(give_code(visitor, books, EMAIL).forms["form"], {"view": "remark", "text": "Mijn lange verhaal."})
    hear(mila, reference, "nothing")
    again = visitor.submit(form, 422)
    assert "Mijn lange verhaal." in text(main(again))
    assert words("Your words were not kept: this request was finished meanwhile.") in text(main(again))
    assert [row.view for row in books.rows(Reply)] == ["nothing"]


def test_what_fits_no_longer_is_asked_once_more(mila, visitor, books, reported):
    reference = reported()
    form = fill(give_code(visitor, books, EMAIL).forms["form"], {"view": "remark", "text": "Nog een vraag."})
    hear(mila, reference, "agree")
    again = visitor.submit(form, 422)
    assert [field for field, _said in faults(again)] == ["view"]
    assert again.forms["form"]["text"].value.strip() == "Nog een vraag."


def test_a_remark_without_words_and_an_answer_without_a_choice_are_asked_kindly(visitor, books, reported):
    reported()
    page = give_code(visitor, books, EMAIL)
    again = visitor.submit(fill(page.forms["form"], {"view": "remark"}), 422)
    assert faults(again) == [("text", words("Write what is not right, or what is missing."))]
    again = visitor.submit(visitor.get(READ).forms["form"], 422)
    assert faults(again)[0] == ("view", words("Choose what you think of it."))


def test_who_speaks_for_somebody_writes_what_is_not_right_and_never_says_yes_or_no(visitor, books, reported):
    reported(answers={**FOR_MOTHER, "helper": {**FOR_MOTHER["helper"], "messages": "resident"}, "reach": ME["reach"]})
    page = give_code(visitor, books, EMAIL)
    for view in ("agree", "disagree"):
        answer = {"who": "representative", "view": view, "text": "Namens mijn moeder."}
        again = visitor.submit(fill(page.forms["form"], answer), 422)
        assert [field for field, _said in faults(again)] == ["view"]
        assert again.forms["form"]["text"].value.strip() == "Namens mijn moeder."
    assert books.rows(Reply) == []
    page = say(visitor, page, "remark", "Mijn moeder woont op nummer 127.", who="representative")
    assert books.the(Case).state == "report_sent"
    say(visitor, page, "agree", who="resident")
    assert books.the(Case).state == "plan_agreed"


def test_who_looked_at_the_report_is_on_the_page_of_the_request(visitor, books, reported):
    reported()
    give_code(visitor, books, EMAIL)
    assert "Mila de Wit" in text(main(visitor.get(STATUS)))
    assert books.rows(CaseLook)
