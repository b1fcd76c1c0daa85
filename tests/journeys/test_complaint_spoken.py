"""Somebody tells a complaint by phone or at the desk; what was written down is theirs to read and to put right."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseEvent, CaseMessage, Term
from portal.complaints.models import Complaint
from portal.complaints.reading_back import ReadBack, read_back
from tests.desk import ENTER, an_office, path_of, works
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import Books, answer, faults, fill, on, question, sending
from tests.unit.cleaning.following import with_code
from tests.unit.complaints.at_desk import HANDLES, complain
from tests.unit.complaints.complaining import EMAIL, FOLLOW, ME, PERSONAL, SECOND, WORDS, send

office = pytest.fixture(an_office)
DESK = f"{ENTER}/complaint"
TOLD = {
    **ME,
    "desk": {"channel": "phone", "language": "nl", "knows": "yes"},
    "happened": {**ME["happened"], "more_2": SECOND},
}
ON_PAPER = {**TOLD, "reach": {"way": "letter", "phone": "", "email": ""}}
READ, STATUS = f"{FOLLOW['nl']}/nalezen", f"{FOLLOW['nl']}/stand"


@pytest.fixture
def books(office, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.fixture
def write_down(office):
    """Somebody of a team writes down what they were told; gives the row of the case."""

    def write(answers=TOLD):
        browser = office.colleague("Mila de Wit", works("midden")).browser
        page = browser.get(f"{DESK}/vraag/desk")
        while "/vraag/" in page.request.path:
            page = answer(browser, page, answers[question(page)])
        browser.submit(sending(page))
        return office.books.the(Case)

    return write


def follow(visitor, books):
    """Open the link in the message."""
    page = visitor.get(books.link(EMAIL, "volg"))
    return on(visitor, visitor.submit(page.forms[0] if 0 in page.forms else next(iter(page.forms.values()))))


def how_far(books):
    """What the desk is told of it."""
    with Session(books.site.engine) as session:
        return read_back(session, session.scalars(select(Case)).one())


def test_the_message_asks_to_read_it_and_tells_nothing_of_it(books, write_down):
    case = write_down()
    assert (case.kind, case.channel) == ("complaint", "phone")
    (mail,) = books.messages(EMAIL)
    assert "Lees het na en zeg of het klopt" in mail.text
    assert "4 januari 2027" in mail.text
    assert not [private for private in PERSONAL if private in mail.text + mail.subject]
    assert how_far(books) is ReadBack.WAITS


def test_the_clock_runs_from_the_day_it_was_told_and_not_from_the_day_it_was_read(visitor, books, write_down, clock):
    write_down()
    clock.forward(days=5)
    follow(visitor, books)
    with_code(visitor, books)
    page = visitor.get(READ)
    on(visitor, visitor.submit(fill(page.forms["form"], {"right": "yes"})))
    assert str(books.the(Complaint).received_on) == "2026-11-23"
    assert max(str(term.due_on) for term in books.rows(Term)) == "2027-01-04"


def test_behind_the_code_they_read_their_words_and_say_that_it_is_right(visitor, books, write_down):
    write_down()
    page = follow(visitor, books)
    assert READ in hrefs(main(page))
    assert not [private for private in PERSONAL if private in text(main(visitor.get(READ)))]
    with_code(visitor, books)
    page = visitor.get(READ)
    assert WORDS in text(main(page))
    assert SECOND in text(main(page))
    page = on(visitor, visitor.submit(fill(page.forms["form"], {"right": "yes"})))
    assert words("You read your complaint: it is right") in text(main(page))
    assert READ not in hrefs(main(page))
    assert how_far(books) is ReadBack.RIGHT


def test_what_is_different_is_kept_as_their_message_and_waits_for_an_answer(visitor, books, write_down):
    write_down()
    follow(visitor, books)
    with_code(visitor, books)
    page = visitor.get(READ)
    page = on(visitor, visitor.submit(fill(page.forms["form"], {"right": "no", "different": "Het was dinsdag."})))
    assert "Het was dinsdag." in text(main(page))
    message = books.the(CaseMessage)
    assert (message.author, message.note, message.text) == ("resident", False, "Het was dinsdag.")
    assert books.the(Case).asks_since is not None
    assert how_far(books) is ReadBack.DIFFERENT


def test_no_without_what_is_different_is_asked_at_the_field(visitor, books, write_down):
    write_down()
    follow(visitor, books)
    with_code(visitor, books)
    page = visitor.submit(fill(visitor.get(READ).forms["form"], {"right": "no"}), status=422)
    assert [field for field, _said in faults(page)] == ["different"]
    assert WORDS in text(main(page))
    page = visitor.submit(visitor.get(READ).forms["form"], status=422)
    assert [field for field, _said in faults(page)] == ["right"]
    assert how_far(books) is ReadBack.WAITS


def test_without_the_code_nobody_says_anything_in_their_name(visitor, another, books, write_down):
    case = write_down()
    follow(visitor, books)
    with_code(visitor, books)
    form = visitor.get(READ).forms["form"]
    found = fill(another.get(FOLLOW["nl"]).forms["form"], {"reference": case.reference, "known": "8011 PK"})
    page = on(another, another.submit(found))
    token = page.forms["form"]["csrf_token"].value
    assert another.post(READ, {**dict(form.submit_fields()), "csrf_token": token, "right": "yes"}).status_int == 403
    assert how_far(books) is ReadBack.WAITS


def test_on_paper_the_letter_has_their_words(books, write_down):
    write_down(ON_PAPER)
    (letter,) = books.messages()
    assert letter.channel == "letter"
    for said in (WORDS, SECOND, "Klopt dit?", "038 000 02 00"):
        assert said in letter.text


@pytest.mark.parametrize("locale", ["nl_simple", "ar"])
def test_in_their_own_language(visitor, books, write_down, locale):
    write_down({**TOLD, "desk": {"channel": "desk", "language": locale, "knows": "yes"}})
    assert books.the(Case).locale == locale
    page = follow(visitor, books)
    assert words("Somebody wrote down what you told us. You say whether it is right.", locale) in text(main(page))


def test_who_wrote_it_themselves_has_nothing_to_read_back(visitor, books):
    send(visitor)
    assert how_far(books) is ReadBack.NOT_NEEDED
    assert READ not in hrefs(main(visitor.get(STATUS)))


def test_without_a_name_there_is_nobody_to_ask(books, write_down):
    write_down({**TOLD, "named": {"named": "anonymous"}})
    assert how_far(books) is ReadBack.NOT_NEEDED
    assert books.messages() == []


def test_who_of_the_staff_wrote_it_down_stands_in_the_chain(books, write_down):
    write_down()
    opened = books.rows(CaseEvent)[0]
    assert (opened.action, opened.author) == ("open", "staff")
    assert opened.staff_id is not None


WAITS = "Somebody of us wrote it down. The complainant did not yet say whether it is right."
RIGHT = "The complainant read what we wrote down, and it is right: %(date)s."
DIFFERENT = "The complainant read what we wrote down, and something is different: %(date)s. Read their message."


@pytest.mark.parametrize(("says", "msgid"), [({"right": "yes"}, RIGHT), ({"right": "no", "different": "Dinsdag."},
                                                                       DIFFERENT)])  # fmt: skip
def test_who_handles_it_reads_whether_it_was_read_back_and_when(visitor, office, books, write_down, clock, says, msgid):
    reference = write_down().reference
    hanna = office.colleague("Hanna Visser", HANDLES)
    assert words(WAITS) in text(main(hanna.browser.get(path_of(reference))))
    clock.forward(days=1)
    follow(visitor, books)
    with_code(visitor, books)
    visitor.submit(fill(visitor.get(READ).forms["form"], says), 303)
    office.let_in(hanna)
    shown = text(main(hanna.browser.get(path_of(reference))))
    assert words(msgid, date="24 november 2026") in shown
    assert words(WAITS) not in shown


def test_of_what_somebody_wrote_themselves_nothing_is_said_of_reading_back(office, books):
    hanna = office.colleague("Hanna Visser", HANDLES)
    assert words(WAITS) not in text(main(hanna.browser.get(path_of(complain(office)))))
