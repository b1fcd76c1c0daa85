"""Whatever somebody types or pastes is shown back as words on one line, and nothing of the page turns around."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.foundation.lib.typed import one_line


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("eten  in de\tbuurt \n", "eten in de buurt"),
        ("\x00\x07schulden", "schulden"),
        ("schul\x00den", "schul den"),
        ("schul\u202eden", "schulden"),
        ("\u2067ديون\u2069 schulden", "ديون schulden"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧 hulp", "👩\u200d👧 hulp"),
        ("\u2028\u00a0 ", ""),
        ("", ""),
    ],
)
def test_signs_that_nobody_sees_are_left_out_and_letters_stay_joined(typed, shown):
    assert one_line(typed) == shown


@given(st.text())
def test_what_is_on_one_line_stays_as_it_is(typed):
    assert one_line(one_line(typed)) == one_line(typed)
