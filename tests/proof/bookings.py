"""Many people at once on one team's diaries, each with a browser: they hold, book, move, cancel and let a hold go by.

What each of them was told is written down when they are told it; afterwards it is held against the database.
"""

import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, text

from portal.bookings.services import Bookings
from portal.foundation.clock import LOCAL, local_date
from portal.foundation.db import writing
from portal.foundation.policies import read_policies
from tests.chaos.resident import Line, Reply, Resident, form_of, number_on
from tests.unit.cleaning.asking import FOLLOW
from tests.unit.conversations.talking import FORM, ME

#: People at once on each thread, and the turns after which one goes and somebody new comes.
THREADS, IN_SIGHT, TURNS = 6, 5, 24
WHO, MOMENT, CHECK, SENT = (f"{FORM['nl']}/{tail}" for tail in ("vraag/who", "vraag/moment", "controle", "gelukt"))
OTHER_MOMENT, STATUS, CANCEL = (f"{FOLLOW['nl']}/{tail}" for tail in ("moment", "stand", "stap/give_back"))
#: How they want to talk, and the minutes a worker is on the way, there and back: written here a second time.
PLACES = {"home": 15, "team": 0, "phone": 0}
_OFFERED = re.compile(r'name="moment" value="(\d{8}T\d{4}Z)"')
_LAPSES = "UPDATE booking SET hold_until = made_at WHERE state = 'held' AND hold_key = :key"


class Astray(Exception):
    """An answer that nobody should get."""


@dataclass
class Visitor(Resident):
    """One person, one browser, one request. `stand` is what they were told last: nothing, held, booked or cancelled."""

    stand: str = "nothing"
    moment: str = ""
    reference: str = ""
    turns: int = 0
    lapsed: bool = False
    seen: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        return list(PLACES)[self.number % len(PLACES)]

    def answers(self) -> dict[str, dict[str, Any]]:
        reach = {"way": "phone", "phone": "06 1234 9876", "email": ""}
        return {**ME, "where": {"place": self.place, "other_place": ""}, "reach": reach, "name": {"name": self.name}}


class Person:
    """What one visitor does; every act says in words what it came to. `Astray` is for what should never come."""

    def __init__(self, ask: Callable[..., Reply], who: Visitor, chance: random.Random) -> None:
        self._asks, self.who, self._chance = ask, who, chance

    def arrive(self) -> None:
        """Answer every question up to the moment."""
        self._answer(WHO, MOMENT)

    def hold(self) -> str:
        """Choose a moment in the form; the first time the questions after it come too, then what was answered."""
        reply = self._choose(MOMENT)
        if reply is None or reply.status == 422:
            return "nothing was free" if reply is None else "somebody was first"
        page = self._answer(reply.location, CHECK) or self._ask(CHECK, expect={200, 303})
        if page.status == 303:  # somebody is away from now on
            return self._asked_again(page)
        self.who.form = form_of(page.body)[1]
        self.who.key, self.who.stand, self.who.lapsed = self.who.form["__send_key__"], "held", False
        self._must_show(page.body)
        return "held"

    def send(self) -> str:
        """Send the form, at times twice; whoever was too late is asked for a moment again."""
        reply = self._ask(CHECK, self.who.form, expect={303})
        if reply.location != SENT:
            return self._asked_again(reply)
        if self._chance.random() < 0.2 and self._ask(CHECK, self.who.form, expect={303}).location != SENT:
            raise Astray("what was sent twice is not one request")
        page = self._ask(SENT).body
        self._must_show(page)
        self.who.reference, self.who.stand = number_on(page).replace(" ", ""), "booked"
        return "booked"

    def move(self) -> str:
        """Another moment on the page where they follow it, or a first one after they cancelled."""
        reply = self._choose(OTHER_MOMENT)
        if reply is None or reply.status == 422:
            return "nothing was free" if reply is None else "somebody was first"
        self._must_show(self._ask(STATUS).body)
        said, self.who.stand = ("moved" if self.who.stand == "booked" else "booked again"), "booked"
        return said

    def cancel(self) -> str:
        """Give it back, after they were asked whether they are sure."""
        if "csrf_token" not in self._ask(CANCEL).body:
            raise Astray("nobody is asked whether they are sure")
        self._ask(CANCEL, {"csrf_token": self.who.cookies["csrf"]}, expect={303})
        self.who.stand, self.who.moment = "cancelled", ""
        return "cancelled"

    def _asked_again(self, reply: Reply) -> str:
        if reply.location != MOMENT:
            raise Astray(f"led to {reply.location}")
        self.who.stand = "nothing"
        return "too late"

    def _answer(self, path: str, until: str) -> Reply | None:
        """Answer what is asked until that page; gives the answer that led back to the moments, when one did."""
        answers, reply = self.who.answers(), None
        while path != until:
            if path == MOMENT:
                return reply or Reply(303, MOMENT, "")
            _form, fields = form_of(self._ask(path).body)
            reply = self._ask(path, {**fields, **answers[path.rpartition("/")[2]]}, expect={303})
            path = reply.location
        return None

    def _choose(self, path: str) -> Reply | None:
        """Send a moment of the page, or of a page that is old by now; None when there is none."""
        page = self._ask(path).body
        _form, fields = form_of(page)
        fresh = _OFFERED.findall(page)
        choices = self.who.seen if self.who.seen and self._chance.random() < 0.3 else fresh
        self.who.seen = fresh
        if not choices:
            return None
        wanted = self._chance.choice(choices)
        reply = self._ask(path, {**fields, "moment": wanted}, expect={303, 422})
        if reply.status == 303:
            self.who.moment = wanted
        return reply

    def _must_show(self, page: str) -> None:
        wall = datetime.strptime(self.who.moment, "%Y%m%dT%H%MZ").replace(tzinfo=UTC).astimezone(LOCAL)
        if f"{wall.hour}:{wall:%M}" not in page:
            raise Astray(f"{self.who.name} chose {self.who.moment} and the page says another time")

    def _ask(self, path: str, form: dict[str, Any] | None = None, expect: Any = frozenset({200})) -> Reply:
        reply = self._asks(self.who, path, form)
        if reply.status not in expect:
            raise Astray(f"{path} answers {reply.status} {reply.location} to {self.who.stand}")
        return reply


