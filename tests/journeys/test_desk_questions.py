"""How often the desk asks the database: the same for a few requests and for many."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.desk import INBOX, TODAY, an_office, leads, path_of

office = pytest.fixture(an_office)


@contextmanager
def counted(engine):
    """The questions that are asked meanwhile; not the look at the content version, which time decides on."""
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        if "content_version" not in statement:
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("path", [INBOX, f"{INBOX}?owner=nobody&due=soon", TODAY])
def test_thirty_requests_ask_no_more_than_two(office, path):
    carla = office.colleague("Carla", leads("midden"))
    numbers = []
    for size in (2, 28):
        for _ in range(size):
            office.ask(way="phone")
        carla.browser.get(path)
        with counted(office.site.engine) as asked:
            carla.browser.get(path)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 20


def test_a_case_with_many_messages_asks_no_more_than_one_with_none(office):
    carla = office.colleague("Carla", leads("midden"))
    number = office.ask(way="letter")
    carla.browser.get(path_of(number))
    with counted(office.site.engine) as before:
        carla.browser.get(path_of(number))
    for _ in range(4):
        page = carla.browser.get(path_of(number))
        form = page.forms["note"]
        form["text"] = "Gebeld, geen gehoor."
        carla.browser.submit(form)
    with counted(office.site.engine) as after:
        carla.browser.get(path_of(number))
    assert len(after) <= len(before) + 2  # the names of who wrote
