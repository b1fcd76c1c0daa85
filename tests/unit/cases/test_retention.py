"""A case that came to rest is kept as long as its policy says, and then goes with everything that hangs on it."""

from datetime import timedelta

import pytest
from sqlalchemy import Column, MetaData, String, Table, delete, event, insert, select, text, update

from portal.cases.drafts import Drafts
from portal.cases.limits import Limits
from portal.cases.models import AccessKey, Attempt, Case, DeletionRecord, Draft
from portal.cases.person import tables_about_cases
from portal.cases.retention import Hourly, Rule, hold, retention_of, rules_of, throw_away
from portal.cleaning.kind import CLEANING
from portal.foundation.db import Base, reading, writing
from portal.foundation.outbox import OneByOne, OutboxRow, post, run_once
from portal.foundation.policies import Policy, read_policies
from portal.foundation.tasks import run_tasks
from portal.messaging.models import Message
from tests.clock import START
from tests.unit.cases.canaries import CANARIES, TABLES, WORDS, ask_everything, comes_to_rest, dump

KINDS = {"cleaning": CLEANING}
#: How many days a case is kept in each state from which it goes by itself.
KEPT = {"ended": 42, "started": 42, "withdrawn": 30, "let_go": 30}


@pytest.fixture
def asked(zwolle, books, clock):
    """Makes a request that came to rest so many days ago, now being the first day; gives id and canaries."""

    def make(key="send-key-of-kanarie", state="ended", days=0, held=None, **contact):
        case_id, secrets = ask_everything(zwolle, clock, key, **contact)
        comes_to_rest(zwolle, case_id, state, clock.now() - timedelta(days=days), held=held)
        return case_id, secrets

    yield make
    with writing(zwolle.engine) as session:
        session.execute(delete(DeletionRecord))


@pytest.fixture
def due(zwolle, clock):
    """What is due at Zwolle at this moment."""
    return lambda: retention_of(zwolle, KINDS, clock)


def numbers(report):
    return {line.rule.state: (line.due, line.held) for line in report.lines if line.due or line.held}


# What is due when


@pytest.mark.parametrize("days", [1, 30, 42])
@pytest.mark.parametrize(("past", "over"), [
    (timedelta(days=-1), False), (timedelta(seconds=-1), False), (timedelta(0), True), (timedelta(days=1), True),
])  # fmt: skip
def test_a_rule_is_over_after_so_many_days_and_not_a_second_before(days, past, over):
    rule = Rule("cleaning", "ended", Policy("retain", days, "days", "Eigen keuze", True))
    assert rule.is_over(START, START + timedelta(days=days) + past) is over


def test_a_summer_clock_makes_no_day_longer():
    rule = Rule("cleaning", "ended", Policy("retain", 42, "days", "Eigen keuze", True))
    moved = START.replace(month=3, day=1)
    assert not rule.is_over(moved, moved + timedelta(days=42, seconds=-1))
    assert rule.is_over(moved, moved + timedelta(days=42))


def test_there_is_a_rule_for_each_state_that_names_a_policy(policies):
    assert {rule.state: rule.policy.value for rule in rules_of([CLEANING], policies)} == KEPT


def test_a_policy_that_does_not_hold_today_throws_nothing_away():
    (first, *_others) = rules_of([CLEANING], {})
    assert (first.policy, first.latest(START), first.basis) == (None, None, "")
    assert not first.is_over(START - timedelta(days=9999), START)


def test_every_kind_lets_go_of_what_is_closed_and_only_by_policies_in_days(registry, session):
    known = read_policies(session.connection(), START.date())
    for kind in registry.case_kinds.values():
        assert kind.closed <= set(kind.retention) <= kind.states, kind.code
        assert {known[key].unit for key in kind.retention.values()} == {"days"}, kind.code


# What goes


