"""How hard is a Dutch text to read? Pure counting, no dictionary, no network.

Promises only what the evidence carries: sentence length and the passive voice (docs/architecture.md, "Words").
The bars are those of `content/README.md`; a text of fewer than five sentences gets no verdict.
"""

import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_ABBREVIATION = re.compile(r"\b(?:bijv|bv|nr|tel|ca|dhr|mw|m\.u\.v|o\.a|d\.w\.z|t/m)\.\s", re.IGNORECASE)
_PASSIVE_AUXILIARY = re.compile(r"\b(?:word|wordt|worden|werd|werden)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"\b(?:ge|be|ver|ont|her|over|aan|af|op|uit|in|door|toe|mee|na|voor)\w{2,}(?:d|t|en)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Measure:
    """What was counted in one text. Lengths in words, shares between 0 and 1."""

    sentences: int
    words: int
    mean: float
    longest: int
    longest_text: str
    share_over_15: float
    share_passive: float


@dataclass(frozen=True)
class Bar:
    """The most a reading level allows; see `Measure` for the units."""

    mean: float
    longest: int
    share_over_15: float
    share_passive: float


BARS = {
    "nl": Bar(mean=12, longest=20, share_over_15=0.10, share_passive=0.05),
    "nl_simple": Bar(mean=9, longest=15, share_over_15=0.0, share_passive=0.0),
}


def plain(markdown: str) -> str:
    """Markdown without its signs: the words as they are read, one block a line."""
    text = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    text = re.sub(r"^:::.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[\[[^\]]+\]\]", "Naam", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s*\|?[\s:|-]*-{3,}[\s:|-]*$", "", text, flags=re.MULTILINE)
    text = text.replace("|", "\n")
    text = re.sub(r"(?<=[^\n.!?:])\n(?=[a-zà-ÿ])", " ", text)
    text = re.sub(r"^\s*(?:#{1,6}|[-*+]|\d+\.)\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"[*_`]", "", text)


def sentences(text: str) -> list[str]:
    """The sentences of plain text; a line end ends one too (lists, headings)."""
    guarded = _ABBREVIATION.sub(lambda found: found.group().replace(". ", "_ "), text)
    parts = (part.strip() for part in _SENTENCE_END.split(guarded))
    return [part for part in parts if _WORD.search(part)]


def is_passive(sentence: str) -> bool:
    """Whether the sentence hides who acts: a form of `worden` with a participle."""
    if not _PASSIVE_AUXILIARY.search(sentence):
        return False
    return any(word.group().lower() not in {"worden", "geen"} for word in _PARTICIPLE.finditer(sentence))


def measure(markdown: str) -> Measure:
    """Count one text. An empty text gives zeros."""
    found = sentences(plain(markdown))
    if not found:
        return Measure(0, 0, 0.0, 0, "", 0.0, 0.0)
    lengths = [len(_WORD.findall(sentence)) for sentence in found]
    longest = max(range(len(found)), key=lengths.__getitem__)
    return Measure(
        sentences=len(found),
        words=sum(lengths),
        mean=sum(lengths) / len(found),
        longest=lengths[longest],
        longest_text=found[longest],
        share_over_15=sum(length > 15 for length in lengths) / len(found),
        share_passive=sum(map(is_passive, found)) / len(found),
    )


def faults(markdown: str, level: str) -> list[str]:
    """What keeps a text from its level (`nl` or `nl_simple`), each as one sentence for the editor."""
    bar, counted = BARS[level], measure(markdown)
    said = []
    if counted.longest > bar.longest:
        said.append(f"A sentence has {counted.longest} words, at most {bar.longest} fit: “{counted.longest_text}”")
    if counted.sentences < 5:
        return said
    if counted.mean > bar.mean:
        said.append(f"Sentences have {counted.mean:.1f} words on average; at most {bar.mean:g} fit.")
    if counted.share_over_15 > bar.share_over_15:
        said.append(
            f"{counted.share_over_15:.0%} of the sentences have over 15 words; at most {bar.share_over_15:.0%} fit."
        )
    if counted.share_passive > bar.share_passive:
        passive = next(s for s in sentences(plain(markdown)) if is_passive(s))
        said.append(f"{counted.share_passive:.0%} of the sentences hide who acts, such as: “{passive}”")
    return said
