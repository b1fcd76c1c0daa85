"""worries: whom they are about, apart and for a time; who else was told; and nobody is helped who does not know."""

import sqlalchemy as sa
from alembic import op

revision = "20261122o"
down_revision = "20261122n"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KNOWS = "'informed', 'offered', 'no_action', 'refused'"
SAID = "the person does not know of it"
#: What is not so may not be written, whoever writes it.
NO_KNOWLEDGE = (
    f"NEW.state IN ({KNOWS}) AND NOT EXISTS "
    "(SELECT 1 FROM worry_person p WHERE p.case_id = NEW.id AND p.informed_on IS NOT NULL)"
)
ONE_ALONE = (
    "NEW.state = 'safety' AND NOT EXISTS "
    "(SELECT 1 FROM worry_person p WHERE p.case_id = NEW.id AND p.safety_second IS NOT NULL)"
)
STILL_NAMED = (
    "NEW.state = 'lapsed' AND EXISTS (SELECT 1 FROM worry_person p WHERE p.case_id = NEW.id AND p.erased_at IS NULL)"
)
NOT_SO = f"NEW.kind = 'worry' AND (({NO_KNOWLEDGE}) OR ({ONE_ALONE}) OR ({STILL_NAMED}))"
UNTOLD = "OLD.informed_on IS NOT NULL AND NEW.informed_on IS NULL"


def upgrade() -> None:
    _person()
    _share()
    if op.get_bind().dialect.name == "sqlite":
        _in_sqlite()
    else:
        _in_postgresql()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("worry_case_begins", "worry_case_moves", "worry_person_knows"):
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute('DROP TRIGGER worry_case_begins ON "case"')
        op.execute('DROP TRIGGER worry_case_moves ON "case"')
        op.execute("DROP TRIGGER worry_person_knows ON worry_person")
        op.execute("DROP FUNCTION worry_case_holds()")
        op.execute("DROP FUNCTION worry_person_stays()")
    op.drop_table("worry_share")
    op.drop_table("worry_person")


def _in_sqlite() -> None:
    op.execute(
        f'CREATE TRIGGER worry_case_begins BEFORE INSERT ON "case" WHEN {NOT_SO} '
        f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    )
    op.execute(
        f'CREATE TRIGGER worry_case_moves BEFORE UPDATE OF state ON "case" WHEN NEW.state <> OLD.state AND {NOT_SO} '
        f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    )
    op.execute(
        f"CREATE TRIGGER worry_person_knows BEFORE UPDATE ON worry_person WHEN {UNTOLD} "
        f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    )


def _in_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION worry_case_holds() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {NOT_SO} THEN RAISE EXCEPTION '{SAID}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION worry_person_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {UNTOLD} THEN RAISE EXCEPTION '{SAID}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        'CREATE TRIGGER worry_case_begins BEFORE INSERT ON "case" FOR EACH ROW '
        "WHEN (NEW.kind = 'worry') EXECUTE FUNCTION worry_case_holds()"
    )
    op.execute(
        'CREATE TRIGGER worry_case_moves BEFORE UPDATE OF state ON "case" FOR EACH ROW '
        "WHEN (NEW.kind = 'worry' AND NEW.state <> OLD.state) EXECUTE FUNCTION worry_case_holds()"
    )
    op.execute(
        "CREATE TRIGGER worry_person_knows BEFORE UPDATE ON worry_person FOR EACH ROW "
        "EXECUTE FUNCTION worry_person_stays()"
    )


def _case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f(f"fk_{table}_case_id_case"), ondelete="CASCADE")


def _check(table: str, name: str, text: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}"))


def _person() -> None:
    table = "worry_person"
    nothing = (
        "name = '' AND postcode = '' AND house = '' AND phone IS NULL AND said = '' "
        "AND source_hidden_why = '' AND safety_why = ''"
    )
    op.create_table(
        table,
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=6), nullable=False),
        sa.Column("house", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("source_shown", sa.Boolean(), nullable=False),
        sa.Column("source_hidden_why", sa.String(), nullable=False),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("informed_how", sa.String(length=8), nullable=True),
        sa.Column("informed_by", sa.Integer(), nullable=True),
        sa.Column("safety_by", sa.Integer(), nullable=True),
        sa.Column("safety_second", sa.Integer(), nullable=True),
        sa.Column("safety_why", sa.String(), nullable=False),
        sa.Column("safety_review_on", sa.Date(), nullable=True),
        sa.Column("erased_at", MOMENT, nullable=True),
        _check(table, "source_hidden", "source_shown OR erased_at IS NOT NULL OR length(source_hidden_why) > 0"),
        _check(table, "informed_how", "informed_how IS NULL OR informed_how IN ('visit', 'call', 'letter')"),
        _check(table, "informed", "informed_on IS NULL OR (informed_how IS NOT NULL AND informed_by IS NOT NULL)"),
        _check(
            table, "safety",
            "safety_by IS NULL OR erased_at IS NOT NULL OR (length(safety_why) > 0 AND safety_review_on IS NOT NULL)",
        ),
        _check(
            table, "two_people",
            "safety_second IS NULL OR (safety_by IS NOT NULL AND safety_by <> safety_second)",
        ),
        _check(table, "erased", f"erased_at IS NULL OR ({nothing})"),
        _case(table),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_worry_person")),
    )  # fmt: skip


def _share() -> None:
    table = "worry_share"
    op.create_table(
        table,
        sa.Column("case_id", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("party", sa.String(length=120), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("ground", sa.String(length=10), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        _check(table, "ground", "ground IN ('consent', 'law')"),
        _check(table, "said", "length(party) > 0 AND length(what) > 0"),
        _case(table),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_worry_share")),
    )
