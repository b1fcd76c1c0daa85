"""Files of content become rows: only what changed, all or nothing, and never over a text edited on screen."""

import re

import pytest
from sqlalchemy import select

from portal.foundation.content_cache import Kept
from portal.foundation.db import reading, writing
from portal.foundation.outbox import OutboxRow
from portal.foundation.seeding import EVERYTHING, ContentError, Seeded, seed_site
from portal.pages.models import Page, PageText
from portal.social_map.models import Entry, EntryText
from portal.teams.models import CoverageRule, Team


@pytest.fixture
def seed(new_site, registry, clock):
    """Seeds the new site; gives the documents it announced, as source:key."""

    def run():
        with writing(new_site.engine) as session:
            session.query(OutboxRow).delete()
        number = seed_site(new_site, registry.seeders, clock)
        with writing(new_site.engine) as session:
            said = [f"{row.payload['source']}:{row.payload['key']}" for row in session.query(OutboxRow)]
        assert len(said) == number
        return said

    return run


@pytest.fixture
def look(new_site):
    """Reads values from the new site: `look(Page.key)`."""

    def run(what, *where):
        with reading(new_site.engine) as connection:
            return sorted(connection.execute(select(what).where(*where)).scalars())

    return run


def replace(path, old, new):
    text = path.read_text("utf-8")
    assert re.search(old, text, re.MULTILINE)
    path.write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), "utf-8")


def test_everything_in_the_folder_becomes_rows_and_is_announced(seed, look, content):
    said = seed()
    for source, folder, column in (("page", "pages", Page.key), ("entry", "social_map", Entry.slug)):
        names = sorted(path.stem for path in (content / folder).iterdir())
        assert look(column) == names
        assert {key.partition(":")[2] for key in said if key.startswith(f"{source}:")} - {EVERYTHING} == set(names)
    assert len(look(Team.slug)) == sum(key.startswith("team:") for key in said) == 9


def test_seeding_twice_changes_nothing(seed, look, new_site):
    seed()
    version = Kept(new_site).version()
    assert seed() == []
    assert Kept(new_site).version() == version == 1


def test_a_changed_page_re_reads_only_that_page(seed, look, content, new_site):
    seed()
    replace(content / "pages" / "klacht" / "nl.md", "^title: .*$", "title: Een andere titel")
    assert seed() == ["page:klacht"]
    assert look(PageText.title, PageText.page_key == "klacht", PageText.locale == "nl") == ["Een andere titel"]
    assert Kept(new_site).version() == 2


def test_a_changed_entry_re_reads_only_that_entry(seed, look, content):
    seed()
    replace(content / "social_map" / "atelier-de-spoorkamer.yaml", "^    name: .*$", "    name: De Verfkamer")
    assert seed() == ["entry:atelier-de-spoorkamer"]
    assert "De Verfkamer" in look(EntryText.name, EntryText.entry_slug == "atelier-de-spoorkamer")


def test_a_changed_area_is_told_of_every_team(seed, content):
    seed()
    replace(content / "areas" / "coverage.csv", "^midden,pc4,8012,", "wipstrik-berkum,pc4,8012,")
    assert sorted({key.partition(":")[0] for key in seed()}) == ["team"]


def test_changed_themes_put_everything_anew_in_the_index(seed, content):
    seed()
    replace(content / "themes.yaml", "^- code: geld$", "- code: geld  # nieuw")
    assert seed() == [f"entry:{EVERYTHING}"]


def test_a_changed_team_keeps_its_areas(seed, look, content):
    seed()
    before = look(CoverageRule.value, CoverageRule.team_slug == "midden")
    replace(content / "teams" / "midden.yaml", "^staff_count: 13", "staff_count: 14")
    assert "team:midden" in seed()
    assert look(CoverageRule.value, CoverageRule.team_slug == "midden") == before != []
    assert look(Team.staff_count, Team.slug == "midden") == [14]


def test_a_removed_page_goes_with_all_its_texts(seed, look, content):
    seed()
    for path in (content / "pages" / "privacy").iterdir():
        path.unlink()
    (content / "pages" / "privacy").rmdir()
    assert seed() == ["page:privacy"]
    assert look(Page.key, Page.key == "privacy") == look(PageText.page_key, PageText.page_key == "privacy") == []


def test_a_removed_entry_goes_with_all_its_texts(seed, look, content):
    seed()
    (content / "social_map" / "113-zelfmoordpreventie.yaml").unlink()
    assert seed() == ["entry:113-zelfmoordpreventie"]
    assert look(EntryText.entry_slug, EntryText.entry_slug == "113-zelfmoordpreventie") == []


