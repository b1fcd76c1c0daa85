"""Publishing: who decides looks once more, and the text goes out now, at a moment, or back to its writer."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.editing.drafting import Editor, NotSo, is_blank
from portal.foundation.i18n import SOURCE
from portal.foundation.lib.readability import faults
from portal.pages.models import Page, PageText
from portal.pages.showing import Showing
from portal.pages.versions import PageVersion
from portal.pages.workflow import Actor, State, after, enough_eyes, may

#: Simple Dutch that is not simple holds a text back, unless the publisher says why it may go out.
HELD_TO_ITS_LEVEL = "nl_simple"


def too_hard(version: PageVersion) -> list[str]:
    """What keeps a text from the level that it promises; only for simple Dutch, whose readers count on it."""
    if version.locale != HELD_TO_ITS_LEVEL:
        return []
    return faults(f"{version.summary}\n\n{version.markdown}", version.locale)


class Publishing:
    """One publisher at work, or the clock that keeps what they set (`editor` None). Flushes; who calls it commits."""

    def __init__(self, session: Session, now: datetime, editor: Editor | None) -> None:
        self._session, self._now, self._editor = session, now, editor
        self._actors = editor.actors if editor else frozenset({Actor.CLOCK})

    def publish(self, version: PageVersion, reason: str = "", off_at: datetime | None = None) -> PageText:
        """Put a version on show, until a moment if one is given. Raises `NotSo`: order (over), and see `_look`."""
        if off_at is not None and off_at <= self._now:
            raise NotSo("order")
        self._look(version, "publish", reason)
        self._sign(version, reason)
        version.on_at, version.off_at = None, off_at
        return Showing(self._session, self._now).show(version)

    def schedule(self, version: PageVersion, on_at: datetime, off_at: datetime | None = None, reason: str = "") -> None:
        """Let a version go on show at a moment, and off again. Raises `NotSo`: past, order, and see `_look`."""
        if on_at <= self._now:
            raise NotSo("past")
        if off_at is not None and off_at <= on_at:
            raise NotSo("order")
        self._look(version, "schedule", reason)
        self._sign(version, reason)
        version.state, version.on_at, version.off_at = State.SCHEDULED, on_at, off_at
        self._session.flush()

    def send_back(self, version: PageVersion, remark: str) -> None:
        """Give a text back to its writer, with what is to be done."""
        self._may(version, "send_back")
        version.state, version.remark = after("send_back", State(version.state)), remark
        version.on_at = version.off_at = None
        self._session.flush()

    def withdraw(self, version: PageVersion) -> None:
        """Take a text that is on show away. Raises `NotSo("source")` for plain Dutch: that goes with its page."""
        self._may(version, "withdraw")
        if version.locale == SOURCE.code:
            raise NotSo("source")
        Showing(self._session, self._now).withdraw(version)

    def keep_dates(self) -> list[PageVersion]:
        """Do what was set for a moment that has come; for the clock. Returns the versions that went on or off."""
        due = select(PageVersion).where(PageVersion.state == State.SCHEDULED, PageVersion.on_at <= self._now)
        over = select(PageVersion).where(PageVersion.state == State.PUBLISHED, PageVersion.off_at <= self._now)
        shown = list(self._session.scalars(due.order_by(PageVersion.on_at)))
        for version in shown:
            Showing(self._session, self._now).show(version)
        ended = list(self._session.scalars(over))
        for version in ended:
            self._end(version)
        return shown + ended

    def _end(self, version: PageVersion) -> None:
        showing = Showing(self._session, self._now)
        version.off_at = None
        if version.locale == SOURCE.code:
            showing.archive(self._session.get_one(Page, version.page_key))
        else:
            showing.withdraw(version)

    def _look(self, version: PageVersion, move: str, reason: str) -> None:
        """Raise `NotSo` for what stands in its way.

        not_yours; eyes: who wrote it may not publish it alone; source_first: no Dutch on show; address: taken by
        another page; blank: no title or no text; hard: too hard for its level, and no reason given.
        """
        self._may(version, move)
        page = self._session.get_one(Page, version.page_key)
        if self._editor and not enough_eyes(page.legal, version.hands, self._editor.staff_id):
            raise NotSo("eyes")
        if version.locale != SOURCE.code and self._session.get(PageText, (version.page_key, SOURCE.code)) is None:
            raise NotSo("source_first")
        if is_blank(version):
            raise NotSo("blank")
        if self._taken(version):
            raise NotSo("address")
        if not reason and too_hard(version):
            raise NotSo("hard")

    def _may(self, version: PageVersion, move: str) -> None:
        if not may(move, State(version.state), self._actors, version.locale):
            raise NotSo("not_yours")

    def _taken(self, version: PageVersion) -> bool:
        other = select(PageText.page_key).where(
            PageText.locale == version.locale, PageText.slug == version.slug, PageText.page_key != version.page_key
        )
        return self._session.scalar(other) is not None

    def _sign(self, version: PageVersion, reason: str) -> None:
        version.decided_by = self._editor.staff_id if self._editor else None
        version.reason = reason