class Crowd:
    """Threads of people, and what a team does meanwhile. `told` counts turns; each comes to exactly one thing."""

    def __init__(self, door: Callable[[], int], engine: Engine, staff: list[int], seed: int) -> None:
        self._door, self._engine, self._staff, self._seed = door, engine, staff, seed
        self._lock, self._numbers = threading.Lock(), iter(range(1_000_000))
        self.visitors: list[Visitor] = []
        self.told: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.wrong: list[str] = []
        #: Who is away on which day, and since when that is known.
        self.absences: list[tuple[int, date, datetime]] = []

    def run(self, operations: int) -> None:
        """So many turns, on all threads together; a fault of one ends that thread."""
        left = iter(range(operations))
        threads = [threading.Thread(target=self._work, args=(number, left)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _work(self, number: int, left: Iterator[int]) -> None:
        chance, line = random.Random(f"{self._seed}-{number}"), Line(self._door)

        def ask(who: Visitor, path: str, form: dict[str, Any] | None) -> Reply:
            reply = line.ask(who, path, form)
            with self._lock:
                self.statuses[reply.status] += 1
            return reply

        people: list[Person] = []
        try:
            while self._goes_on(left):
                said = self._turn(chance, people, ask)
                with self._lock:
                    self.told[said] += 1
        except Exception as fault:
            with self._lock:
                self.wrong.append(f"{type(fault).__name__}: {fault}"[:400])
        finally:
            line.close()

    def _goes_on(self, left: Iterator[int]) -> bool:
        with self._lock:
            return next(left, None) is not None

    def _turn(self, chance: random.Random, people: list[Person], ask: Callable[..., Reply]) -> str:
        people[:] = [one for one in people if one.who.turns < TURNS]
        if len(people) < IN_SIGHT:
            people.append(self._somebody_new(ask, chance))
        one = chance.choice(people)
        one.who.turns += 1
        acts: dict[str, list[tuple[Any, float]]] = {
            "nothing": [(one.hold, 40)],
            "held": [(one.hold, 16), (one.send, 16), (lambda: self._lapse(one.who), 8)],
            "booked": [(one.move, 30), (one.cancel, 10)],
            "cancelled": [(one.move, 40)],
        }
        often = [*acts[one.who.stand], (lambda: self._absent(chance), 0.2), (self._let_go, 0.5)]
        (act,) = chance.choices([act for act, _often in often], [share for _act, share in often])
        return str(act())

    def _somebody_new(self, ask: Callable[..., Reply], chance: random.Random) -> Person:
        with self._lock:
            who = Visitor(next(self._numbers))
            self.visitors.append(who)
        person = Person(ask, who, chance)
        person.arrive()
        return person

    def _lapse(self, who: Visitor) -> str:
        """A quarter of an hour goes by: what they hold is as it would be then, and nobody tells them."""
        with writing(self._engine) as session:
            session.execute(text(_LAPSES), {"key": who.key})
        who.lapsed = True
        return "a quarter of an hour went by"

    def _absent(self, chance: random.Random) -> str:
        day = local_date(datetime.now(UTC)) + timedelta(days=chance.randrange(2, 20))
        staff_id = chance.choice(self._staff)
        self._bookings(lambda bookings: bookings.absent(staff_id, day, day))
        with self._lock:
            self.absences.append((staff_id, day, datetime.now(UTC)))
        return "absent"

    def _let_go(self) -> str:
        """What the portal's own worker does each minute."""
        self._bookings(lambda bookings: bookings.expire())
        return "what nobody used was let go"

    def _bookings(self, act: Callable[[Bookings], object]) -> None:
        now = datetime.now(UTC)
        with writing(self._engine) as session:
            act(Bookings(session, read_policies(session.connection(), local_date(now)), now))
