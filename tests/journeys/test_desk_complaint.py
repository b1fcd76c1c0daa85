"""A complaint at the desk, from in hand to signed: by who handles complaints, and nobody else."""

import pytest

from portal.cases.models import CaseEvent, CaseLook
from portal.complaints.models import Complaint, ComplaintPart, Hearing
from tests.desk import an_office, path_of
from tests.reading import hrefs, main, text, words
from tests.unit.cleaning.asking import Books, faults, on
from tests.unit.complaints.at_desk import (
    CONCLUDED,
    HANDLES,
    SAID,
    SIGNS,
    at,
    complain,
    do,
    form_of,
    shut,
    take,
    to_be_signed,
)

office = pytest.fixture(an_office)
MOVED_ON = "Something happened while you were busy. Look at it, then send this once more if it still fits."
LONG = "Een heel verhaal over de kanarie. " * 40
HEARING = {"day": "2026-11-30", "time": "14:30", "place": "Bij u thuis", "interpreter": "Arabisch"}


@pytest.fixture
def books(office, zwolle):
    """What Zwolle has written down."""
    return Books(zwolle)


@pytest.fixture
def hanna(office, books):
    """Handles complaints, and works in no team."""
    return office.colleague("Hanna Visser", HANDLES)


@pytest.fixture
def karel(office, books):
    """Coordinates them, and signs."""
    return office.colleague("Karel Bakker", SIGNS)


def test_from_in_hand_to_a_signed_answer(office, hanna, karel, books):
    reference = complain(office, SAID, "Ik kreeg geen antwoord.")
    page = take(hanna, reference)
    assert words("Done: it is clear now who has this in hand.") in text(main(page))
    do(hanna, reference, "start", how="examine")
    assert "Hanna Visser" in office.post(reference)[-1].text
    do(hanna, reference, "offer-hearing", party="complainant", **HEARING)
    assert "30 november 2026 om 14.30" in office.post(reference)[-1].text.replace(":30", ".30")
    do(hanna, reference, "offer-hearing", party="concerned", **{**HEARING, "place": "Stadskantoor", "interpreter": ""})
    do(hanna, reference, "hear", how="hear", report_1="Zij vertelde dat niemand luisterde.", report_2="Hij was druk.")
    page = do(hanna, reference, "conclude", judgement_2="unfounded", why_2="Er ging een brief uit.", **CONCLUDED)
    assert "Zij vertelde dat niemand luisterde." in text(main(page))
    assert shut(hanna, reference, "sign")
    sent = len(office.post(reference))
    page = at(karel, reference, "sign")
    for said in ("Wij hoorden beide kanten.", "Er is niet geluisterd.", "Er ging een brief uit.", "excuses"):
        assert said in text(main(page))
    do(karel, reference, "sign", how="sign")
    assert len(office.post(reference)) == sent + 1
    row = books.the(Complaint)
    assert (row.concluded_by, row.signed_by) == (hanna.staff_id, karel.staff_id)
    assert office.case(reference).state == "outcome_sent"
    assert [part.judgement for part in books.rows(ComplaintPart)] == ["founded", "unfounded"]


def test_first_in_hand_then_a_name_is_told(office, hanna):
    reference = complain(office)
    form = form_of(hanna, reference, "start", how="named")
    again = hanna.browser.submit(form, 422)
    assert faults(again) == [("how", words("First take it in hand: the complainant hears your name."))]


def test_talked_about_and_solved_as_they_told_us(office, hanna):
    reference = complain(office)
    take(hanna, reference)
    do(hanna, reference, "start", how="talk")
    options = [one[0] for one in at(hanna, reference, "start").forms["form"]["how"].options]
    assert options == ["told_solved", "not_solved"]
    do(hanna, reference, "start", how="told_solved")
    assert office.case(reference).state == "solved"
    assert shut(hanna, reference, "time")


def test_without_a_hearing_it_is_said_why(office, hanna, books):
    reference = complain(office)
    take(hanna, reference)
    do(hanna, reference, "start", how="examine")
    again = hanna.browser.submit(form_of(hanna, reference, "hear", how="skip_hearing"), 422)
    assert [field for field, _said in faults(again)] == ["why"]
    page = do(hanna, reference, "hear", how="skip_hearing", why="Zij wilde geen gesprek.")
    assert "Zij wilde geen gesprek." in text(main(page))
    assert books.rows(Hearing) == []


def test_a_hearing_that_was_is_written_down_with_what_was_said(office, hanna):
    reference = complain(office)
    take(hanna, reference)
    do(hanna, reference, "start", how="examine")
    do(hanna, reference, "offer-hearing", party="complainant", **HEARING)
    again = hanna.browser.submit(form_of(hanna, reference, "hear", how="hear"), 422)
    assert faults(again) == [
        ("how", words("Write what the complainant said. Were they not there? Choose: no hearing."))
    ]
    assert office.case(reference).state == "hearing_offered"