@pytest.mark.parametrize("state", KEPT)
@pytest.mark.parametrize(("past", "gone"), [(-1, 0), (0, 1), (1, 1)])
def test_a_case_goes_on_its_day_and_not_the_day_before(asked, due, books, state, past, gone):
    asked(state=state, days=KEPT[state] + past)
    assert due().run().due == gone
    assert len(books.rows(Case)) == 1 - gone


def test_time_counts_from_when_it_came_to_rest_not_from_when_it_was_asked(asked, due, clock, zwolle):
    case_id, _ = asked(state="ended", days=0)
    comes_to_rest(zwolle, case_id, "ended", clock.now(), received_at=clock.now() - timedelta(days=400))
    assert due().run().due == 0


@pytest.mark.parametrize("state", sorted(CLEANING.states - set(KEPT)))
def test_an_open_case_never_goes(asked, due, books, state):
    asked(state=state, days=3650)
    assert due().run().due == 0
    assert len(books.rows(Case)) == 1


def test_nothing_of_a_case_that_went_is_left_anywhere(asked, due, zwolle):
    _, secrets = asked(state="withdrawn", days=31)
    before = dump(zwolle)
    assert all(word in before for word in CANARIES)
    due().run()
    after = dump(zwolle)
    assert [word for word in (*CANARIES, *secrets, WORDS) if word in after] == []


def test_what_stays_is_that_a_case_was_thrown_away_when_and_by_which_policy(asked, due, books, clock):
    asked(state="withdrawn", days=31)
    asked("other", state="ended", days=43)
    due().run()
    first, second = sorted(books.rows(DeletionRecord), key=lambda row: row.state)
    assert (first.state, first.basis) == ("ended", "retain_cleaning: 42 days")
    assert (second.state, second.basis) == ("withdrawn", "retain_withdrawn: 30 days")
    assert (first.kind, first.why, first.opened_on, first.deleted_at) == (
        "cleaning", "time", clock.now().date(), clock.now()
    )  # fmt: skip
    assert first.batch == second.batch


def test_messages_and_what_the_worker_had_to_do_for_them_go_along(asked, due, books, zwolle, clock):
    asked(state="ended", days=42)
    assert books.rows(Message)
    with writing(zwolle.engine) as session:
        post(session, "index", {"source": "pages", "key": "privacy", "id": 1}, clock.now())
    due().run()
    assert books.rows(Message) == []
    assert {row.kind for row in books.rows(OutboxRow)} <= {"index"}
    with writing(zwolle.engine) as session:
        assert session.execute(delete(OutboxRow).where(OutboxRow.payload["id"].as_integer() == 1)).rowcount == 1


def test_what_is_of_others_stays_as_it_was(asked, due, books):
    asked("mine", state="ended", days=41, name="Buurman", email="buurman@example.nl")
    before = {table: books.rows(table) for table in TABLES}
    asked("theirs", state="ended", days=42)
    due().run()
    assert {table: books.rows(table) for table in TABLES} == before


def test_a_case_that_the_law_holds_stays_and_is_counted(asked, due, books):
    asked("held", state="ended", days=100, held="Archiefwet: hotspot")
    asked("free", state="ended", days=100)
    report = due().run()
    assert numbers(report) == {"ended": (1, 1)}
    assert [row.held for row in books.rows(Case)] == ["Archiefwet: hotspot"]


def test_a_case_is_held_and_let_go_by_its_reference(asked, due, books, zwolle):
    asked(state="ended", days=100)
    reference = books.the(Case).reference
    with writing(zwolle.engine) as session:
        assert hold(session, reference, "Archiefwet: hotspot")
        assert not hold(session, "7KD4MW3F", "Archiefwet: hotspot")
    assert due().run().due == 0
    with writing(zwolle.engine) as session:
        assert hold(session, reference, None)
    assert due().run().due == 1


