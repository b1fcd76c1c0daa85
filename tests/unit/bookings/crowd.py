"""A crowd on one team: each in a thread, doing at random what people do; and what each of them was told."""

import os
from collections import Counter
from datetime import timedelta
from random import Random
from threading import Lock, Thread

from sqlalchemy.exc import OperationalError

from portal.bookings.availability import Place
from portal.bookings.services import AlreadyBooked, BookingIsOver, Bookings, HoldIsOver, MomentTaken
from portal.foundation.db import reading, writing
from tests.clock import START, FixedClock
from tests.unit.bookings.conftest import TEAM, wish

OPERATIONS = 10_000 if os.environ.get("PORTAL_PROOF") == "long" else 2_000
THREADS, WORKERS, FORMS = 6, 4, 80
MOST_A_DAY, DAYS = 4, 8
#: Each form asks its own: at home near and far, at the team, by phone.
WISHES = (wish(), wish(travel=40), wish(Place.TEAM, 0), wish(Place.PHONE, 0, 30))
#: As often as a request is tried when the database says "try again".
TRIES = 3
PROMISED = (AlreadyBooked, BookingIsOver, HoldIsOver, MomentTaken)


def says_try_again(fault):
    """What `pyramid_retry` is told of: a lock of SQLite, class 40 of PostgreSQL."""
    return "locked" in str(fault.orig) or str(getattr(fault.orig, "sqlstate", None) or "").startswith("40")


class Crowd:
    """People and the portal's own worker do things at random, each in a thread, each time with a session of its own."""

    def __init__(self, site, policies):
        self.site, self.policies, self.clock, self._lock = site, policies, FixedClock(), Lock()
        self.told, self.counts, self.unexpected, self.pages = [], Counter(), [], {}

    def run(self):
        """Do everything; returns when all are ready."""
        threads = [Thread(target=self._thread, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _thread(self, number):
        chance = Random(number)
        acts = (self.hold, self.book, self.move, self.cancel, self.expire, self.absent)
        for _turn in range(OPERATIONS // THREADS):
            with self._lock:
                self.clock.forward(seconds=chance.choice((0, 5, 90)))
            act = chance.choices(acts, (40, 22, 15, 18, 5, 0.3))[0]
            try:
                self._done(act.__name__, *self._tried(act, chance, Random(chance.random())))
            except PROMISED as fault:
                self._done(type(fault).__name__, None)
            except Exception as fault:  # whatever it is, it was not promised
                self.unexpected.append(repr(fault))

    def _tried(self, act, chance, dice):
        state = dice.getstate()
        for turn in range(TRIES):
            dice.setstate(state)
            try:
                with writing(self.site.engine) as session:
                    return act(session, Bookings(session, self.policies, self.clock.now()), dice)
            except OperationalError as fault:
                if turn == TRIES - 1 or not says_try_again(fault):
                    raise
                with self._lock:
                    self.counts["try again"] += 1
        raise AssertionError

    def _done(self, what, ids):
        """Write down what somebody was told; only after it was committed."""
        with self._lock:
            self.counts[what] += 1
            self.told += [(what, one) for one in ids or ()]

    def hold(self, _session, bookings, chance):
        form = chance.randrange(FORMS)
        held = bookings.hold(TEAM, WISHES[form % len(WISHES)], self._seen(form, chance), f"key-{form}")
        return ([held.id],)

    def _seen(self, form, chance):
        """A moment from a page that many look at, and that may be old by now."""
        kind, days = form % len(WISHES), chance.randrange(1, DAYS)
        if (kind, days) not in self.pages or chance.random() < 0.2:
            after = self.clock.now() + timedelta(days=days)
            with reading(self.site.engine) as connection:
                looking = Bookings(connection, self.policies, self.clock.now())
                self.pages[kind, days] = looking.free(TEAM, WISHES[kind], 6, after)
        if not self.pages[kind, days]:
            raise MomentTaken()
        return chance.choice(self.pages[kind, days])

    def book(self, _session, bookings, chance):
        form = chance.randrange(FORMS)
        return ([bookings.book(f"key-{form}", f"case-{form}").id],)

    def move(self, _session, bookings, chance):
        form = chance.randrange(FORMS)
        before, moment = self._booked(bookings, form), self._seen(form, chance)
        return ([bookings.move(before, WISHES[form % len(WISHES)], moment).id],)

    def cancel(self, _session, bookings, chance):
        before = self._booked(bookings, chance.randrange(FORMS))
        return ([before.id] if bookings.cancel(before) else [],)

    def expire(self, _session, bookings, _chance):
        bookings.expire()
        return ([],)

    def absent(self, _session, bookings, chance):
        day = START.date() + timedelta(days=chance.randrange(DAYS))
        touched = bookings.absent(9100 + chance.randrange(WORKERS), day, day)
        return ([one.id for one in touched],)

    def _booked(self, bookings, form):
        found = bookings.of_case(f"case-{form}")
        if found is None or found.state != "booked":
            raise BookingIsOver()
        return found
