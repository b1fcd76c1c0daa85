"""Following a request without an account; wrong and unknown are one answer."""

import pytest

from portal.cases.tracking import TRIES_A_CODE, TRIES_A_NETWORK, TRIES_A_REFERENCE

NETWORK = "c00002/24"


@pytest.mark.parametrize("known", ["8011PK", "8011 pk", " 8011-PK ", "5678", " 5678 "])
def test_the_number_with_postcode_or_last_four_digits_opens_the_case(track, case, known):
    token = track().by_reference(case.reference, known, NETWORK)
    visit = track().current(token)
    assert (visit.case.id, visit.full) == (case.id, False)


@pytest.mark.parametrize("known", ["8011PL", "8011", "PK", "", " - ", "678", "0612345678", "0000", "Jansen"])
def test_something_wrong_opens_nothing(track, case, known):
    assert track().by_reference(case.reference, known, NETWORK) is None


@pytest.mark.parametrize("typed", ["7KD4MW3F", "", "-", "geen nummer", "%", "7KD4MW3F' --"])
def test_a_number_that_nobody_has_opens_nothing(track, case, typed):
    assert case.reference != typed
    assert track().by_reference(typed, "8011PK", NETWORK) is None


def test_without_a_phone_four_digits_open_nothing(session, track, case):
    from portal.cases.models import Contact

    session.get(Contact, case.id).phone = None
    session.flush()
    for known in ("", "None", "0000", "5678"):
        assert track().by_reference(case.reference, known, NETWORK) is None
    assert track().by_reference(case.reference, "8011PK", NETWORK)


def test_after_some_tries_at_one_number_even_the_right_answer_is_refused_for_a_while(track, case, clock):
    for n in range(TRIES_A_REFERENCE):
        assert track().by_reference(case.reference, "9999XX", f"network {n}") is None
    assert track().by_reference(case.reference, "8011PK", "another") is None
    clock.forward(minutes=16)
    assert track().by_reference(case.reference, "8011PK", "another")


def test_after_many_tries_from_one_network_it_is_refused_for_a_while_and_others_are_not(track, case):
    from portal.cases.references import new_reference

    for _ in range(TRIES_A_NETWORK):
        track().by_reference(new_reference(), "8011PK", NETWORK)
    assert track().by_reference(case.reference, "8011PK", NETWORK) is None
    assert track().by_reference(case.reference, "8011PK", "another")


def test_a_visit_ends_after_half_an_hour(track, case, clock):
    token = track().visit(case.id)
    clock.forward(minutes=29, seconds=59)
    assert track().current(token) is not None
    clock.forward(seconds=1)
    assert track().current(token) is None


def test_a_visit_that_was_left_is_over(track, case):
    token, other = track().visit(case.id), track().visit(case.id)
    track().leave(token)
    track().leave(None)
    assert track().current(token) is None
    assert track().current(other) is not None


def test_the_link_in_a_message_opens_a_visit_as_often_as_one_likes(track, opened):
    for _ in range(2):
        token = track().by_link(opened.token)
        assert track().current(token).case.id == opened.case.id


def test_the_link_is_no_visit_and_a_visit_is_no_link(track, opened):
    assert track().current(opened.token) is None
    assert track().by_link(track().visit(opened.case.id)) is None
    assert track().by_link("x" * 43) is None


def test_the_link_lasts_as_long_as_a_case_may_and_no_longer(track, opened, clock):
    clock.forward(days=399)
    assert track().by_link(opened.token)
    clock.forward(days=1)
    assert track().by_link(opened.token) is None


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_a_code_shows_the_personal_part_in_this_visit_only_and_works_once(track, case):
    token, other = track().visit(case.id), track().visit(case.id)
    code = track().make_code(case)
    assert track().give_code(token, f" {code[:3]} {code[3:]} ")
    assert track().current(token).full
    assert not track().current(other).full
    assert not track().give_code(other, code)


def test_a_code_works_for_ten_minutes(track, case, clock):
    token, code = track().visit(case.id), track().make_code(case)
    clock.forward(minutes=10)
    assert not track().give_code(token, code)
    code = track().make_code(case)
    clock.forward(minutes=9, seconds=59)
    assert track().give_code(token, code)


def test_a_code_dies_after_five_wrong_tries(track, case):
    token, code = track().visit(case.id), track().make_code(case)
    for _ in range(TRIES_A_CODE):
        assert not track().give_code(token, wrong(code))
    assert not track().give_code(token, code)


def test_a_code_lives_after_four_wrong_tries(track, case):
    token, code = track().visit(case.id), track().make_code(case)
    for _ in range(TRIES_A_CODE - 1):
        assert not track().give_code(token, wrong(code))
    assert track().give_code(token, code)


def test_wrong_tries_count_for_all_visits_together(track, case):
    code = track().make_code(case)
    for _ in range(TRIES_A_CODE):
        assert not track().give_code(track().visit(case.id), wrong(code))
    assert not track().give_code(track().visit(case.id), code)


def test_a_new_code_kills_the_old_one(track, case):
    token = track().visit(case.id)
    codes = [track().make_code(case) for _ in range(3)]
    while codes[0] == codes[-1]:
        codes.append(track().make_code(case))
    assert not track().give_code(token, codes[0])
    assert track().give_code(token, codes[-1])


def test_a_code_of_one_case_opens_no_other(desk, track, case):
    from tests.unit.cases.conftest import ANSWERS, somebody

    other = desk().open("key-2", dict(ANSWERS), somebody(), "nl").case
    code = track().make_code(case)
    assert not track().give_code(track().visit(other.id), code)


def test_without_a_visit_a_code_opens_nothing(track, case):
    code = track().make_code(case)
    assert not track().give_code("x" * 43, code)
    assert not track().give_code("", code)
