"""Notices that another thread or process has changed the index, and moves along."""

import threading
import time

from search.documents import Status
from search.engines.postgresql_reading import Reading
from search.engines.postgresql_snapshot import PostgresSnapshot
from search.engines.postgresql_tables import FORMAT_VERSION, State
from search.index import IndexDamaged
from search.thesaurus import Thesaurus

_CHECK_SECONDS = 0.5
_NONE = "there is no index yet"


class Watch:
    """Holds the change that is current; asks at most every half second, and after a failure not sooner either."""

    def __init__(self, reading: Reading, thesaurus: Thesaurus) -> None:
        self._reading = reading
        self._thesaurus = thesaurus
        self._asking = threading.Lock()
        self._checked = float("-inf")
        self._state: State | None = None
        self._snapshot: PostgresSnapshot | None = None
        self._problem = ""
        self._unreadable: tuple[State | None, str] = (None, "")

    def current(self) -> PostgresSnapshot:
        """Return the current change, read when nobody did yet. Raises IndexDamaged while it cannot be read."""
        self._look()
        snapshot, state = self._snapshot, self._state
        if self._problem or state is None:
            raise IndexDamaged(self._problem or _NONE)
        if snapshot is None or snapshot.state != state:
            snapshot = self._opened(snapshot, state)
        return snapshot

    def look_again(self) -> None:
        """Ask at the next question: this process has just written, or has found something amiss."""
        self._checked = float("-inf")

    def failed(self, problem: str) -> None:
        """Remember that what is stored now cannot be read, until it is something else."""
        self._unreadable = (self._state, problem)
        self.look_again()

    def status(self) -> Status:
        """See `SearchIndex.status`. Reads no rows, so a process that only writes stays small."""
        self._look()
        state, problem = self._state, self._problem
        if state is None:
            return Status(0, 0, None, FORMAT_VERSION, healthy=False, problem=problem or _NONE)
        count = 0 if problem else state.count
        return Status(state.change, count, state.built_at, state.format_version, healthy=not problem, problem=problem)

    def _look(self) -> None:
        """Ask what the index is now, when it is time. While one thread asks, others go on with what they know."""
        if time.monotonic() - self._checked <= _CHECK_SECONDS:
            return
        first = self._state is None and not self._problem
        if not self._asking.acquire(blocking=first or self._checked == float("-inf")):
            return
        try:
            if time.monotonic() - self._checked > _CHECK_SECONDS:
                self._ask()
        finally:
            self._asking.release()

    def _ask(self) -> None:
        began = time.monotonic()
        try:
            state = self._reading.state()
        except IndexDamaged as fault:
            # a database that is away is waited for until its pool gives up: not again at once
            self._problem, began = str(fault), time.monotonic()
        else:
            self._state, self._problem = state, self._wrong_with(state)
        self._checked = began

    def _wrong_with(self, state: State | None) -> str:
        if state and state.format_version != FORMAT_VERSION:
            return f"format {state.format_version}, and this version reads {FORMAT_VERSION}"
        unreadable, problem = self._unreadable
        return problem if state == unreadable else ""

    def _opened(self, before: PostgresSnapshot | None, state: State) -> PostgresSnapshot:
        """Return the snapshot of a state; while one thread makes it, others go on with the one before."""
        if not self._asking.acquire(blocking=before is None or before.state.id != state.id) and before:
            return before
        try:
            held = self._snapshot
            if held is None or held.state.id != state.id:
                self._snapshot = held = PostgresSnapshot(self._reading, state, self._thesaurus)
            elif held.state.change < state.change:
                self._snapshot = held = held.moved(state)
            return held
        finally:
            self._asking.release()
