"""The worker is killed in the middle of its work, again and again; no change gets lost on its way to search."""

import random
import time

from sqlalchemy import create_engine, func, select

from portal.foundation.db import writing
from portal.foundation.outbox import OutboxRow, post
from portal.pages.models import Page, PageText
from search import Query
from tests.proof.amounts import KILLS
from tests.proof.words import word

CHANGES_BEFORE_A_KILL = 12
#: Seconds the worker may take to begin.
PATIENCE = 40


def waiting(engine) -> int:
    with engine.connect() as connection:
        query = select(func.count()).select_from(OutboxRow).where(OutboxRow.done_at.is_(None))
        return connection.execute(query).scalar_one()


def test_every_change_is_searchable_in_the_end(portal, beside):
    chance = random.Random(112)
    site = next(iter(beside.sites))
    looking = create_engine(portal.database)
    with writing(site.engine) as session:
        pages = session.scalars(select(Page).where(Page.state == "published", Page.service.is_(None)))
        keys = [page.key for page in pages if page.topics]  # a page that only leads on is not in the index
    last: dict[str, str] = {}
    number = 0

    def change() -> None:
        nonlocal number
        key = keys[number % len(keys)]
        number += 1
        with writing(site.engine) as session:
            session.get(PageText, (key, "nl")).summary = f"Proef met het woord {word(number)}."
            post(session, "index", {"source": "page", "key": key}, beside.clock.now())
        last[key] = word(number)

    for _kill in range(KILLS):
        worker = portal.start_worker()
        try:
            change()
            until = time.monotonic() + PATIENCE
            while waiting(looking) and time.monotonic() < until:
                assert worker.poll() is None, "the worker stopped by itself"
                time.sleep(0.01)
            assert not waiting(looking), "the worker did not begin"
            for _ in range(CHANGES_BEFORE_A_KILL):
                change()
                time.sleep(chance.uniform(0, 0.08))
            time.sleep(chance.uniform(0, 0.6))
        finally:
            worker.kill()
            worker.wait()
        status = beside.indexes.of(site).status()
        assert status.healthy, status.problem

    portal.run("worker", "--once")
    assert not waiting(looking)
    with looking.connect() as connection:
        assert connection.execute(select(func.count()).where(OutboxRow.attempts > 0)).scalar_one() == 0
    looking.dispose()
    time.sleep(0.6)  # a change by another process is seen within half a second
    index = beside.indexes.of(site)
    status = index.status()
    assert status.healthy, status.problem
    lost = [
        (key, said)
        for key, said in last.items()
        if [hit.key for hit in index.search(Query(said, "nl")).hits] != [f"page:{key}"]
    ]
    assert not lost
    assert status.count == len(beside.indexes.documents(site))
    print(f"{KILLS} kills, {number} changes, none lost; the index is healthy at generation {status.generation}")
