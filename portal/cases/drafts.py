"""Answers before they are sent: kept for some days under a code that only the writer has."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.orm import Session

from portal.cases.models import Draft
from portal.cases.references import ALPHABET, hashed, new_token
from portal.foundation.policies import Policy

#: 54 bits, tried under a limit; three groups of four to write on paper.
CODE_LENGTH = 12


@dataclass
class Kept:
    """A draft that was found or made: the code is known to whoever holds it, not to the table."""

    code: str
    row: Draft

    @property
    def spoken(self) -> str:
        """The code in groups: `7KD4 MW3F 9XPA`."""
        return " ".join(self.code[at : at + 4] for at in range(0, CODE_LENGTH, 4))

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered so far, per question."""
        return self.row.answers


def read_code(typed: str) -> str | None:
    """The code somebody typed; None when it cannot be one."""
    found = "".join(sign for sign in typed.upper() if sign.isalnum())
    return found if len(found) == CODE_LENGTH and set(found) <= set(ALPHABET) else None


_BY_HASH = select(Draft.__table__).where(Draft.hash == bindparam("hash"))


def look_up(
    connection: Connection, kind: str, code: str | None, now: datetime, staff_id: int | None = None
) -> Kept | None:
    """The draft under a code, while it is kept, to look at only: a row is a third of the work of an entity.

    `staff_id` is who looks at the desk: there, a draft of a colleague is none.
    """
    row = connection.execute(_BY_HASH, {"hash": hashed(code)}).first() if code else None
    if row is None or code is None or row.kind != kind or row.expires_at <= now:
        return None
    if staff_id is not None and row.staff_id != staff_id:
        return None
    return Kept(code, cast("Draft", row))


class Drafts:
    """The drafts of one kind."""

    def __init__(self, session: Session, kind: str, keep: Policy, now: datetime, staff_id: int | None = None) -> None:
        self._session, self._kind, self._keep, self._now = session, kind, keep, now
        self._staff_id = staff_id

    def find(self, code: str | None) -> Kept | None:
        """The draft under a code, while it is kept; at the desk, the draft of who asks only."""
        found = self._find(code)
        return None if found and self._staff_id and found.row.staff_id != self._staff_id else found

    def take_up(self, code: str | None) -> Kept | None:
        """The draft under a code that somebody says: at the desk it is then the draft of who typed it."""
        found = self._find(code)
        if found and self._staff_id:
            found.row.staff_id = self._staff_id
            self._session.flush()
        return found

    def _find(self, code: str | None) -> Kept | None:
        row = self._session.get(Draft, hashed(code)) if code else None
        if row is None or code is None or row.kind != self._kind or row.expires_at <= self._now:
            return None
        return Kept(code, row)

    def make(self) -> Kept:
        """A new, empty draft. Those whose time is over go away."""
        self._session.execute(delete(Draft).where(Draft.expires_at <= self._now))
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        row = Draft(
            hash=hashed(code),
            kind=self._kind,
            answers={},
            send_key=new_token(),
            staff_id=self._staff_id,
            expires_at=self._now + self._keep.span(),
        )
        self._session.add(row)
        return Kept(code, row)

    def answer(self, draft: Kept, question: str, values: dict[str, Any]) -> None:
        """Keep the answers to one question, and the whole draft for some days more."""
        plain = {name: sorted(value) if isinstance(value, set) else value for name, value in values.items()}
        draft.row.answers = {**draft.row.answers, question: plain}
        draft.row.expires_at = self._now + self._keep.span()
        self._session.flush()

    def done(self, draft: Kept) -> None:
        """Throw a draft away."""
        self._session.execute(delete(Draft).where(Draft.hash == draft.row.hash))
