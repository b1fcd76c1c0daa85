"""Hold, book, move, cancel, wait, be away, work more, close: in any order the diary is what a second book-keeping says.

That book-keeping stands here: plain lists, with the minute-by-minute sums of `test_availability_oracle`.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, update
from sqlalchemy.orm import sessionmaker

from portal.bookings.availability import Busy, DatedHours, Diary, Moment, Pattern, Place, Worker
from portal.bookings.models import Booking, BookingCell, BookingWorker, Closure, WorkDay
from portal.bookings.services import AlreadyBooked, BookingIsOver, Bookings, HoldIsOver, MomentTaken
from portal.foundation.policies import read_policies
from tests.clock import START
from tests.unit.bookings.conftest import MILA, TARIQ, TEAM, a_case, a_worker, hours, wish
from tests.unit.bookings.test_availability_oracle import DAY, MINUTE, all_free, minutes_of, offered, on_the_wall

MOST = {MILA: 3, TARIQ: 2}
#: Days ahead that can be chosen, few enough to walk through minute by minute.
HORIZON = 5
FORMS = range(6)
#: What each form asks; the same form asks the same every time.
WISHES = (wish(), wish(travel=40), wish(Place.TEAM, 0), wish(Place.PHONE, 0, 30), wish(length=45), wish(Place.PHONE, 7))
LONG_AGO = date(2026, 1, 5)
PATTERNS = [
    Pattern(who, weekday, time(9), time(13), frozenset(Place), LONG_AGO, None) for who in MOST for weekday in range(5)
]

forms, staff = some.sampled_from(FORMS), some.sampled_from(list(MOST))
days_ahead, any_number = some.integers(0, HORIZON + 1), some.integers(0, 10_000)


@dataclass
class Known:
    """What somebody was told of their form."""

    state: str
    moment: Moment
    until: datetime
    id: str


class AnyOrder(RuleBasedStateMachine):
    """One team with two workers; every step is made in the portal and in the lists here, and must come to the same."""

    def __init__(self, site, policies):
        super().__init__()
        self.session = sessionmaker(site.engine)()
        self.policies, self.now = policies, START
        self.told: dict[int, Known] = {}
        self.dated: list[DatedHours] = []
        self.away: list[tuple[int, date]] = []
        self.closed: set[date] = set()
        self.gone: set[int] = set()
        self.pages: dict[int, list[Moment]] = {}

    @initialize()
    def a_team(self):
        for staff_id, most in MOST.items():
            a_worker(self.session, staff_id, most_a_day=most)
            hours(self.session, staff_id, "09:00", "13:00")
        for form in FORMS:
            a_case(self.session, f"case-{form}")

    def teardown(self):
        self.session.rollback()
        self.session.close()

    # The second book-keeping

    @property
    def bookings(self):
        return Bookings(self.session, self.policies, self.now)

    def stands(self, known):
        return known.state == "booked" or (known.state == "held" and known.until > self.now)

    def diary(self, without=None):
        """All that is known, but one form."""
        live = [(form, one) for form, one in self.told.items() if self.stands(one) and form != without]
        return Diary(
            workers=[
                Worker(who, most, frozenset(), frozenset(["nl"])) for who, most in MOST.items() if who not in self.gone
            ],
            patterns=PATTERNS, dated=self.dated,
            busy=[
                *(Busy(who, minutes_of(day)[0][0], minutes_of(day)[-1][0] + MINUTE) for who, day in self.away),
                *(Busy(one.moment.staff_id, *self.taken(form, one.moment)) for form, one in live),
            ],
            booked_per_day=Counter((one.moment.staff_id, on_the_wall(one.moment.start).date()) for _form, one in live),
            closed=frozenset(self.closed),
        )  # fmt: skip

    @staticmethod
    def taken(form, moment):
        """With its travel, in whole quarters of an hour."""
        begin, end = moment.start - WISHES[form].travel, moment.end + WISHES[form].travel
        while begin.minute % 15:
            begin -= MINUTE
        while end.minute % 15:
            end += MINUTE
        return begin, end

    def free(self, form, without=None, lead=DAY):
        """Every moment with everybody for what this form asks."""
        return list(all_free(self.diary(without), WISHES[form], self.now, lead, HORIZON * DAY))

    def can_have(self, form, moment, lead=DAY):
        return moment in [one for one, _day in self.free(form, form, lead)]

    # What people do

    def picked(self, form, number, fresh):
        """A moment of the page as it is now, or as they saw it last."""
        if fresh or not self.pages.get(form):
            self.pages[form] = self.bookings.free(TEAM, WISHES[form], 500)
        page = self.pages[form]
        return page[number % len(page)] if page else None

    @rule(form=forms, number=any_number, fresh=some.booleans())
    def hold(self, form, number, fresh):
        moment = self.picked(form, number, fresh)
        if moment is not None:
            self.try_to_hold(form, moment)
            if fresh and self.told[form].state != "booked":
                assert self.told[form].moment == moment, "what is offered can be held"

    @rule(form=forms, who=staff, quarters=some.integers(-8, HORIZON * 96), off=some.sampled_from([0, 0, 0, 5]))
    def hold_what_no_page_offered(self, form, who, quarters, off):
        start = START + (quarters * 15 + off) * MINUTE
        self.try_to_hold(form, Moment(start, start + WISHES[form].length, who))

    def try_to_hold(self, form, moment):
        before = self.told.get(form)
        can = self.can_have(form, moment)
        try:
            held = self.bookings.hold(TEAM, WISHES[form], moment, f"key-{form}")
        except AlreadyBooked:
            assert before.state == "booked"
        except MomentTaken:
            assert not can
        else:
            assert can
            assert before is None or before.state != "booked"
            until = self.now + self.policies["slot_hold"].span()
            self.told[form] = Known("held", moment, until, held.id)

    @rule(form=forms)
    def book(self, form):
        known = self.told.get(form)
        again = known and known.state in {"held", "lapsed"} and not self.stands(known)
        can = known and (self.stands(known) or (again and self.can_have(form, known.moment, lead=0 * DAY)))
        try:
            booked = self.bookings.book(f"key-{form}", f"case-{form}")
        except HoldIsOver:
            assert not can
        else:
            assert can
            assert booked.id == known.id
            known.state = "booked"

    def booked(self, form):
        known = self.told.get(form)
        return known if known and known.state == "booked" else None

    @rule(form=forms, number=any_number, fresh=some.booleans())
    def move(self, form, number, fresh):
        known, moment = self.booked(form), self.picked(form, number, fresh)
        if known is None or moment is None:
            return
        can = self.can_have(form, moment)
        try:
            moved = self.bookings.move(self.session.get(Booking, known.id), WISHES[form], moment)
        except MomentTaken:
            assert not can
        else:
            assert can
            self.told[form] = Known("booked", moment, known.until, moved.id)

    @precondition(lambda self: any(one.state == "booked" for one in self.told.values()))
    @rule(form=forms)
    def cancel(self, form):
        known = self.told.get(form)
        if known is None or known.state not in {"booked", "cancelled"}:
            return
        booking = self.session.get(Booking, known.id)
        assert self.bookings.cancel(booking) is (known.state == "booked")
        known.state = "cancelled"
        with pytest.raises(BookingIsOver):
            self.bookings.move(booking, WISHES[form], known.moment)

    # What happens meanwhile

    @rule(minutes=some.sampled_from([1, 5, 16, 60, 24 * 60]))
    def time_passes(self, minutes):
        self.now += minutes * MINUTE

    @rule()
    def what_nobody_used_is_let_go(self):
        self.bookings.expire()

    @rule(who=staff, ahead=days_ahead)
    def somebody_is_away(self, who, ahead):
        day = on_the_wall(self.now).date() + ahead * DAY
        touched = self.bookings.absent(who, day, day)
        then = [
            one
            for one in self.told.values()
            if one.moment.staff_id == who and on_the_wall(one.moment.start).date() == day
        ]
        assert [one.id for one in touched] == [
            one.id
            for one in sorted(then, key=lambda one: one.moment.start)
            if one.state == "booked" and one.moment.end > self.now
        ]
        for one in then:
            one.state = "lapsed" if one.state == "held" else one.state
        self.away.append((who, day))

    @rule(who=staff, ahead=days_ahead, start=some.integers(8, 16), length=some.integers(0, 4))
    def somebody_works_at_other_hours(self, who, ahead, start, length):
        day, begin, end = on_the_wall(self.now).date() + ahead * DAY, time(start), time(start + length)
        row = WorkDay(staff_id=who, day=day, start=f"{begin:%H:%M}", end=f"{end:%H:%M}", places=list(map(str, Place)))
        self.session.add(row)
        self.session.flush()
        self.dated.append(DatedHours(who, day, begin, end, frozenset(Place)))

    @rule(ahead=days_ahead, everywhere=some.booleans())
    def a_day_is_closed(self, ahead, everywhere):
        day = on_the_wall(self.now).date() + ahead * DAY
        self.session.add(Closure(team_slug=None if everywhere else TEAM, first=day, last=day))
        self.session.flush()
        self.closed.add(day)

    @precondition(lambda self: not self.gone)
    @rule(who=staff)
    def somebody_leaves_the_team(self, who):
        change = update(BookingWorker).where(BookingWorker.staff_id == who).values(active=False)
        self.session.execute(change)
        self.gone.add(who)

    # What is always so

    @invariant()
    def what_is_offered_is_what_the_second_book_keeping_says(self):
        form = len(self.told) % len(WISHES)
        found = self.bookings.free(TEAM, WISHES[form], 500)
        assert found == offered(self.diary(), self.free(form))

    @invariant()
    def nobody_is_in_two_places(self):
        live = [
            (one.moment.staff_id, *self.taken(form, one.moment)) for form, one in self.told.items() if self.stands(one)
        ]
        ordered = sorted(live)
        for (who, _begin, end), (other, begin, _end) in pairwise(ordered):
            assert who != other or end <= begin

    @invariant()
    def the_quarters_are_those_of_what_stands(self):
        rows = self.session.execute(select(Booking.__table__).where(Booking.state.in_(("held", "booked")))).all()
        expected = {
            (row.staff_id, int(minute.timestamp()) // 900, row.id)
            for row in rows
            for minute in (
                row.busy_from + n * 15 * MINUTE for n in range((row.busy_until - row.busy_from) // (15 * MINUTE))
            )
        }
        cells = self.session.execute(select(BookingCell.staff_id, BookingCell.cell, BookingCell.booking_id))
        assert {tuple(cell) for cell in cells} == expected
        known = {one.id: one for one in self.told.values()}
        standing = {one.id for one in self.told.values() if self.stands(one)}
        assert standing <= {row.id for row in rows}
        assert {row.id for row in rows} - standing <= {one.id for one in known.values() if one.state == "held"}


def test_in_any_order_the_diary_is_what_a_second_book_keeping_says(zwolle):
    with sessionmaker(zwolle.engine)() as session:
        policies = dict(read_policies(session.connection(), START.date()))
    policies["booking_horizon"] = replace(policies["booking_horizon"], value=HORIZON)
    assert policies["booking_lead"].span() == timedelta(days=1)
    assert datetime(2026, 11, 23, 9, tzinfo=UTC) == START
    often = settings(max_examples=45, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(lambda: AnyOrder(zwolle, policies), settings=often)
