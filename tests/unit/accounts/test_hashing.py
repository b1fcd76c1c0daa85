"""Passwords are kept as argon2id, and an account that is not there takes as long as one that is."""

import subprocess
import sys
from statistics import median
from time import perf_counter

from argon2 import extract_parameters
from argon2.low_level import Type

from portal.accounts import hashing

PASSWORD = "paarse olifant leest kranten"


def test_what_is_kept_is_argon2id_with_at_least_what_owasp_asks():
    kept = hashing.hash_password(PASSWORD)
    found = extract_parameters(kept)
    assert found.type is Type.ID
    assert (found.memory_cost >= 19 * 1024, found.time_cost >= 2) == (True, True)
    assert len(kept) <= 200
    assert kept != hashing.hash_password(PASSWORD)
    assert not hashing.is_old(kept)


def test_a_password_is_right_or_wrong_and_nobodys_is_wrong():
    kept = hashing.hash_password(PASSWORD)
    assert hashing.is_right(kept, PASSWORD)
    assert not hashing.is_right(kept, PASSWORD + " ")
    assert not hashing.is_right(None, PASSWORD)
    assert not hashing.is_right("no hash at all", PASSWORD)


def test_one_sign_written_in_two_ways_is_one_password():
    composed, taken_apart = "caf\u00e9 au lait in de tuin", "cafe\u0301 au lait in de tuin"
    assert hashing.is_right(hashing.hash_password(composed), taken_apart)


def test_a_hash_made_with_less_is_old():
    from argon2 import PasswordHasher

    assert hashing.is_old(PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD))


def test_no_account_takes_as_long_as_an_account():
    kept = hashing.hash_password(PASSWORD)
    hashing.is_right(None, PASSWORD)

    def takes(what):
        began = perf_counter()
        hashing.is_right(what, "another password")
        return perf_counter() - began

    pairs = [(takes(kept), takes(None)) for _ in range(9)]
    known, unknown = (median(times) for times in zip(*pairs, strict=True))
    assert abs(known - unknown) < 0.3 * known


def test_the_library_is_loaded_by_who_signs_in_and_by_nobody_else():
    asked = "import portal.accounts.doors, sys; sys.exit('argon2' in sys.modules)"
    command = [sys.executable, "-W", "ignore", "-c", asked]
    assert subprocess.run(command, check=False).returncode == 0
