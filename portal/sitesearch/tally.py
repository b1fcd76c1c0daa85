"""Counts in memory while people read, and writes the sums down now and then.

A reader never waits for a table, and no page that is only read changes a row by itself.
"""

import atexit
import logging
from collections import Counter
from threading import Event as Signal
from threading import Lock, Thread

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal.foundation.clock import Clock, today
from portal.foundation.db import reading, writing
from portal.foundation.faults import describe
from portal.foundation.site import Site
from portal.sitesearch.models import UnmetWeek
from portal.sitesearch.unmet import Unmet, UnmetSearches, countable, monday_of

log = logging.getLogger(__name__)
#: Seconds between two times of writing down.
PAUSE = 20.0
#: Kinds of questions held in memory; what comes after is not counted.
MOST_HELD = 2_000


class Tally:
    """What was asked in vain since the last time it was written down."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: dict[str, tuple[Site, Counter[Unmet]]] = {}
        self._lock = Lock()
        self._thread: Thread | None = None
        self._stop = Signal()

    def note(self, site: Site, kind: str, locale: str, asked: str) -> None:
        """Count a question; returns at once."""
        unmet = countable(kind, locale, asked)
        if unmet is None:
            return
        with self._lock:
            _site, counter = self._held.setdefault(site.key, (site, Counter()))
            if unmet in counter or len(counter) < MOST_HELD:
                counter[unmet] += 1
            if self._thread is None:
                self._thread = Thread(target=self._now_and_then, name="tally", daemon=True)
                self._thread.start()
                atexit.register(self.write_down)

    def write_down(self) -> None:
        """Add the sums to the tables. What cannot be written now is held for the next time."""
        with self._lock:
            held, self._held = self._held, {}
        for key, (site, counter) in held.items():
            try:
                with writing(site.engine) as session:
                    UnmetSearches(session, today(self._clock)).add(counter)
            except SQLAlchemyError as fault:
                log.error("tally: the counts of %s could not be written down: %s", key, describe(fault))
                with self._lock:
                    self._held.setdefault(key, (site, Counter()))[1].update(counter)

    def _now_and_then(self) -> None:
        while not self._stop.wait(PAUSE):
            self.write_down()


def forget(site: Site, clock: Clock, _path: object) -> int:
    """Throw away the secret of a week that is over, also where nobody searched since."""
    monday = monday_of(today(clock))
    with reading(site.engine) as connection:
        if connection.execute(select(UnmetWeek.monday).where(UnmetWeek.monday < monday)).first() is None:
            return 0
    with writing(site.engine) as session:
        UnmetSearches(session, today(clock)).forget()
    return 1


def _note_unmet(request: Request, kind: str, asked: str) -> None:
    request.registry.tally.note(request.site, kind, request.locale.code, asked)


def includeme(config: Configurator) -> None:
    """`request.note_unmet(kind, question)` for every screen with a search box."""
    config.registry.tally = Tally(config.registry.clock)
    config.add_task("unmet", forget)
    config.add_request_method(_note_unmet, "note_unmet")
