"""The door of an expert: the link in a mail, then a code on their phone, then a visit that ends when nothing happens.

Each key belongs to one invitation and opens nothing else; who is not asked any more has no key that works.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.cases.references import hashed, new_code, new_token
from portal.foundation.policies import Policy
from portal.opinions.models import LIVE, ExpertKey, Invitation

TRIES_A_CODE = 5


class ExpertDoor:
    """Lets experts in to the one request that they were asked for. Flushes; who calls it commits."""

    def __init__(self, session: Session, policies: Mapping[str, Policy], now: datetime) -> None:
        self._session, self._policies, self._now = session, policies, now

    def by_link(self, token: str | None) -> Invitation | None:
        """Who a link was sent to; None when it does not work (any more)."""
        return self._of(self._live(token, "link"))

    def current(self, token: str | None) -> Invitation | None:
        """Whose visit it is, while it lasts."""
        return self._of(self._live(token, "visit"))

    def make_code(self, invitation: Invitation) -> str:
        """A code for one use within minutes; an earlier one no longer works."""
        self._session.execute(delete(ExpertKey).where(*self._its(invitation, "code")))
        code = new_code()
        self._add(invitation, "code", hashed(code, _salt(invitation)), "one_time_code")
        return code

    def give_code(self, link: str | None, typed: str) -> str | None:
        """A token for a visit when the code is right. Five wrong ones, and the code is gone."""
        invitation = self.by_link(link)
        if invitation is None:
            return None
        codes = select(ExpertKey).where(*self._its(invitation, "code"), ExpertKey.expires_at > self._now)
        key = self._session.scalar(codes.with_for_update())
        if key is None:
            return None
        if key.hash != hashed("".join(sign for sign in typed if sign.isdigit()), _salt(invitation)):
            key.tries += 1
            if key.tries >= TRIES_A_CODE:
                self._session.delete(key)
            self._session.flush()
            return None
        self._session.delete(key)
        token = new_token()
        self._add(invitation, "visit", hashed(token), "session_idle_resident")
        return token

    def stay(self, token: str | None) -> None:
        """Something happens: the visit lasts as long again from now."""
        key = self._live(token, "visit")
        if key is not None:
            key.expires_at = self._now + self._policies["session_idle_resident"].span()
            self._session.flush()

    def leave(self, token: str | None) -> None:
        """End a visit now."""
        key = self._live(token, "visit")
        if key is not None:
            self._session.delete(key)
            self._session.flush()

    def _live(self, token: str | None, purpose: str) -> ExpertKey | None:
        key = self._session.get(ExpertKey, hashed(token)) if token else None
        return key if key and key.purpose == purpose and key.expires_at > self._now else None

    def _of(self, key: ExpertKey | None) -> Invitation | None:
        found = self._session.get(Invitation, (key.case_id, key.number)) if key else None
        return found if found and found.state in LIVE else None

    def _its(self, invitation: Invitation, purpose: str) -> tuple[Any, ...]:
        key = ExpertKey
        return key.case_id == invitation.case_id, key.number == invitation.number, key.purpose == purpose

    def _add(self, invitation: Invitation, purpose: str, found: str, lasts: str) -> None:
        self._session.add(
            ExpertKey(
                hash=found, case_id=invitation.case_id, number=invitation.number, purpose=purpose,
                expires_at=self._now + self._policies[lasts].span(),
            )
        )  # fmt: skip
        self._session.flush()


def _salt(invitation: Invitation) -> str:
    return f"{invitation.case_id}:{invitation.number}"
