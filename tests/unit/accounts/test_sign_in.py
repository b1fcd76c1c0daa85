"""The door: two steps, pauses that do not help an attacker, and nothing said about who has an account."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update

from portal.accounts import rules
from portal.accounts.models import Staff, StaffEvent, StaffTally
from portal.accounts.sign_in import Refused
from tests.unit.accounts.conftest import ELSEWHERE, EMAIL, HERE, PASSWORD

WRONG = "een verkeerd wachtwoord"


def refused(step, *values):
    with pytest.raises(Refused) as why:
        step(*values)
    return str(why.value)


def try_wrong(house, times, network=HERE, email=EMAIL):
    for _ in range(times):
        refused(house.door(network).with_password, email, WRONG)


def gets_half_way(house, network=HERE):
    try:
        house.door(network).with_password(EMAIL, PASSWORD)
    except Refused:
        return False
    return True


def test_a_password_leads_half_way_and_a_code_all_the_way(house):
    staff_id, _codes = house.welcome()
    half = house.door().with_password("  Noor.DeVries@EXAMPLE.nl", PASSWORD)
    assert house.who(half) is None
    token = house.door().with_code(half, house.code(staff_id))
    assert house.who(token).staff_id == staff_id
    assert house.events()[-1] == "signed_in"


def test_each_step_has_a_new_name_and_the_old_one_is_over(house):
    staff_id, _codes = house.welcome()
    half = house.door().with_password(EMAIL, PASSWORD)
    token = house.door().with_code(half, house.code(staff_id))
    assert token != half
    assert house.half_way(half) is None
    house.clock.forward(seconds=90)
    refused(house.door().with_code, half, house.code(staff_id))


def test_a_cookie_that_somebody_else_thought_of_is_nobodys(house):
    staff_id, _codes = house.welcome()
    for token in ("", "fixed", "a" * 43):
        assert (house.who(token), house.half_way(token)) == (None, None)
        refused(house.door().with_code, token, house.code(staff_id))


def test_unknown_left_not_ready_wrong_and_locked_all_sound_the_same(house):
    house.welcome()
    house.invite("invited@example.nl")
    with house.writing() as session:
        accounts = house.accounts(session)
        accounts.add("gone@example.nl", "Weg", "Elders")
        accounts.leave("gone@example.nl")
    said = {
        refused(house.door().with_password, email, password)
        for email in (EMAIL, "nobody@example.nl", "invited@example.nl", "gone@example.nl", "", "x" * 500)
        for password in (WRONG, "", "x" * 5_000)
    }
    try_wrong(house, 6)
    said.add(refused(house.door().with_password, EMAIL, PASSWORD))
    assert said == {""}


def test_no_account_and_an_account_leave_equal_work_for_the_database(house):
    from sqlalchemy import event

    house.welcome()
    asked = []
    event.listen(house.site.engine, "commit", lambda _connection: asked.append(1))
    counts = []
    for email in (EMAIL, "nobody@example.nl"):
        asked.clear()
        refused(house.door().with_password, email, WRONG)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("minutes", [1, 2, 4, 8, 15])
def test_pauses_grow_and_the_right_password_waits_too(house, minutes):
    house.welcome()
    try_wrong(house, 4)
    for pause in (1, 2, 4, 8, 15):
        try_wrong(house, 1)
        if pause == minutes:
            break
        house.clock.forward(minutes=pause)
    house.clock.forward(minutes=minutes, seconds=-1)
    assert not gets_half_way(house)
    house.clock.forward(seconds=1)
    assert gets_half_way(house)


def test_trying_during_a_pause_does_not_make_it_longer(house):
    house.welcome()
    try_wrong(house, 5)
    try_wrong(house, 20)
    house.clock.forward(minutes=1)
    assert gets_half_way(house)


def test_nobody_is_locked_out_for_ever(house):
    house.welcome()
    with house.writing() as session:
        session.execute(update(Staff).values(failed_tries=100_000))
    try_wrong(house, 1)
    house.clock.forward(minutes=15)
    assert gets_half_way(house)


def test_a_stranger_who_guesses_does_not_hold_up_who_signs_in_from_where_they_always_do(house):
    staff_id, _codes = house.welcome(network=HERE)
    try_wrong(house, 12, network=ELSEWHERE)
    assert not gets_half_way(house, network=ELSEWHERE)
    house.sign_in(staff_id, network=HERE)


def test_at_their_own_desk_pauses_hold_as_well(house):
    house.welcome(network=HERE)
    try_wrong(house, 5, network=HERE)
    assert not gets_half_way(house, network=HERE)


def test_a_right_password_takes_back_its_try_and_no_other(house):
    staff_id, _codes = house.welcome()
    try_wrong(house, 4)
    assert gets_half_way(house)
    assert house.row(staff_id).failed_tries == 4
    try_wrong(house, 1)
    assert not gets_half_way(house)


def test_signing_in_wipes_the_slate(house):
    staff_id, _codes = house.welcome()
    try_wrong(house, 4)
    house.sign_in(staff_id)
    assert house.row(staff_id).failed_tries == 0
    assert house.row(staff_id).locked_until is None


def test_a_network_has_its_share_of_tries_and_another_network_its_own(house):
    house.welcome()
    with house.writing() as session:
        session.add(StaffTally(lane=f"network:{HERE}", failed_tries=rules.NETWORK_TRIES, began_at=house.clock.now()))
    assert not gets_half_way(house, network=HERE)
    assert gets_half_way(house, network=ELSEWHERE)
    house.clock.forward(minutes=15)
    assert gets_half_way(house, network=HERE)


def test_right_passwords_do_not_use_up_the_share_of_a_town_hall(house):
    house.welcome()
    nearly = rules.NETWORK_TRIES - 1
    with house.writing() as session:
        session.add(StaffTally(lane=f"network:{HERE}", failed_tries=nearly, began_at=house.clock.now()))
    assert [gets_half_way(house) for _ in range(3)] == [True] * 3
    with house.writing() as session:
        assert session.get(StaffTally, f"network:{HERE}").failed_tries == nearly


def test_behind_our_own_proxy_nobody_shares_a_network_with_everybody(house):
    house.welcome()
    try_wrong(house, 3, network="")
    with house.writing() as session:
        assert list(session.scalars(select(StaffTally.lane).where(StaffTally.lane.startswith("network")))) == []


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1} {2}", "{1}\u00a0{2}"])
def test_a_code_works_once_however_it_is_written(house, typed):
    staff_id, _codes = house.welcome()
    code = house.code(staff_id)
    house.door().with_code(house.door().with_password(EMAIL, PASSWORD), code)
    again = house.door().with_password(EMAIL, PASSWORD)
    refused(house.door().with_code, again, typed.format(code, code[:3], code[3:]))
    assert house.events()[-1] == "code_refused"


def test_the_code_of_the_step_before_the_last_one_used_is_over(house):
    staff_id, _codes = house.welcome()
    before = house.code(staff_id, steps=-1)
    house.sign_in(staff_id)
    refused(house.door().with_code, house.door().with_password(EMAIL, PASSWORD), before)


def test_of_twenty_equal_codes_at_once_one_leads_in(house):
    staff_id, _codes = house.welcome()
    halves = [house.door().with_password(EMAIL, PASSWORD) for _ in range(20)]
    code = house.code(staff_id)

    def enter(half):
        try:
            return house.door().with_code(half, code)
        except Refused:
            return None

    with ThreadPoolExecutor(5) as pool:
        assert len([token for token in pool.map(enter, halves) if token]) == 1


def test_wrong_codes_cost_pauses_that_a_right_password_does_not_take_away(house):
    staff_id, _codes = house.welcome()
    for _ in range(5):
        refused(house.door().with_code, house.door().with_password(EMAIL, PASSWORD), "000000")
    half = house.door().with_password(EMAIL, PASSWORD)
    refused(house.door().with_code, half, house.code(staff_id))
    house.clock.forward(minutes=1)
    assert house.door().with_code(half, house.code(staff_id))


def test_a_recovery_code_works_once(house):
    _id, codes = house.welcome()
    written = codes[3].upper().replace("-", " ")
    assert house.door().with_recovery_code(house.door().with_password(EMAIL, PASSWORD), written)
    refused(house.door().with_recovery_code, house.door().with_password(EMAIL, PASSWORD), codes[3])
    assert house.door().with_recovery_code(house.door().with_password(EMAIL, PASSWORD), codes[4])


def test_somebody_elses_recovery_code_does_not_fit(house):
    house.welcome()
    _id, codes = house.welcome("other@example.nl")
    refused(house.door().with_recovery_code, house.door().with_password(EMAIL, PASSWORD), codes[0])


def test_new_recovery_codes_end_the_old_ones_and_ask_a_code(house):
    staff_id, old = house.welcome()
    refused(house.door().new_recovery_codes, staff_id, "000000")
    new = house.door().new_recovery_codes(staff_id, house.code(staff_id))
    assert not set(new) & set(old)
    half = house.door().with_password(EMAIL, PASSWORD)
    refused(house.door().with_recovery_code, half, old[0])
    assert house.door().with_recovery_code(half, new[0])


def test_a_password_without_second_step_leads_nowhere_once_the_invitation_is_old(house):
    _id, link = house.invite()
    house.set_password(link)
    half = house.door().with_password(EMAIL, PASSWORD)
    assert house.half_way(half).offer
    house.clock.forward(days=3)
    refused(house.door().with_password, EMAIL, PASSWORD)


def test_a_second_step_that_is_there_cannot_be_set_up_again_by_a_half_session(house):
    _id, link = house.invite()
    first, second = house.set_password(link), house.door().with_password(EMAIL, PASSWORD)
    house.door().with_first_code(first, house.offered_code(first))
    house.clock.forward(seconds=90)
    refused(house.door().with_first_code, second, house.offered_code(second))


def test_a_half_session_ends_after_ten_minutes(house):
    staff_id, _codes = house.welcome()
    half = house.door().with_password(EMAIL, PASSWORD)
    house.clock.forward(minutes=10)
    refused(house.door().with_code, half, house.code(staff_id))


def test_a_hash_that_was_made_with_less_is_made_anew_at_the_next_sign_in(house):
    from argon2 import PasswordHasher

    staff_id, _codes = house.welcome()
    old = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    with house.writing() as session:
        session.execute(update(Staff).values(password_hash=old))
    assert gets_half_way(house)
    assert house.row(staff_id).password_hash != old


def test_what_happened_is_written_down_without_the_address_of_the_visitor(house):
    staff_id, _codes = house.welcome()
    try_wrong(house, 5)
    refused(house.door().with_password, "nobody@example.nl", WRONG)
    with house.writing() as session:
        about = select(StaffEvent.kind, StaffEvent.staff_id, StaffEvent.network)
        rows = session.execute(about.order_by(StaffEvent.id)).all()
    assert [(row.kind, row.staff_id) for row in rows[-6:]] == [
        *[("refused", staff_id)] * 4, ("locked", staff_id), ("refused", None),
    ]  # fmt: skip
    assert {row.network for row in rows} == {HERE, ELSEWHERE}


def test_what_was_written_down_cannot_be_written_over(house):
    from sqlalchemy.exc import DBAPIError

    house.welcome()
    with pytest.raises(DBAPIError), house.writing() as session:
        session.execute(update(StaffEvent).values(kind="left"))
