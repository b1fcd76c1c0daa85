"""What people mean when they say where they live, and which rule decides. Tables, no database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.teams.rules import (
    Name,
    NoPostcode,
    Nothing,
    Postcode,
    parse_where,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "asked",
    [
        "8011AB", "8011 AB", "8011ab", "8011 Ab", " 8011AB ", "8 0 1 1 A B", "8011  AB", "8011\tAB", "8011\nAB",
        "8011\u00a0AB", "8011\u2009AB", "8011\u3000AB", "8011-AB", "8011 - AB", "8011.AB", "8011,AB", "8011_AB",
        "8011/AB", "8011\u2010AB", "8011\u2011AB", "8011–AB", "8011—AB", "8011\u2212AB", "8011\u00adAB",
        "٨٠١١AB", "۸۰۱۱ ab", "८०११AB", "８０１１ＡＢ", "８０１１ ａｂ", "⁸⁰¹¹AB", "𝟠𝟘𝟙𝟙AB",
        "\u200e8011AB\u200f", "\u202b8011\u202c AB", "\u20668011\u2069AB", "\ufeff8011AB", "8011\u200bAB",
        "8011\x00AB", "8011’AB", "8011AB.",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_postcode_may_be_typed_in_any_spelling(asked):
    assert parse_where(asked) == Postcode("8011", "AB")


@pytest.mark.parametrize(
    ("asked", "digits"),
    [
        ("8011", "8011"),
        (" 80 11 ", "8011"),
        ("٨٠٣١", "8031"),
        ("８９１１", "8911"),
        ("8011-", "8011"),
        ("1000", "1000"),
    ],
)
def test_four_digits_are_enough(asked, digits):
    assert parse_where(asked) == Postcode(digits)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("8011AB 12", 12), ("8011 AB, 12", 12), ("8011ab12a", 12), ("8011 AB 12-A", 12), ("8011AB 12 bis", 12),
        ("8011AB 12-3", 12), ("8011AB 1", 1), ("8011AB 99999", 99999), ("8011AB 007", 7), ("٨٠١١ AB ١٢", 12),
        ("8011 AB 12 hs", 12), ("8011AB 12/3hoog", 12), ("8011AB 1 2", 1), ("8011AB12A3", 12),
    ],
    ids=ascii,
)  # fmt: skip
def test_a_house_number_with_addition_is_understood(asked, number):
    found = parse_where(asked)
    assert isinstance(found, Postcode)
    assert (found.full, found.number) == ("8011AB", number)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("801", "length"), ("80111", "length"), ("8011A", "length"), ("8011ABC", "length"), ("8011 A1", "length"),
        ("8011 12", "length"), ("12 Voorbeeldstraat", "length"), ("8011-ÀB", "length"),
        ("8011 АВ", "length"), ("7", "length"), ("5e wijk", "length"), ("፩፪፫፬", "length"),
        ("0123", "zero"), ("0123AB", "zero"), ("0000 AA 1", "zero"), ("٠١٢٣", "zero"),
        ("8011SA", "letters"), ("8011 sd", "letters"), ("8011 Ss 12", "letters"),
    ],
    ids=ascii,
)  # fmt: skip
def test_an_impossible_postcode_says_what_is_wrong(asked, why):
    assert parse_where(asked) == NoPostcode(why)


@pytest.mark.parametrize(
    "asked", ["", " ", "\t\n", "-", "...", "?!", "\u200f\u200e", "\ufeff", "\x00\x01", "’", "—"], ids=ascii
)
def test_nothing_typed_is_nothing(asked):
    assert parse_where(asked) == Nothing()


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("Assendorp", "assendorp"), ("  ASSENDORP ", "assendorp"), ("Holtenbroek IV", "holtenbroek 4"),
        ("holtenbroek iii", "holtenbroek 3"), ("Aa-landen", "aa landen"),
        ("Kamperpoort/Veerallee", "kamperpoort veerallee"),
        ("Húns", "huns"), ("Jellum & Bears", "jellum bears"), ("St. Jansdal", "st jansdal"), ("Ｚｗｏｌｌｅ", "zwolle"),
        ("'t Zand", "t zand"), ("ter Pelkwijk\u200f", "ter pelkwijk"), ("Wijk_5", "wijk 5"), ("زفوله", "زفوله"),
        ("AB 8011", "ab 8011"), ("Straße", "strasse"),
    ],
    ids=ascii,
)  # fmt: skip
def test_a_name_is_read_without_case_accents_and_signs(asked, plain):
    assert parse_where(asked) == Name(plain)


def test_only_the_beginning_of_something_very_long_is_looked_at():
    assert parse_where("8011AB" + " " * 200 + "x") == Postcode("8011", "AB")
    assert len(parse_where("a" * 10_000).plain) == 120


@given(st.text(max_size=200))
def test_whatever_is_typed_gets_an_answer(asked):
    assert isinstance(parse_where(asked), Nothing | NoPostcode | Postcode | Name)


@given(st.from_regex(r"[1-9][0-9]{3}[A-Z]{2}", fullmatch=True), st.integers(1, 99_999))
def test_a_full_postcode_reads_the_same_with_and_without_space(code, number):
    spaced = f"{code[:4]} {code[4:].lower()} {number}"
    assert parse_where(spaced) == parse_where(f"{code}{number}")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("8011 AB Zwolle", Postcode("8011", "AB")),
        ("8011AB 12 Leeuwarden", Postcode("8011", "AB", 12)),
        ("Dorpsweg 5, 8011 ab Zwolle", Postcode("8011", "AB", 5)),
        ("Dorpsweg 12a 8031AB", Postcode("8031", "AB", 12)),
        ("8011 Zwolle", Postcode("8011")),
        ("8011 SS Zwolle", NoPostcode("letters")),
        ("0123 AB Zwolle", NoPostcode("zero")),
        ("8011 abc", NoPostcode("length")),
        ("12345 AB", NoPostcode("length")),
        ("Assendorperstraat 12", Name("assendorperstraat 12")),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_postcode_is_read_inside_an_address_as_people_copy_it(asked, expected):
    assert parse_where(asked) == expected
