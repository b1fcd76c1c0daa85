"""complaints: their clock, parts with a judgement, hearings, time that was asked for, and whom they are about."""

import sqlalchemy as sa
from alembic import op

revision = "20261122l"
down_revision = "20261122k"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
UNANSWERED = sa.text("answered_at IS NULL")


def upgrade() -> None:
    _complaint()
    _parts()
    _waits()
    _hearings()
    _concerned()


def _case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f(f"fk_{table}_case_id_case"), ondelete="CASCADE")


def _check(table: str, name: str, text: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}"))


def _complaint() -> None:
    table = "complaint"
    grounds = "'handled_before', 'older_than_a_year', 'objection', 'appeal', 'judge', 'criminal', 'too_small'"
    op.create_table(
        table,
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("about", sa.String(length=10), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("committee", sa.Boolean(), nullable=False),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("extended_why", sa.String(), nullable=True),
        sa.Column("findings", sa.String(), nullable=True),
        sa.Column("conclusions", sa.String(), nullable=True),
        sa.Column("concluded_by", sa.Integer(), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.Column("ground", sa.String(length=20), nullable=True),
        sa.Column("forwarded_to", sa.String(length=200), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        _check(table, "about", "about IN ('team', 'person', 'provider', 'way')"),
        _check(table, "ground", f"ground IS NULL OR ground IN ({grounds})"),
        _check(table, "extended", "extended_on IS NULL OR length(extended_why) > 0"),
        _check(table, "left", "(ground IS NULL AND forwarded_to IS NULL) OR length(why) > 0"),
        _check(table, "four_eyes", "concluded_by IS NULL OR signed_by IS NULL OR concluded_by <> signed_by"),
        _check(table, "outcome", "signed_by IS NULL OR (length(findings) > 0 AND length(conclusions) > 0)"),
        _case(table),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_complaint")),
    )


def _parts() -> None:
    table = "complaint_part"
    op.create_table(
        table,
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("judgement", sa.String(length=20), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        _check(table, "judgement",
               "judgement IS NULL OR judgement IN ('founded', 'partly', 'unfounded', 'no_judgement')"),
        _case(table),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_complaint_part")),
    )  # fmt: skip


def _waits() -> None:
    table = "complaint_wait"
    op.create_table(
        table,
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        _check(table, "answer", "(answered_at IS NULL) = (agreed IS NULL)"),
        _check(table, "dates", '"first" IS NULL OR "first" <= "until"'),
        _case(table),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_complaint_wait")),
    )
    op.create_index(
        "uq_complaint_wait_open", table, ["case_id"], unique=True, sqlite_where=UNANSWERED,
        postgresql_where=UNANSWERED,
    )  # fmt: skip


def _hearings() -> None:
    table = "complaint_hearing"
    op.create_table(
        table,
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("party", sa.String(length=12), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("interpreter", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        _check(table, "party", "party IN ('complainant', 'concerned')"),
        _check(table, "state", "state IN ('offered', 'held', 'waived', 'no_answer')"),
        _check(table, "report", "state <> 'held' OR length(report) > 0"),
        _case(table),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_complaint_hearing")),
    )


def _concerned() -> None:
    table = "complaint_concerned"
    op.create_table(
        table,
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("staff_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("react_by", sa.Date(), nullable=False),
        _case(table),
        sa.PrimaryKeyConstraint("case_id", "staff_id", name=op.f("pk_complaint_concerned")),
    )


def downgrade() -> None:
    for table in ("complaint_concerned", "complaint_hearing", "complaint_wait", "complaint_part", "complaint"):
        op.drop_table(table)
