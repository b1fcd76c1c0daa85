"""How often something may be tried: counted per side and quarter of an hour, in rows that go by themselves."""

from datetime import datetime, timedelta
from ipaddress import ip_address

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.cases.models import Attempt
from portal.cases.references import hashed

STRETCH = timedelta(minutes=15)


def network_of(address: str | None) -> str:
    """The network an address lies in (/24, /56): people behind it share a limit, and nobody is named by it."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    bits = 24 if found.version == 4 else 56
    return f"{int(found) >> (found.max_prefixlen - bits):x}/{bits}"


class Limits:
    """Counts attempts. Give it a session that commits whatever the answer is, or refused ones do not count."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def allows(self, what: str, side: str, most: int) -> bool:
        """Count one attempt; returns whether it is within `most` a stretch."""
        self._session.execute(delete(Attempt).where(Attempt.until < self._now))
        stretch = int(self._now.timestamp() // STRETCH.total_seconds())
        bucket = hashed(side, f"{what}:{stretch}")
        return (self._one_more(bucket) or self._first(bucket)) <= most

    def _one_more(self, bucket: str) -> int | None:
        counted: int | None = self._session.scalar(
            update(Attempt).where(Attempt.bucket == bucket).values(count=Attempt.count + 1).returning(Attempt.count)
        )
        return counted

    def _first(self, bucket: str) -> int:
        try:
            with self._session.begin_nested():
                self._session.add(Attempt(bucket=bucket, count=1, until=self._now + STRETCH))
        except IntegrityError:  # another came in the same moment
            return self._one_more(bucket) or 1
        return 1
