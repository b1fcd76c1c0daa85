"""Counting one text against the bars of its level: sentence length and the passive voice. Pure.

Promises only what the evidence carries (docs/readability.md). The bars are those of `content/README.md`;
a text of fewer than five sentences gets no verdict.
"""

from dataclasses import dataclass

from portal.foundation.lib.readability.passive import is_passive
from portal.foundation.lib.readability.text import WORD, plain, sentences


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


def measure(markdown: str) -> Measure:
    """Count one text. An empty text gives zeros."""
    found = sentences(plain(markdown))
    if not found:
        return Measure(0, 0, 0.0, 0, "", 0.0, 0.0)
    lengths = [len(WORD.findall(sentence)) for sentence in found]
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
