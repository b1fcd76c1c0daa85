"""Policies with dates: how long things may take, each with its legal basis."""

import sqlalchemy as sa
from alembic import op

revision = "20261122c"
down_revision = "20261122b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("legal_basis", sa.String(length=200), nullable=False),
        sa.Column("certain", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "unit IN ('minutes', 'hours', 'days', 'working_days', 'weeks', 'months', 'count')",
            name=op.f("ck_policy_unit"),
        ),
        sa.CheckConstraint("value > 0", name=op.f("ck_policy_value")),
        sa.CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_policy_dates")),
        sa.PrimaryKeyConstraint("key", "valid_from", name=op.f("pk_policy")),
    )


def downgrade() -> None:
    op.drop_table("policy")
