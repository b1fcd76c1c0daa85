"""The report on one text: what to mend, where, and how; then an estimate.

Codes and values, no words for people. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.foundation.lib.readability.clauses import MOST_SUB_CLAUSES, double_negation, sub_clauses
from portal.foundation.lib.readability.counting import BARS
from portal.foundation.lib.readability.estimate import Estimate, estimate
from portal.foundation.lib.readability.jargon import Glossary, finder, is_explained
from portal.foundation.lib.readability.passive import is_passive
from portal.foundation.lib.readability.structure import WORDS_BETWEEN_HEADINGS, WORDS_IN_A_BLOCK, places
from portal.foundation.lib.readability.text import Sentence, placed
from portal.foundation.lib.readability.words import abbreviations, hard, long_words, numbers, rare

Value = str | int | float
#: Sentences of other languages are held to plain Dutch's longest.
_OTHER = "nl"


@dataclass(frozen=True)
class Finding:
    """One thing to mend. `line` counts from 1 in the Markdown; `mend` is the code of the advice, filled by `values`."""

    kind: str
    line: int
    sentence: str
    mend: str
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """The findings in reading order; the estimate is None below 60 words and outside Dutch."""

    findings: tuple[Finding, ...]
    estimate: Estimate | None
    words: int
    sentences: int

    def of(self, kind: str) -> list[Finding]:
        """The findings of one kind."""
        return [finding for finding in self.findings if finding.kind == kind]


def check(markdown: str, locale: str, glossary: Glossary) -> Report:
    """Read one text. `nl` and `nl_simple` in full; of other languages only sentence length, headings and blocks."""
    found = placed(markdown)
    dutch = locale in BARS
    findings = [*_lengths(found, BARS[locale if dutch else _OTHER].longest), *_structure(markdown)]
    if dutch:
        findings += [one for sentence in found for one in (*_sentence(sentence), *_words(sentence))]
        findings += _jargon(found, glossary)
    findings.sort(key=lambda finding: finding.line)
    words = sum(len(sentence.words) for sentence in found)
    return Report(tuple(findings), estimate(found) if dutch else None, words, len(found))


def _lengths(found: list[Sentence], most: int) -> Iterator[Finding]:
    for one in found:
        if len(one.words) > min(most, 15):
            values: dict[str, Value] = {"words": len(one.words), "most": most}
            yield Finding("long_sentence", one.line, one.text, "split_sentence", values)


def _structure(markdown: str) -> Iterator[Finding]:
    mends = {
        "heading_missing": ("add_heading", WORDS_BETWEEN_HEADINGS),
        "heading_jump": ("next_level", 1),
        "block_long": ("split_block", WORDS_IN_A_BLOCK),
    }
    for place in places(markdown):
        mend, most = mends[place.kind]
        yield Finding(place.kind, place.line, place.text, mend, {"count": place.count, "most": most})


def _sentence(one: Sentence) -> Iterator[Finding]:
    if is_passive(one.text):
        yield Finding("passive", one.line, one.text, "say_who_acts")
    if (clauses := sub_clauses(one.text)) > MOST_SUB_CLAUSES:
        yield Finding("sub_clauses", one.line, one.text, "one_thing_a_sentence", {"count": clauses})
    if twice := double_negation(one.text):
        yield Finding("double_negation", one.line, one.text, "say_what_is", {"first": twice[0], "second": twice[1]})
    for short, full in abbreviations(one.text):
        yield Finding("abbreviation", one.line, one.text, "write_out", {"word": short, "instead": full})


def _words(one: Sentence) -> Iterator[Finding]:
    for word, digits in numbers(one.words):
        yield Finding("number_in_words", one.line, one.text, "use_digits", {"word": word, "instead": digits})
    listed = hard(one.words)
    for word, instead in listed:
        yield Finding("hard_word", one.line, one.text, "say_instead", {"word": word, "instead": instead})
    known = {word.lower() for word, _ in listed}
    for word, zipf in rare(one.words):
        if word not in known:
            yield Finding("rare_word", one.line, one.text, "more_usual_word", {"word": word, "zipf": zipf})
    for word, parts in long_words(one.words):
        values: dict[str, Value] = {"word": word, "parts": "-".join(parts)}
        yield Finding("long_word", one.line, one.text, "split_word" if len(parts) > 1 else "other_word", values)


def _jargon(found: list[Sentence], glossary: Glossary) -> Iterator[Finding]:
    """Each word of the glossary; `explain` at a first use without its meaning, else `say_instead`."""
    search, seen = finder(tuple(glossary)), set[str]()
    for at, one in enumerate(found):
        before = found[at - 1].text if at else ""
        following = found[at + 1].text if at + 1 < len(found) else ""
        for use in search.uses(one.words):
            term = glossary[use.word]
            first = use.word not in seen
            seen.add(use.word)
            bare = first and not is_explained(term, one.text, before, following)
            values: dict[str, Value] = {"word": use.written, "term": use.word, "instead": term.plain}
            values["explanation"] = term.explanation
            kind, mend = ("unexplained", "explain") if bare else ("jargon", "say_instead")
            yield Finding(kind, one.line, one.text, mend, values)
