"""The index in PostgreSQL: for several machines, or where the database is the only thing to keep.

It ranks as the embedded index does: PostgreSQL stores postings and documents, and everything that judges is
`search.ladder`. Its own text search (`to_tsvector`, `ts_rank`) is not used.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from search.documents import NOTHING, Change, Doc, Locale, Page, Query, Status, Suggestion
from search.engines import postgresql_change, postgresql_rebuild
from search.engines.postgresql_reading import GenerationGone, Reading, Unreadable
from search.engines.postgresql_snapshot import PostgresSnapshot
from search.engines.postgresql_tables import FORMAT_VERSION, Connect, Connection, State, state_of, writing
from search.engines.postgresql_watch import Watch
from search.index import IndexDamaged
from search.ladder import answer
from search.thesaurus import Thesaurus

_PATIENCE_SECONDS = 30.0
_ATTEMPTS = 10  # a busy reader may meet several rebuilds in a row

_Answer = TypeVar("_Answer")


class PostgresIndex:
    """Keeps `SearchIndex` in the schema `search_index` of a database, made when first written.

    `connect` lends connections (see `Connect`), `name` tells indexes in one database apart. Constructing asks
    nothing. Processes and machines may share an index; each notices a change of another within a second. The
    thesaurus works on documents when they are stored and on questions when they are asked: rebuild after a change.
    """

    def __init__(
        self,
        connect: Connect,
        thesaurus: Thesaurus | None = None,
        now: Callable[[], datetime] | None = None,
        name: str = "main",
    ) -> None:
        self._connect = connect
        self._thesaurus = thesaurus or Thesaurus()
        self._now = now or (lambda: datetime.now(UTC))
        self._name = name
        self._watch = Watch(Reading(connect, name), self._thesaurus)

    def rebuild(self, docs: Iterable[Doc]) -> int:
        """See `SearchIndex.rebuild`. Raises IndexDamaged when the database does not answer."""
        unique = tuple({doc.key: doc for doc in docs}.values())
        return self._written(lambda connection, old: self._rebuilt(connection, unique, old), anew=True)

    def apply(self, changes: Sequence[Change]) -> int:
        """See `SearchIndex.apply`. An index that is not there yet counts as empty."""
        last = {change.key: change.doc for change in changes}

        def write(connection: Connection, old: State | None) -> State:
            state = old or self._rebuilt(connection, (), None)
            if state.format_version != FORMAT_VERSION:
                raise IndexDamaged(f"format {state.format_version}, and this version writes {FORMAT_VERSION}")
            return postgresql_change.apply(connection, state, last, self._thesaurus, self._now())

        return self._written(write, anew=False)

    def search(self, query: Query) -> Page:
        """See `SearchIndex.search`."""
        return self._reading(lambda snapshot: answer(snapshot, self._thesaurus, query), NOTHING)

    def complete(self, prefix: str, locale: Locale, n: int) -> tuple[Suggestion, ...]:
        """See `SearchIndex.complete`."""
        return self._reading(lambda snapshot: snapshot.completer.complete(prefix, locale, n), ())

    def status(self) -> Status:
        """See `SearchIndex.status`."""
        return self._watch.status()

    def _rebuilt(self, connection: Connection, docs: Sequence[Doc], old: State | None) -> State:
        return postgresql_rebuild.rebuild(connection, self._name, docs, self._thesaurus, self._now(), old)

    def _written(self, write: Callable[[Connection, State | None], State], *, anew: bool) -> int:
        try:
            with writing(self._connect, self._name, _PATIENCE_SECONDS, anew=anew) as connection:
                return write(connection, state_of(connection, self._name)).change
        finally:
            self._watch.look_again()

    def _reading(self, ask: Callable[[PostgresSnapshot], _Answer], otherwise: _Answer) -> _Answer:
        """Ask the current change. When it was rebuilt away meanwhile, begin anew."""
        for _ in range(_ATTEMPTS):
            try:
                return ask(self._watch.current())
            except GenerationGone:
                self._watch.look_again()
            except Unreadable as fault:
                self._watch.failed(str(fault))
                break
            except IndexDamaged:
                break
        return otherwise
