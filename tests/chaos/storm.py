"""Many residents who send while a hand kills: who was told what, and which attempts were cut off."""

import random
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine

from portal.foundation.db import reading
from tests.chaos.resident import CHECK, SENT, START, CutOff, DoorShut, Line, Reply, Resident, form_of, now, number_on

#: Those who only send; beside them one who is still answering questions, and sends then.
SENDERS = 6
#: Requests that are left for after the last kill.
LEFT = 2 * SENDERS
#: Every so many look at the page that confirms.
LOOKS = 3
#: Most seconds between the wish to kill and the kill.
LATEST = 0.04
#: Most seconds that we wait for one more request to be written down.
WRITING = 5.0
#: Seconds one step may take, the time that a server is away included.
PATIENCE = 90.0
#: Seconds a browser waits before it tries again.
PAUSE = 0.05


class Astray(Exception):
    """An answer that is neither a confirmation nor a fault that asks to try again."""


class Storm:
    """Residents with their drafts. `door` gives the port of the server that is up, or None."""

    def __init__(self, door: Callable[[], int | None], seed: int) -> None:
        self._door, self._chance = door, random.Random(seed)
        self._moved = threading.Condition()
        self._ahead: deque[Resident] = deque()
        self._threads: list[threading.Thread] = []
        self._flying: set[int] = set()
        self._numbers = iter(range(1_000_000))
        self._over = threading.Event()
        self.residents: list[Resident] = []
        self.statuses: Counter[int] = Counter()
        #: Answers of 500 and more that are not the portal's own page.
        self.bare = 0
        #: What went wrong with ourselves, and who was led away from what they had answered or sent.
        self.wrong: list[str] = []
        self.astray: list[str] = []
        self.kills: list[tuple[datetime, datetime]] = []
        self.in_flight: list[int] = []

    def prepare(self, count: int) -> None:
        """So many residents answer all questions, up to the check page; nothing is killed yet."""
        wanted = iter(range(count))

        def walk_some(line: Line) -> None:
            while next(wanted, None) is not None:
                who = self._walk(line)
                with self._moved:
                    self._ahead.append(who)

        self._start([walk_some] * SENDERS)
        self._wait_for_all()

    def begin(self) -> None:
        """They send, one after another, on six lines at a time; a seventh answers questions and sends."""

        def send_all(line: Line) -> None:
            while (who := self._next()) is not None:
                with self._noted():
                    self._send(line, who)

        def walk_on(line: Line) -> None:
            while not self._over.is_set():
                with self._noted():
                    self._send(line, self._walk(line))

        self._start([walk_on] + [send_all] * SENDERS)

    def kill(self, number: int, every: int, strike: Callable[[], object], engine: Engine) -> None:
        """Strike at a moment after so many confirmations, while somebody waits for one.

        Every other time that is a moment of chance, else just after a request was written down: before its sender was
        told lies a short time that chance alone hardly meets.
        """
        enough = number * every + self._chance.randint(1, every)
        self._until(lambda: self._told() >= enough and bool(self._flying))
        if number % 2:
            wait_for_another(engine)
        else:
            time.sleep(self._chance.uniform(0, LATEST))
            self._until(lambda: bool(self._flying))
        begin, flying = now(), len(self._flying)
        strike()
        self.kills.append((begin, now()))
        self.in_flight.append(flying)

    def end(self) -> None:
        """Wait until everybody was told."""
        self._over.set()
        self._wait_for_all()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except Astray as fault:
            self.astray.append(str(fault))

    def _told(self) -> int:
        return sum(1 for who in list(self.residents) if who.told_at)

    def _next(self) -> Resident | None:
        with self._moved:
            return self._ahead.popleft() if self._ahead else None

    def _until(self, holds: Callable[[], bool]) -> None:
        with self._moved:
            if not self._moved.wait_for(lambda: self.wrong or holds(), PATIENCE):
                raise RuntimeError("nobody sends any more, or nobody is told")
        if self.wrong:
            raise RuntimeError("; ".join(self.wrong[:3]))

    def _start(self, works: list[Callable[[Line], None]]) -> None:
        def run(work: Callable[[Line], None]) -> None:
            line = Line(self._door)
            try:
                work(line)
            except Exception as fault:
                with self._moved:
                    self.wrong.append(f"{type(fault).__name__}: {fault}"[:400])
                    self._moved.notify_all()
            finally:
                line.close()

        self._threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
        for thread in self._threads:
            thread.start()

    def _wait_for_all(self) -> None:
        until = time.monotonic() + 10 * PATIENCE
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0))
            if thread.is_alive():
                raise RuntimeError("somebody is still waiting")
        if self.wrong:
            raise RuntimeError("; ".join(self.wrong[:3]))

    def _walk(self, line: Line) -> Resident:
        """Somebody new, who answers every question; a step that was cut off is taken again."""
        with self._moved:
            who = Resident(next(self._numbers))
        answers, path = who.answers(), f"{START}/vraag/who"
        while path != CHECK:
            _form, fields = form_of(self._insist(line, who, path, expect=200).body)
            typed = answers[path.rpartition("/")[2]]
            path = self._insist(line, who, path, {**fields, **typed}, expect=303).location
        _form, who.form = form_of(self._insist(line, who, CHECK, expect=200).body)
        who.key = who.form["__send_key__"]
        return who

    def _insist(
        self, line: Line, who: Resident, path: str, form: dict[str, object] | None = None, *, expect: int
    ) -> Reply:
        """Ask until there is an answer that is no fault of the server's. Raises `Astray`."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                reply = line.ask(who, path, form)
            except (DoorShut, CutOff):
                time.sleep(PAUSE)
                continue
            if reply.status == expect:
                return reply
            self._count_fault(reply, path)
        raise Astray(f"{path} has no answer within {PATIENCE:.0f} s")

    def _count_fault(self, reply: Reply, path: str) -> None:
        """A 500 or 503 asks to try again; whatever else was not expected ends the run."""
        if reply.status < 500:
            raise Astray(f"{path} answers {reply.status} {reply.location}")
        with self._moved:
            self.statuses[reply.status] += 1
            self.bare += "<html" not in reply.body
        time.sleep(PAUSE)

    def _send(self, line: Line, who: Resident) -> None:
        """Send, with the same key again and again, until there is a confirmation."""
        self.residents.append(who)
        until = time.monotonic() + PATIENCE
        while who.told_at is None:
            if time.monotonic() > until:
                raise Astray(f"{who.name} gets no confirmation within {PATIENCE:.0f} s")
            try:
                line.open()
            except DoorShut:
                time.sleep(PAUSE)
                continue
            self._try_once(line, who)
        if who.number % LOOKS == 0:
            who.shown = self._number_shown(line, who)

    def _number_shown(self, line: Line, who: Resident) -> str:
        """The number on the page that confirms; that there is none is for the checker."""
        try:
            return number_on(self._insist(line, who, SENT, expect=200).body) or "no number"
        except Astray:
            return "no page"

    def _try_once(self, line: Line, who: Resident) -> None:
        began = now()
        try:
            with self._in_flight(who):
                who.tried.append(began)
                reply = line.ask(who, CHECK, who.form)
        except DoorShut:  # it shut in this very moment: nothing was sent
            who.tried.pop()
            return
        except CutOff:
            who.in_vain.append((began, now()))
            return
        if reply.status == 303 and reply.location == SENT:
            with self._moved:
                who.told_at = now()
                self._moved.notify_all()
            return
        who.in_vain.append((began, now()))
        self._count_fault(reply, CHECK)

    @contextmanager
    def _in_flight(self, who: Resident) -> Iterator[None]:
        with self._moved:
            self._flying.add(who.number)
            self._moved.notify_all()
        try:
            yield
        finally:
            with self._moved:
                self._flying.discard(who.number)


def wait_for_another(engine: Engine) -> None:
    """Wait until one more request is written down; our own connection is gone before anything is killed."""
    count, until = 'SELECT count(*) FROM "case"', time.monotonic() + WRITING
    with reading(engine) as connection:
        before = connection.exec_driver_sql(count).scalar()
        while connection.exec_driver_sql(count).scalar() == before and time.monotonic() < until:
            pass  # no rest: in a thousandth of a second the sender is told
    engine.dispose()
