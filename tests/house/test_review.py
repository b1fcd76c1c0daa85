"""Who has read the words of the interface is said in one place, and every catalog says the same."""

from pathlib import Path

import pytest
import yaml

from portal.foundation.i18n import LOCALES

ROOT = Path(__file__).parents[2]

REVIEW = yaml.safe_load((ROOT / "locales" / "review.yaml").read_text("utf-8"))


def test_every_language_says_whether_it_is_a_draft():
    assert set(REVIEW) == set(LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_catalog_that_no_native_speaker_read_says_draft_at_its_head(locale):
    text = (ROOT / "locales" / locale / "LC_MESSAGES" / "portal.po").read_text("utf-8")
    head = text.split("msgid", 1)[0]
    assert ("DRAFT" in head) == REVIEW[locale]["draft"]
