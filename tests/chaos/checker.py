"""Holds what people were told against what is written down, and names every request that is not whole."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.events import broken_link
from portal.cases.models import AccessKey, Case, CaseEvent, Contact, Draft, Term
from portal.cases.references import spoken
from portal.cleaning.kind import ANSWER
from portal.cleaning.models import Offer
from portal.cleaning.rules import ANYONE
from portal.foundation.outbox import OutboxRow
from portal.messaging.models import Message
from portal.messaging.services import BY_HAND, KIND

#: What happened to a request that nobody has looked at yet.
STORY = ["open", "offer"]
LOST, DOUBLED, UNASKED = "lost", "doubled", "asked by nobody"
NO_CONTACT, NO_EVENT, BROKEN = "without contact", "without event", "chain broken"
NO_OFFER, NO_TERM, NO_LINK = "without open offer", "without term", "without link"
NO_MESSAGE, NO_OUTBOX, TWICE = "without message", "without outbox row", "told twice"
OTHER_NUMBER, DRAFT_LEFT = "another number on screen", "draft left behind"
FAULTS = (
    LOST, DOUBLED, UNASKED, NO_CONTACT, NO_EVENT, BROKEN, NO_OFFER, NO_TERM, NO_LINK, NO_MESSAGE, NO_OUTBOX, TWICE,
    OTHER_NUMBER, DRAFT_LEFT,
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A request of which somebody was told that we have it. Nobody else has its `name`.

    `hears`: whether a message goes to who asked. `number`: what stood on the screen, for who looked.
    """

    key: str
    name: str
    hears: bool = True
    number: str = ""


class Books:
    """Everything that is written down about requests, per case."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.cases = session.scalars(select(Case)).all()
        self.contacts = {row.case_id: row for row in session.scalars(select(Contact))}
        self.events = self._per_case(CaseEvent, CaseEvent.case_id, CaseEvent.number)
        self.offers = self._per_case(Offer, Offer.case_id, Offer.hash)
        self.terms = self._per_case(Term, Term.case_id, Term.number)
        self.links = self._per_case(AccessKey, AccessKey.case_id, AccessKey.hash)
        self.messages = self._per_case(Message, Message.about, Message.id)
        self.drafts = set(session.scalars(select(Draft.send_key)))
        rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == KIND))
        self.posted = Counter(row.payload["id"] for row in rows)

    def _per_case(self, table: Any, owner: Any, order: Any) -> dict[str, list[Any]]:
        found = defaultdict(list)
        for row in self.session.scalars(select(table).order_by(order)):
            found[getattr(row, owner.key)].append(row)
        return found


def look(session: Session, told: Sequence[Told]) -> dict[str, list[str]]:
    """The faults found, each with the send keys it was found at; empty when all is well."""
    books = Books(session)
    by_key = {one.key: one for one in told}
    found: dict[str, list[str]] = defaultdict(list)
    written = Counter(case.send_key for case in books.cases)
    names = Counter(contact.name for contact in books.contacts.values())
    for one in told:
        if not written[one.key]:
            found[LOST].append(one.key)
        if written[one.key] > 1 or names[one.name] > 1:
            found[DOUBLED].append(one.key)
    for case in books.cases:
        asked = by_key.get(case.send_key)
        for fault in (*_faults(books, case), *(_untrue(books, case, asked) if asked else [UNASKED])):
            found[fault].append(case.send_key)
    return dict(found)


def _faults(books: Books, case: Case) -> Iterable[str]:
    """What a request lacks, whoever asked it."""
    events, offers = books.events[case.id], books.offers[case.id]
    if case.id not in books.contacts:
        yield NO_CONTACT
    if [event.action for event in events] != STORY or case.state != "offered":
        yield NO_EVENT
    if broken_link(books.session, case.id) is not None:
        yield BROKEN
    chosen = case.answers["provider"]
    if not any(offer.state == "open" and chosen in {ANYONE, offer.provider_slug} for offer in offers):
        yield NO_OFFER
    if [(term.key, term.ended_on) for term in books.terms[case.id]] != [(ANSWER, None)]:
        yield NO_TERM
    if [key.purpose for key in books.links[case.id]].count("follow") != 1:
        yield NO_LINK
    messages = books.messages[case.id]
    asked = {f"{case.id}:ask:{offer.hash[:16]}" for offer in offers}
    if not asked <= {message.dedupe_key for message in messages}:
        yield NO_MESSAGE
    by_worker = [message for message in messages if message.state == "waiting" and message.channel not in BY_HAND]
    if any(not books.posted[message.id] for message in by_worker):
        yield NO_OUTBOX
    if len({offer.provider_slug for offer in offers}) < len(offers) or any(books.posted[m.id] > 1 for m in messages):
        yield TWICE


def _untrue(books: Books, case: Case, told: Told) -> Iterable[str]:
    """What is not as the one who asked was told."""
    heard = [message for message in books.messages[case.id] if message.dedupe_key.startswith(f"{case.id}:received:")]
    if told.hears and not heard:
        yield NO_MESSAGE
    if heard and (not told.hears or len(heard) > 1):
        yield TWICE
    if told.number and told.number != spoken(case.reference):
        yield OTHER_NUMBER
    if case.send_key in books.drafts:
        yield DRAFT_LEFT
