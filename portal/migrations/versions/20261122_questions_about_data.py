"""questions about somebody's own data, and what was found and became of it."""

import sqlalchemy as sa
from alembic import op

revision = "20261122n"
down_revision = "20261122m"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _request()
    _items()


def downgrade() -> None:
    op.drop_table("privacy_item")
    op.drop_table("privacy_request")


def _case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f(f"fk_{table}_case_id_case"), ondelete="CASCADE")


def _check(table: str, name: str, text: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}"))


def _request() -> None:
    table = "privacy_request"
    op.create_table(
        table,
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("wants", sa.String(length=12), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("proved_at", MOMENT, nullable=True),
        sa.Column("identity_how", sa.String(length=12), nullable=True),
        sa.Column("identity_by", sa.Integer(), nullable=True),
        sa.Column("identity_on", sa.Date(), nullable=True),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("extended_why", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("refused_why", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        _check(table, "wants", "wants IN ('access', 'correction', 'erasure', 'objection', 'copy')"),
        _check(table, "identity_how", "identity_how IS NULL OR identity_how IN ('code', 'desk', 'called_back')"),
        _check(table, "identity", "(identity_how IS NULL) = (identity_on IS NULL)"),
        _check(table, "proved", "identity_how IS NULL OR identity_how <> 'code' OR proved_at IS NOT NULL"),
        _check(table, "extended", "extended_on IS NULL OR length(extended_why) > 0"),
        _check(table, "answered", "answer IS NULL OR (length(answer) > 0 AND identity_how IS NOT NULL)"),
        _check(table, "refused", "refused_why IS NULL OR (length(refused_why) > 0 AND answer IS NULL)"),
        _check(table, "ended", "(answer IS NULL AND refused_why IS NULL) = (answered_on IS NULL)"),
        _case(table),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_privacy_request")),
    )


def _items() -> None:
    table = "privacy_item"
    op.create_table(
        table,
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("found_by", sa.String(length=8), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        _check(table, "found_by", "found_by IN ('reach', 'name', 'number')"),
        _check(table, "decision", "decision IS NULL OR decision IN ('given', 'corrected', 'erased', 'kept')"),
        _check(table, "kept", "decision IS NULL OR decision <> 'kept' OR length(why) > 0"),
        _check(table, "done", "done_at IS NULL OR decision = 'erased'"),
        _case(table),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_privacy_item")),
        sa.UniqueConstraint("case_id", "reference", name=op.f("uq_privacy_item_case_id_reference")),
    )
