"""What people type is read kindly: as they write it, and what cannot be right is none."""

import colander
import pytest

from portal.cases.schemas import Text, email, phone, postcode


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8011PK", "8011PK"), ("8011 pk", "8011PK"), (" 8011-pk ", "8011PK"), ("8011.PK", "8011PK"),
        ("8011", None), ("0811PK", None), ("8011P", None), ("8011PKK", None), ("", None), ("80 11 P K", "8011PK"),
    ],
)  # fmt: skip
def test_a_postcode_is_read_as_people_write_it(typed, read):
    assert postcode(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("06 12345678", "0612345678"), ("06-12 34 56 78", "0612345678"), ("(038) 123 45 67", "0381234567"),
        ("+31 6 12345678", "+31612345678"), ("0031612345678", "0031612345678"), ("12345", None), ("bel mij", None),
        ("0612345678 of 0687654321", None), ("", None),
    ],
)  # fmt: skip
def test_a_phone_number_is_read_as_people_write_it(typed, read):
    assert phone(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" jan@example.nl ", "jan@example.nl"), ("jan.de-vries+x@mail.example.nl", "jan.de-vries+x@mail.example.nl"),
        ("jan", None), ("jan@", None), ("jan@example", None), ("jan@@example.nl", None), ("jan @example.nl", None),
        ("jan@example.nl, piet@example.nl", None), ("<jan@example.nl>", None), ("", None),
    ],
)  # fmt: skip
def test_an_email_address_is_one_that_our_post_can_write_to(typed, read):
    assert email(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("  Jan\x07 \u200fde Vries ", "Jan de Vries"), ("a\nb", "a\nb"), ("José", "José"), ("محمد", "محمد")],
)
def test_signs_that_no_screen_shows_are_left_out(typed, read):
    assert colander.SchemaNode(Text()).deserialize(typed) == read


@pytest.mark.parametrize("typed", ["", "   ", "\x07\u200b"])
def test_nothing_to_see_is_nothing(typed):
    with pytest.raises(colander.Invalid):
        colander.SchemaNode(Text()).deserialize(typed)
