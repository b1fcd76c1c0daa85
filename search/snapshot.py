"""What an engine has to offer to be searched: one unchanging state of the index. All else is engine-free."""

from array import array
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from search.columns import Columns
from search.documents import Language
from search.records import Record
from search.spelling import Vocabulary


class Postings(NamedTuple):
    """The rows that hold a token and its weight in each; two arrays of the same length, rows ascending."""

    rows: "array[int]"
    weights: "array[float]"


def no_postings() -> Postings:
    """Return the postings of a token that does not occur."""
    return Postings(array("I"), array("f"))


class Snapshot(Protocol):
    """One generation of an index. Many threads read it at once. Every method may raise IndexDamaged."""

    @property
    def columns(self) -> Columns:
        """The rows of this generation."""

    def prefetch(self, tokens: Collection[str]) -> None:
        """Hear which tokens are going to be asked for, so that a distant engine can fetch them together."""

    def postings(self, token: str) -> Postings:
        """Return the live rows that hold a token."""

    def records(self, numbers: Sequence[int]) -> Mapping[int, Record]:
        """Return what is shown of these rows, without those that have just been taken out."""

    def vocabulary(self, language: Language) -> Vocabulary:
        """Return the words of a language; built when first asked for."""
