"""Notices that another thread or process has written a new generation, and opens it."""

import threading
import time

from search.documents import Status
from search.engines.generations import Generations, Pointer, built_at
from search.engines.whoosh_snapshot import FORMAT_VERSION, WhooshSnapshot
from search.index import IndexDamaged
from search.thesaurus import Thesaurus

_CHECK_SECONDS = 0.5
_ATTEMPTS = 3


class Watch:
    """Holds the generation that is current; looks at the pointer at most every half second."""

    def __init__(self, generations: Generations, thesaurus: Thesaurus) -> None:
        self._generations = generations
        self._thesaurus = thesaurus
        self._opening = threading.Lock()
        self._checked = float("-inf")
        self._signature: tuple[int, int] | None = None
        self._snapshot: WhooshSnapshot | None = None
        self._pointer = Pointer()
        self._problem = ""

    def current(self) -> WhooshSnapshot:
        """Return the current generation. Raises IndexDamaged while it cannot be read."""
        self._look()
        snapshot = self._snapshot
        if snapshot is None or self._problem:
            raise IndexDamaged(self._problem or "not read yet")
        return snapshot

    def renew(self) -> bool:
        """Look at the pointer now; return whether it had moved, and open what it points to if so.

        While one thread opens a generation, the others go on with the one they have.
        """
        with self._opening:
            self._checked = time.monotonic()
            signature = self._generations.signature()
            if signature == self._signature:
                return False
            self._open()
            return True

    def failed(self, problem: str, snapshot: WhooshSnapshot) -> None:
        """Remember that a generation cannot be read, until there is another; one that is behind us is no problem."""
        with self._opening:
            if snapshot is self._snapshot:
                self._problem = self._problem or problem

    def status(self) -> Status:
        """See `SearchIndex.status`."""
        self._look()
        pointer = self._pointer
        problem = self._problem or ("" if pointer.generation else "there is no index yet")
        count = pointer.count if not problem else 0
        return Status(
            pointer.generation,
            count,
            built_at(pointer),
            pointer.format_version,
            healthy=not problem,
            problem=problem,
        )

    def _look(self) -> None:
        """Look at the pointer when it is time, or wait for the thread that opens the very first generation."""
        never = self._snapshot is None and not self._problem
        if never or time.monotonic() - self._checked > _CHECK_SECONDS:
            self.renew()

    def _open(self) -> None:
        """Open the current generation; again if it was cleared away after the pointer was read."""
        for _ in range(_ATTEMPTS):
            self._signature = self._generations.signature()
            try:
                self._pointer = self._generations.current()
                self._snapshot, self._problem = self._opened(self._pointer), ""
            except IndexDamaged as error:
                self._problem = str(error)
            if not self._problem or self._generations.signature() == self._signature:
                return

    def _opened(self, pointer: Pointer) -> WhooshSnapshot:
        if pointer.generation and pointer.format_version != FORMAT_VERSION:
            raise IndexDamaged(f"format {pointer.format_version}, and this version reads {FORMAT_VERSION}")
        snapshot = WhooshSnapshot(self._generations.path(pointer), pointer, self._thesaurus, self._snapshot)
        snapshot.check()
        return snapshot
