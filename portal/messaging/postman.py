"""The worker's part: hand over one message, then write down what became of it.

The row is read, the transaction ends, the message goes out, a transaction of its own notes it. So nothing waits for a
mail server but the worker, and one message that cannot be delivered holds up no other. When the worker is killed in
between, the outbox gives the message again: it may then leave twice, under one Message-ID, but never not at all.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal.foundation import outbox
from portal.foundation.clock import Clock
from portal.foundation.db import reading, writing
from portal.foundation.site import Site
from portal.messaging.backends import Backend, Outgoing
from portal.messaging.models import Message
from portal.messaging.rules import GONE

#: A message that left must be noted, or it leaves again: a database that is busy is asked so many times.
NOTING_TRIES = 4


class NoDoor(Exception):
    """There is no back end for this channel in the settings."""


class Postman:
    """Delivers the messages of all sites; `backends` gives the doors of a site.

    A message holds the link that opens a request. Once it left, its words are not kept, but in development.
    """

    def __init__(
        self,
        backends: Callable[[Site], Mapping[str, Backend]],
        clock: Callable[[], Clock],
        *,
        keeps_words: bool = False,
    ) -> None:
        self._backends, self._clock, self._keeps_words = backends, clock, keeps_words

    def deliver(self, site: Site, payload: dict[str, Any]) -> None:
        """Handle one row of kind `message`. Raises what the back end raises, after noting it."""
        number = int(payload["id"])
        message = _waiting(site, number)
        if message is None:
            return
        try:
            door = self._backends(site).get(message.channel)
            if door is None:
                raise NoDoor
            door.deliver(message)
        except Exception as fault:
            _note_fault(site, number, fault)
            raise
        _note_sent(site, number, self._clock().now(), keeps_words=self._keeps_words)


def _waiting(site: Site, number: int) -> Outgoing | None:
    """The message, when it has not left yet; one that was given up may be tried again by hand."""
    table = Message.__table__
    with reading(site.engine) as connection:
        row = connection.execute(select(table).where(table.c.id == number)).first()
    if row is None or row.state in GONE:
        return None
    return Outgoing(row.dedupe_key, row.channel, row.recipient, row.subject, row.text, row.locale, row.created_at)


def _note_sent(site: Site, number: int, now: datetime, *, keeps_words: bool) -> None:
    for tries_left in reversed(range(NOTING_TRIES)):
        try:
            with writing(site.engine) as session:
                message = session.get_one(Message, number)
                message.state, message.sent_at, message.fault = "sent", now, None
                message.attempts += 1
                if not keeps_words:
                    message.text = ""
            return
        except OperationalError:
            if not tries_left:
                raise


def _note_fault(site: Site, number: int, fault: Exception) -> None:
    with writing(site.engine) as session:
        message = session.get_one(Message, number)
        message.attempts += 1
        message.fault = type(fault).__name__
        if outbox.gives_up_after(message.attempts):
            message.state = "failed"