@pytest.mark.parametrize(("typed", "field"), [
    ({"day": "2026-11-20"}, "day"), ({"time": "half drie"}, "time"), ({"place": ""}, "place"), ({"day": ""}, "day"),
])  # fmt: skip
def test_a_hearing_that_cannot_be_keeps_every_word(office, hanna, books, typed, field):
    reference = complain(office)
    take(hanna, reference)
    do(hanna, reference, "start", how="examine")
    values = {"party": "complainant", **HEARING, "interpreter": "Twents met een kanarie", **typed}
    again = hanna.browser.submit(form_of(hanna, reference, "offer-hearing", **values), 422)
    assert [one for one, _said in faults(again)] == [field]
    assert again.forms["form"]["interpreter"].value == "Twents met een kanarie"
    assert books.rows(Hearing) == []


def test_each_part_needs_a_judgement_and_nothing_written_is_lost(office, hanna, books):
    reference = complain(office, SAID, "Ik kreeg geen antwoord.")
    take(hanna, reference)
    do(hanna, reference, "start", how="examine")
    do(hanna, reference, "hear", how="skip_hearing", why="Zij wilde geen gesprek.")
    again = hanna.browser.submit(form_of(hanna, reference, "conclude", **{**CONCLUDED, "findings": LONG}), 422)
    assert {field for field, _said in faults(again)} == {"judgement_2", "why_2"}
    assert again.forms["form"]["findings"].value.strip() == LONG.strip()
    assert office.case(reference).state == "heard"


# Who signs


def test_who_wrote_the_conclusion_does_not_sign_it(office, karel):
    reference = complain(office)
    to_be_signed(karel, reference)
    again = karel.browser.submit(form_of(karel, reference, "sign", how="sign"), 422)
    assert faults(again) == [("how", words("You wrote this conclusion. Somebody else has to read and sign it."))]
    assert office.case(reference).state == "concluded"


def test_who_handles_does_not_sign_either(office, hanna):
    reference = complain(office)
    to_be_signed(hanna, reference)
    other = office.colleague("Ids de Boer", HANDLES)
    for one in (hanna, other):
        page = one.browser.get(path_of(reference))
        assert path_of(reference, "/klacht/sign") not in hrefs(main(page))
        assert shut(one, reference, "sign")


def test_given_back_it_is_written_once_more_and_begins_with_what_stood(office, hanna, karel):
    reference = complain(office)
    to_be_signed(hanna, reference)
    do(karel, reference, "sign", how="give_back")
    form = at(hanna, reference, "conclude").forms["form"]
    assert form["findings"].value.strip() == CONCLUDED["findings"]
    assert (form["judgement_1"].value, form["why_1"].value.strip()) == ("founded", CONCLUDED["why_1"])
    do(hanna, reference, "conclude", **{**CONCLUDED, "findings": "Nog eens bekeken."})
    do(karel, reference, "sign", how="sign")
    assert office.case(reference).state == "outcome_sent"


def test_what_nobody_asks_about_any_more_is_finished_by_hand(office, hanna, karel):
    reference = complain(office)
    to_be_signed(hanna, reference)
    do(karel, reference, "sign", how="sign")
    page = hanna.browser.get(path_of(reference, "/stap/close"))
    on(hanna.browser, hanna.browser.submit(next(
        form for form in page.forms.values() if form.action.endswith("/close")), 303))  # fmt: skip
    assert office.case(reference).state == "closed"


# Two at once


def test_what_was_typed_on_an_old_screen_is_kept_and_not_sent(office, hanna, karel):
    reference = complain(office)
    take(hanna, reference)
    form = form_of(karel, reference, "time", how="extend", why=LONG[:900])
    do(hanna, reference, "start", how="examine")
    again = karel.browser.submit(form, 422)
    assert faults(again) == [("how", words(MOVED_ON))]
    assert again.forms["form"]["why"].value.strip() == LONG[:900].strip()


def test_a_double_click_is_one_step(office, hanna):
    reference = complain(office)
    take(hanna, reference)
    form = form_of(hanna, reference, "time", how="extend", why="Wij wachten op een verslag.")
    sent = len(office.post(reference))
    hanna.browser.submit(form, 303)
    hanna.browser.submit(form, 422)
    assert len(office.post(reference)) == sent + 1
    assert [row.action for row in office.about(CaseEvent, reference)].count("extend") == 1


def test_who_opens_a_form_about_it_looked_at_it_once(office, hanna, karel, books):
    reference = complain(office)
    hanna.browser.get(path_of(reference))
    assert [row.staff_id for row in books.rows(CaseLook)] == [hanna.staff_id]
    for _ in range(2):
        at(karel, reference, "walls")
    at(hanna, reference, "walls")
    assert [row.staff_id for row in books.rows(CaseLook)] == [hanna.staff_id, karel.staff_id]


def test_a_form_that_comes_back_shows_the_complaint_and_is_a_look_too(office, hanna, karel, books, clock):
    reference = complain(office)
    form = form_of(karel, reference, "start", how="named")
    clock.forward(hours=2)
    office.let_in(karel)
    karel.browser.submit(form, 422)
    assert [row.staff_id for row in books.rows(CaseLook)] == [karel.staff_id, karel.staff_id]


def test_a_form_that_is_shut_shows_nothing_and_is_no_look(office, hanna, books):
    reference = complain(office)
    assert shut(hanna, reference, "sign")
    assert books.rows(CaseLook) == []
