"""A change is in search within two seconds while the worker runs, made on a screen (the outbox) or by `seed`."""

import random
import shutil
import statistics
import time

from sqlalchemy import select

from portal.foundation.db import writing
from portal.foundation.outbox import post
from portal.pages.models import Page, PageText
from search import Query
from tests.proof.amounts import CHANGES_TIMED
from tests.proof.words import word
from tests.served import ROOT

#: Seconds from the commit until a process that did not write shows it.
WITHIN = 2.0
#: Seconds after which we no longer wait.
PATIENCE = 40
PAGE = "klacht"


def until_found(index, said, key):
    """Seconds until the index of this process finds the page by a word."""
    started = time.monotonic()
    while [hit.key for hit in index.search(Query(said, "nl")).hits] != [f"page:{key}"]:
        assert time.monotonic() - started < PATIENCE, f"“{said}” does not come into search"
        time.sleep(0.02)
    return time.monotonic() - started


def put(registry, site, key, said):
    """What a screen of an editor does: the text and the outbox row in one transaction."""
    with writing(site.engine) as session:
        session.get(PageText, (key, "nl")).summary = f"Proef met het woord {said}."
        post(session, "index", {"source": "page", "key": key}, registry.clock.now())


def test_a_change_is_in_search_within_two_seconds(portal, beside):
    chance = random.Random(512)
    site = next(iter(beside.sites))
    index = beside.indexes.of(site)
    with writing(site.engine) as session:
        pages = session.scalars(select(Page).where(Page.state == "published", Page.service.is_(None)))
        keys = [page.key for page in pages if page.topics]  # a page that only leads on is not in the index
    worker = portal.start_worker()
    try:
        put(beside, site, keys[0], word(9_000))
        until_found(index, word(9_000), keys[0])  # the worker has begun, and both have read the index
        took = []
        for number in range(1, CHANGES_TIMED + 1):
            time.sleep(chance.uniform(0, 1))
            put(beside, site, keys[number % len(keys)], word(9_000 + number))
            took.append(until_found(index, word(9_000 + number), keys[number % len(keys)]))
        assert max(took) <= WITHIN, f"{max(took):.2f} s"
        assert worker.poll() is None, "the worker stopped by itself"
    finally:
        worker.kill()
        worker.wait()
    print(f"{len(took)} changes; p50 {statistics.median(took):.2f} s, the slowest {max(took):.2f} s")


def test_what_is_seeded_is_in_search_within_two_seconds(portal, beside, tmp_path):
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    portal.environ["PORTAL_SITE_ZWOLLE_CONTENT"] = str(content)
    site = next(iter(beside.sites))
    index = beside.indexes.of(site)
    worker = portal.start_worker()
    try:
        put(beside, site, "bezwaar", word(8_000))
        until_found(index, word(8_000), "bezwaar")
        file = content / "pages" / PAGE / "nl.md"
        text = file.read_text("utf-8")
        begin = text.index("summary: ")
        end = text.index("\n", begin)
        file.write_text(f"{text[:begin]}summary: Proef met het woord {word(8_001)}.{text[end:]}", "utf-8")
        portal.run("seed")
        took = until_found(index, word(8_001), PAGE)
    finally:
        worker.kill()
        worker.wait()
    assert took <= WITHIN, f"{took:.2f} s"
    print(f"in search {took:.2f} s after seed ended")
