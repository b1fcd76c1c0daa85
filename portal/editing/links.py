"""What leads to a page: other texts that are on show, and pages that name it beside them."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, select

from portal.pages.models import Page, PageText

_LINK = re.compile(r"\]\(\s*page:([a-z0-9-]+)")


@dataclass(frozen=True)
class Leading:
    """One place that leads to a page: which page, in which locale (None: named as a page beside it), its title."""

    page_key: str
    locale: str | None
    title: str


def targets(markdown: str) -> set[str]:
    """The keys of the pages that a text links to.

    >>> sorted(targets("Lees [dit](page:klacht#wie) of [dat](page:bezwaar)."))
    ['bezwaar', 'klacht']
    """
    return set(_LINK.findall(markdown))


def links_to(connection: Connection, key: str) -> list[Leading]:
    """Everything on show that leads to a page, that page itself left out, by page and locale."""
    texts = select(
        PageText.page_key, PageText.locale, PageText.title, PageText.markdown, PageText.actions, Page.related
    ).join(Page, Page.key == PageText.page_key)
    found = []
    for row in connection.execute(texts.where(Page.state == "published", PageText.page_key != key)):
        acts = {str(action["to"]).partition("#")[0] for action in row.actions}
        if key in targets(row.markdown) or f"page:{key}" in acts:
            found.append(Leading(row.page_key, row.locale, row.title))
        elif key in row.related and row.locale == "nl":
            found.append(Leading(row.page_key, None, row.title))
    return sorted(found, key=lambda one: (one.page_key, one.locale or ""))
