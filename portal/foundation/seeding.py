"""Seeding: the files of `content/` become rows, each domain its own.

A domain registers a seeder; `seed_site` runs them in order, in one transaction, and says which documents changed so
that the worker puts them in the index. Seeding twice changes nothing; a text edited on screen is never overwritten.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pyramid.config import Configurator
from sqlalchemy.orm import Session

from portal.foundation.clock import Clock
from portal.foundation.content_cache import raise_version
from portal.foundation.db import writing
from portal.foundation.outbox import post
from portal.foundation.site import Site


class ContentError(Exception):
    """A content file cannot be used; the message names the file and what to mend."""


@dataclass(frozen=True)
class Changed:
    """A document that a seeder made, changed or removed: its search source and its key."""

    source: str
    key: str


#: Reads the site's folder into rows; returns the documents that changed.
Seeder = Callable[[Session, Site], Iterable[Changed]]


def read_yaml(path: Path) -> Any:
    """A YAML file. Raises `ContentError` with the line at fault."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise ContentError(f"{path}: {fault}") from fault


def seed_site(site: Site, seeders: dict[str, Seeder], clock: Clock) -> int:
    """Bring the rows of a site up to its folder: all of it, or (`ContentError`) nothing. Returns the changes."""
    with writing(site.engine) as session:
        changes = [change for seeder in seeders.values() for change in seeder(session, site)]
        for change in changes:
            post(session, "index", {"source": change.source, "key": change.key}, clock.now())
        if changes:
            raise_version(session)
    return len(changes)


def add_seeder(config: Configurator, name: str, seeder: Seeder) -> None:
    """Directive: register a domain's seeder. They run in the order of inclusion."""
    config.registry.seeders[name] = seeder


def includeme(config: Configurator) -> None:
    """Open the register of seeders."""
    config.registry.seeders = {}
    config.add_directive("add_seeder", add_seeder, action_wrap=False)
