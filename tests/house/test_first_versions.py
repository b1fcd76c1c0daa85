"""What stood on show before versions were kept is the first version of its text, on both databases."""

from datetime import date

import pytest
from alembic import command
from sqlalchemy import text

from portal.foundation.db import make_engine
from tests.house.test_migrations import go

PAGE = (
    "INSERT INTO page (key, state, topics, audience, related, sources, with_exit, owner, checked_on, review_by) "
    "VALUES ('klacht', 'published', '[]', '[]', '[]', '[]', false, 'Redactie', :day, :day)"
)
TEXT = (
    "INSERT INTO page_text (page_key, locale, slug, title, summary, markdown, html, headings, actions, keywords, "
    "draft, seeded) VALUES ('klacht', :locale, 'klacht', :locale, 's', 'm', '<p>m</p>', '[]', '[]', '[]', :draft, 'x')"
)


@pytest.fixture
def before(database):
    """A database as it was, with a page in two languages."""
    engine = make_engine(database("portal_first_versions"))
    go(engine, command.upgrade, "20261123p")
    with engine.begin() as connection:
        connection.execute(text(PAGE), {"day": date(2026, 11, 16)})
        for locale, draft in (("nl", False), ("ar", True)):
            connection.execute(text(TEXT), {"locale": locale, "draft": draft})
    yield engine
    engine.dispose()


def test_every_text_on_show_becomes_version_one_of_itself(before):
    go(before, command.upgrade, "20261123q")
    with before.connect() as connection:
        rows = connection.execute(
            text("SELECT locale, number, state, title, source_number, unread FROM page_version ORDER BY locale")
        ).all()
    assert [tuple(row) for row in rows] == [
        ("ar", 1, "published", "ar", 1, True), ("nl", 1, "published", "nl", None, False),
    ]  # fmt: skip
