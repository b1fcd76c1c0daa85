"""Pages are kept in memory; while many read and somebody publishes again and again, nobody gets an old one for long."""

import random
import re
import threading
import time

import pytest
from webtest import TestApp

from portal.foundation.content_cache import raise_version
from portal.foundation.db import writing
from portal.pages.models import PageText

READERS = 8
RISES = 50
#: Seconds after which a change is on show everywhere: the number is looked at once a second.
ON_SHOW_WITHIN = 1.5
PATHS = ("/nl/klacht", "/nl/", "/en/", "/nl/teams", "/ar/klacht", "/nl-simple/klacht", "/nl/sociale-kaart")
TITLE = "Klacht nummer {}"


@pytest.fixture
def publish(zwolle):
    """Gives the page another title, as an editor would; afterwards it has its own again."""

    def publish(title: str) -> None:
        with writing(zwolle.engine) as session:
            session.get(PageText, ("klacht", "nl")).title = title
            raise_version(session)

    with writing(zwolle.engine) as session:
        own = session.get(PageText, ("klacht", "nl")).title
    yield publish
    publish(own)


def test_no_reader_gets_an_old_page_for_long(app, registry, publish):
    chance = random.Random(20261123)
    faults: list[str] = []
    read: list[tuple[float, int]] = []
    done = threading.Event()

    def reader(number: int) -> None:
        browser = TestApp(app, extra_environ={"HTTP_HOST": "zwolle.test"})
        at = number
        while not done.is_set():
            at += 1
            path = PATHS[0] if at % 2 else PATHS[(at // 2) % len(PATHS)]
            started = time.monotonic()
            try:
                answer = browser.get(path, headers={"Accept-Encoding": "identity"})
            except Exception as fault:
                faults.append(f"{path}: {fault!r}"[:300])
                return
            if path == PATHS[0]:
                found = re.search(r"<h1>Klacht nummer (\d+)</h1>", answer.text)
                read.append((started, int(found[1]) if found else -1))
            time.sleep(0.002)

    publish(TITLE.format(0))
    time.sleep(ON_SHOW_WITHIN)
    threads = [threading.Thread(target=reader, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    rises = [float("-inf")]
    for number in range(1, RISES + 1):
        time.sleep(chance.uniform(0.05, 1.2))
        publish(TITLE.format(number))
        rises.append(time.monotonic())
    time.sleep(ON_SHOW_WITHIN + 0.5)
    done.set()
    for thread in threads:
        thread.join(timeout=10)

    assert not faults
    late = [
        (number, started - rises[number + 1])
        for started, number in read
        if number < RISES and started - rises[number + 1] > ON_SHOW_WITHIN
    ]
    assert not late, f"{len(late)} old pages, the worst {max(age for _, age in late):.2f} s after the change"
    assert max(number for _started, number in read) == RISES
    cache = registry.page_cache
    assert cache._bytes == sum(page.size() for page in cache._pages.values()), "the cache counts what it keeps"
    stale = max((started - rises[number + 1] for started, number in read if number < RISES), default=0.0)
    print(f"{len(read)} readings by {READERS} readers, {RISES} changes; the latest old page came after {stale:.2f} s")
