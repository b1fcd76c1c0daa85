"""Markdown of editors to safe HTML. Links keep their meaning (`page:klacht`); a template turns them into addresses.

No HTML passes through; what comes out is cleaned once more against a list of what may be there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # loaded when there is something to turn into HTML: who serves pages only reads what came out
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: Schemes a link may have. The first three are ours, see `portal.foundation.links`.
SCHEMES = {"page", "service", "phone", "https", "mailto", "tel"}
TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "table", "thead", "tbody", "tr", "th", "td",
    "br", "hr", "blockquote", "div", "code", "bdi",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"}, "h2": {"id"}, "h3": {"id"}, "div": {"class", "tabindex"}, "ol": {"start"}, "th": {"scope"},
    "bdi": {"dir"},
}  # fmt: skip
BLOCKS = {"note": "notice", "urgent": "notice notice--urgent"}

#: A path of our own; two slashes would lead to another site.
_OURS = re.compile(r"/(?!/)|#")
#: Link texts that read from left to right in every language: an address such as 113.nl, a phone number, a mail address.
_LEFT_TO_RIGHT = re.compile(r"(?:[\w.+-]+@)?(?:[\w-]+\.)+[A-Za-z]{2,}(?:/[\w./-]*)?|\+?[0-9][0-9 ()-]*", re.ASCII)
_BLOCK = re.compile(r"^:::[ \t]*(\w+)[ \t]*\n(.*?)\n:::[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A second-level heading, for the list of contents."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """Safe HTML and its headings."""

    html: str
    headings: tuple[Heading, ...]


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False}).enable("table")
    parser.validateLink = lambda url: bool(_OURS.match(url)) or url.partition(":")[0].lower() in SCHEMES  # type: ignore[method-assign]
    return parser


def _anchor(text: str, taken: set[str]) -> str:
    """A name for a heading in any script; numbered when two read the same."""
    base = "-".join(re.findall(r"\w+", text.lower())) or "deel"
    name, count = base, 2
    while name in taken:
        name, count = f"{base}-{count}", count + 1
    taken.add(name)
    return name


def _anchors(tokens: "list[Token]", taken: set[str]) -> list[Heading]:
    found = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag in {"h2", "h3"}:
            text = "".join(part.content for part in inline.children or () if part.type in {"text", "code_inline"})
            anchor = _anchor(text, taken)
            token.attrSet("id", anchor)
            if token.tag == "h2":
                found.append(Heading(anchor, text))
        if token.type == "th_open":
            token.attrSet("scope", "col")
            token.attrs.pop("style", None)
        if token.type == "td_open":
            token.attrs.pop("style", None)
    return found


def _hold_left_to_right(tokens: "list[Token]") -> None:
    """Between Arabic words 113.nl would turn into nl.113, and a phone number would begin at its end."""
    from markdown_it.token import Token

    for inline in (token for token in tokens if token.children):
        parts = inline.children or []
        for index in range(len(parts) - 2, 0, -1):
            before, text, after = parts[index - 1 : index + 2]
            if (before.type, text.type, after.type) != ("link_open", "text", "link_close"):
                continue
            if _LEFT_TO_RIGHT.fullmatch(text.content):
                parts.insert(index + 1, Token("html_inline", "", 0, content="</bdi>"))
                parts.insert(index, Token("html_inline", "", 0, content='<bdi dir="ltr">'))


def _piece(markdown: str, taken: set[str], headings: list[Heading]) -> str:
    env: dict[str, Any] = {}
    parser = _parser()
    tokens = parser.parse(markdown, env)
    headings += _anchors(tokens, taken)
    _hold_left_to_right(tokens)
    html = str(parser.renderer.render(tokens, parser.options, env))
    return html.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace("</table>", "</table></div>")


def render(markdown: str) -> Rendered:
    """Turn an editor's text into safe HTML. `::: note` and `::: urgent` become boxes."""
    import nh3

    taken: set[str] = set()
    headings: list[Heading] = []
    parts, at = [], 0
    for block in _BLOCK.finditer(markdown):
        parts.append(_piece(markdown[at : block.start()], taken, headings))
        kind = BLOCKS.get(block[1], BLOCKS["note"])
        parts.append(f'<div class="{kind}"><div>{_piece(block[2], taken, headings)}</div></div>')
        at = block.end()
    parts.append(_piece(markdown[at:], taken, headings))
    html = nh3.clean("".join(parts), tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return Rendered(html, tuple(headings))


def plain_text(html: str, facts: Mapping[str, str] | None = None) -> str:
    """The words of rendered HTML, for the search index: no tags, one space between words.

    `[[name]]` becomes the fact of that name, and nothing when it has none.
    """
    known = facts or {}
    import nh3

    text = nh3.clean(re.sub(r"</(?:p|li|h\d|td|th|div)>", r"\g<0> ", html), tags=set())
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\xa0", "&nbsp;")):
        text = text.replace(entity, sign)
    return " ".join(re.sub(r"\[\[([^\]]+)\]\]", lambda found: known.get(found[1], ""), text).split())
