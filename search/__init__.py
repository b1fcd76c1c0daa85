"""The search layer: documents in, hits out. Imports neither the portal nor Pyramid; see search/README.md."""

from search.documents import Change, Doc, Hit, Page, Query, Status, Suggestion, Text
from search.index import IndexBusy, IndexDamaged, SearchIndex
from search.thesaurus import Concept, Thesaurus
from search.urgent import UrgentKind, urgent

__all__ = [
    "Change",
    "Concept",
    "Doc",
    "Hit",
    "IndexBusy",
    "IndexDamaged",
    "Page",
    "Query",
    "SearchIndex",
    "Status",
    "Suggestion",
    "Text",
    "Thesaurus",
    "UrgentKind",
    "urgent",
]
