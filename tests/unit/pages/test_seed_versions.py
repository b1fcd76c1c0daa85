"""Files of pages become versions: what a change leaves behind, what was edited on screen stays, and out and in."""

import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from portal.accounts.roles import Role
from portal.editing.arranging import Arranging
from portal.editing.drafting import Drafting, Editor, Words
from portal.editing.publishing import Publishing
from portal.foundation.db import reading, writing
from portal.foundation.seeding import ContentError, Seeded, seed_site
from portal.pages import export
from portal.pages.models import Page, PageText
from portal.pages.versions import PageVersion
from portal.pages.workflow import actors
from tests.desk import hire


@pytest.fixture
def seed(new_site, registry, clock):
    """Seeds the new site."""
    return lambda: seed_site(new_site, registry.seeders, clock)


@pytest.fixture
def look(new_site):
    """Reads values from the new site: `look(Page.key)`."""

    def run(what, *where):
        with reading(new_site.engine) as connection:
            return sorted(connection.execute(select(what).where(*where)).scalars())

    return run


@pytest.fixture
def behind(look):
    """The locales in which “klacht” is behind."""
    return lambda: set(look(PageText.locale, PageText.page_key == "klacht", PageText.behind_since.is_not(None)))


@pytest.fixture
def others(content):
    """The locales of “klacht” besides plain Dutch."""
    return {path.stem for path in (content / "pages" / "klacht").glob("*.md")} - {"nl"}


@pytest.fixture
def on_screen(new_site, clock):
    """Somebody publishes on screen other words for “klacht”, which somebody else wrote, and writes facts."""

    def run(**facts):
        with writing(new_site.engine) as session:
            eva, pam = (
                Editor(hire(session, clock.now(), role.value, (role, None)), actors([role]))
                for role in (Role.CONTENT_EDITOR, Role.PUBLISHER)
            )
            drafting = Drafting(session, clock.now(), eva)
            version = drafting.begin("klacht", "nl")
            words = Words("Van het scherm", "Zeg het ons.", version.slug, "U mag klagen.\n", tuple(version.actions))
            drafting.save(version, version.revision, words)
            Publishing(session, clock.now(), pam).publish(version)
            Arranging(session, clock.now(), pam).keep(session.get_one(Page, "klacht"), facts)

    return run


def replace(path, old, new):
    text = path.read_text("utf-8")
    assert re.search(old, text, re.MULTILINE)
    path.write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), "utf-8")


def head(path, lines):
    """Put lines in the front matter of a file, in the place of those with the same names."""
    text = path.read_text("utf-8")
    for name in (part.partition(":")[0] for part in lines.splitlines()):
        text = re.sub(rf"^{name}: .*\n", "", text, count=1, flags=re.MULTILINE)
    path.write_text(text.replace("---\n", f"---\n{lines}\n", 1), "utf-8")


def retitle(content, *locales):
    for locale in locales:
        replace(content / "pages" / "klacht" / f"{locale}.md", "^title: .*$", "title: Uit de map")


def numbered(locale="nl"):
    return (PageVersion.page_key == "klacht", PageVersion.locale == locale)


def test_a_changed_file_is_a_new_version_and_the_old_one_stays(seed, look, content):
    seed()
    retitle(content, "nl")
    seed()
    assert look(PageVersion.number, *numbered()) == [1, 2]
    assert look(PageVersion.title, *numbered(), PageVersion.state == "published") == ["Uit de map"]
    assert look(PageVersion.number, *numbered(), PageVersion.state == "replaced") == [1]


def test_a_file_that_changed_only_its_facts_is_no_new_version(seed, look, content, behind):
    seed()
    replace(content / "pages" / "klacht" / "nl.md", "^owner: .*$", "owner: Iemand anders")
    seed()
    assert look(PageVersion.number, *numbered()) == [1]
    assert look(Page.owner, Page.key == "klacht") == ["Iemand anders"]
    assert behind() == set()


def test_changed_dutch_alone_leaves_every_other_language_behind(seed, content, behind, others):
    seed()
    assert behind() == set()
    retitle(content, "nl")
    seed()
    assert behind() == others != set()


def test_a_language_that_changed_with_the_dutch_is_not_behind(seed, content, behind, others):
    seed()
    retitle(content, "nl", "en")
    seed()
    assert behind() == others - {"en"}


def test_a_translation_that_follows_later_is_behind_no_more(seed, content, behind, others):
    seed()
    retitle(content, "nl")
    seed()
    retitle(content, "ar")
    seed()
    assert behind() == others - {"ar"}


