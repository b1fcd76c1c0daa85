"""Somebody who follows their request adds a message, takes it back, and says whether they came."""

import logging

import pytest

from portal.cases.models import AccessKey, Case, CaseEvent, CaseMessage
from portal.cases.services import LONGEST_MESSAGE, MOST_MESSAGES
from portal.foundation.outbox import run_once
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import (
    EMAIL,
    FOR_MOTHER,
    FORM,
    HELPER_EMAIL,
    ME,
    NAME,
    PERSONAL,
    answer,
    button,
    fill,
    on,
    send,
    to_check,
)
from tests.unit.cleaning.following import BEZEM, CODE, FIND, STATUS, code_in, find, said_yes, step, with_code


@pytest.fixture
def case(visitor, books):
    """A request that somebody just sent."""
    send(visitor)
    return books.the(Case)


def test_a_message_is_kept_with_the_request_and_seen_with_the_code_only(visitor, case, books):
    page = answer(visitor, visitor.get(STATUS), {"text": "De sleutel ligt bij de buren."})
    assert words("You told us something") in text(main(page))
    assert "sleutel" not in page.text
    assert books.the(CaseMessage).text == "De sleutel ligt bij de buren."
    assert "sleutel" in text(main(with_code(visitor, books)))


@pytest.mark.parametrize("typed", ["", "a" * (LONGEST_MESSAGE + 1)])
def test_a_message_that_cannot_be_kept_is_told_at_its_field_and_stays(visitor, case, books, typed):
    page = visitor.submit(fill(visitor.get(STATUS).forms["form"], {"text": typed}), status=422)
    assert [link["href"] for link in page.html.select(".errors a")] == ["#text"]
    assert page.forms["form"]["text"].value.strip() == typed
    assert books.rows(CaseMessage) == []


def test_one_message_too_many_is_told_and_what_was_written_stays(visitor, case, books):
    for number in range(MOST_MESSAGES):
        answer(visitor, visitor.get(STATUS), {"text": f"bericht {number}"})
    page = visitor.submit(fill(visitor.get(STATUS).forms["form"], {"text": "nog een"}), status=422)
    assert [link["href"] for link in page.html.select(".errors a")] == ["#text"]
    assert page.forms["form"]["text"].value.strip() == "nog een"
    assert len(books.rows(CaseMessage)) == MOST_MESSAGES


def test_a_page_that_stood_open_too_long_keeps_the_message(visitor, case, books):
    form = fill(visitor.get(STATUS).forms["form"], {"text": "De sleutel ligt bij de buren."})
    form["csrf_token"] = "expired"
    again = visitor.submit(form, status=422)
    assert "sleutel" in text(main(again))
    on(visitor, visitor.submit(again.form))
    assert books.the(CaseMessage).text == "De sleutel ligt bij de buren."


def test_taking_it_back_asks_whether_one_is_sure_and_is_told_to_both(visitor, app, case, books):
    said_yes(app, books)
    sure = visitor.get(f"{FIND}/stap/withdraw")
    assert STATUS in hrefs(main(sure))
    assert books.the(Case).state == "accepted"
    page = step(visitor, "withdraw")
    assert books.the(Case).state == "withdrawn"
    assert "form" not in page.forms
    assert [mail.recipient for mail in books.messages()[-2:]] == [BEZEM, EMAIL]


def test_a_request_that_is_over_can_still_be_read_and_not_be_changed(visitor, case, books):
    step(visitor, "withdraw")
    for action in ("withdraw", "came", "nobody_came", "end"):
        assert on(visitor, visitor.get(f"{FIND}/stap/{action}", status=303)).request.path == STATUS


def test_they_came_and_the_help_ends(visitor, app, case, books):
    said_yes(app, books)
    step(visitor, "came")
    assert books.the(Case).state == "started"
    page = step(visitor, "end")
    assert books.the(Case).state == "ended"
    assert words("The help ended") in text(main(page))


def test_nobody_came_and_then_they_came_after_all(visitor, app, case, books):
    said_yes(app, books)
    page = step(visitor, "nobody_came")
    assert books.the(Case).state == "nobody_came"
    assert words("They came") in text(main(page))
    step(visitor, "came")
    assert books.the(Case).state == "started"


@pytest.mark.parametrize("action", ["offer", "accept", "decline", "silence", "came", "fly"])
def test_a_step_that_is_not_for_residents_or_not_for_now_changes_nothing(visitor, case, books, action):
    token = button(visitor.get(STATUS), "/sluiten")["csrf_token"].value
    assert visitor.post(f"{FIND}/stap/{action}", {"csrf_token": token}).status_int in {303, 404}
    assert books.the(Case).state == "offered"
    assert len(books.rows(CaseEvent)) == 2


def test_a_step_sent_twice_is_taken_once(visitor, case, books):
    form = button(visitor.get(f"{FIND}/stap/withdraw"), "/stap/withdraw")
    for _ in range(2):
        assert visitor.submit(form).location.endswith("/stand")
    assert [event.action for event in books.rows(CaseEvent)] == ["open", "offer", "withdraw"]


def test_leaving_ends_the_visit_and_takes_the_cookie_away(visitor, case, books):
    held = visitor.cookies["visit"]
    assert on(visitor, visitor.submit(button(visitor.get(STATUS), "/sluiten"))).request.path == FIND
    assert "visit" not in visitor.cookies
    visitor.get(STATUS, status=303, headers={"Cookie": f"visit={held}"})


def test_looking_changes_no_row(visitor, case, books):
    def rows():
        return [books.rows(table) for table in (Case, AccessKey, CaseEvent, CaseMessage)]

    before = rows()
    for path in (STATUS, CODE, f"{FIND}/stap/withdraw", FIND, f"{FORM['nl']}/gelukt"):
        visitor.get(path)
    assert rows() == before


def test_pages_about_a_request_are_kept_by_nobody(visitor, case):
    for path in (STATUS, CODE, FIND):
        page = visitor.get(path)
        assert page.headers["Cache-Control"] == "no-store"
        assert page.html.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_no_personal_word_stands_in_a_log_after_a_whole_journey(visitor, another, app, books, caplog, registry, zwolle):
    answers = {**FOR_MOTHER, "reach": ME["reach"]}
    with caplog.at_level(logging.DEBUG):
        to_check(visitor, answers)
        form = visitor.get(f"{FORM['nl']}/vraag/name").forms["form"]
        wrong = visitor.submit(fill(form, {"name": NAME * 20}), status=422)
        visitor.submit(fill(wrong.forms["form"], {"name": NAME}))
        send(visitor, answers)
        case = books.the(Case)
        find(another, case.reference, "0000", 422)
        find(another, case.reference, "8011 PK", 303)
        answer(visitor, visitor.get(STATUS), {"text": "kanariebericht"})
        said_yes(app, books)
        with_code(visitor, books)
        step(visitor, "came")
        run_once(zwolle, registry.job_handlers, registry.clock)
        tokens = [books.link(HELPER_EMAIL, "volg"), books.link(BEZEM, "aanbod"), visitor.cookies["visit"]]
    words_of_people = [*PERSONAL, "kanariebericht", "8011 pk", "06 1234 9876", code_in(books), case.reference]
    for word in (*words_of_people, *(token.rsplit("/", 1)[-1] for token in tokens)):
        assert word not in caplog.text, word
