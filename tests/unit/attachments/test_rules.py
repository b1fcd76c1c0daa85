"""How much somebody may send, and what each thing we refuse is called in words."""

import re
from pathlib import Path

import pytest

from portal.attachments.kinds import KINDS, how_to_wash
from portal.attachments.labels import KINDS as NAMES
from portal.attachments.labels import REASONS, size_in_words, why_not
from portal.attachments.rules import LARGEST_BODY, Limits, Refused
from portal.foundation.i18n import LOCALES
from portal.foundation.policies import Policy

PACKAGE = Path(__file__).parents[3] / "portal" / "attachments"
LIMITS = Limits(each=10, together=25, most=3)


def reason(act, *args):
    try:
        act(*args)
    except Refused as refused:
        return refused.reason
    return None


@pytest.mark.parametrize(("size", "why"), [(0, "empty"), (1, None), (10, None), (11, "large")])
def test_one_document_has_something_in_it_and_is_not_too_large(size, why):
    assert reason(LIMITS.one, size) == why


@pytest.mark.parametrize(
    ("before", "size", "why"),
    [([], 10, None), ([10, 5], 10, None), ([10, 6], 10, "together"), ([1, 1, 1], 1, "many"), ([1, 1], 1, None)],
)
def test_together_they_are_not_too_many_and_not_too_large(before, size, why):
    assert reason(LIMITS.with_others, before, size) == why


def test_the_policies_say_how_much():
    values = {"document_megabytes": 10, "document_megabytes_together": 25, "document_count": 5}
    limits = Limits.of({key: Policy(key, value, "count", "", True) for key, value in values.items()})
    assert (limits.each, limits.together, limits.most) == (10_000_000, 25_000_000, 5)
    assert limits.each < LARGEST_BODY


@pytest.mark.parametrize(
    ("head", "way"),
    [(b"%PDF-1.7", "pdf"), (b"\xff\xd8\xff\xe0", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"PK\x03\x04", "office"),
     (b"PK\x05\x06", None), (b" %PDF-1.7", None), (b"GIF89a", None), (b"", None), (b"MZ", None)],
)  # fmt: skip
def test_a_kind_is_known_by_how_it_begins(head, way):
    assert how_to_wash(head) == way


def test_every_reason_in_the_code_has_words():
    source = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    said = set(re.findall(r'Refused\("(\w+)"\)', source))
    assert len(said) > 12
    assert said <= set(REASONS)


def test_the_words_say_the_numbers_and_a_pdf_is_printed_anew():
    limits = Limits(10_000_000, 25_000_000, 5)
    assert "10 MB" in why_not("large", None, limits).interpolate()
    assert "25 MB" in why_not("together", None, limits).interpolate()
    assert "new PDF" in why_not("acting", "pdf", limits)
    assert "as a PDF" in why_not("acting", "office", limits)


def test_every_kind_has_a_name_and_sizes_are_as_people_say_them():
    assert set(NAMES) == set(KINDS)
    assert size_in_words(300, LOCALES["nl"]) == "1 kB"
    assert size_in_words(12_400, LOCALES["nl"]) == "12 kB"
    assert size_in_words(3_440_000, LOCALES["nl"]) == "3,4 MB"
    assert size_in_words(3_440_000, LOCALES["en"]) == "3.4 MB"
    assert "3" in size_in_words(3_440_000, LOCALES["ar"])
