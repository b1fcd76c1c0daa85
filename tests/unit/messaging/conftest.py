"""A municipality without messages, and a way to write one."""

from collections.abc import Callable, Iterator
from email.headerregistry import Address
from typing import Any

import pytest
from sqlalchemy import delete, select

from portal.foundation.db import writing
from portal.foundation.outbox import OneByOne, OutboxRow, run_once
from portal.foundation.site import Site
from portal.messaging.backends import Backend, SmtpBackend
from portal.messaging.models import Message
from portal.messaging.postman import Postman
from portal.messaging.services import KIND, Messages
from tests.clock import FixedClock
from tests.unit.messaging.mail_server import SmallMailServer

#: Nothing of this may stand in a log.
NAME, ADDRESS = "Jansen", "m.jansen@example.nl"
SENDER = Address("Gemeente Zwolle", "portal", "example.nl")
WORDS = {
    "about": "c-81f3", "channel": "email", "recipient": ADDRESS, "subject": "Er is een bericht voor u",
    "text": f"Dag mevrouw {NAME},\n\nWij hebben uw vraag gelezen.\n", "locale": "nl",
}  # fmt: skip


def _empty(site: Site) -> None:
    with writing(site.engine) as session:
        session.execute(delete(Message))
        session.execute(delete(OutboxRow))


@pytest.fixture
def house(small_site: Site) -> Iterator[Site]:
    """The small municipality; no message was ever written."""
    _empty(small_site)
    yield small_site
    _empty(small_site)


@pytest.fixture
def write(house: Site, clock: FixedClock) -> Callable[..., bool]:
    """Writes a message as a request would: `write("key", channel="sms", recipient="0612345621")`."""

    def send(key: str = "received:81f3", **other: str) -> bool:
        with writing(house.engine) as session:
            return Messages(session, clock.now()).send(dedupe_key=key, **WORDS | other)

    return send


@pytest.fixture
def work(house: Site, clock: FixedClock) -> Callable[..., int]:
    """One round of the worker with these doors: `work(email=backend)`."""

    def once(**doors: Backend) -> int:
        postman = Postman(lambda _site: doors, lambda: clock)
        return run_once(house, {KIND: OneByOne(postman.deliver)}, clock)

    return once


@pytest.fixture
def rows(house: Site) -> Callable[[], list[Any]]:
    """Every message as it stands now, the oldest first."""

    def read() -> list[Any]:
        with house.engine.connect() as connection:
            return list(connection.execute(select(Message.__table__).order_by(Message.id)))

    return read


@pytest.fixture
def jobs(house: Site) -> Callable[[], list[Any]]:
    """Every row of the outbox as it stands now."""

    def read() -> list[Any]:
        with house.engine.connect() as connection:
            return list(connection.execute(select(OutboxRow.__table__).order_by(OutboxRow.id)))

    return read


@pytest.fixture
def server() -> Iterator[SmallMailServer]:
    """A mail server on this machine."""
    with SmallMailServer() as running:
        yield running


@pytest.fixture
def door(server: SmallMailServer) -> SmtpBackend:
    """The way to that server, less patient than in earnest."""
    return SmtpBackend(f"smtp://127.0.0.1:{server.port}", SENDER, "small", timeout=0.5)
