"""The database: one base for every table, one way to read, one way to write.

Reading (`request.reader`) is a plain connection without a transaction: pages need rows, not entities.
Writing (`request.db`) is a session inside the request's transaction, committed only when the answer is not an error.
SQLite and PostgreSQL both hold the same constraints.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid_retry import mark_error_retryable
from sqlalchemy import JSON, Connection, DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator, TypeEngine

_ONLY_READS = "portal_only_reads"
#: The methods that change nothing: they get no transaction.
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Json(TypeDecorator[Any]):
    """A list or mapping of plain values."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL's own kind of JSON there; its dialect (4 MiB) is loaded only where it is spoken."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(JSON())
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB())


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: SQLite forgets the zone, so it is put back."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


class Base(DeclarativeBase):
    """The base of every table; constraints get predictable names, so that a migration can speak of them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Moment, dict[str, Any]: Json, list[str]: Json, list[Any]: Json}  # noqa: RUF012


def _tune_sqlite(connection: Any, _record: Any) -> None:
    """Foreign keys on, readers beside a writer, and nothing acknowledged that a power cut may take back."""
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_immediately
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL", "busy_timeout = 5000"):
        connection.execute(f"PRAGMA {pragma}")
    # In KiB, for each connection. The kernel keeps the file in memory already, once for all.
    connection.execute("PRAGMA cache_size = -512")


def _begin_immediately(connection: Connection) -> None:
    """Take SQLite's one write lock at the start, so that two writers queue instead of clashing half-way."""
    if not connection.get_execution_options().get(_ONLY_READS):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _without_transaction(connection: Connection) -> Connection:
    """The same connection, each question on its own.

    SQLite throws away every prepared question when SQLAlchemy sets the isolation level, and preparing one again takes
    longer than answering it; so there we only leave out our own BEGIN.
    """
    if connection.dialect.name == "sqlite":
        return connection.execution_options(**{_ONLY_READS: True})
    return connection.execution_options(isolation_level="AUTOCOMMIT")


def _retry_when_locked(context: Any) -> None:
    """zope.sqlalchemy knows PostgreSQL's "try again"; this adds SQLite's."""
    if isinstance(context.sqlalchemy_exception, OperationalError) and "locked" in str(context.original_exception):
        mark_error_retryable(context.sqlalchemy_exception)


def make_engine(url: str) -> Engine:
    """The engine for a database address; connects at the first use, not now."""
    if url.startswith("sqlite"):
        engine = create_engine(url, hide_parameters=True)  # no log holds what somebody typed
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "begin", _begin_immediately)
        event.listen(engine, "handle_error", _retry_when_locked)
        return engine
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "options": "-c statement_timeout=10000"},
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for reading, without a transaction to open and close around each question."""
    with engine.connect() as connection:
        yield _without_transaction(connection)


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session for work outside a request (seeding, worker): all of it stands, or none."""
    with sessionmaker(engine)() as session, session.begin():
        yield session


def _reader(request: Request) -> Connection:
    connection = request.site.engine.connect()
    request.add_finished_callback(lambda _request: connection.close())
    return _without_transaction(connection)


def _db(request: Request) -> Session:
    # It brings along every database driver there is, 9 MiB; who only serves readers does without.
    import zope.sqlalchemy

    session = sessionmaker(request.site.engine)()
    zope.sqlalchemy.register(session, transaction_manager=request.tm)
    return session


def writes(request: Request) -> bool:
    """Whether this request may change something: only then is there a transaction."""
    return request.method not in SAFE_METHODS


def includeme(config: Configurator) -> None:
    """Transactions for requests that write, tried three times when the database says "try again"."""
    config.add_settings(
        {
            "tm.manager_hook": "pyramid_tm.explicit_manager",
            "tm.commit_veto": "pyramid_tm.default_commit_veto",
            "tm.activate_hook": "portal.foundation.db.writes",
            "retry.attempts": 3,
        }
    )
    config.include("pyramid_tm")
    config.include("pyramid_retry")
    config.add_request_method(_reader, "reader", reify=True)
    config.add_request_method(_db, "db", reify=True)
