"""Codes of the phone, against the tables of RFC 4226 (appendix D) and RFC 6238 (appendix B)."""

import base64

import pytest

from portal.accounts import totp

SECRET = b"12345678901234567890"
FIRST_TEN = (
    "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
)  # fmt: skip


@pytest.mark.parametrize(("step", "code"), list(enumerate(FIRST_TEN)))
def test_codes_of_rfc_4226(step, code):
    assert totp.code_at(SECRET, step) == code


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ],
)
def test_codes_of_rfc_6238(seconds, code):
    assert totp.code_at(SECRET, totp.step_at(seconds), digits=8) == code
    assert totp.code_at(SECRET, totp.step_at(seconds)) == code[2:]


@pytest.mark.parametrize(("aside", "matches"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(aside, matches):
    now = 1_234_567_890
    code = totp.code_at(SECRET, totp.step_at(now) + aside)
    assert (totp.matching_step(SECRET, code, now, None) is not None) == matches


@pytest.mark.parametrize("typed", ["005924", " 005924", "005 924", "0 0 5 9 2 4\n", "005\u00a0924", "\t005924"])
def test_a_code_is_the_same_with_spaces_and_so_is_its_step(typed):
    step = totp.matching_step(SECRET, typed, 1_234_567_890, None)
    assert step == totp.step_at(1_234_567_890)
    assert totp.matching_step(SECRET, typed, 1_234_567_890, step) is None


@pytest.mark.parametrize("typed", ["", "00592", "0059240", "OO5924", "٠٠٥٩٢٤", "-05924", "005.924", "5924"])
def test_what_is_no_code_never_matches(typed):
    assert totp.matching_step(SECRET, typed, 1_234_567_890, None) is None


def test_a_code_of_before_the_last_one_used_is_over_too():
    now = 1_234_567_890
    step = totp.step_at(now)
    assert totp.matching_step(SECRET, totp.code_at(SECRET, step - 1), now, step) is None
    assert totp.matching_step(SECRET, totp.code_at(SECRET, step + 1), now, step) == step + 1


def test_the_address_for_the_app_holds_the_secret_and_who_it_is_for():
    address = totp.address(SECRET, "Zwolle: hulp", "noor@example.nl")
    assert address.startswith("otpauth://totp/Zwolle%20%20hulp:noor%40example.nl?secret=")
    written = totp.written(SECRET)
    assert f"secret={written}&" in address
    assert base64.b32decode(written) == SECRET
