"""Which ways fit somebody's answers: row by row, and what holds of all answers there can be."""

from datetime import date

import pytest

from portal.ways.rules import About, Answers, Letter, Objection, Way, Who, Why, Wish, asks_who, fitting

IN_TIME = Objection(date(2026, 11, 3), date(2026, 12, 15), 22, False)
OVER = Objection(date(2026, 8, 3), date(2026, 9, 14), 0, True)
#: How a row says which letter there is, and whether its term is known.
LETTERS = {
    "none": (Letter.NONE, None), "in time": (Letter.DATED, IN_TIME), "over": (Letter.DATED, OVER),
    "undated": (Letter.UNDATED, None), "unsure": (Letter.UNSURE, None), "unsure, dated": (Letter.UNSURE, IN_TIME),
    "unsure, over": (Letter.UNSURE, OVER),
}  # fmt: skip
#: about | letter | who | wish → the ways, best first, each with why; what everybody gets is left out.
TABLE = """
treated | none          | team     | listen  | complaint treated_team, talk talk_often_helps
treated | none          | team     | look    | complaint treated_team, second_opinion look_wanted, talk talk_often_helps
treated | none          | team     | decide  | talk talk_first_decision, complaint treated_team
treated | none          | team     | unknown | complaint treated_team, talk talk_often_helps
treated | none          | provider | listen  | complaint treated_provider, talk talk_often_helps
treated | none          | provider | look    | complaint treated_provider, second_opinion look_wanted, talk talk_often_helps
treated | none          | provider | decide  | talk talk_first_decision, complaint treated_provider
treated | none          | provider | unknown | complaint treated_provider, talk talk_often_helps
treated | none          | other    | listen  | complaint treated_other, talk talk_often_helps
treated | none          | other    | look    | complaint treated_other, second_opinion look_wanted, talk talk_often_helps
treated | none          | other    | decide  | talk talk_first_decision, complaint treated_other
treated | none          | other    | unknown | complaint treated_other, talk talk_often_helps
treated | in time       | team     | listen  | objection decision, complaint treated_team, talk talk_often_helps
treated | in time       | team     | look    | objection decision, complaint treated_team, second_opinion look_wanted, talk talk_often_helps
treated | in time       | team     | decide  | objection decision, complaint treated_team, talk talk_often_helps
treated | in time       | provider | listen  | objection decision, complaint treated_provider, talk talk_often_helps
treated | in time       | provider | unknown | objection decision, complaint treated_provider, talk talk_often_helps
treated | in time       | other    | decide  | objection decision, complaint treated_other, talk talk_often_helps
treated | over          | team     | listen  | objection decision_over, complaint treated_team, talk talk_often_helps
treated | over          | team     | decide  | objection decision_over, talk talk_again, complaint treated_team
treated | over          | provider | look    | objection decision_over, complaint treated_provider, second_opinion look_wanted, talk talk_often_helps
treated | undated       | team     | listen  | objection decision_undated, complaint treated_team, talk talk_often_helps
treated | undated       | provider | decide  | objection decision_undated, complaint treated_provider, talk talk_often_helps
treated | undated       | other    | unknown | objection decision_undated, complaint treated_other, talk talk_often_helps
treated | unsure        | team     | listen  | objection decision_unsure, complaint treated_team, talk talk_often_helps
treated | unsure        | team     | decide  | objection decision_unsure, complaint treated_team, talk talk_often_helps
treated | unsure, dated | provider | look    | objection decision_unsure, complaint treated_provider, second_opinion look_wanted, talk talk_often_helps
treated | unsure, over  | team     | decide  | objection decision_unsure, talk talk_again, complaint treated_team
plan    | none          |          | listen  | talk talk_about_plan, second_opinion plan_doubted
plan    | none          |          | look    | second_opinion plan_doubted, talk talk_about_plan
plan    | none          |          | decide  | talk talk_first_decision, second_opinion plan_doubted
plan    | none          |          | unknown | second_opinion plan_doubted, talk talk_about_plan
plan    | in time       |          | listen  | objection decision, talk talk_about_plan, second_opinion plan_doubted
plan    | in time       |          | look    | objection decision, second_opinion plan_doubted, talk talk_about_plan
plan    | in time       |          | decide  | objection decision, second_opinion plan_doubted, talk talk_about_plan
plan    | in time       |          | unknown | objection decision, second_opinion plan_doubted, talk talk_about_plan
plan    | over          |          | listen  | objection decision_over, talk talk_about_plan, second_opinion plan_doubted
plan    | over          |          | look    | objection decision_over, second_opinion plan_doubted, talk talk_about_plan
plan    | over          |          | decide  | objection decision_over, talk talk_again, second_opinion plan_doubted
plan    | undated       |          | look    | objection decision_undated, second_opinion plan_doubted, talk talk_about_plan
plan    | undated       |          | decide  | objection decision_undated, second_opinion plan_doubted, talk talk_about_plan
plan    | unsure        |          | look    | objection decision_unsure, second_opinion plan_doubted, talk talk_about_plan
plan    | unsure, dated |          | listen  | objection decision_unsure, talk talk_about_plan, second_opinion plan_doubted
letter  | in time       |          | listen  | objection decision, talk talk_often_helps
letter  | in time       |          | look    | objection decision, second_opinion look_beside, talk talk_often_helps
letter  | in time       |          | decide  | objection decision
letter  | in time       |          | unknown | objection decision, talk talk_often_helps
letter  | over          |          | listen  | objection decision_over, talk talk_again
letter  | over          |          | look    | objection decision_over, second_opinion look_wanted, talk talk_again
letter  | over          |          | decide  | objection decision_over, talk talk_again
letter  | over          |          | unknown | objection decision_over, talk talk_again
letter  | undated       |          | listen  | objection decision_undated, talk talk_often_helps
letter  | undated       |          | look    | objection decision_undated, second_opinion look_beside, talk talk_often_helps
letter  | undated       |          | decide  | objection decision_undated
letter  | undated       |          | unknown | objection decision_undated, talk talk_often_helps
other   | none          | team     | listen  | talk talk_to_choose, complaint not_heard
other   | none          | team     | look    | second_opinion look_wanted, talk talk_to_choose
other   | none          | team     | decide  | talk talk_first_decision
other   | none          | team     | unknown | talk talk_to_choose
other   | none          | provider | listen  | talk talk_to_choose, complaint treated_provider
other   | none          | provider | unknown | talk talk_to_choose
other   | none          | other    | listen  | talk talk_to_choose, complaint not_heard
other   | none          | other    | decide  | talk talk_first_decision
other   | in time       | team     | listen  | objection decision, talk talk_to_choose, complaint not_heard
other   | in time       | team     | look    | objection decision, second_opinion look_wanted, talk talk_to_choose
other   | in time       | provider | listen  | objection decision, talk talk_to_choose, complaint treated_provider
other   | in time       | other    | decide  | objection decision, talk talk_to_choose
other   | over          | team     | decide  | objection decision_over, talk talk_again
other   | over          | team     | unknown | objection decision_over, talk talk_to_choose
other   | undated       | provider | decide  | objection decision_undated, talk talk_to_choose
other   | undated       | other    | unknown | objection decision_undated, talk talk_to_choose
other   | unsure        | other    | unknown | objection decision_unsure, talk talk_to_choose
other   | unsure        | team     | decide  | objection decision_unsure, talk talk_to_choose
other   | unsure, dated | other    | look    | objection decision_unsure, second_opinion look_wanted, talk talk_to_choose
"""  # noqa: E501
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


