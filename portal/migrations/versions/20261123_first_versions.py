"""pages: what is on show becomes the first version of its text."""

from alembic import op

revision = "20261123q"
down_revision = "20261123p"
branch_labels = None
depends_on = None

COPIED = "page_key, locale, slug, title, summary, markdown, actions, keywords"


def upgrade() -> None:
    # what stood there before had no number: it says what the Dutch text says, and nobody's hands are known
    source = "CASE WHEN locale = 'nl' THEN NULL ELSE 1 END"
    op.execute(
        f"INSERT INTO page_version ({COPIED}, source_number, unread, number, state, small, note, reason, remark, "
        "hands, revision, made_at, touched_at, shown_from) "
        f"SELECT {COPIED}, {source}, draft, 1, 'published', false, '', '', '', "
        "'[]', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM page_text"
    )


def downgrade() -> None:
    op.execute("DELETE FROM page_version")
