"""What happens by itself: a text goes on show at the moment that a publisher set, and off again."""

from typing import Any

from sqlalchemy import or_, select

from portal.editing.publishing import Publishing
from portal.foundation.clock import Clock
from portal.foundation.db import reading, writing
from portal.foundation.site import Site
from portal.pages.versions import PageVersion
from portal.pages.workflow import State


def look(site: Site, clock: Clock, path: Any) -> int:
    """Keep the dates that have come; returns how many texts went on or off show."""
    comes = (PageVersion.state == State.SCHEDULED) & (PageVersion.on_at <= clock.now())
    goes = (PageVersion.state == State.PUBLISHED) & (PageVersion.off_at <= clock.now())
    with reading(site.engine) as connection:  # SQLite has one write lock; looking does not take it
        if connection.execute(select(PageVersion.id).where(or_(comes, goes)).limit(1)).first() is None:
            return 0
    with writing(site.engine) as session:
        return len(Publishing(session, clock.now(), None).keep_dates())
