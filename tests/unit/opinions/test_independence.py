"""Who is independent of a plan: each reason alone, together, and after something changed."""

import pytest

from portal.opinions.independence import Conflict, Judge, Plan, conflicts, in_lines, same_body

PLAN = Plan("Gemeente Zwolle", ("Stichting Frion", "RIBW"), "midden")
FREE = Judge("Adviesbureau Noord", signed=True)


def judge(**more):
    return Judge(**{"employer": "Adviesbureau Noord", "signed": True, **more})


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (judge(), set()),
        (judge(employer="gemeente  ZWOLLE"), {Conflict.SAME_EMPLOYER}),
        (judge(employer="Frion"), {Conflict.PROVIDER}),
        (judge(employer="R.I.B.W."), {Conflict.PROVIDER}),
        (judge(teams=frozenset({"midden"})), {Conflict.IN_TEAM}),
        (judge(teams=frozenset({"holtenbroek"})), set()),
        (judge(took_part=True), {Conflict.EARLIER_PART}),
        (judge(stopped=True), {Conflict.STOPPED}),
        (judge(signed=False), {Conflict.NOT_SIGNED}),
        (judge(employer="RIBW", took_part=True, stopped=True), {
            Conflict.PROVIDER, Conflict.EARLIER_PART, Conflict.STOPPED}),
    ],
)  # fmt: skip
def test_every_reason_is_found_and_no_other(who, found):
    assert conflicts(who, PLAN) == found


@pytest.mark.parametrize(
    ("who", "plan", "found"),
    [
        (judge(employer="Gemeente Zwolle"), PLAN, Conflict.SAME_EMPLOYER),
        (FREE, Plan("Gemeente Zwolle", ("RIBW", "Adviesbureau Noord"), "midden"), Conflict.PROVIDER),
        (FREE, Plan("Adviesbureau Noord B.V.", (), "midden"), Conflict.SAME_EMPLOYER),
        (judge(teams=frozenset({"midden"})), PLAN, Conflict.IN_TEAM),
        (judge(took_part=True), PLAN, Conflict.EARLIER_PART),
        (judge(stopped=True), PLAN, Conflict.STOPPED),
    ],
)
def test_what_changes_after_they_were_asked_counts_from_then_on(who, plan, found):
    assert not conflicts(FREE, PLAN)
    assert conflicts(who, plan) == {found}


def test_before_they_are_asked_nobody_has_signed_yet():
    assert not conflicts(judge(signed=False), PLAN, to_sign=True)
    assert conflicts(judge(signed=False, employer="RIBW"), PLAN, to_sign=True) == {Conflict.PROVIDER}


def test_a_plan_of_no_team_and_without_providers_is_only_its_author():
    assert not conflicts(judge(teams=frozenset({"midden"})), Plan("Gemeente Zwolle"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Stichting Frion", "frion", True), ("Coöperatie Dimence U.A.", "Dimence", True), ("Travers", "Trias", False),
        ("", "", False), ("Stichting", "Stichting", True), ("De Kern", "kern", True),
    ],
)  # fmt: skip
def test_a_name_is_the_same_however_it_is_written(one, other, same):
    assert same_body(one, other) is same
    assert same_body(other, one) is same


def test_names_stand_one_on_a_line():
    assert in_lines(" Frion \n\nRIBW\n") == ("Frion", "RIBW")
