"""Write messages down, in the transaction of what asked for them; tell staff what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.foundation import outbox
from portal.foundation.i18n import LOCALES
from portal.messaging.models import Message
from portal.messaging.rules import (
    CHANNELS,
    LONGEST_ABOUT,
    LONGEST_KEY,
    LONGEST_RECIPIENT,
    check_key,
    check_subject,
    mask,
    reachable,
    tidy,
)

#: The kind of outbox row by which the worker knows our work.
KIND = "message"
#: Letters are printed by staff; the worker has nothing to do for them.
BY_HAND = frozenset({"letter"})
#: The fault of a message that nothing can be sent to.
UNREACHABLE = "Unreachable"


@dataclass(frozen=True)
class Delivery:
    """What became of one message, for staff: nothing to write to somebody with."""

    channel: str
    recipient: str
    subject: str
    state: str
    attempts: int
    fault: str | None
    created_at: datetime
    sent_at: datetime | None


class Messages:
    """Writes messages of one site."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def send(
        self, *, dedupe_key: str, about: str, channel: str, recipient: str, subject: str, text: str, locale: str
    ) -> bool:
        """Write down one message, to leave after the commit. False when there is one for this occasion already.

        Raises ValueError for what a programmer did: a subject that tells of what, an unknown channel. What somebody
        typed never does: a recipient that nothing can go to gives a message that says so to staff.
        """
        check_key("a dedupe key", dedupe_key, LONGEST_KEY)
        check_key("what a message is about", about, LONGEST_ABOUT)
        check_subject(subject)
        if channel not in CHANNELS or locale not in LOCALES:
            raise ValueError("a message has one of our channels and one of our locales")
        usable = reachable(channel, recipient)
        message = Message(
            dedupe_key=dedupe_key, about=about, channel=channel, recipient=usable or recipient[:LONGEST_RECIPIENT],
            subject=subject, text=tidy(text), locale=locale, state="waiting" if usable else "failed",
            fault=None if usable else UNREACHABLE, attempts=0, created_at=self._now,
        )  # fmt: skip
        if not self._added(message):
            return False
        if usable and channel not in BY_HAND:
            outbox.post(self._session, KIND, {"id": message.id}, self._now)
            self._session.flush()
        return True

    def printed(self, number: int) -> bool:
        """A letter was printed and put in its envelope. Its words stay a day, in case. False when done before."""
        letter = self._session.get(Message, number, with_for_update=True)
        if letter is None or letter.channel not in BY_HAND or letter.state != "waiting":
            return False
        letter.state, letter.sent_at, letter.attempts = "printed", self._now, 1
        self._session.flush()
        return True

    def put_back(self, number: int) -> bool:
        """A printed letter waits for the printer again. False when its words are gone."""
        letter = self._session.get(Message, number, with_for_update=True)
        if letter is None or letter.state != "printed" or not letter.text:
            return False
        letter.state, letter.sent_at = "waiting", None
        self._session.flush()
        return True

    def _added(self, message: Message) -> bool:
        """Whether the row is in. The database decides, so that of two at the same moment one is refused."""
        key = message.dedupe_key  # after the savepoint is undone the row knows it no more
        try:
            with self._session.begin_nested():
                self._session.add(message)
                self._session.flush()
        except IntegrityError:
            if self._session.scalar(select(Message.id).where(Message.dedupe_key == key)) is None:
                raise
            return False
        return True


def deliveries(connection: Connection, about: str) -> Sequence[Delivery]:
    """What became of the messages about a case, the oldest first."""
    rows = connection.execute(
        select(Message.__table__).where(Message.__table__.c.about == about).order_by(Message.__table__.c.id)
    )
    return [
        Delivery(
            channel=row.channel, recipient=mask(row.channel, row.recipient), subject=row.subject, state=row.state,
            attempts=row.attempts, fault=row.fault, created_at=row.created_at, sent_at=row.sent_at,
        )
        for row in rows
    ]  # fmt: skip


def newest(connection: Connection, most: int) -> Sequence[Any]:
    """The newest messages as they are, words and all: for makers, in development only."""
    table = Message.__table__
    return connection.execute(select(table).order_by(table.c.id.desc()).limit(most)).all()
