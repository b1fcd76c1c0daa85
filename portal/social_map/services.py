"""Read the social map: themes are kept in memory, lists come from the index, an entry from one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from portal.foundation.i18n import LOCALES, Locale, pick, reading_order
from portal.social_map.models import Entry, EntryText, Theme, ThemeText


@dataclass(frozen=True)
class ThemeView:
    """A theme with its names and summaries per locale."""

    code: str
    icon: str
    start: bool
    names: Mapping[str, str]
    summaries: Mapping[str, str]

    def name(self, locale: Locale) -> str:
        """Its name for a reader."""
        return str(pick(self.names, locale))

    def summary(self, locale: Locale) -> str | None:
        """What is behind it, in the reader's own language only; None when that is not written yet."""
        return self.summaries.get(locale.code)


def read_themes(connection: Connection) -> dict[str, ThemeView]:
    """All themes by code, in their fixed order."""
    texts: dict[str, list[Any]] = {}
    for text in connection.execute(select(ThemeText.__table__)):
        texts.setdefault(text.theme_code, []).append(text)
    return {
        theme.code: ThemeView(
            theme.code, theme.icon, theme.start, {t.locale: t.name for t in texts.get(theme.code, ())},
            {t.locale: t.summary for t in texts.get(theme.code, ()) if t.summary},
        )
        for theme in connection.execute(select(Theme.__table__).order_by(Theme.position))
    }  # fmt: skip


@dataclass(frozen=True)
class EntryView:
    """An entry as somebody reads it; `text.locale` tells in which locale."""

    entry: Any

    @property
    def locale(self) -> Locale:
        """The locale of its text."""
        return LOCALES[self.entry.locale]


def read_entry(reader: Connection, slug: str, locale: Locale) -> EntryView | None:
    """One entry in the reader's language or else in Dutch; None when there is no such entry."""
    entries, texts = Entry.__table__, EntryText.__table__
    columns = [column for column in texts.c if column.name not in {"keywords"}]
    rows = reader.execute(
        select(entries, *columns)
        .join(texts, texts.c.entry_slug == entries.c.slug)
        .where(entries.c.slug == slug, texts.c.locale.in_((*reading_order(locale), "nl")))
    ).all()
    order = (*reading_order(locale), "nl")
    row = min(rows, key=lambda found: order.index(found.locale), default=None)
    return EntryView(row) if row is not None else None
