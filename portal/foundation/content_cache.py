"""One number says which words are on show: the content version.

Whoever publishes raises it, in the same transaction. Every process looks at it at most once a second and drops what
it kept from before: whole pages (`page_cache`) and small things read over and over (`Kept`, such as the menu).
"""

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from pyramid.config import Configurator
from sqlalchemy import Connection, Integer, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.foundation.db import Base, reading
from portal.foundation.site import Site

#: Seconds between two looks at the number: a change is on show everywhere within this time.
LOOK_EVERY = 1.0

T = TypeVar("T")


class ContentVersion(Base):
    """The one row that holds the number."""

    __tablename__ = "content_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int]


def raise_version(session: Session) -> None:
    """Say that something on show has changed; true once the session commits."""
    row = session.get(ContentVersion, 1, with_for_update=True)
    if row is None:
        session.add(ContentVersion(id=1, number=1))
    else:
        row.number += 1


class Kept:
    """What one site keeps in memory under the number."""

    def __init__(self, site: Site, look_every: float = LOOK_EVERY) -> None:
        self._site = site
        self._look_every = look_every
        self._looked = float("-inf")
        self._version = -1
        self._things: dict[Any, Any] = {}

    def version(self) -> int:
        """The number now on show, at most `look_every` seconds old. Raises what the database raises."""
        if monotonic() - self._looked >= self._look_every:
            with reading(self._site.engine) as connection:
                found = connection.execute(select(ContentVersion.number)).scalar() or 0
            self._looked = monotonic()
            if found != self._version:
                self._version, self._things = found, {}
        return self._version

    def get(self, name: Any, build: Callable[[Connection], T]) -> T:
        """The thing called `name`, built again after each change of the number.

        `build` may not ask for another kept thing: when every thread holds one connection and waits for the next, the
        pool runs dry and all stand still.
        """
        self.version()
        things = self._things
        if name not in things:
            with reading(self._site.engine) as connection:
                things[name] = build(connection)
        return things[name]

    def look_now(self) -> None:
        """Look at the number at the next question, whatever the time."""
        self._looked = float("-inf")


def kept(site: Site) -> Kept:
    """What this process keeps for a site."""
    if "kept" not in site.memo:
        site.memo["kept"] = Kept(site)
    return site.memo["kept"]


def includeme(config: Configurator) -> None:
    """Give each request its site's kept things."""
    config.add_request_method(lambda request: kept(request.site), "kept", reify=True)
