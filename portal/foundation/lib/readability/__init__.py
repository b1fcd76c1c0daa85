"""How hard is a text to read, and what would mend it? Rules and lists, no model, no network (docs/readability.md)."""

from portal.foundation.lib.readability.counting import BARS, Bar, Measure, faults, measure
from portal.foundation.lib.readability.jargon import Glossary, Term
from portal.foundation.lib.readability.passive import is_passive
from portal.foundation.lib.readability.report import Estimate, Finding, Report, check
from portal.foundation.lib.readability.text import plain, sentences

__all__ = [
    "BARS",
    "Bar",
    "Estimate",
    "Finding",
    "Glossary",
    "Measure",
    "Report",
    "Term",
    "check",
    "faults",
    "is_passive",
    "measure",
    "plain",
    "sentences",
]
