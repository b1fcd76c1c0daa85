"""Passwords, pauses, networks and codes: pure rules, by table."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.accounts import rules
from portal.accounts.keys import new_recovery_codes
from portal.accounts.rules import Weak
from portal.accounts.word_list import common_words

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOOR = {"noor.devries@example.nl", "Noor", "Vries", "devries", "Zwolle", "example"}


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", Weak.SHORT),
        ("elf tekens.", Weak.SHORT),
        ("x" * 129, Weak.LONG),
        ("welkom123456", Weak.COMMON),
        ("Welkom01Welkom01", Weak.COMMON),
        ("W3lk0m!2026!", Weak.COMMON),
        ("Wachtwoord2026!", Weak.COMMON),
        ("W@chtw00rd123", Weak.COMMON),
        ("Zomer2026Zomer", Weak.COMMON),
        ("gemeente-welkom-1", Weak.COMMON),
        ("qwertyuiop123", Weak.COMMON),
        ("asdfghjkl;'1", Weak.COMMON),
        ("123456789012", Weak.COMMON),
        ("839201745629", Weak.COMMON),
        ("aaaaaaaaaaaa", Weak.COMMON),
        ("abababababab", Weak.COMMON),
        ("blijblijblij", Weak.COMMON),
        ("!!!!!!!!!!!!!", Weak.COMMON),
        ("abcdefghijkl", Weak.COMMON),
        ("Feyenoord1908!", Weak.COMMON),
        ("ik-ben-noor-vandaag", Weak.PERSONAL),
        ("mooi zw0lle aan zee", Weak.PERSONAL),
        ("Noor.DeVries@example.nl", Weak.PERSONAL),
        ("paarse olifant leest kranten", None),
        ("correct horse battery staple", None),
        ("kX9#pQ2$vL7&", None),
        ("hortensia regenpijp", None),
        ("слон читає газету", None),
        ("y" * 60 + "fietsbel" + "z" * 60, None),
    ],
)
def test_a_password_is_long_and_hard_to_guess_and_no_more_is_asked(password, why):
    assert rules.why_weak(password, common_words(), NOOR) == why


def test_nothing_but_length_is_asked_of_the_sorts_of_signs():
    assert rules.why_weak("kapstok bromvlieg jam", common_words(), set()) is None


def test_the_list_of_common_words_is_a_list_of_words():
    assert len(common_words()) > 300
    assert {word for word in common_words() if word != word.lower() or len(word) > 20} == set()


@pytest.mark.parametrize(
    ("tries", "minutes"), [(0, 0), (3, 0), (4, 1), (5, 2), (6, 4), (7, 8), (8, 15), (9, 15), (500, 15)]
)
def test_after_five_wrong_tries_each_further_one_costs_twice_as_long_and_never_more_than_a_quarter(tries, minutes):
    count, until = rules.after_wrong(tries, None, NOW)
    assert count == tries + 1
    assert until == (NOW + timedelta(minutes=minutes) if minutes else None)


def test_wrong_tries_of_long_ago_are_forgotten():
    long_ago = NOW - timedelta(days=1, seconds=1)
    assert rules.after_wrong(12, long_ago, NOW) == (1, None)
    assert rules.after_wrong(12, NOW - timedelta(hours=23), NOW)[0] == 13


def test_a_lock_ends_to_the_second():
    assert rules.is_locked(NOW + timedelta(seconds=1), NOW)
    assert not rules.is_locked(NOW, NOW)
    assert not rules.is_locked(None, NOW)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("", ""),
        (None, ""),
        ("<script>", ""),
        ("192.0.2.77, 10.0.0.1", ""),
    ],
)
def test_of_an_address_only_the_network_is_left(address, network):
    assert rules.network_of(address) == network


def test_an_email_address_is_one_however_it_is_written():
    assert rules.fold_email("  Noor.DeVries@Example.NL ") == "noor.devries@example.nl"


def test_recovery_codes_are_ten_and_can_be_read_aloud():
    codes = new_recovery_codes()
    assert len(set(codes)) == rules.RECOVERY_CODES == 10
    for code in codes:
        first, _, second = code.partition("-")
        assert (len(first), len(second)) == (5, 5)
        assert set(first + second) <= set(rules.CLEAR_SIGNS)
        assert rules.bare_code(f" {first.upper()} {second}\n") == first + second
