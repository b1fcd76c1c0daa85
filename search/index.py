"""The interface every engine keeps, and its errors. How a question is answered stands in `search.ladder`."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from search.documents import Change, Doc, Locale, Page, Query, Status, Suggestion


class IndexDamaged(Exception):
    """What is on disk cannot be read as an index of this version: rebuild it."""


class IndexBusy(Exception):
    """Another process has been writing for longer than we are willing to wait."""


class SearchIndex(Protocol):
    """An index of documents. Safe to share between threads; one writer at a time, readers never wait."""

    def rebuild(self, docs: Iterable[Doc]) -> int:
        """Replace everything by these documents, at once and as a whole, and return the new generation.

        Of two documents with one key the last counts. Raises IndexBusy. Also the way to repair a damaged
        index.
        """

    def apply(self, changes: Sequence[Change]) -> int:
        """Store and take out documents, all or none, and return the new generation.

        Applying the same changes twice leaves the same index. Raises IndexBusy, and IndexDamaged.
        """

    def search(self, query: Query) -> Page:
        """Answer a question. Never raises: an index that cannot be read answers like an empty one."""

    def complete(self, prefix: str, locale: Locale, n: int) -> tuple[Suggestion, ...]:
        """Return at most `n` titles whose words begin with the words typed so far."""

    def status(self) -> Status:
        """Say how the index is doing. Never raises."""
