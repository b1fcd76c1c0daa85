"""Follows every link of a portal, as a patient reader would, and keeps what came back."""

import re
import time
from collections import deque
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from webtest import TestApp

#: Links in tags of ours always stand in double quotes.
_LINK = re.compile(r'\b(?:href|src)="([^"]*)"')
#: Choices that narrow a list: their number multiplies, so machines are asked to leave them, and so do we.
_LEFT_ALONE = re.compile(r"<a [^>]*rel=\"nofollow\"[^>]*>")
_ID = re.compile(r'\bid="([^"]*)"')
_ELSEWHERE = ("tel:", "mailto:", "data:")


@dataclass
class Page:
    """What one address gave. `links` are (address, fragment) inside the portal."""

    status: int
    kind: str
    text: str
    came_from: str
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def ids(self) -> set[str]:
        """The places on it that a fragment may name."""
        return {unescape(name) for name in _ID.findall(self.text)}


@dataclass
class Crawl:
    """Everything that was reached: path with query → page."""

    pages: dict[str, Page]
    seconds: float

    @property
    def read(self) -> dict[str, Page]:
        """Only what a person reads."""
        return {path: page for path, page in self.pages.items() if page.kind == "text/html" and page.status == 200}


def _links(text: str, path: str, base: str) -> list[tuple[str, str]]:
    found = []
    for link in map(unescape, _LINK.findall(_LEFT_ALONE.sub("", text))):
        inside = link.removeprefix(base) if link.startswith(base + "/") else link
        if not inside.startswith(_ELSEWHERE) and "://" not in inside:
            address, fragment = urldefrag(urljoin(path, inside))
            found.append((address, unquote(fragment)))
    return list(dict.fromkeys(found))


def crawl(app: Any, host: str, *starts: str) -> Crawl:
    """Start at these paths and follow every link that stays on the host."""
    browser = TestApp(app, extra_environ={"HTTP_HOST": host})
    base, began = f"http://{host}", time.monotonic()
    pages: dict[str, Page] = {}
    waiting = deque((start, "the start") for start in starts)
    while waiting:
        path, came_from = waiting.popleft()
        if path in pages:
            continue
        response = browser.get(path, status="*")
        page = pages[path] = Page(response.status_int, response.content_type, "", came_from)
        if response.location:
            page.links = [(response.location.removeprefix(base), "")]
        elif response.content_type == "text/html":
            page.text = response.text
            page.links = _links(page.text, path, base)
        waiting.extend((address, path) for address, _fragment in page.links if address not in pages)
    return Crawl(pages, time.monotonic() - began)
