"""How a page is built: a heading in time, blocks of a size that fits the eye, levels without a jump. Pure."""

import re
from dataclasses import dataclass

from portal.foundation.lib.readability.text import WORD, plain

WORDS_BETWEEN_HEADINGS = 150
WORDS_IN_A_BLOCK = 60
_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """What is off in the build: `heading_missing`, `heading_jump` or `block_long`, its line, and its size."""

    kind: str
    line: int
    count: int
    text: str


def places(markdown: str) -> list[Place]:
    """Where the build of a page is off, in order."""
    head = _HEAD.match(markdown)
    skipped = head.group().count("\n") if head else 0
    lines = markdown.split("\n")[skipped:]
    return sorted(_headings(lines, skipped) + _blocks(lines, skipped), key=lambda place: place.line)


def _headings(lines: list[str], skipped: int) -> list[Place]:
    found, level, since, start, first = [], 1, 0, 1 + skipped, ""
    for number, line in enumerate([*lines, "## "], start=1 + skipped):
        signs = re.match(r"(#{1,6})\s", line)
        if not signs:
            first = first or (plain(line).strip() if line.strip() else "")
            since += _count(line)
            continue
        if since > WORDS_BETWEEN_HEADINGS:
            found.append(Place("heading_missing", start, since, first))
        if line.strip("# ") and len(signs[1]) > level + 1:
            found.append(Place("heading_jump", number, len(signs[1]), plain(line).strip()))
        level, since, start, first = len(signs[1]), 0, number, ""
    return found


def _blocks(lines: list[str], skipped: int) -> list[Place]:
    """Paragraphs; each point of a list is a block of its own."""
    found, words, start, first = [], 0, 0, ""
    for number, line in enumerate([*lines, ""], start=1 + skipped):
        opens = not line.strip() or re.match(r"\s*(?:[-*+]|\d+\.|#+|\||:::)", line)
        if opens and words > WORDS_IN_A_BLOCK:
            found.append(Place("block_long", start, words, first))
        if opens:
            words, start, first = 0, number, ""
        first = first or plain(line).strip()
        start = start if words else number
        words += _count(line)
    return found


def _count(line: str) -> int:
    return len(WORD.findall(plain(line)))
