"""What was written of a text and when, without its words: for the list of all versions, and for what waits."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from portal.pages.versions import PageVersion
from portal.pages.workflow import State

_OF = PageVersion
_WHAT = (
    _OF.number, _OF.state, _OF.title, _OF.touched_by, _OF.touched_at, _OF.asked_by, _OF.decided_by, _OF.note,
    _OF.small, _OF.reason, _OF.shown_from, _OF.shown_until, _OF.on_at, _OF.off_at,
)  # fmt: skip


def history(connection: Connection, key: str, locale: str) -> Sequence[Any]:
    """Every version of a text, the newest first."""
    rows = select(*_WHAT).where(PageVersion.page_key == key, PageVersion.locale == locale)
    return connection.execute(rows.order_by(PageVersion.number.desc())).all()


def waiting(connection: Connection) -> Sequence[Any]:
    """What waits for a publisher, who asked longest ago first; then what goes on show by itself, the next first."""
    rows = select(*_WHAT, PageVersion.page_key, PageVersion.locale).where(
        PageVersion.state.in_((State.REVIEW, State.SCHEDULED))
    )
    return sorted(
        connection.execute(rows).all(),
        key=lambda row: (row.state == State.SCHEDULED, row.on_at or row.touched_at, row.page_key, row.locale),
    )


def people(rows: Sequence[Any]) -> set[int]:
    """Everybody who is named in these rows."""
    return {who for row in rows for who in (row.touched_by, row.asked_by, row.decided_by) if who is not None}
