"""requests and cleaning: cases with their chain of events, drafts, keys; providers and offers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122f"
down_revision = "20261122e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("bucket", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_attempt")),
    )
    op.create_table(
        "case_draft",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("send_key", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_case_draft")),
        sa.UniqueConstraint("send_key", name=op.f("uq_case_draft_send_key")),
    )
    op.create_table(
        "cleaning_provider",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=True),
        sa.Column("price_per_hour", sa.Integer(), nullable=False),
        sa.Column("price_from", sa.Date(), nullable=False),
        sa.Column("waiting_days", sa.Integer(), nullable=False),
        sa.Column("waiting_on", sa.Date(), nullable=False),
        sa.Column("languages", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("postcodes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("texts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_cleaning_provider")),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("send_key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("team_slug", sa.String(length=60), nullable=True),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("answers", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("channel IN ('web', 'desk', 'phone', 'post')", name=op.f("ck_case_channel")),
        sa.ForeignKeyConstraint(["team_slug"], ["team.slug"], name=op.f("fk_case_team_slug_team"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_case_reference")),
        sa.UniqueConstraint("send_key", name=op.f("uq_case_send_key")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index("ix_case_kind_state", ["kind", "state"], unique=False)

    op.create_table(
        "case_contact",
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=6), nullable=False),
        sa.Column("house", sa.String(length=20), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=True),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("voicemail", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.CheckConstraint("way IN ('phone', 'sms', 'email', 'letter', 'helper')", name=op.f("ck_case_contact_way")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_case_contact_case_id_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_contact")),
    )
    op.create_table(
        "case_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("from_state", sa.String(length=30), nullable=False),
        sa.Column("to_state", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "author IN ('resident', 'representative', 'provider', 'staff', 'system')", name=op.f("ck_case_event_author")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_event_case_id_case"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_event_case_id_number")),
    )
    op.create_table(
        "case_key",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('follow', 'visit', 'code')", name=op.f("ck_case_key_purpose")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_key_case_id_case"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_case_key")),
    )
    with op.batch_alter_table("case_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_key_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint(
            "author IN ('resident', 'representative', 'provider', 'staff', 'system')",
            name=op.f("ck_case_message_author"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_case_message_case_id_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_message")),
    )
    with op.batch_alter_table("case_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_message_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_representative",
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("gets_messages", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "relation IN ('helper', 'carer', 'professional')", name=op.f("ck_case_representative_relation")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_case_representative_case_id_case"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_representative")),
    )
    op.create_table(
        "case_term",
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("legal_basis", sa.String(length=200), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_term_case_id_case"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", "key", "number", name=op.f("pk_case_term")),
    )
    op.create_table(
        "cleaning_offer",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("provider_slug", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_date", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.CheckConstraint("state IN ('open', 'accepted', 'declined', 'lapsed')", name=op.f("ck_cleaning_offer_state")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_cleaning_offer_case_id_case"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["provider_slug"],
            ["cleaning_provider.slug"],
            name=op.f("fk_cleaning_offer_provider_slug_cleaning_provider"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_cleaning_offer")),
    )
    with op.batch_alter_table("cleaning_offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cleaning_offer_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "uq_cleaning_offer_accepted",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("state = 'accepted'"),
            postgresql_where=sa.text("state = 'accepted'"),
        )

    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER case_event_stays BEFORE UPDATE ON case_event "
            "BEGIN SELECT RAISE(ABORT, 'events are only added'); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION case_event_stays() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'events are only added'; END $$"
        )
        op.execute(
            "CREATE TRIGGER case_event_stays BEFORE UPDATE ON case_event "
            "FOR EACH ROW EXECUTE FUNCTION case_event_stays()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER case_event_stays")
    else:
        op.execute("DROP TRIGGER case_event_stays ON case_event")
        op.execute("DROP FUNCTION case_event_stays()")
    with op.batch_alter_table("cleaning_offer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_cleaning_offer_accepted",
            sqlite_where=sa.text("state = 'accepted'"),
            postgresql_where=sa.text("state = 'accepted'"),
        )
        batch_op.drop_index(batch_op.f("ix_cleaning_offer_case_id"))

    op.drop_table("cleaning_offer")
    op.drop_table("case_term")
    op.drop_table("case_representative")
    with op.batch_alter_table("case_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_message_case_id"))

    op.drop_table("case_message")
    with op.batch_alter_table("case_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_key_case_id"))

    op.drop_table("case_key")
    op.drop_table("case_event")
    op.drop_table("case_contact")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index("ix_case_kind_state")

    op.drop_table("case")
    op.drop_table("cleaning_provider")
    op.drop_table("case_draft")
    op.drop_table("attempt")
