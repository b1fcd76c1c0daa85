"""Work after a commit: done once, tried again after growing pauses, and never with anybody's words in it."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.foundation.db import writing
from portal.foundation.outbox import DONE_IS_KEPT, HANDFUL, PAUSES, OutboxRow, post, run_once, waiting
from tests.clock import START


class Worker:
    """Handles a kind and remembers what it got; breaks as often as told."""

    def __init__(self, breaks=0):
        self.got, self.breaks = [], breaks

    def __call__(self, site, payloads):
        if self.breaks:
            self.breaks -= 1
            raise RuntimeError("mevrouw Jansen woont in de Voorbeeldstraat")
        self.got.append(payloads)


@pytest.fixture
def site(small_site):
    """The small municipality with an empty outbox."""
    _empty(small_site)
    yield small_site
    _empty(small_site)


def _empty(site):
    with writing(site.engine) as session:
        session.query(OutboxRow).delete()


def write_down(site, *keys, kind="letter"):
    with writing(site.engine) as session:
        for key in keys:
            post(session, kind, {"key": key}, START)


def rows(site):
    with writing(site.engine) as session:
        found = session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all()
        session.expunge_all()
        return found


def test_what_waits_is_done_once(site, clock):
    write_down(site, "a", "b")
    worker = Worker()
    assert run_once(site, {"letter": worker}, clock) == 2
    assert run_once(site, {"letter": worker}, clock) == 0
    assert worker.got == [[{"key": "a"}, {"key": "b"}]]


def test_a_done_row_says_when_and_waits_no_more(site, clock):
    write_down(site, "a")
    clock.forward(seconds=3)
    run_once(site, {"letter": Worker()}, clock)
    (row,) = rows(site)
    assert (row.done_at, row.attempts, row.fault, row.given_up) == (clock.now(), 0, None, False)
    with writing(site.engine) as session:
        assert waiting(session) == 0


def test_each_kind_goes_to_its_own_worker(site, clock):
    write_down(site, "a")
    write_down(site, "b", kind="card")
    letters, cards = Worker(), Worker()
    assert run_once(site, {"letter": letters, "card": cards}, clock) == 2
    assert (letters.got, cards.got) == ([[{"key": "a"}]], [[{"key": "b"}]])


def test_what_was_done_a_month_ago_is_cleared_away(site, clock):
    write_down(site, "old")
    run_once(site, {"letter": Worker()}, clock)
    clock.forward(days=DONE_IS_KEPT.days, seconds=1)
    write_down(site, "new")
    run_once(site, {"letter": Worker()}, clock)
    assert [row.payload["key"] for row in rows(site)] == ["new"]


def test_a_kind_that_nobody_does_stays_and_holds_up_nothing(site, clock):
    write_down(site, "a", kind="unknown")
    write_down(site, "b")
    assert run_once(site, {"letter": Worker()}, clock) == 1
    assert [row.done_at is None for row in rows(site)] == [True, False]


def test_one_broken_kind_does_not_hold_up_another(site, clock):
    write_down(site, "a", kind="card")
    write_down(site, "b")
    assert run_once(site, {"card": Worker(breaks=1), "letter": Worker()}, clock) == 1


def test_a_row_is_not_done_before_its_time(site, clock):
    with writing(site.engine) as session:
        post(session, "letter", {"key": "later"}, START + timedelta(minutes=1))
    worker = Worker()
    assert run_once(site, {"letter": worker}, clock) == 0
    clock.forward(minutes=1)
    assert run_once(site, {"letter": worker}, clock) == 1


def test_many_rows_are_done_a_handful_at_a_time_in_order(site, clock):
    write_down(site, *range(HANDFUL + 5))
    worker = Worker()
    assert run_once(site, {"letter": worker}, clock) == HANDFUL
    assert run_once(site, {"letter": worker}, clock) == 5
    assert [payload["key"] for handful in worker.got for payload in handful] == list(range(HANDFUL + 5))


def test_a_fault_is_tried_again_after_growing_pauses_and_then_given_up(site, clock):
    write_down(site, "a")
    worker = Worker(breaks=len(PAUSES) + 1)
    for number, pause in enumerate(PAUSES, start=1):
        assert run_once(site, {"letter": worker}, clock) == 0
        (row,) = rows(site)
        assert (row.attempts, row.due_at, row.given_up) == (number, clock.now() + pause, False)
        clock.forward(seconds=pause.total_seconds() - 1)
        run_once(site, {"letter": worker}, clock)
        assert rows(site)[0].attempts == number
        clock.forward(seconds=1)
    run_once(site, {"letter": worker}, clock)
    assert rows(site)[0].given_up
    clock.forward(days=100)
    assert run_once(site, {"letter": worker}, clock) == 0
    assert worker.got == []
    with writing(site.engine) as session:
        assert waiting(session) == 1


def test_the_pauses_grow_and_end_within_three_days():
    assert list(PAUSES) == sorted(PAUSES)
    assert timedelta(days=2) < sum(PAUSES, timedelta()) < timedelta(days=3)


def test_work_that_goes_well_after_all_is_done(site, clock):
    write_down(site, "a")
    worker = Worker(breaks=1)
    run_once(site, {"letter": worker}, clock)
    clock.forward(seconds=5)
    assert run_once(site, {"letter": worker}, clock) == 1
    assert rows(site)[0].done_at == clock.now()


def test_a_fault_holds_only_its_type_for_a_message_may_quote_somebody(site, clock):
    write_down(site, "a")
    run_once(site, {"letter": Worker(breaks=1)}, clock)
    (row,) = rows(site)
    assert row.fault == "RuntimeError"


def test_a_fault_is_visible_in_the_log_without_its_words(site, clock, caplog):
    write_down(site, "a", "b")
    with caplog.at_level(logging.ERROR, "portal.foundation.outbox"):
        run_once(site, {"letter": Worker(breaks=1)}, clock)
    assert "outbox: 2 rows of kind letter put off: RuntimeError" in caplog.text
    assert "Jansen" not in caplog.text


def test_a_row_stands_or_falls_with_its_cause(site, clock):
    with pytest.raises(ZeroDivisionError), writing(site.engine) as session:
        post(session, "letter", {"key": "a"}, START)
        session.flush()
        raise ZeroDivisionError
    assert rows(site) == []


def test_the_portal_knows_who_puts_changes_in_the_index(registry):
    assert registry.job_handlers["index"] == registry.indexes.apply
