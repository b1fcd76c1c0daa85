"""Editors at their desk: who they are, and a text to work in."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.roles import Role
from portal.editing.drafting import Drafting, Editor, Words
from portal.editing.publishing import Publishing
from portal.pages.versions import PageVersion
from portal.pages.workflow import actors
from tests.clock import FixedClock
from tests.desk import hire

#: What a writer writes, unless the test says otherwise.
WORDS = Words(
    title="Een klacht", summary="Zeg het ons. Wij luisteren.", slug="klacht", markdown="U mag altijd klagen.\n",
    actions=({"to": "phone:central", "text": "Bel ons"},),
)  # fmt: skip


@pytest.fixture
def somebody(session: Session, clock: FixedClock) -> Callable[..., Editor]:
    """Hires somebody with these roles: `somebody("Eva", Role.CONTENT_EDITOR)`."""

    def run(name: str, *roles: Role) -> Editor:
        return Editor(hire(session, clock.now(), name, *((role, None) for role in roles)), actors(roles))

    return run


@pytest.fixture
def eva(somebody: Callable[..., Editor]) -> Editor:
    """An editor."""
    return somebody("Eva Editor", Role.CONTENT_EDITOR)


@pytest.fixture
def pam(somebody: Callable[..., Editor]) -> Editor:
    """A publisher."""
    return somebody("Pam Publisher", Role.PUBLISHER)


@pytest.fixture
def tariq(somebody: Callable[..., Editor]) -> Editor:
    """A translator."""
    return somebody("Tariq Translator", Role.TRANSLATOR)


@pytest.fixture
def writing_as(session: Session, clock: FixedClock) -> Callable[[Editor], Drafting]:
    """Somebody at work on words, now."""
    return lambda editor: Drafting(session, clock.now(), editor)


@pytest.fixture
def publishing_as(session: Session, clock: FixedClock) -> Callable[[Editor | None], Publishing]:
    """Somebody who publishes, now; None is the clock."""
    return lambda editor: Publishing(session, clock.now(), editor)


@pytest.fixture
def written(writing_as: Any, eva: Editor) -> Callable[..., PageVersion]:
    """A draft with words of somebody: `written()`, `written("ar", tariq, title="…")`."""

    def run(
        locale: str = "nl", editor: Editor | None = None, *, key: str = "klacht", small: bool = False, **words: Any
    ) -> PageVersion:
        desk = writing_as(editor or eva)
        version: PageVersion = desk.begin(key, locale)
        values = {**WORDS.__dict__, "slug": version.slug, **words}
        desk.save(version, version.revision, Words(**values), small=small)
        return version

    return run


@pytest.fixture
def on_show(session: Session) -> Callable[[str, str], PageVersion]:
    """The version that readers see: `on_show("klacht", "nl")`."""

    def run(key: str, locale: str) -> PageVersion:
        rows = (PageVersion.page_key == key, PageVersion.locale == locale, PageVersion.state == "published")
        return session.scalars(select(PageVersion).where(*rows)).one()

    return run
