"""What search learns: words added by editors, questions it could not answer, the middle of each postcode."""

import sqlalchemy as sa
from alembic import op

revision = "20261122b"
down_revision = "20261122a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("known_postcode") as table:
        table.add_column(sa.Column("lat", sa.Double(), nullable=True))
        table.add_column(sa.Column("lon", sa.Double(), nullable=True))
    op.create_table(
        "search_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concept", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("phrase", sa.String(length=80), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_word")),
        sa.UniqueConstraint("concept", "language", "phrase", name=op.f("uq_search_word_concept_language_phrase")),
    )
    op.create_table(
        "unmet_week",
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("monday", name=op.f("pk_unmet_week")),
    )
    op.create_table(
        "unmet_search",
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=True),
        sa.CheckConstraint("kind IN ('nothing', 'unhelpful')", name=op.f("ck_unmet_search_kind")),
        sa.PrimaryKeyConstraint("monday", "kind", "locale", "digest", name=op.f("pk_unmet_search")),
    )


def downgrade() -> None:
    op.drop_table("unmet_search")
    op.drop_table("unmet_week")
    op.drop_table("search_word")
    with op.batch_alter_table("known_postcode") as table:
        table.drop_column("lon")
        table.drop_column("lat")
