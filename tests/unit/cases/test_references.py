"""The names of a case: sayable, readable as people type them, and not to be guessed."""

import pytest

from portal.cases.references import (
    ALPHABET,
    LENGTH,
    hashed,
    new_code,
    new_id,
    new_reference,
    new_token,
    read_reference,
    spoken,
)

#: Signs that look or sound like each other: of each group at most one is used.
ALIKE = ("O0DQ", "1IL", "2Z", "5S", "8B", "UV")


def test_no_sign_of_a_reference_can_be_taken_for_another():
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert set(ALPHABET).isdisjoint("0O1IL2Z5S8BUV")


@pytest.mark.parametrize("_time", range(50))
def test_a_reference_has_eight_signs_of_the_alphabet(_time):
    reference = new_reference()
    assert len(reference) == LENGTH
    assert set(reference) <= set(ALPHABET)
    assert read_reference(reference) == reference


def test_a_reference_is_shown_in_two_groups_of_four():
    assert spoken("7KD4MW3F") == "7KD4 MW3F"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7KD4MW3F", "7KD4MW3F"),
        ("7KD4 MW3F", "7KD4MW3F"),
        ("7kd4mw3f", "7KD4MW3F"),
        ("7kd4-mw3f", "7KD4MW3F"),
        ("  7 K d 4 . M W 3 F ", "7KD4MW3F"),
        ("7KD4–MW3F", "7KD4MW3F"),
        ("\u200e7KD4 MW3F\u200f", "7KD4MW3F"),
        ("7KD4MW3", None),
        ("7KD4MW3FF", None),
        ("7KD4MW30", None),
        ("7KD4MW3O", None),
        ("ıııııııı", None),
        ("７ＫＤ４ＭＷ３Ｆ", None),
        ("", None),
        ("----", None),
        ("' OR 1=1", None),
        ("7KD4MW3F" * 1000, None),
    ],
)
def test_a_reference_is_read_as_people_type_it(typed, read):
    assert read_reference(typed) == read


def test_a_token_has_256_bits_and_fits_in_an_address():
    tokens = {new_token() for _ in range(200)}
    assert len(tokens) == 200
    for token in tokens:
        assert len(token) == 43
        assert token.replace("-", "").replace("_", "").isalnum()


def test_an_id_fits_its_column_and_is_never_the_same():
    ids = {new_id() for _ in range(200)}
    assert len(ids) == 200
    assert all(len(one) <= 24 for one in ids)


def test_a_code_has_six_digits_zeros_in_front_too():
    assert all(len(code) == 6 and code.isdecimal() for code in (new_code() for _ in range(2000)))


def test_what_is_kept_of_a_secret_does_not_tell_it_and_differs_per_case():
    assert "123456" not in hashed("123456", "case")
    assert hashed("123456", "case") != hashed("123456", "other")
    assert len(hashed("x")) == 64