@pytest.mark.parametrize("hours", [-1, 1])
def test_drafts_tries_and_keys_go_when_their_time_is_over(asked, due, books, zwolle, clock, hours):
    case_id, _ = asked(state="accepted")
    with writing(zwolle.engine) as session:
        session.execute(delete(AccessKey))
        Drafts(session, "cleaning", Policy("draft_kept", 7, "days", "Eigen keuze", True), clock.now()).make()
        Limits(session, clock.now()).allows("code", "kanarie", 5)
        session.execute(update(Draft).values(expires_at=clock.now() + timedelta(hours=1)))
        session.execute(update(Attempt).values(until=clock.now() + timedelta(hours=1)))
        ends = clock.now() + timedelta(hours=1)
        session.add(AccessKey(hash="h", case_id=case_id, purpose="follow", full=False, expires_at=ends))
    clock.forward(hours=1 + hours)
    gone = int(hours > 0)
    assert due().report().passing == due().run().passing == {"drafts": gone, "attempts": gone, "keys": gone}
    assert [len(books.rows(table)) for table in (Draft, Attempt, AccessKey)] == [1 - gone] * 3
    assert len(books.rows(Case)) == 1


# How it goes


def test_a_dry_run_says_what_the_run_does_and_changes_nothing(asked, due, zwolle, clock):
    for number, (state, days, held) in enumerate([
        ("ended", 42, None), ("ended", 50, None), ("ended", 41, None), ("withdrawn", 30, None),
        ("withdrawn", 99, "Archiefwet"), ("started", 80, "Archiefwet"), ("accepted", 999, None),
    ]):  # fmt: skip
        asked(f"key-{number}", state=state, days=days, held=held)
    clock.forward(hours=2)  # visits and codes are over
    before = dump(zwolle)
    said = due().report()
    assert dump(zwolle) == before
    assert due().run() == said
    assert numbers(said) == {"ended": (2, 0), "withdrawn": (1, 1), "started": (0, 1)}
    assert {line.rule.state: line.oldest for line in said.lines}["ended"] == START.date() - timedelta(days=50)
    assert said.passing["keys"] == 14


def test_done_twice_it_is_done_once(asked, due, books):
    asked(state="ended", days=42)
    assert (due().run().due, due().run().due) == (1, 0)
    assert len(books.rows(DeletionRecord)) == 1


def test_when_nothing_is_due_nothing_is_locked(asked, due, zwolle):
    asked(state="ended", days=41)
    said = []

    def listen(connection, cursor, statement, *rest):
        said.append(statement.split()[0])

    event.listen(zwolle.engine, "before_cursor_execute", listen)
    try:
        due().run()
    finally:
        event.remove(zwolle.engine, "before_cursor_execute", listen)
    assert set(said) == {"SELECT"}
    assert len(said) <= 3


def plain_cases(site, count, moved_at):
    """Many cases of which there is little to tell."""
    rows = [
        {"id": f"many-{n}", "reference": f"M{n:07}", "send_key": f"many-{n}", "kind": "cleaning", "state": "ended",
         "channel": "web", "locale": "nl", "answers": {}, "received_at": moved_at, "moved_at": moved_at}
        for n in range(count)
    ]  # fmt: skip
    with writing(site.engine) as session:
        session.execute(insert(Case), rows)


def test_many_go_by_the_handful_and_no_more_than_asked(asked, due, books, zwolle, clock):
    plain_cases(zwolle, 120, clock.now() - timedelta(days=60))
    assert due().run(10).due == 10
    assert due().run().due == 110
    assert books.rows(Case) == []
    assert len(books.rows(DeletionRecord)) == 120


@pytest.fixture
def stubborn(zwolle):
    """A table whose rows do not let go of their case."""
    table = Table("stubborn", MetaData(), Column("case_id", String(24)))
    with zwolle.engine.begin() as connection:
        connection.execute(text('CREATE TABLE stubborn (case_id VARCHAR(24) REFERENCES "case" (id))'))
    yield table
    with zwolle.engine.begin() as connection:
        connection.execute(text("DROP TABLE stubborn"))


