"""Secret links to a version that is not on show: for somebody without an account here, for two weeks.

Who has the link needs nothing else and can only look. Only its hash is kept. Flushes; who calls it commits.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.cases.references import hashed, new_token
from portal.pages.versions import PagePreview, PageVersion
from portal.pages.workflow import OPEN

LASTS = timedelta(days=14)


class Previews:
    """The secret links of one site at one moment."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def make(self, version: PageVersion, staff_id: int) -> str:
        """A new link, beside those there are; returns its secret, which is nowhere kept. Old ones are cleared away."""
        self._session.execute(delete(PagePreview).where(PagePreview.until <= self._now))
        token = new_token()
        self._session.add(
            PagePreview(id=hashed(token), version_id=version.id, made_by=staff_id, until=self._now + LASTS)
        )
        self._session.flush()
        return token

    def of(self, version: PageVersion) -> Sequence[PagePreview]:
        """The links to a version that still work, the first to end first."""
        rows = select(PagePreview).where(PagePreview.version_id == version.id, PagePreview.until > self._now)
        return self._session.scalars(rows.order_by(PagePreview.until, PagePreview.id)).all()

    def end(self, version: PageVersion, link: str) -> None:
        """End one link of this version, named by its hash. Twice is once."""
        self._session.execute(delete(PagePreview).where(PagePreview.version_id == version.id, PagePreview.id == link))

    def behind(self, token: str) -> PageVersion | None:
        """What a link shows; None for one that is nobody's, ended, or of a version that is open no more.

        One question whatever the answer, so that nothing can be told from the time it takes.
        """
        rows = (
            select(PageVersion)
            .join(PagePreview, PagePreview.version_id == PageVersion.id)
            .where(PagePreview.id == hashed(token), PagePreview.until > self._now, PageVersion.state.in_(OPEN))
        )
        return self._session.scalar(rows)
