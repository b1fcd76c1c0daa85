"""What readers would not see as it was written: each with its line, for the writer. Pure; changes nothing.

Nothing here stops a writer but a link that could run a program (`dangerous`): that is never kept.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from portal.foundation.lib.markdown import BLOCKS, SCHEMES

#: A longer title does not fit in a list or a search result.
LONGEST_TITLE = 80
LONGEST_TEXT = 200_000
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: What programs in a link begin with, whatever a browser makes of case and white space.
PROGRAMS = re.compile(r"(?:javascript|vbscript|data|file|blob):", re.IGNORECASE)

_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(\s*<?([^)\s>]*)[^)]*\)")
_NAMED_LINK = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*<?(\S+?)>?(?:\s|$)")
_ANGLED = re.compile(r"<((?:https?|mailto|tel|[a-z]+script|data|file|blob):[^\s>]*)>", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\]\n]*\]\s*\(")
_HTML = re.compile(r"<(?:!--|/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*|/?)>)")
_FACT = re.compile(r"\[\[([^\]\n]*)\]\]")
_CODE = re.compile(r"`[^`\n]+`")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?[ \t#]*$")
_FENCE = re.compile(r"^:::[ \t]*(.*?)[ \t]*$")
_WORD_LIST = re.compile(r"^\s*(?:[·•▪‣\uf0b7\uf0a7]|o\t|[§ü]\t|-\t|\d+[.)]\t)")
_ENTITY = re.compile(r"[\t\n\r\x00-\x20]|&(?:Tab|NewLine|colon);")
_INVISIBLE = {"\u00ad": "soft_hyphen", "\u00a0": "fixed_space", "\u200b": "invisible", "\ufeff": "invisible",
              "\u2028": "invisible", "\u000b": "invisible"}  # fmt: skip
_DEEPEST = 4


@dataclass(frozen=True)
class Finding:
    """One thing to look at: a code that the screen has words for, the line (None: not in the text), and what it is.

    `remark`: it may be right all the same. `dangerous`: it may not be kept.
    """

    code: str
    line: int | None = None
    what: str = ""
    remark: bool = False
    dangerous: bool = False


@dataclass(frozen=True)
class Known:
    """What a text may name: facts of the municipality, keys of pages and names of services."""

    facts: AbstractSet[str]
    pages: AbstractSet[str]
    services: AbstractSet[str]


@dataclass(frozen=True)
class Written:
    """What a writer wrote, as far as it is looked at."""

    title: str
    summary: str
    slug: str
    markdown: str
    actions: Sequence[Mapping[str, str]] = field(default=())


def findings(text: Written, known: Known) -> list[Finding]:
    """Everything to look at in one text, from the top."""
    found = [*_around(text, known), *_steps(text, known)]
    blocks = _Blocks()
    for number, line in enumerate(text.markdown.split("\n"), 1):
        found += [*_structure(number, line), *blocks.read(number, line), *_signs(number, line)]
        bare = _CODE.sub(lambda code: " " * len(code.group()), line)
        found += [*_inside(number, bare, known)]
    return found + blocks.end()


def against_source(text: Written, source: Written) -> list[Finding]:
    """Where a translation holds other things than the Dutch text; it may be right all the same."""
    found = []
    mine, theirs = len(_headings(text.markdown)), len(_headings(source.markdown))
    if mine != theirs:
        found.append(Finding("other_headings", what=f"{mine} / {theirs}", remark=True))
    for code, of in (("facts", _facts), ("links", _links)):
        lacks, extra = sorted(of(source) - of(text)), sorted(of(text) - of(source))
        found += [Finding(f"lacks_{code}", what=one, remark=True) for one in lacks]
        found += [Finding(f"extra_{code}", what=one, remark=True) for one in extra]
    return found


def is_dangerous(target: str) -> bool:
    r"""Whether a link could run a program.

    >>> is_dangerous("java\tscript:alert(1)"), is_dangerous("page:klacht")
    (True, False)
    """
    return PROGRAMS.match(_ENTITY.sub(lambda found: ":" if "colon" in found[0] else "", target)) is not None


def link_fault(target: str, known: Known) -> str | None:
    """What is wrong with where a link leads, as a code; None when nothing is."""
    scheme, colon, rest = target.partition(":")
    name = re.split(r"[#?]", rest, maxsplit=1)[0]
    if is_dangerous(target):
        return "dangerous"
    if target.startswith("#") or (target.startswith("/") and not target.startswith("//")):
        return None
    if not colon or scheme.lower() not in SCHEMES:
        return "http" if scheme.lower() == "http" else "scheme"
    lost = {"page": name not in known.pages, "service": name not in known.services, "phone": name != "central"}
    return f"no_{scheme}" if lost.get(scheme) else None


def _around(text: Written, known: Known) -> Iterator[Finding]:
    if not text.title.strip():
        yield Finding("no_title")
    if len(text.title) > LONGEST_TITLE:
        yield Finding("long_title", what=str(len(text.title)))
    if not text.summary.strip():
        yield Finding("no_summary")
    if not SLUG.fullmatch(text.slug):
        yield Finding("slug", what=text.slug)
    if not text.markdown.strip():
        yield Finding("no_text")
    if len(text.markdown) > LONGEST_TEXT:
        yield Finding("long_text", what=str(len(text.markdown)))
    for name in _FACT.findall(f"{text.title} {text.summary}"):
        if name not in known.facts:
            yield Finding("no_fact", what=name)


def _steps(text: Written, known: Known) -> Iterator[Finding]:
    for action in text.actions:
        fault = link_fault(action["to"], known)
        if fault:
            yield Finding(fault, what=action["to"], dangerous=fault == "dangerous")
        if not action["text"].strip():
            yield Finding("no_words", what=action["to"])


def _structure(number: int, line: str) -> Iterator[Finding]:
    heading = _HEADING.match(line)
    if heading:
        depth = len(heading[1])
        if not (heading[2] or "").strip():
            yield Finding("empty_heading", number)
        elif depth == 1:
            yield Finding("top_heading", number, heading[2])
        elif depth > _DEEPEST:
            yield Finding("deep_heading", number, heading[2])
    elif _WORD_LIST.match(line):
        yield Finding("pasted_list", number, line.strip()[:40])


def _signs(number: int, line: str) -> Iterator[Finding]:
    for code in sorted({code for sign, code in _INVISIBLE.items() if sign in line}):
        yield Finding(code, number)


def _inside(number: int, line: str, known: Known) -> Iterator[Finding]:
    if _PICTURE.search(line):
        yield Finding("picture", number)
    for tag in _HTML.finditer(line):
        yield Finding("html", number, tag.group()[:40])
    for name in _FACT.findall(line):
        if name not in known.facts:
            yield Finding("no_fact", number, name)
    for target in _targets(line):
        fault = link_fault(target, known)
        if fault:
            yield Finding(fault, number, target[:80], dangerous=fault == "dangerous")


def _targets(line: str) -> list[str]:
    return [found[1] for shape in (_LINK, _NAMED_LINK, _ANGLED) for found in shape.finditer(line)]


class _Blocks:
    """The `:::` lines of a text, read one after the other."""

    def __init__(self) -> None:
        self._open: int | None = None

    def read(self, number: int, line: str) -> list[Finding]:
        fence = _FENCE.match(line)
        if fence is None:
            return []
        if not fence[1]:
            stray, self._open = self._open is None, None
            return [Finding("stray_block", number)] if stray else []
        left, self._open = self.end(), number
        return left + ([] if fence[1] in BLOCKS else [Finding("unknown_block", number, fence[1])])

    def end(self) -> list[Finding]:
        return [] if self._open is None else [Finding("open_block", self._open)]


def _headings(markdown: str) -> list[str]:
    return [line for line in markdown.split("\n") if _HEADING.match(line)]


def _facts(text: Written) -> set[str]:
    return set(_FACT.findall(f"{text.title} {text.summary} {text.markdown}"))


def _links(text: Written) -> set[str]:
    in_text = {target for line in text.markdown.split("\n") for target in _targets(line)}
    return {target.partition("#")[0] for target in in_text | {one["to"] for one in text.actions}} - {""}
