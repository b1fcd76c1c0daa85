"""The social map is full, and a file that cannot be used is named with its field."""

import pytest
import yaml
from sqlalchemy import func, select

from portal.foundation.db import reading
from portal.foundation.i18n import LOCALES
from portal.foundation.seeding import ContentError, seed_site
from portal.social_map.models import Entry, EntryText, Theme, ThemeText
from portal.social_map.rules import THEMES
from portal.social_map.services import read_entry, read_themes

NAME = "atelier-de-spoorkamer"


def count(site, what):
    with reading(site.engine) as connection:
        return connection.execute(select(func.count()).select_from(what)).scalar()


def test_zwolle_has_150_entries_at_least_and_each_is_in_dutch(zwolle):
    with reading(zwolle.engine) as connection:
        in_dutch = connection.execute(select(EntryText.entry_slug).where(EntryText.locale == "nl")).scalars().all()
    assert count(zwolle, Entry) == len(in_dutch) >= 150


def test_every_theme_of_the_code_is_in_the_folder_in_its_order(zwolle):
    with reading(zwolle.engine) as connection:
        themes = read_themes(connection)
    assert set(themes) == set(THEMES)
    assert all(theme.name(locale) for theme in themes.values() for locale in LOCALES.values())
    assert count(zwolle, Theme) == len(THEMES)
    assert count(zwolle, ThemeText) >= len(THEMES)


def test_every_theme_has_something_behind_it(zwolle):
    with reading(zwolle.engine) as connection:
        used = {theme for themes in connection.execute(select(Entry.themes)).scalars() for theme in themes}
    assert used == set(THEMES)


def test_a_theme_says_what_is_behind_it_only_in_the_language_of_the_reader(zwolle):
    with reading(zwolle.engine) as connection:
        theme = next(iter(read_themes(connection).values()))
    assert theme.summary(LOCALES["nl"]) == theme.summaries.get("nl")
    assert type(theme)("x", "x", False, {"nl": "X"}, {"nl": "Y"}).summary(LOCALES["ar"]) is None


@pytest.mark.parametrize(("code", "shown"), [("nl", "nl"), ("nl_simple", "nl_simple"), ("tr", "nl")])
def test_an_entry_is_read_in_the_own_language_or_in_dutch(zwolle, code, shown):
    with reading(zwolle.engine) as connection:
        found = read_entry(connection, NAME, LOCALES[code])
    assert found.locale is LOCALES[shown]
    assert found.entry.slug == NAME


def test_an_entry_that_is_not_there_is_none(zwolle):
    with reading(zwolle.engine) as connection:
        assert read_entry(connection, "niets", LOCALES["nl"]) is None


@pytest.fixture
def seed_changed(content, new_site, registry, clock):
    """Seeds with one entry changed."""

    def run(**changes):
        path = content / "social_map" / f"{NAME}.yaml"
        data = yaml.safe_load(path.read_text("utf-8")) | changes
        path.write_text(yaml.safe_dump({k: v for k, v in data.items() if v != "gone"}, allow_unicode=True), "utf-8")
        return seed_site(new_site, {"social_map": registry.seeders["social_map"]}, clock)

    return run


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "club"}, "kind"),
        ({"themes": ["liefde"]}, "themes"),
        ({"areas": ["Kampen"]}, "areas"),
        ({"cost": "gratis"}, "cost"),
        ({"cost": "gone"}, "cost"),
        ({"hours": [{"days": ["mo"], "from": "17:00", "to": "09:00"}]}, "opens at 17:00:00 but closes at 09:00:00"),
        ({"hours": [{"days": ["maandag"], "from": "09:00", "to": "17:00"}]}, "maandag|tuple"),
        ({"checked_on": "vorige week"}, "vorige week"),
        ({"text": {"nl": {"name": "x"}}}, "text, nl"),
        ({"text": {"nl": "Koffie"}}, "text, nl"),
        ({"text": ["nl"]}, "text"),
        ({"themes": None}, "themes"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_fault_names_file_and_field(seed_changed, changes, field):
    with pytest.raises(ContentError, match=rf"{NAME}\.yaml: .*({field})"):
        seed_changed(**changes)


@pytest.mark.parametrize("raw", [b"", b"- a\n- b\n", b"kind: [", b"kind: \xff"], ids=ascii)
def test_a_file_of_another_kind_is_named(content, new_site, registry, clock, raw):
    (content / "social_map" / "kapot.yaml").write_bytes(raw)
    with pytest.raises(ContentError, match=r"kapot\.yaml"):
        seed_site(new_site, {"social_map": registry.seeders["social_map"]}, clock)
    assert count(new_site, Entry) == count(new_site, Theme) == 0


def test_an_entry_on_appointment_has_no_hours(seed_changed, new_site):
    seed_changed(hours=[], checked_on=None, place=None)
    with reading(new_site.engine) as connection:
        found = read_entry(connection, NAME, LOCALES["nl"]).entry
    assert (found.hours, found.checked_on, found.place) == ([], None, {})