def test_a_case_that_cannot_go_holds_up_no_other_and_leaves_no_record(asked, due, books, zwolle, clock, stubborn):
    plain_cases(zwolle, 60, clock.now() - timedelta(days=60))
    with writing(zwolle.engine) as session:
        session.execute(insert(stubborn).values(case_id="many-7"))
    report = due().run()
    assert (report.due, report.failed) == (59, 1)
    assert [row.id for row in books.rows(Case)] == ["many-7"]
    assert len(books.rows(DeletionRecord)) == 59
    with writing(zwolle.engine) as session:
        session.execute(delete(stubborn))
    assert due().run().due == 1


def test_a_message_that_is_thrown_away_while_it_leaves_does_not_stop_the_worker(asked, zwolle, books, clock):
    asked()
    case = books.the(Case)
    left = []

    def deliver(site, payload):
        left.append(payload["id"])
        with writing(site.engine) as session:
            throw_away(session, [case], "asked", lambda _case: "asked", clock.now(), "batch")

    assert run_once(zwolle, {"message": OneByOne(deliver)}, clock) == 1
    assert len(left) == 1
    assert books.rows(Message) == []


def test_a_case_that_somebody_has_in_hand_waits_for_the_next_time(asked, due, books, zwolle):
    if zwolle.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    case_id, _ = asked(state="ended", days=42)
    asked("other", state="ended", days=42)
    with writing(zwolle.engine) as session:
        session.get(Case, case_id, with_for_update=True)
        assert due().run().due == 1
    assert books.the(Case).id == case_id
    assert due().run().due == 1


def test_every_table_that_hangs_on_a_case_lets_the_database_throw_its_rows_away():
    keys = [key for table in Base.metadata.sorted_tables for key in table.foreign_keys
            if key.column.table is Case.__table__]  # fmt: skip
    assert len(keys) >= 8
    # a plan that goes leaves the second opinion on it, which has its own time and its own facts of that plan
    assert [str(key.parent) for key in keys if key.ondelete != "CASCADE"] == ["second_opinion.plan_case_id"]


def test_nothing_hangs_on_what_hangs_on_a_case_so_that_an_export_finds_all():
    near = set(tables_about_cases())
    # quarters, rooms that were missed and the locked pieces of a document say nothing of anybody, and go with theirs
    assert {
        key.parent.table.name for table in Base.metadata.sorted_tables for key in table.foreign_keys
        if key.column.table in near and table not in near
    } <= {"booking_cell", "booking_thing_cell", "booking_thing_missing", "attachment_piece"}  # fmt: skip


# The worker


def test_the_worker_looks_once_an_hour_at_each_site(asked, zwolle, leeuwarden, clock):
    hourly = Hourly(KINDS)
    assert hourly(zwolle, clock, str) == 0
    asked(state="ended", days=42)
    clock.forward(minutes=59)
    assert hourly(zwolle, clock, str) == 0
    assert hourly(leeuwarden, clock, str) == 0
    clock.forward(minutes=1)
    assert hourly(zwolle, clock, str) == 1


def test_it_is_a_task_of_the_worker(registry, asked, zwolle, books, clock):
    asked(state="ended", days=42)
    clock.forward(hours=2)
    run_tasks(registry, zwolle)
    assert books.rows(Case) == []


def test_what_is_due_is_found_by_an_index(zwolle, due):
    if zwolle.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads a table of a few rows as a whole")
    query = select(Case.id).where(due()._due(), Case.held.is_(None)).compile(zwolle.engine)
    with reading(zwolle.engine) as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", tuple(query.params.values())).all()
    steps = [row[3] for row in plan]
    assert [step for step in steps if step.startswith("SCAN")] == []
    assert sum("ix_case_moved" in step for step in steps) == len(KEPT)
