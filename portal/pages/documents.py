"""Pages as documents of the search index."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from portal.foundation.lib.markdown import plain_text
from portal.foundation.site import Site
from portal.pages.models import Page, PageText
from search import Doc, Text


def documents(connection: Connection, site: Site, keys: Sequence[str] | None = None) -> Iterable[Doc]:
    """All published pages with an address of their own and a topic, or those of them with these keys.

    A page without a topic only leads on to others; it names every subject, so it would stand in every answer.
    """
    query = (
        select(Page.key, Page.topics, PageText.locale, PageText.title, PageText.summary, PageText.html,
               PageText.keywords)
        .join(PageText, PageText.page_key == Page.key)
        .where(Page.state == "published", Page.service.is_(None))
    )  # fmt: skip
    if keys is not None:
        query = query.where(Page.key.in_(keys))
    found: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        found.setdefault(row.key, []).append(row)
    facts = _facts(site)
    return [_document(key, rows, facts) for key, rows in found.items() if rows[0].topics]


def _facts(site: Site) -> dict[str, str]:
    """The facts that are the same in every language, so that a snippet says “Bel 112” and not “Bel”."""
    profile = site.profile
    named = {line["code"]: str(line["number"]) for line in profile.emergency}
    contact = {name: str(profile.contact[name]) for name in ("phone", "email")}
    return {**named, **contact, "municipality": profile.municipality, "organisation": profile.organisation}


def _document(key: str, rows: list[Any], facts: Mapping[str, str]) -> Doc:
    return Doc(
        key=f"page:{key}",
        kind="page",
        texts={r.locale: Text(r.title, plain_text(r.summary, facts), plain_text(r.html, facts)) for r in rows},
        themes=tuple(rows[0].topics),
        keywords={row.locale: tuple(row.keywords) for row in rows if row.keywords},
        payload={
            "key": key, "themes": list(rows[0].topics), "summary": {row.locale: row.summary for row in rows},
        },
    )  # fmt: skip
