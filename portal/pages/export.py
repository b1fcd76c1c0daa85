"""Pages from rows to files."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from portal.foundation.exporting import to_yaml, without_nothing
from portal.foundation.i18n import LOCALES, SOURCE
from portal.pages.models import Page, PageText

#: What the Dutch file says of the page as a whole, besides the dates.
FACTS = ("service", "topics", "audience", "owner", "sources", "related")


def export(connection: Connection, folder: Path) -> int:
    """Write `pages/<key>/<locale>.md` for every published page. Returns the number of files."""
    pages = {row.key: row for row in connection.execute(select(Page.__table__).where(Page.state == "published"))}
    texts = [row for row in connection.execute(select(PageText.__table__)) if row.page_key in pages]
    for text in texts:
        path = folder / "pages" / text.page_key / f"{text.locale}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{to_yaml(_head(pages[text.page_key], text))}---\n{text.markdown}", "utf-8")
    return len(texts)


def _head(page: Any, text: Any) -> dict[str, Any]:
    head = {"title": text.title, "summary": text.summary}
    if not LOCALES[text.locale].dutch or text.slug != page.key:
        head["slug"] = text.slug
    head |= without_nothing({"draft": text.draft, "actions": text.actions, "keywords": text.keywords})
    if text.locale != SOURCE.code:
        return head | without_nothing({"review_by": text.review_by})
    head |= without_nothing({name: getattr(page, name) for name in FACTS} | {"exit": page.with_exit})
    head |= without_nothing({"parent": page.parent_key, "place": page.place or None, "legal": page.legal})
    return head | {"checked_on": page.checked_on, "review_by": page.review_by}
