"""The languages people speak have names in the language of the reader."""

import pytest
import yaml
from sqlalchemy import select

from portal.foundation.db import reading
from portal.foundation.i18n import LOCALES
from portal.social_map.models import Entry
from portal.teams.models import Team
from portal.ui.spoken import language_name


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("nl", "nl", "Nederlands"),
        ("ar", "nl", "Arabisch"),
        ("ar", "ar", "العربية"),
        ("tr", "en", "Turkish"),
        ("zh", "nl", "Chinees"),
        ("dse", "nl", "Nederlandse gebarentaal"),
        ("dse", "nl_simple", "Nederlandse gebarentaal"),
        ("dse", "en", "Dutch sign language"),
        ("ti", "nl", "Tigrinya"),
        ("xyz", "nl", "xyz"),
    ],
)
def test_a_language_has_a_name_for_the_reader(code, reader, name):
    assert language_name(code, LOCALES[reader]) == name


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_sign_language_has_a_name_in_every_language(locale):
    assert len(language_name("dse", locale).split()) > 1


def test_every_language_in_the_content_has_a_name_for_every_reader(zwolle, leeuwarden):
    codes = set()
    for site in (zwolle, leeuwarden):
        with reading(site.engine) as connection:
            for column in (Entry.languages, Team.languages):
                codes |= {code for codes in connection.execute(select(column)).scalars() for code in codes}
    nameless = [(code, x.code) for code in sorted(codes) for x in LOCALES.values() if language_name(code, x) == code]
    assert codes
    assert nameless == []


def test_norwegian_is_written_as_a_text_not_as_no(zwolle):
    assert yaml.safe_load("[nl, no]") == ["nl", False]
    with reading(zwolle.engine) as connection:
        listed = connection.execute(select(Entry.languages)).scalars().all()
    assert all(isinstance(code, str) for codes in listed for code in codes)
