"""Entries of the social map from rows to files."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from portal.foundation.exporting import to_yaml, without_nothing
from portal.social_map.models import Entry, EntryText

FACTS = (
    "kind", "formal", "example", "themes", "audience", "areas", "national", "place", "hours", "cost", "come",
    "referral_needed", "languages", "phone", "email", "website", "checked_on", "keywords",
)  # fmt: skip
TEXTS = ("name", "summary", "body", "first_step", "route", "cost_note", "keywords", "draft")


def export(connection: Connection, folder: Path) -> int:
    """Write `social_map/<slug>.yaml` for every entry. Returns the number of files."""
    texts: dict[str, dict[str, Any]] = {}
    for row in connection.execute(select(EntryText.__table__)):
        texts.setdefault(row.entry_slug, {})[row.locale] = without_nothing({k: getattr(row, k) for k in TEXTS})
    entries = connection.execute(select(Entry.__table__)).all()
    (folder / "social_map").mkdir(parents=True, exist_ok=True)
    for entry in entries:
        data = {name: getattr(entry, name) for name in FACTS} | {"text": texts.get(entry.slug, {})}
        if not entry.place:
            del data["place"]
        (folder / "social_map" / f"{entry.slug}.yaml").write_text(to_yaml(data), "utf-8")
    return len(entries)
