"""Pages from `content/pages/` to rows; what was edited on screen is left alone.

A file that changed is a new version of its text. When the Dutch file changes, the texts whose files did not change with
it are behind, as after an edit on screen.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.foundation.seeding import Changed, ContentError, Ledger, seeded_at
from portal.foundation.site import Site
from portal.pages.files import PageFile, facts_of, read_page_file
from portal.pages.models import Page, PageText
from portal.pages.showing import Showing, newest_number, source_to_follow
from portal.pages.versions import PageVersion
from portal.pages.workflow import State


def seed(session: Session, site: Site) -> Iterable[Changed]:
    """Bring the pages up to the folder. Raises `ContentError`."""
    ledger = Ledger(session, "pages/")
    folders = sorted(path for path in (site.content / "pages").iterdir() if path.is_dir())
    fresh = [folder for folder in folders if ledger.is_new(folder.name, _files(folder))]
    gone = ledger.gone()
    for key in gone:  # first, so that a new page may have the slug of one that goes
        _remove(session, key)
    for folder in fresh:
        try:
            _seed_page(session, folder, {path.stem: read_page_file(path) for path in _files(folder)})
        except IntegrityError as fault:
            raise ContentError(f"{folder}: another page has the same slug in one of its languages") from fault
    for folder in fresh:
        _hang(session, folder)
    return [Changed("page", key) for key in (*gone, *(folder.name for folder in fresh))]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.md"))


def _remove(session: Session, key: str) -> None:
    """Forget a page whose folder is gone, unless somebody worked on it on screen."""
    by_hand = select(PageVersion.id).where(PageVersion.page_key == key, PageVersion.touched_by.is_not(None))
    page = session.get(Page, key)
    if page and not page.edited and session.scalar(by_hand.limit(1)) is None:
        session.execute(delete(Page).where(Page.key == key))
        session.expire_all()


def _seed_page(session: Session, folder: Path, files: dict[str, PageFile]) -> None:
    if "nl" not in files:
        raise ContentError(f"{folder}: nl.md is missing; plain Dutch is the source of every other language")
    _seed_facts(session, folder, files["nl"])
    for locale in sorted(files, key=lambda name: name != "nl"):  # the source first: the others say what it says
        _seed_text(session, folder.name, files[locale])
    for row in session.query(PageText).where(PageText.page_key == folder.name, PageText.seeded != ""):
        if row.locale not in files:
            _take_away(session, row)
    session.flush()


def _seed_facts(session: Session, folder: Path, file: PageFile) -> None:
    known = session.get(Page, folder.name)
    facts = facts_of(file.head, folder / "nl.md")
    if known is None:
        session.add(Page(key=folder.name, state="published", **facts))
    elif not known.edited:  # also a page that was taken away on screen: it stays away
        for name, value in facts.items():
            setattr(known, name, value)
    session.flush()


def _seed_text(session: Session, key: str, file: PageFile) -> None:
    text = session.get(PageText, (key, file.locale))
    if text is not None and not text.seeded:
        return
    showing, fresh = _showing(session), _version(session, key, file)
    version = _on_show(session, key, file.locale)
    if version is not None and text is not None and _words(version) == _words(fresh):
        showing.again(version, text, file.digest)
    else:
        session.add(fresh)
        text = showing.show(fresh, seeded=file.digest)
    text.review_by = file.review_by


def _hang(session: Session, folder: Path) -> None:
    """Put a page in its place in the tree, once all of them are there. Raises `ContentError`."""
    page = session.get_one(Page, folder.name)
    if page.edited:
        return
    parent = read_page_file(folder / "nl.md").head.get("parent")
    above = session.get(Page, parent) if parent else None
    if parent and (above is None or page.key in _line(session, above)):
        raise ContentError(f"{folder / 'nl.md'}: parent “{parent}” is no other page that can stand above this one")
    page.parent_key = above.key if above else None


def _line(session: Session, page: Page | None) -> list[str]:
    """The keys from a page up to the top. Ends where it would go round."""
    found: list[str] = []
    while page is not None and page.key not in found:
        found.append(page.key)
        page = session.get(Page, page.parent_key) if page.parent_key else None
    return found


def _on_show(session: Session, key: str, locale: str) -> PageVersion | None:
    rows = (PageVersion.page_key == key, PageVersion.locale == locale, PageVersion.state == State.PUBLISHED)
    return session.scalar(select(PageVersion).where(*rows))


def _showing(session: Session) -> Showing:
    return Showing(session, seeded_at(session), announce=False)


def _take_away(session: Session, row: PageText) -> None:
    version = _on_show(session, row.page_key, row.locale)
    if version is not None:
        _showing(session).withdraw(version)
    else:
        session.delete(row)


def _words(version: PageVersion) -> tuple[Any, ...]:
    """All that a reader reads. A file that says the same with other facts is no new version."""
    names = ("slug", "title", "summary", "markdown", "actions", "keywords", "unread")
    return tuple(getattr(version, name) for name in names)


def _version(session: Session, key: str, file: PageFile) -> PageVersion:
    head, moment = file.head, seeded_at(session)
    return PageVersion(
        page_key=key, locale=file.locale, number=newest_number(session, key, file.locale) + 1, state=State.REPLACED,
        slug=file.slug, title=str(head["title"]), summary=str(head["summary"]), markdown=file.markdown,
        actions=list(head["actions"]), keywords=[str(word) for word in head.get("keywords") or ()],
        source_number=None if file.locale == "nl" else source_to_follow(session, key), unread=bool(head.get("draft")),
        made_at=moment, touched_at=moment,
    )  # fmt: skip
