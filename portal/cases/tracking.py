"""Following a request without an account: by the link in a message, or by the reference and something one knows.

Wrong and unknown get the same answer. Without a code of six digits nothing personal is shown.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.cases.limits import Limits
from portal.cases.models import AccessKey, Case, Contact
from portal.cases.references import hashed, new_code, new_token, read_reference

#: A visit ends by itself, on a shared computer too.
VISIT_LASTS = timedelta(minutes=30)
CODE_LASTS = timedelta(minutes=10)
#: Tries a quarter of an hour for one reference, and from one network (a library, a team's office).
TRIES_A_REFERENCE, TRIES_A_NETWORK = 8, 60
TRIES_A_CODE = 5


@dataclass(frozen=True)
class Visit:
    """Somebody looks at a case; `full` once they gave the code."""

    case: Case
    full: bool


class TrackDesk:
    """Lets people in to the case they asked."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def by_reference(self, typed: str, known: str, network: str) -> str | None:
        """A token for a visit, or None: whatever is wrong, the answer is the same."""
        reference = read_reference(typed) or "-"
        limits = Limits(self._session, self._now)
        free = limits.allows("network", network, TRIES_A_NETWORK)
        if not (limits.allows("reference", reference, TRIES_A_REFERENCE) and free):
            return None
        row = self._session.execute(
            select(Case, Contact).join(Contact, Contact.case_id == Case.id).where(Case.reference == reference)
        ).first()
        if row is None or not _knows(known, row.Contact):
            return None
        return self.visit(row.Case.id)

    def by_link(self, token: str) -> str | None:
        """A token for a visit by the link in a message."""
        key = self._live(token, "follow")
        return self.visit(key.case_id) if key else None

    def new_link(self, case_id: str, lasts: timedelta) -> str:
        """A token for one more link in a message; earlier ones work still."""
        token = new_token()
        self._session.add(
            AccessKey(
                hash=hashed(token), case_id=case_id, purpose="follow", full=False, expires_at=self._now + lasts
            )
        )  # fmt: skip
        self._session.flush()
        return token

    def visit(self, case_id: str, *, full: bool = False) -> str:
        """A new visit; keys whose time is over go away."""
        self._session.execute(delete(AccessKey).where(AccessKey.expires_at <= self._now))
        token = new_token()
        self._session.add(
            AccessKey(
                hash=hashed(token), case_id=case_id, purpose="visit", full=full, expires_at=self._now + VISIT_LASTS
            )
        )
        self._session.flush()
        return token

    def current(self, token: str | None) -> Visit | None:
        """The visit of a browser, while it lasts."""
        key = self._live(token, "visit") if token else None
        case = self._session.get(Case, key.case_id) if key else None
        return Visit(case, key.full) if key and case else None

    def leave(self, token: str | None) -> None:
        """End a visit now."""
        if token:
            self._session.execute(delete(AccessKey).where(AccessKey.hash == hashed(token)))

    def only_this(self, token: str, case_id: str) -> None:
        """Take away every key to a case but this visit: links in messages, other visits, codes."""
        self._session.execute(delete(AccessKey).where(AccessKey.case_id == case_id, AccessKey.hash != hashed(token)))

    def make_code(self, case: Case) -> str:
        """A code for one use within minutes; an earlier one no longer works."""
        self._session.execute(delete(AccessKey).where(AccessKey.case_id == case.id, AccessKey.purpose == "code"))
        code = new_code()
        self._session.add(
            AccessKey(
                hash=hashed(code, case.id),
                case_id=case.id,
                purpose="code",
                full=True,
                expires_at=self._now + CODE_LASTS,
            )
        )
        self._session.flush()
        return code

    def give_code(self, token: str, code: str) -> bool:
        """Open the personal part of a visit with a code. Five wrong ones, and the code is gone."""
        visit = self._live(token, "visit")
        if visit is None:
            return False
        key = self._session.scalar(
            select(AccessKey)
            .where(AccessKey.case_id == visit.case_id, AccessKey.purpose == "code", AccessKey.expires_at > self._now)
            .with_for_update()
        )
        if key is None:
            return False
        if key.hash == hashed("".join(sign for sign in code if sign.isdigit()), visit.case_id):
            self._session.delete(key)
            visit.full = True
            self._session.flush()
            return True
        key.tries += 1
        if key.tries >= TRIES_A_CODE:
            self._session.delete(key)
        self._session.flush()
        return False

    def _live(self, token: str, purpose: str) -> AccessKey | None:
        key = self._session.get(AccessKey, hashed(token))
        return key if key and key.purpose == purpose and key.expires_at > self._now else None


def _knows(typed: str, contact: Contact) -> bool:
    """Whether it is the postcode of the request, or the last four digits of its phone number."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    phone = "".join(sign for sign in contact.phone or "" if sign.isdigit())
    return bool(signs) and (signs == contact.postcode or (len(phone) >= 4 and signs == phone[-4:]))
