"""Pages from `content/pages/` to rows; a text that was edited on screen is left alone."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.foundation.seeding import Changed, ContentError, Ledger
from portal.foundation.site import Site
from portal.pages.files import PageFile, facts_of, read_page_file
from portal.pages.models import Page, PageText


def seed(session: Session, site: Site) -> Iterable[Changed]:
    """Bring the pages up to the folder. Raises `ContentError`."""
    ledger = Ledger(session, "pages/")
    folders = sorted(path for path in (site.content / "pages").iterdir() if path.is_dir())
    fresh = [folder for folder in folders if ledger.is_new(folder.name, _files(folder))]
    gone = ledger.gone()
    for key in gone:  # first, so that a new page may have the slug of one that goes
        session.execute(delete(Page).where(Page.key == key))
    for folder in fresh:
        try:
            _seed_page(session, folder, {path.stem: read_page_file(path) for path in _files(folder)})
        except IntegrityError as fault:
            raise ContentError(f"{folder}: another page has the same slug in one of its languages") from fault
    return [Changed("page", key) for key in (*gone, *(folder.name for folder in fresh))]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.md"))


def _seed_page(session: Session, folder: Path, files: dict[str, PageFile]) -> None:
    if "nl" not in files:
        raise ContentError(f"{folder}: nl.md is missing; plain Dutch is the source of every other language")
    known = session.get(Page, folder.name)  # a page that was taken away on screen stays away
    state = known.state if known else "published"
    session.merge(Page(key=folder.name, state=state, **facts_of(files["nl"].head, folder / "nl.md")))
    session.flush()
    for locale, file in files.items():
        row = session.get(PageText, (folder.name, locale))
        if row is None or row.seeded:
            session.merge(_text(folder.name, file))
    for row in session.query(PageText).where(PageText.page_key == folder.name, PageText.seeded != ""):
        if row.locale not in files:
            session.delete(row)
    session.flush()


def _text(key: str, file: PageFile) -> PageText:
    head = file.head
    return PageText(
        page_key=key, locale=file.locale, slug=file.slug, title=str(head["title"]), summary=str(head["summary"]),
        markdown=file.markdown, html=file.rendered.html,
        headings=[[heading.anchor, heading.text] for heading in file.rendered.headings],
        actions=list(head["actions"]), keywords=[str(word) for word in head.get("keywords") or ()],
        draft=bool(head.get("draft")), seeded=file.digest,
    )  # fmt: skip
