"""Which providers a resident sees, in which order, and what is never asked. Pure."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Protocol, TypeVar

#: No preference: shown to all who work there, until the first says yes.
ANYONE = "anyone"
DAY_PARTS = tuple(f"{day}-{part}" for day in ("mo", "tu", "we", "th", "fr") for part in ("morning", "afternoon"))
#: Words that may not be part of the name of a field: what the municipality has no business asking for cleaning.
NEVER_ASKED = (
    "bsn", "digid", "birth", "age", "illness", "health", "limitation", "disability", "diagnosis", "reason", "income",
    "asset", "insur", "household", "partner", "children", "carer_tasks", "other_help", "nationality", "passport",
    "identity", "photo", "gender", "domain",
)  # fmt: skip


class WorksIn(Protocol):
    """A provider, as far as the order needs it."""

    slug: str
    postcodes: list[str]


P = TypeVar("P", bound=WorksIn)


def works_at(providers: Iterable[P], digits: str) -> list[P]:
    """Those who work in a postcode area of four digits."""
    return [provider for provider in providers if not provider.postcodes or digits in provider.postcodes]


def in_turn(providers: Iterable[P], visitor: str) -> list[P]:
    """Another order for each visitor, and always the same for one: nobody has the best place."""
    return sorted(providers, key=lambda provider: sha256(f"{visitor}:{provider.slug}".encode()).digest())
