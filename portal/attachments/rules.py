"""How much somebody may send along, and why a document is not taken. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MEGABYTE = 1_000_000
#: A form with a file is never larger than this, whatever the policies say; in bytes.
LARGEST_BODY = 32 * 1024 * 1024


class Refused(Exception):
    """A document that we do not take; `reason` is a word for which `labels.REASONS` has the words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Limits:
    """`each` and `together` in bytes, `most` documents with one request."""

    each: int
    together: int
    most: int

    @classmethod
    def of(cls, policies: Mapping[str, Any]) -> "Limits":
        """As the policies of today say."""
        each, together, most = (
            policies[f"document_{what}"].value for what in ("megabytes", "megabytes_together", "count")
        )
        return cls(each * MEGABYTE, together * MEGABYTE, most)

    def one(self, size: int) -> None:
        """Raises `Refused` for a document that is empty or too large by itself; before anything looks into it."""
        if size == 0:
            raise Refused("empty")
        if size > self.each:
            raise Refused("large")

    def with_others(self, sizes: Sequence[int], size: int) -> None:
        """Raises `Refused` when one more does not fit beside what was sent before."""
        if len(sizes) >= self.most:
            raise Refused("many")
        if sum(sizes) + size > self.together:
            raise Refused("together")
