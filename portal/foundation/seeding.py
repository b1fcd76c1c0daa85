"""Seeding: the files of `content/` become rows, each domain its own.

A domain registers a seeder; `seed_site` runs them in order, in one transaction, and says which documents changed so
that the worker puts them in the index. Seeding twice changes nothing; a text edited on screen is never overwritten.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from pyramid.config import Configurator
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.foundation.clock import Clock
from portal.foundation.content_cache import raise_version
from portal.foundation.db import Base, writing
from portal.foundation.outbox import post
from portal.foundation.site import Site

#: Raise it when a seeder reads the same files into other rows: everything is then read again.
FORMAT = 1


#: Keys in a session's `info`: some file was read that was not read before, whether documents changed or not; and when.
SOMETHING_NEW, MOMENT = "portal.something_new", "portal.seeded_at"


class Seeded(Base):
    """The digest of a file (or folder) of content as it was last read into rows."""

    __tablename__ = "seeded"

    name: Mapped[str] = mapped_column(String(160), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))


class ContentError(Exception):
    """A content file cannot be used; the message names the file and what to mend."""


#: The key that stands for every document of every source.
EVERYTHING = "*"


@dataclass(frozen=True)
class Changed:
    """A document that a seeder made, changed or removed: its search source and its key."""

    source: str
    key: str


#: Reads the site's folder into rows; returns the documents that changed.
Seeder = Callable[[Session, Site], Iterable[Changed]]


class Ledger:
    """What a seeder has read before, so that it reads again only what changed. Names start with `prefix`."""

    def __init__(self, session: Session, prefix: str) -> None:
        self._session, self._prefix = session, prefix
        rows = session.scalars(select(Seeded).where(Seeded.name.startswith(prefix, autoescape=True)))
        self._known = {row.name: row for row in rows}
        self._seen: set[str] = set()

    def is_new(self, name: str, paths: Iterable[Path], context: str = "") -> bool:
        """Whether these files together differ from last time; `context` is anything else the rows depend on."""
        digest = hashlib.sha256(f"{FORMAT}{context}".encode())
        for path in paths:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        full = self._prefix + name
        self._seen.add(full)
        row = self._known.get(full)
        if row is not None and row.digest == digest.hexdigest():
            return False
        if row is None:
            self._session.add(Seeded(name=full, digest=digest.hexdigest()))
        else:
            row.digest = digest.hexdigest()
        self._session.info[SOMETHING_NEW] = True
        return True

    def gone(self) -> list[str]:
        """The names that were read before and not asked for now; they are forgotten."""
        names = sorted(set(self._known) - self._seen)
        for name in names:
            self._session.delete(self._known[name])
        return [name.removeprefix(self._prefix) for name in names]


def read_yaml(path: Path) -> Any:
    """A YAML file. Raises `ContentError` with the line at fault."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise ContentError(f"{path}: {fault}") from fault


def seeded_at(session: Session) -> datetime:
    """The moment of this reading, for seeders that write down when a row came."""
    moment: datetime = session.info[MOMENT]
    return moment


def seed_site(site: Site, seeders: dict[str, Seeder], clock: Clock) -> int:
    """Bring the rows of a site up to its folder: all of it, or (`ContentError`) nothing. Returns the changes."""
    with writing(site.engine) as session:
        session.info[MOMENT] = clock.now()
        changes = [change for seeder in seeders.values() for change in seeder(session, site)]
        for change in changes:
            post(session, "index", {"source": change.source, "key": change.key}, clock.now())
        if changes or session.info.get(SOMETHING_NEW):
            raise_version(session)
    return len(changes)


def add_seeder(config: Configurator, name: str, seeder: Seeder) -> None:
    """Directive: register a domain's seeder. They run in the order of inclusion."""
    config.registry.seeders[name] = seeder


def includeme(config: Configurator) -> None:
    """Open the register of seeders."""
    config.registry.seeders = {}
    config.add_directive("add_seeder", add_seeder, action_wrap=False)