def answers(about, letter, who, wish):
    code, objection = LETTERS[letter]
    return Answers(About[about.upper()], code, Who[who.upper()] if who else None, Wish[wish.upper()], objection)


def everything():
    """All answers there can be."""
    for about in About:
        for letter, (code, _objection) in LETTERS.items():
            if about is About.LETTER and code not in {Letter.DATED, Letter.UNDATED}:
                continue
            for who in Who if asks_who(about) else [None]:
                for wish in Wish:
                    yield answers(about.name, letter, who.name if who else "", wish.name)


def ways(found):
    return [fit.way for fit in fitting(found)]


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(filter(None, row[:4])) for row in ROWS])
def test_the_ways_that_fit(row):
    *said, expected = row
    found = [f"{fit.way} {fit.why}" for fit in fitting(answers(*said))]
    support = "support" if said[1] == "none" else "support_letter"
    assert found == [*expected.split(", "), f"client_support {support}"]


def test_the_table_is_long_enough_and_says_nothing_twice():
    assert len(ROWS) >= 60
    assert len({tuple(row[:4]) for row in ROWS}) == len(ROWS)


def test_every_way_and_every_reason_is_given_to_somebody():
    found = [fit for one in everything() for fit in fitting(one)]
    assert {fit.way for fit in found} == set(Way)
    assert {fit.why for fit in found} == set(Why)


def test_no_way_is_named_twice():
    assert all(len(set(ways(one))) == len(ways(one)) for one in everything())


def test_objection_is_first_wherever_there_may_be_a_decision_and_nowhere_else():
    for one in everything():
        assert (ways(one)[0] is Way.OBJECTION) == (one.letter is not Letter.NONE)
        assert (Way.OBJECTION in ways(one)) == (one.letter is not Letter.NONE)


def test_who_stands_beside_you_is_always_there_and_always_last():
    assert all(ways(one)[-1] is Way.CLIENT_SUPPORT for one in everything())


def test_nobody_is_left_with_nothing_but_somebody_beside_them():
    assert all(len(ways(one)) > 1 for one in everything())


def test_who_was_treated_badly_may_always_complain():
    assert all(Way.COMPLAINT in ways(one) for one in everything() if one.about is About.TREATED)


def test_who_doubts_a_plan_or_wants_another_look_may_always_have_a_second_opinion():
    for one in everything():
        if one.about is About.PLAN or one.wish is Wish.LOOK:
            assert Way.SECOND_OPINION in ways(one)


def test_a_complaint_never_takes_the_place_of_objection():
    """Awb 9:8: where objection is possible a complaint need not be handled; who only spoke of a letter gets none."""
    assert not any(Way.COMPLAINT in ways(one) for one in everything() if one.about is About.LETTER)


def test_only_who_wants_the_decision_changed_in_time_is_sent_to_objection_alone():
    alone = [one for one in everything() if ways(one) == [Way.OBJECTION, Way.CLIENT_SUPPORT]]
    assert alone
    assert all(one.about is About.LETTER and one.wish is Wish.DECIDE and not one.too_late for one in alone)


@pytest.mark.parametrize(
    ("about", "asked"), [(About.TREATED, True), (About.OTHER, True), (About.PLAN, False), (About.LETTER, False)]
)
def test_whom_it_is_about_is_asked_where_it_changes_something(about, asked):
    assert asks_who(about) is asked
    if asked:
        by_person = {who: [fitting(one) for one in everything() if (one.about, one.who) == (about, who)] for who in Who}
        assert by_person[Who.TEAM] != by_person[Who.PROVIDER]
