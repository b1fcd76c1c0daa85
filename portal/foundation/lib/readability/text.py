"""From Markdown to sentences with the line on which each stands. Pure."""

import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
#: Stands for the dot of an abbreviation while sentences are cut; of the private use area, so no text holds it.
_DOT = "\ue000"
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
_ABBREVIATION = re.compile(r"\b(?:bijv|bv|nr|tel|ca|dhr|mw|m\.u\.v|o\.a|d\.w\.z|t/m)\.\s", re.IGNORECASE)
#: A word further on than this is another one; then the sentence stays on the line of the one before.
_NEAR = 600


@dataclass(frozen=True)
class Sentence:
    """One sentence as it is read, its words, and the line of the Markdown on which it starts (from 1)."""

    text: str
    words: tuple[str, ...]
    line: int


def plain(markdown: str) -> str:
    """Markdown without its signs: the words as they are read, one block a line."""
    text = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    text = re.sub(r"^:::.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[\[[^\]]+\]\]", "Naam", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^[ \t]*\|?[ \t:|-]*-{3,}[ \t:|-]*$", "", text, flags=re.MULTILINE)
    text = text.replace("|", "\n")
    text = re.sub(r"(?<=[^\n.!?:])\n(?=[a-zà-ÿ])", " ", text)
    text = re.sub(r"^[ \t]*(?:#{1,6}|[-*+]|\d+\.)[ \t]+", "", text, flags=re.MULTILINE)
    return re.sub(r"[*_`]", "", text)


def sentences(text: str) -> list[str]:
    """The sentences of plain text; a line end ends one too (lists, headings)."""
    guarded = _ABBREVIATION.sub(lambda found: found.group().replace(". ", f"{_DOT} "), text)
    parts = (part.strip() for part in _SENTENCE_END.split(guarded))
    return [part.replace(_DOT, ".") for part in parts if WORD.search(part)]


def placed(markdown: str) -> list[Sentence]:
    """The sentences of Markdown in their order, each with its line. A line may be one off where a word repeats."""
    found, at, line = [], 0, 1
    head = re.match(r"\A---\n.*?\n---\n", markdown, flags=re.DOTALL)
    at = head.end() if head else 0
    line += markdown.count("\n", 0, at)
    for text in sentences(plain(markdown)):
        words = tuple(WORD.findall(text))
        starts = None
        for word in words:
            seen = _near(markdown, word, at)
            if seen is None:
                continue
            line += markdown.count("\n", at, seen)
            starts = line if starts is None else starts
            at = seen + (2 if word == "Naam" else len(word))
        found.append(Sentence(text, words, starts or line))
    return found


def _near(markdown: str, word: str, at: int) -> int | None:
    """Where a word stands next, or None when that is too far to be this one."""
    seen = markdown.find(word, at, at + _NEAR)
    if seen < 0 and word == "Naam":
        seen = markdown.find("[[", at, at + _NEAR)
    return None if seen < 0 else seen
