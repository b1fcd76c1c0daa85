"""pages: every version a row, old addresses, secret previews; where a page stands, and what is behind."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "20261123p"
down_revision = "20261122o"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
STATES = "state IN ('draft', 'dropped', 'published', 'replaced', 'review', 'scheduled', 'withdrawn')"
OPEN = sa.text("state IN ('draft', 'review', 'scheduled')")
ON_SHOW = sa.text("state = 'published'")


def upgrade() -> None:
    _page()
    with op.batch_alter_table("page_text") as table:
        table.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("behind_since", sa.Date()))
        table.add_column(sa.Column("review_by", sa.Date()))
    _version()
    op.create_table(
        "page_redirect",
        sa.Column("locale", sa.String(12), primary_key=True),
        sa.Column("slug", sa.String(80), primary_key=True),
        sa.Column("page_key", sa.String(80), sa.ForeignKey("page.key", ondelete="CASCADE"), nullable=False, index=True),
    )
    op.create_table(
        "page_preview",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column(
            "version_id", sa.Integer(), sa.ForeignKey("page_version.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("made_by", sa.Integer(), sa.ForeignKey("staff.id")),
        sa.Column("until", MOMENT, nullable=False),
    )


def downgrade() -> None:
    for name in ("page_preview", "page_redirect", "page_version"):
        op.drop_table(name)
    with op.batch_alter_table("page_text") as table:
        for column in ("review_by", "behind_since", "number"):
            table.drop_column(column)
    with op.batch_alter_table("page") as table:
        table.drop_constraint("parent", type_="check")
        table.drop_index("ix_page_parent_key")
        table.drop_constraint("fk_page_parent_key_page", type_="foreignkey")
        for column in ("edited", "legal", "place", "parent_key"):
            table.drop_column(column)


def _page() -> None:
    with op.batch_alter_table("page") as table:
        table.add_column(sa.Column("parent_key", sa.String(80)))
        table.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("legal", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("edited", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_foreign_key("fk_page_parent_key_page", "page", ["parent_key"], ["key"], ondelete="SET NULL")
        table.create_index("ix_page_parent_key", ["parent_key"])
        table.create_check_constraint("parent", "parent_key <> key")


def _version() -> None:
    op.create_table(
        "page_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("page_key", sa.String(80), sa.ForeignKey("page.key", ondelete="CASCADE"), nullable=False),
        sa.Column("locale", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("markdown", sa.String(), nullable=False),
        sa.Column("actions", JSON, nullable=False),
        sa.Column("keywords", JSON, nullable=False),
        sa.Column("source_number", sa.Integer()),
        sa.Column("small", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("unread", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("hands", JSON, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("touched_at", MOMENT, nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        *(sa.Column(name, MOMENT) for name in ("shown_from", "shown_until", "on_at", "off_at", "busy_until")),
        *(
            sa.Column(name, sa.Integer(), sa.ForeignKey("staff.id"))
            for name in ("read_by", "touched_by", "asked_by", "decided_by", "busy_by")
        ),
        sa.UniqueConstraint("page_key", "locale", "number"),
        sa.CheckConstraint(STATES, name="state"),
        sa.CheckConstraint("state <> 'scheduled' OR on_at IS NOT NULL", name="on_at"),
        sa.CheckConstraint("off_at IS NULL OR on_at IS NULL OR off_at > on_at", name="off_at"),
        sa.CheckConstraint("length(markdown) <= 200000", name="markdown_length"),
    )
    for name, rows in (("open", OPEN), ("on_show", ON_SHOW)):
        op.create_index(
            f"uq_page_version_{name}", "page_version", ["page_key", "locale"], unique=True,
            sqlite_where=rows, postgresql_where=rows,
        )  # fmt: skip
