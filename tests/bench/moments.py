"""How fast the first free moments are found: `python -m tests.bench.moments`.

A team of fifteen over eight weeks with 3,000 bookings, the next weeks nearly full. Measured is what the processor does
(two cores are shared with whoever else is busy), for the first twenty moments that a page shows. Beside it, without a
limit: all of the eight weeks, and whether one moment is still free.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from time import process_time

from portal.bookings.availability import Busy, Diary, Pattern, Place, Wish, Worker, free_moments, is_free
from portal.bookings.rules import is_holiday, shown_at

STAFF, WEEKS, BOOKINGS, SHOWN = 15, 8, 3_000, 20
LIMIT_MS = 25
TIMES, WARMING = 400, 20
NOW = datetime(2027, 1, 11, 8, 7, tzinfo=UTC)
LEAD, HORIZON = timedelta(hours=24), timedelta(weeks=WEEKS)
TALK, TRAVEL = timedelta(hours=1), timedelta(minutes=15)
OPENS, CLOSES = time(8, 30), time(17, 30)
#: Talks with their travel that fit one after the other in a day.
A_DAY = 6
EVERYWHERE = frozenset({Place.HOME, Place.TEAM, Place.PHONE, Place.VIDEO})
WISHES = {
    "a visit at home": Wish(Place.HOME, TALK, TRAVEL),
    "a visit in a morning": Wish(Place.HOME, TALK, TRAVEL, part="morning"),
    "a call of half an hour": Wish(Place.PHONE, timedelta(minutes=30), timedelta()),
    "two hours, in Arabic": Wish(Place.HOME, 2 * TALK, TRAVEL, languages=frozenset({"ar"})),
}


def a_team() -> Diary:
    """Fifteen people from Monday to Friday; of their 3,600 places for a talk the sooner ones are taken first."""
    chance, monday = random.Random(1), date(2027, 1, 11)
    days = [monday + timedelta(weeks=week, days=day) for week in range(WEEKS) for day in range(5)]
    places = [(day, at, staff) for day in days if not is_holiday(day) for at in range(A_DAY) for staff in range(STAFF)]
    places.sort(key=lambda place: (place[0] - monday).days + chance.uniform(0, 40))
    busy, booked = [], Counter[tuple[int, date]]()
    for day, at, staff in places[:BOOKINGS]:
        start = shown_at(day, OPENS) + at * (TALK + 2 * TRAVEL)
        busy.append(Busy(staff, start, start + TALK + 2 * TRAVEL))
        booked[staff, day] += 1
    chance.shuffle(busy)
    return Diary(
        workers=[Worker(n, A_DAY, frozenset(), frozenset(("nl", "ar")[: 1 + (n % 5 == 0)])) for n in range(STAFF)],
        patterns=[Pattern(n, d, OPENS, CLOSES, EVERYWHERE, monday, None) for n in range(STAFF) for d in range(5)],
        dated=[], busy=busy, booked_per_day=booked, closed=frozenset(),
    )  # fmt: skip


def measure(name: str, work: Callable[[], object], times: int = TIMES) -> float:
    """Milliseconds of CPU that 95 of 100 do not go over; printed."""
    taken = []
    for _ in range(times + WARMING):
        started = process_time()
        work()
        taken.append((process_time() - started) * 1000)
    taken = sorted(taken[WARMING:])
    p95 = taken[int(len(taken) * 0.95)]
    print(f"  {name:44} p50 {taken[len(taken) // 2]:6.2f}   p95 {p95:6.2f}   worst {taken[-1]:6.2f}")
    return p95


def main() -> int:
    """Measure and print. 1 when it is too slow."""
    diary, worst = a_team(), 0.0
    print(f"{STAFF} people, {WEEKS} weeks, {len(diary.busy):,} bookings: ms of CPU")
    for name, wish in WISHES.items():
        first = list(islice(free_moments(diary, wish, NOW, LEAD, HORIZON), SHOWN))
        if len(first) < SHOWN:
            raise RuntimeError(f"{name}: only {len(first)} moments")
        until = (first[-1].start - NOW).days
        taken = measure(
            f"{name}: first {SHOWN}, {until} days on",
            lambda wish=wish: list(islice(free_moments(diary, wish, NOW, LEAD, HORIZON), SHOWN)),
        )
        worst = max(worst, taken)
    print(f"  worst p95 {worst:.2f}   limit {LIMIT_MS}   {'ok' if worst <= LIMIT_MS else 'short'}")
    wish = WISHES["a visit at home"]
    every = list(free_moments(diary, wish, NOW, LEAD, HORIZON))
    measure(f"all {len(every):,} of them", lambda: list(free_moments(diary, wish, NOW, LEAD, HORIZON)), 50)
    measure("whether one is free", lambda: is_free(diary, wish, every[-1], NOW, LEAD, HORIZON))
    return 0 if worst <= LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