def test_what_was_edited_on_screen_keeps_its_words_and_facts(seed, look, content, on_screen):
    seed()
    on_screen(owner="Van het scherm")
    retitle(content, "nl")
    replace(content / "pages" / "klacht" / "nl.md", "^owner: .*$", "owner: Uit de map")
    seed()
    assert look(PageText.title, PageText.page_key == "klacht", PageText.locale == "nl") == ["Van het scherm"]
    assert look(Page.owner, Page.key == "klacht") == ["Van het scherm"]
    assert look(Page.edited, Page.key == "klacht") == [True]


def test_what_was_edited_on_screen_does_not_go_with_its_folder(seed, look, content, on_screen):
    seed()
    on_screen()
    shutil.rmtree(content / "pages" / "klacht")
    shutil.rmtree(content / "pages" / "privacy")
    seed()
    assert look(Page.key, Page.key.in_(["klacht", "privacy"])) == ["klacht"]


def test_a_page_hangs_below_the_one_that_its_file_names(seed, look, content):
    head(content / "pages" / "klacht" / "nl.md", "parent: privacy\nplace: 3")
    seed()
    assert look(Page.parent_key, Page.key == "klacht") == ["privacy"]
    assert look(Page.place, Page.key == "klacht") == [3]


def test_pages_below_each_other_are_refused_by_name(seed, look, content):
    head(content / "pages" / "klacht" / "nl.md", "parent: privacy")
    head(content / "pages" / "privacy" / "nl.md", "parent: klacht")
    with pytest.raises(ContentError, match=r"(klacht|privacy)/nl\.md: parent “(klacht|privacy)”"):
        seed()
    assert look(Page.key) == []


@pytest.mark.parametrize("parent", ["klacht", "bestaat-niet"])
def test_a_parent_that_cannot_be_one_is_refused_by_name(seed, content, parent):
    head(content / "pages" / "klacht" / "nl.md", f"parent: {parent}")
    with pytest.raises(ContentError, match=rf"klacht/nl\.md: parent “{parent}”"):
        seed()


def write_out(site, folder: Path) -> dict[str, bytes]:
    """The pages of a site as files: name → bytes."""
    with reading(site.engine) as connection:
        assert export.export(connection, folder) > 0
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted((folder / "pages").rglob("*.md"))}


@pytest.fixture
def again(new_site, content, seed):
    """Empties the site of pages and seeds it from a folder that was written."""

    def run(folder):
        with writing(new_site.engine) as session:
            session.execute(delete(Page))
            session.execute(delete(Seeded))
            assert session.scalar(select(func.count()).select_from(PageVersion)) == 0
        shutil.rmtree(content / "pages")
        shutil.copytree(folder / "pages", content / "pages")
        seed()

    return run


def test_pages_that_go_out_and_in_go_out_the_same_byte_for_byte(seed, again, new_site, content, tmp_path):
    klacht = content / "pages" / "klacht"
    head(klacht / "nl.md", "parent: privacy\nplace: 2\nlegal: true\nslug: zeg-het-ons")
    head(klacht / "ar.md", "review_by: 2027-02-01")
    seed()
    first = write_out(new_site, tmp_path / "one")
    again(tmp_path / "one")
    assert write_out(new_site, tmp_path / "two") == first


def test_what_was_written_on_screen_goes_out_and_in_too(seed, again, new_site, on_screen, tmp_path):
    seed()
    on_screen(legal=True, with_exit=True)
    first = write_out(new_site, tmp_path / "one")
    assert "Van het scherm" in first["pages/klacht/nl.md"].decode()
    again(tmp_path / "one")
    assert write_out(new_site, tmp_path / "two") == first


def test_the_address_of_the_dutch_text_may_be_another_than_its_folder(seed, look, new_site, content, tmp_path):
    head(content / "pages" / "klacht" / "nl.md", "slug: zeg-het-ons")
    seed()
    assert look(PageText.slug, PageText.page_key == "klacht", PageText.locale == "nl") == ["zeg-het-ons"]
    files = write_out(new_site, tmp_path / "one")
    assert b"\nslug: zeg-het-ons\n" in files["pages/klacht/nl.md"]
    assert b"\nslug:" not in files["pages/privacy/nl.md"]


def test_a_language_has_its_own_day_to_be_looked_at(seed, look, new_site, content, tmp_path):
    head(content / "pages" / "klacht" / "ar.md", "review_by: 2027-02-01")
    seed()
    own = look(PageText.locale, PageText.page_key == "klacht", PageText.review_by.is_not(None))
    assert own == ["ar"]
    files = write_out(new_site, tmp_path / "one")
    assert b"\nreview_by: 2027-02-01\n" in files["pages/klacht/ar.md"]
    assert b"review_by" not in files["pages/klacht/en.md"]
