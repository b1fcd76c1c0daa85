"""Writing: a version begins as a copy of what is on show, is saved as often as one likes, and is handed to a publisher.

Flushes; who calls it commits. Nothing is ever overwritten unseen: a save names the revision that it was made from.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.foundation.i18n import LOCALES, SOURCE
from portal.pages.models import Page
from portal.pages.showing import newest_number, source_to_follow
from portal.pages.versions import PageVersion
from portal.pages.workflow import OPEN, Actor, State, after, is_dutch, may

#: So long a text is said to be somebody's, after they last saved it or began.
BUSY_FOR = timedelta(minutes=20)


class NotSo(Exception):
    """It cannot be done as things stand; the argument is a code that the screen has words for."""


class EditedMeanwhile(Exception):
    """Somebody else saved this text in between. `version` is what stands there now; nothing was written."""

    def __init__(self, version: PageVersion) -> None:
        super().__init__(version.id)
        self.version = version


@dataclass(frozen=True)
class Editor:
    """Who works here: their number, and what they are at this desk."""

    staff_id: int
    actors: frozenset[Actor]


@dataclass(frozen=True)
class Words:
    """All that a writer writes of one text. `actions` are mappings with `to` and `text`."""

    title: str
    summary: str
    slug: str
    markdown: str
    actions: tuple[Mapping[str, str], ...] = ()
    keywords: tuple[str, ...] = field(default=())


def is_blank(version: PageVersion) -> bool:
    """Whether readers would see no title, or no text below it."""
    return not version.title.strip() or not version.markdown.strip()


class Drafting:
    """One editor at work on versions, at one moment."""

    def __init__(self, session: Session, now: datetime, editor: Editor) -> None:
        self._session, self._now, self._editor = session, now, editor

    def begin(self, page_key: str, locale: str) -> PageVersion:
        """The open version of a text: the one that is there, or a new draft of what is on show.

        A text that is not there yet begins with the Dutch words, to be said in its own. Raises LookupError when there
        is no such page or locale, `NotSo("not_yours")` when it is not this editor's to write.
        """
        page = self._session.get(Page, page_key)
        if page is None or locale not in LOCALES:
            raise LookupError(f"{page_key} in {locale}")
        there = self._one(page_key, locale, *OPEN)
        if there is not None:
            return there
        self._ask("save", State.DRAFT, locale)
        source = self._one(page_key, locale, State.PUBLISHED) or self._one(page_key, SOURCE.code, State.PUBLISHED)
        return self._draft(page_key, locale, source)

    def restore(self, page_key: str, locale: str, number: int) -> PageVersion:
        """A new draft with the words of an old version. Raises `NotSo("open")` while another is open."""
        old = self._session.scalar(
            select(PageVersion).where(
                PageVersion.page_key == page_key, PageVersion.locale == locale, PageVersion.number == number
            )
        )
        if old is None:
            raise LookupError(f"{page_key} in {locale}, {number}")
        self._ask("save", State.DRAFT, locale)
        if self._one(page_key, locale, *OPEN) is not None:
            raise NotSo("open")
        return self._draft(page_key, locale, old)

    def busy(self, version: PageVersion) -> int | None:
        """Who else is at work in this text now; None when nobody is."""
        away = version.busy_until is None or version.busy_until <= self._now
        return None if away or version.busy_by == self._editor.staff_id else version.busy_by

    def save(self, version: PageVersion, revision: int, words: Words, note: str = "", *, small: bool = False) -> None:
        """Keep what was written. Raises `EditedMeanwhile` when it was made from an older revision."""
        # On PostgreSQL two who save in one moment come here one after the other, as they always do on SQLite.
        self._session.refresh(version, with_for_update=True)
        self._go(version, "save")
        if version.revision != revision:
            raise EditedMeanwhile(version)
        for name, value in asdict(words).items():
            setattr(version, name, list(value) if isinstance(value, tuple) else value)
        version.note, version.small, version.revision = note, small, version.revision + 1
        version.unread = not is_dutch(version.locale)  # what a native speaker read were other words
        version.read_by = None
        self._touch(version)
        self._session.flush()

    def read(self, version: PageVersion) -> None:
        """Say, with one's name, that a translation is good: readers no longer see that nobody read it.

        Raises `NotSo("not_yours")` for who is no translator, and `NotSo("behind")` when the Dutch text moved on.
        """
        if Actor.TRANSLATOR not in self._editor.actors or is_dutch(version.locale):
            raise NotSo("not_yours")
        if (version.source_number or 0) < source_to_follow(self._session, version.page_key):
            raise NotSo("behind")
        version.unread, version.read_by = False, self._editor.staff_id
        self._session.flush()

    def follow(self, version: PageVersion) -> None:
        """Say that a translation now says what the Dutch text on show says."""
        self._go(version, "save")
        version.source_number = source_to_follow(self._session, version.page_key)
        self._touch(version)
        self._session.flush()

    def ask_review(self, version: PageVersion) -> None:
        """Hand a text to who publishes. Raises `NotSo("blank")` when there is nothing to look at."""
        if is_blank(version):
            raise NotSo("blank")
        self._go(version, "ask_review")
        version.asked_by, version.remark = self._editor.staff_id, ""
        self._let_go(version)

    def take_back(self, version: PageVersion) -> None:
        """Work on in a text that waited for a publisher."""
        self._go(version, "take_back")
        self._touch(version)
        self._session.flush()

    def drop(self, version: PageVersion) -> None:
        """Throw an open version away; what is on show stays, and so does the history."""
        self._go(version, "drop")
        self._let_go(version)

    def _go(self, version: PageVersion, move: str) -> None:
        self._ask(move, State(version.state), version.locale)
        version.state = after(move, State(version.state))

    def _ask(self, move: str, state: State, locale: str) -> None:
        if not may(move, state, self._editor.actors, locale):
            raise NotSo("not_yours")

    def _one(self, page_key: str, locale: str, *states: State) -> PageVersion | None:
        rows = (PageVersion.page_key == page_key, PageVersion.locale == locale, PageVersion.state.in_(states))
        return self._session.scalar(select(PageVersion).where(*rows))

    def _draft(self, page_key: str, locale: str, source: PageVersion | None) -> PageVersion:
        version = PageVersion(
            page_key=page_key, locale=locale, number=newest_number(self._session, page_key, locale) + 1,
            state=State.DRAFT, unread=not is_dutch(locale), made_at=self._now, touched_at=self._now,
            hands=[], **_words_of(source, page_key, locale),
        )  # fmt: skip
        if locale != SOURCE.code:
            same = source is not None and source.locale == locale
            followed = source.source_number if source is not None and same else None
            version.source_number = followed if same else source_to_follow(self._session, page_key)
        self._touch(version)
        self._session.add(version)
        self._session.flush()
        return version

    def _touch(self, version: PageVersion) -> None:
        version.touched_by, version.touched_at = self._editor.staff_id, self._now
        version.hands = sorted({*version.hands, self._editor.staff_id})
        version.busy_by, version.busy_until = self._editor.staff_id, self._now + BUSY_FOR

    def _let_go(self, version: PageVersion) -> None:
        version.busy_by = version.busy_until = None
        self._session.flush()


def _words_of(source: PageVersion | None, page_key: str, locale: str) -> dict[str, Any]:
    if source is None:
        return {"slug": page_key, "title": "", "summary": "", "markdown": "", "actions": [], "keywords": []}
    words = {name: getattr(source, name) for name in ("slug", "title", "summary", "markdown", "actions", "keywords")}
    if source.locale != locale:
        words["slug"], words["keywords"] = page_key, []
    return words
