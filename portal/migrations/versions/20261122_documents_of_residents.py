"""attachments: documents that people send along, in pieces under lock and key."""

import sqlalchemy as sa
from alembic import op

revision = "20261122k"
down_revision = "20261122j"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=True),
        sa.Column("draft_hash", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('pdf', 'jpg', 'png', 'docx', 'odt')", name=op.f("ck_attachment_kind")),
        sa.CheckConstraint("state IN ('clean', 'unscanned')", name=op.f("ck_attachment_state")),
        sa.CheckConstraint(
            "author IN ('resident', 'representative', 'provider', 'staff', 'system')",
            name=op.f("ck_attachment_author"),
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachment_size")),
        sa.CheckConstraint("(case_id IS NULL) <> (draft_hash IS NULL)", name=op.f("ck_attachment_holder")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_attachment_case_id_case"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["draft_hash"], ["case_draft.hash"], name=op.f("fk_attachment_draft_hash_case_draft"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("case_id", "sha256", name=op.f("uq_attachment_case_id_sha256")),
        sa.UniqueConstraint("draft_hash", "sha256", name=op.f("uq_attachment_draft_hash_sha256")),
    )
    op.create_table(
        "attachment_piece",
        sa.Column("attachment_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_attachment_piece_attachment_id_attachment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attachment_id", "number", name=op.f("pk_attachment_piece")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("attachment_piece")
    op.drop_table("attachment")
