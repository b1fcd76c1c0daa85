"""Rows handled one by one: a fault touches one row, and no transaction is open meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from portal.foundation.db import writing
from portal.foundation.outbox import DONE_IS_KEPT, IN_A_ROW, PAUSES, TAKEN_FOR, OneByOne, OutboxRow, post, run_once
from tests.clock import START


@pytest.fixture
def site(small_site):
    """The small municipality with an empty outbox."""
    for _before_and_after in range(2):
        with writing(small_site.engine) as session:
            session.execute(delete(OutboxRow))
        if not _before_and_after:
            yield small_site


def write_down(site, *keys):
    with writing(site.engine) as session:
        for key in keys:
            post(session, "card", {"key": key}, START)


def rows(site):
    with site.engine.connect() as connection:
        return connection.execute(select(OutboxRow.__table__).order_by(OutboxRow.id)).all()


class Hands:
    """Handles payloads and remembers them; breaks at the keys it is told."""

    def __init__(self, *breaks_at):
        self.got, self.breaks_at = [], set(breaks_at)

    def __call__(self, site, payload):
        self.got.append(payload["key"])
        if payload["key"] in self.breaks_at:
            raise RuntimeError("mevrouw Jansen")

    def work(self, site, clock):
        return run_once(site, {"card": OneByOne(self)}, clock)


def test_each_row_is_handled_by_itself_in_order(site, clock):
    write_down(site, "a", "b")
    hands = Hands()
    assert hands.work(site, clock) == 2
    assert hands.got == ["a", "b"]
    assert [row.done_at for row in rows(site)] == [START, START]


def test_a_fault_puts_off_one_row_and_ends_the_turn(site, clock):
    write_down(site, "a", "b", "c")
    hands = Hands("b")
    assert [hands.work(site, clock) for _turn in range(3)] == [1, 1, 0]
    assert hands.got == ["a", "b", "c"]
    a, b, c = rows(site)
    assert (a.done_at, b.done_at, c.done_at) == (START, None, START)
    assert (b.attempts, b.fault, b.due_at) == (1, "RuntimeError", START + PAUSES[0])


def test_pauses_grow_and_then_a_person_is_waited_for(site, clock):
    write_down(site, "a")
    hands = Hands("a")
    for pause in PAUSES:
        hands.work(site, clock)
        assert rows(site)[0].due_at == clock.now() + pause
        clock.forward(seconds=pause.total_seconds())
    hands.work(site, clock)
    assert rows(site)[0].given_up


def test_other_kinds_get_their_turn(site, clock):
    write_down(site, *range(IN_A_ROW + 1))
    hands = Hands()
    assert [hands.work(site, clock) for _turn in range(3)] == [IN_A_ROW, 1, 0]


def test_a_row_whose_worker_died_is_due_again_after_a_while(site, clock):
    def die(site, payload):
        raise SystemExit

    write_down(site, "a")
    with pytest.raises(SystemExit):
        run_once(site, {"card": OneByOne(die)}, clock)
    hands = Hands()
    clock.forward(seconds=TAKEN_FOR.total_seconds() - 1)
    assert hands.work(site, clock) == 0
    clock.forward(seconds=1)
    assert hands.work(site, clock) == 1


def test_somebody_else_can_write_while_a_row_is_handled(site, clock):
    def slow(site, payload):
        if payload["key"] == "a":
            write_down(site, "b")

    write_down(site, "a")
    assert run_once(site, {"card": OneByOne(slow)}, clock) == 2


def test_what_was_done_a_month_ago_is_cleared_away(site, clock):
    write_down(site, "old")
    hands = Hands()
    hands.work(site, clock)
    clock.forward(seconds=(DONE_IS_KEPT + timedelta(seconds=1)).total_seconds())
    write_down(site, "new")
    hands.work(site, clock)
    assert [row.payload["key"] for row in rows(site)] == ["new"]


def test_the_log_holds_the_type_and_no_words(site, clock, caplog):
    write_down(site, "a")
    Hands("a").work(site, clock)
    assert "outbox: a row of kind card put off: RuntimeError" in caplog.text
    assert "Jansen" not in caplog.text