def test_a_removed_language_of_a_page_goes(seed, look, content):
    seed()
    (content / "pages" / "klacht" / "en.md").unlink()
    assert seed() == ["page:klacht"]
    assert "en" not in look(PageText.locale, PageText.page_key == "klacht")


def test_a_page_may_move_to_another_folder(seed, look, content):
    seed()
    (content / "pages" / "klacht").rename(content / "pages" / "klacht-indienen")
    assert sorted(seed()) == ["page:klacht", "page:klacht-indienen"]
    assert set(look(PageText.page_key, PageText.slug == "complaint")) == {"klacht-indienen"}


def test_a_text_edited_on_screen_is_not_overwritten(seed, look, content, new_site):
    seed()
    with writing(new_site.engine) as session:
        text = session.get(PageText, ("klacht", "nl"))
        text.title, text.seeded = "Op het scherm geschreven", ""
    for locale in ("nl", "en"):
        replace(content / "pages" / "klacht" / f"{locale}.md", "^title: .*$", "title: Uit de map")
    assert seed() == ["page:klacht"]
    assert look(PageText.title, PageText.page_key == "klacht", PageText.locale == "nl") == ["Op het scherm geschreven"]
    assert look(PageText.title, PageText.page_key == "klacht", PageText.locale == "en") == ["Uit de map"]


def test_broken_front_matter_names_file_and_line_and_nothing_is_half_read(seed, look, content):
    replace(content / "pages" / "hulp-nodig" / "nl.md", "^title: .*$", "title: Nieuw")
    replace(content / "pages" / "klacht" / "nl.md", "^(summary: .*)$", r"\1\nkeywords: een: twee")
    with pytest.raises(ContentError, match=r"klacht/nl\.md: front matter: [\s\S]*line 4,"):
        seed()
    assert look(Page.key) == look(Team.slug) == look(Seeded.name) == look(OutboxRow.id) == []


def test_after_a_fault_is_mended_everything_is_read(seed, look, content):
    path = content / "pages" / "klacht" / "nl.md"
    whole = path.read_text("utf-8")
    path.write_text("geen kop", "utf-8")
    with pytest.raises(ContentError, match=r"klacht/nl\.md: line 1"):
        seed()
    path.write_text(whole, "utf-8")
    assert "page:klacht" in seed()
    assert "klacht" in look(Page.key)


@pytest.mark.parametrize(
    ("name", "broken", "said"),
    [
        ("teams/midden.yaml", "slug: [midden", r"teams/midden\.yaml: [\s\S]*line \d+"),
        ("teams/midden.yaml", "slug: midden\n", r"teams/midden\.yaml: KeyError"),
        ("teams/midden.yaml", "", r"teams/midden\.yaml: "),
        ("teams/midden.yaml", None, r"teams/midden\.yaml: .*codec"),
        ("themes.yaml", "- code: geld\n", r"themes\.yaml: "),
        ("themes.yaml", "", r"themes\.yaml: "),
        ("areas/coverage.csv", "team;kind\n", r"coverage\.csv is refused"),
        ("pages/klacht/nl.md", None, r"klacht/nl\.md: is not UTF-8"),
    ],
    ids=[
        "broken-yaml", "keys-missing", "empty-team", "team-not-utf-8", "theme-without-name", "no-themes",
        "coverage", "page-not-utf-8",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_named(seed, content, name, broken, said):
    (content / name).write_bytes(b"\xff\xfe" if broken is None else broken.encode())
    with pytest.raises(ContentError, match=said):
        seed()


def test_two_pages_with_one_slug_are_refused_by_name(seed, content):
    seed()
    path = content / "pages" / "klacht" / "en.md"
    replace(path, r"^slug: .*$", "slug: help-now")
    replace(content / "pages" / "hulp-nodig" / "en.md", r"^slug: .*$", "slug: help-now")
    with pytest.raises(ContentError, match=r"(klacht|hulp-nodig).*same slug"):
        seed()


def test_a_page_that_was_taken_away_stays_away_when_its_file_changes(seed, look, content, new_site):
    seed()
    with writing(new_site.engine) as session:
        session.get(Page, "klacht").state = "archived"
    replace(content / "pages" / "klacht" / "nl.md", r"^title: .*$", "title: Een andere titel")
    seed()
    assert look(Page.state, Page.key == "klacht") == ["archived"]
