"""Moments with their zone, SQLite tuned for many readers and a queue of writers, and all or nothing."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from portal.foundation.db import make_engine, reading, writing
from portal.foundation.outbox import OutboxRow
from portal.foundation.seeding import Seeded

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path):
    made = make_engine(f"sqlite:///{tmp_path}/own.sqlite")
    with writing(made) as session:
        session.execute(text("CREATE TABLE tally (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)"))
        session.execute(text("INSERT INTO tally VALUES (1, 0)"))
    yield made
    made.dispose()


def tally(engine):
    with reading(engine) as connection:
        return connection.execute(text("SELECT n FROM tally")).scalar()


def kept_moment(session, moment):
    row = OutboxRow(kind="test", payload={}, due_at=moment)
    session.add(row)
    session.flush()
    session.expire(row)
    return row.due_at


def test_a_moment_comes_back_aware_and_in_utc(session):
    assert kept_moment(session, NOON) == NOON
    assert kept_moment(session, NOON).utcoffset() == timedelta(0)


def test_a_moment_of_another_zone_stays_the_same_moment(session):
    in_zwolle = NOON.astimezone(timezone(timedelta(hours=2)))
    found = kept_moment(session, in_zwolle)
    assert (found, found.hour) == (NOON, 12)


def test_a_moment_without_a_zone_is_refused(session):
    with pytest.raises(StatementError, match="a moment needs its time zone"):
        kept_moment(session, datetime(2026, 7, 1, 12, 0))


def test_no_moment_stays_none(session):
    row = OutboxRow(kind="test", payload={}, due_at=NOON, done_at=None)
    session.add(row)
    session.flush()
    session.expire(row)
    assert row.done_at is None


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("foreign_keys", 1), ("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 5000)],
)
def test_every_connection_of_sqlite_is_tuned(engine, pragma, value):
    with reading(engine) as one, reading(engine) as other:
        for connection in (one, other):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_row_that_points_nowhere_is_refused(session):
    with pytest.raises(IntegrityError):
        session.execute(
            text(
                "INSERT INTO page_reaction (page_key, locale, useful, remark, received_at) "
                "VALUES ('no-such-page', 'nl', TRUE, '', '2026-07-01 12:00:00')"
            )
        )
        session.commit()


def test_two_writers_queue_instead_of_clashing_half_way(engine):
    faults = []

    def count_on():
        try:
            for _ in range(20):
                with writing(engine) as session:
                    now = session.execute(text("SELECT n FROM tally")).scalar()
                    session.execute(text("UPDATE tally SET n = :n"), {"n": now + 1})
        except Exception as fault:
            faults.append(fault)

    writers = [threading.Thread(target=count_on) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert (faults, tally(engine)) == ([], 60)


def test_somebody_reads_while_somebody_writes(engine):
    with writing(engine) as session:
        session.execute(text("UPDATE tally SET n = 7"))
        assert tally(engine) == 0
    assert tally(engine) == 7


def test_reading_takes_no_lock(engine):
    with reading(engine) as connection:
        connection.execute(text("SELECT n FROM tally")).all()
        with writing(engine) as session:
            session.execute(text("UPDATE tally SET n = 3"))
        assert connection.execute(text("SELECT n FROM tally")).scalar() == 3


def test_writing_is_all_or_nothing(new_site):
    with pytest.raises(ZeroDivisionError), writing(new_site.engine) as session:
        session.add(Seeded(name="first", digest="1"))
        session.flush()
        raise ZeroDivisionError
    with writing(new_site.engine) as session:
        session.add(Seeded(name="second", digest="2"))
    with reading(new_site.engine) as connection:
        assert connection.execute(select(Seeded.name)).scalars().all() == ["second"]


def test_a_list_and_a_mapping_come_back_as_they_were(session):
    session.add(OutboxRow(kind="test", payload={"a": [1, {"b": "ذ"}]}, due_at=NOON))
    session.flush()
    session.expire_all()
    found = session.scalars(select(OutboxRow).where(OutboxRow.kind == "test")).one()
    assert found.payload == {"a": [1, {"b": "ذ"}]}
