"""Staff who sign in at a provider of OpenID Connect: who they are there."""

import sqlalchemy as sa
from alembic import op

revision = "20261122g"
down_revision = "20261122f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_openid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("sub", sa.String(length=255), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_openid_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_openid")),
        sa.UniqueConstraint("issuer", "sub", name=op.f("uq_staff_openid_issuer_sub")),
        sa.UniqueConstraint("staff_id", "issuer", name=op.f("uq_staff_openid_staff_id_issuer")),
    )


def downgrade() -> None:
    op.drop_table("staff_openid")
