"""Keeping documents with a request or with a form that was not sent yet; and giving them back, piece by piece."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, delete, select, update
from sqlalchemy.orm import Session

from portal.attachments.models import Attachment, AttachmentPiece
from portal.attachments.names import clean_name
from portal.attachments.rules import Limits
from portal.attachments.vault import Locked, Vault
from portal.attachments.washing import Washed
from portal.cases.events import add_event
from portal.cases.models import Case, Draft
from portal.cases.references import new_id
from portal.cases.workflow import Actor, CaseKind, StepRefused
from portal.foundation.db import reading, writing

#: Bytes of a piece before it is locked: what one thread holds of a document.
PIECE = 1_000_000
#: Pieces that get a newer lock in one transaction.
HANDFUL = 20


@dataclass(frozen=True)
class Holder:
    """What a document hangs on: a request, or the draft of one."""

    case_id: str | None = None
    draft_hash: str | None = None

    @property
    def its_own(self) -> Any:
        """The condition on `Attachment`."""
        if self.case_id is not None:
            return Attachment.case_id == self.case_id
        return Attachment.draft_hash == self.draft_hash

    @classmethod
    def of(cls, held_by: Case | Draft) -> Self:
        """The holder that a row is."""
        return cls(case_id=held_by.id) if isinstance(held_by, Case) else cls(draft_hash=held_by.hash)


class Attachments:
    """The documents of one municipality, in the transaction of the caller."""

    def __init__(self, session: Session, vault: Vault, now: datetime) -> None:
        self._session, self._vault, self._now = session, vault, now

    def add(
        self, held_by: Case | Draft, washed: Washed, name: str, limits: Limits, state: str, who: Actor
    ) -> Attachment:  # fmt: skip
        """Keep a document. Sent twice it is kept once. Raises `Refused` when it does not fit beside the others.

        Two at once: the second waits for the first, so that together they are never more than the limits say.
        """
        self._session.refresh(held_by, with_for_update=True)
        holder, digest = Holder.of(held_by), _digest(washed)
        before = list(self._session.scalars(select(Attachment).where(holder.its_own)))
        if same := next((one for one in before if one.sha256 == digest), None):
            return same
        limits.with_others([one.size for one in before], washed.size)
        row = Attachment(
            id=new_id(), case_id=holder.case_id, draft_hash=holder.draft_hash, kind=washed.kind,
            name=clean_name(name, washed.kind), size=washed.size, sha256=digest, state=state, at=self._now,
            author=str(who.author), staff_id=who.staff_id,
        )  # fmt: skip
        self._session.add(row)
        self._session.flush()
        self._keep(row.id, washed)
        if isinstance(held_by, Case):
            held_by.asks_since = held_by.asks_since or self._now
            add_event(self._session, held_by, "document", who, held_by.state, self._now)
        self._session.flush()
        return row

    def _keep(self, attachment_id: str, washed: Washed) -> None:
        washed.file.seek(0)
        number = 0
        while data := washed.file.read(PIECE):
            piece = AttachmentPiece(
                attachment_id=attachment_id, number=number, locked=self._vault.lock(attachment_id, number, data)
            )
            self._session.add(piece)
            self._session.flush()
            self._session.expunge(piece)  # else all of it stays in memory until the end
            number += 1

    def hand_over(self, draft: Draft, case: Case) -> None:
        """The form was sent: what hung on its draft hangs on the request now. Before the draft is thrown away."""
        theirs = update(Attachment).where(Attachment.draft_hash == draft.hash)
        self._session.execute(theirs.values(case_id=case.id, draft_hash=None))

    def remove(self, case: Case, kind: CaseKind, attachment_id: str, who: Actor) -> bool:
        """Throw a document away; False when the request has none like that. Raises `StepRefused` once it is closed."""
        if case.state in kind.closed:
            raise StepRefused(f"{kind.code}: closed")
        gone = self._session.execute(
            delete(Attachment)
            .where(Attachment.id == attachment_id, Attachment.case_id == case.id)
            .returning(Attachment.id)
        ).first()
        if gone is not None:
            add_event(self._session, case, "document_gone", who, case.state, self._now)
            self._session.flush()
        return gone is not None


def _digest(washed: Washed) -> str:
    washed.file.seek(0)
    found = sha256()
    while data := washed.file.read(PIECE):
        found.update(data)
    return found.hexdigest()


def documents_of(reader: Connection, holder: Holder) -> Sequence[Row[Any]]:
    """What hangs on a request or a draft, the oldest first."""
    return reader.execute(
        select(Attachment.__table__).where(holder.its_own).order_by(Attachment.at, Attachment.id)
    ).all()


def find_document(reader: Connection, case_id: str, attachment_id: str) -> Row[Any] | None:
    """A document of this request; None when it has none like that, also when another has."""
    query = select(Attachment.__table__).where(Attachment.id == attachment_id, Attachment.case_id == case_id)
    return reader.execute(query).first()


def content_of(engine: Engine, vault: Vault, attachment_id: str, digest: str) -> Iterator[bytes]:
    """The document, a piece at a time. Raises `Locked` when a piece does not open, is missing, or is not as it was.

    The first piece is opened before anything is given, so that keys that do not fit show at once.
    """
    with reading(engine) as connection:
        number, found = 0, sha256()
        while (locked := _piece(connection, attachment_id, number)) is not None:
            data = vault.open(attachment_id, number, locked)
            found.update(data)
            yield data
            number += 1
    if found.hexdigest() != digest:
        raise Locked(attachment_id)


def _piece(connection: Connection, attachment_id: str, number: int) -> bytes | None:
    locked: bytes | None = connection.scalar(
        select(AttachmentPiece.locked).where(
            AttachmentPiece.attachment_id == attachment_id, AttachmentPiece.number == number
        )
    )
    return locked


def lock_anew(engine: Engine, vault: Vault) -> int:
    """Every piece under the newest key, a handful at a time; returns how many.

    Raises `Locked` at the first that no key opens; what was done before stays done.
    """
    last, count = ("", -1), 0
    while True:
        with writing(engine) as session:
            rows = session.execute(_after(*last)).all()
            for row in rows:
                session.execute(
                    update(AttachmentPiece)
                    .where(AttachmentPiece.attachment_id == row.attachment_id, AttachmentPiece.number == row.number)
                    .values(locked=vault.lock_anew(row.locked))
                )
        if not rows:
            return count
        last, count = (rows[-1].attachment_id, rows[-1].number), count + len(rows)


def _after(attachment_id: str, number: int) -> Any:
    piece = AttachmentPiece
    later = (piece.attachment_id > attachment_id) | ((piece.attachment_id == attachment_id) & (piece.number > number))
    columns = (piece.attachment_id, piece.number, piece.locked)
    return select(*columns).where(later).order_by(piece.attachment_id, piece.number).limit(HANDFUL)
