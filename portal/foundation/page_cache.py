"""Whole pages kept in memory, so that the second reader waits for nothing.

Only a view that says `kept=True` is kept, only without a query (what people type is not kept, not even here), only
when it answers 200, sets no cookie and nobody had to be looked up for it. A page is dropped when the content version
rises, when the moment it named with `request.page_true_until` has come, or when it is the longest unread and room is
needed.
"""

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Generic, Protocol, TypeVar

import brotli
from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationError
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import INGRESS
from sqlalchemy.exc import DBAPIError

from portal.foundation.content_cache import kept
from portal.foundation.headers import KEPT_BY_NOBODY
from portal.foundation.security import Permission

#: Browsers may keep the page but ask us each time whether it is still true; a shared cache too.
ASK_EACH_TIME = "no-cache"
#: Brotli's effort: about 2 ms for a page, within 4 % of the best there is.
BROTLI_EFFORT = 6
#: How far Brotli looks back, as a power of two: as far as a page is long. Its default takes megabytes for each page.
BROTLI_WINDOW = 16
SMALLEST_WORTH_PRESSING = 500
_REFUSED = re.compile(r"(\w+)\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")

Key = tuple[str, ...]


class Keepable(Protocol):
    """Something that is true under one content version, and perhaps no longer than until a moment."""

    version: int
    true_until: datetime | None

    def size(self) -> int:
        """About the bytes of memory it takes."""


K = TypeVar("K", bound=Keepable)


@dataclass
class KeptPage:
    """One page as it goes over the wire, pressed once per encoding."""

    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    version: int
    true_until: datetime | None
    pressed: dict[str, bytes] = field(default_factory=dict)

    def for_encoding(self, accepts: str) -> tuple[str | None, bytes]:
        """The smallest form the browser takes, and its name."""
        name = encoding_for(accepts)
        if name is None or len(self.body) < SMALLEST_WORTH_PRESSING:
            return None, self.body
        if name not in self.pressed:
            self.pressed[name] = _brotli(self.body) if name == "br" else _gzip(self.body)
        return name, self.pressed[name]

    def size(self) -> int:
        """About the bytes of memory it takes."""
        return len(self.body) * 2 + 2_000


def encoding_for(accepts: str) -> str | None:
    """The best encoding that a browser takes; one with `q=0` is named to refuse it."""
    accepts = accepts.lower()
    refused = _REFUSED.findall(accepts) if "q=0" in accepts else ()
    return next((name for name in ("br", "gzip") if name in accepts and name not in refused), None)


def _brotli(body: bytes, effort: int = BROTLI_EFFORT) -> bytes:
    return brotli.compress(body, quality=effort, lgwin=BROTLI_WINDOW)


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


class PageCache(Generic[K]):
    """What one process keeps, all sites together but never mixed: the site is part of the key."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._pages: OrderedDict[Key, K] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, version: int, now: datetime) -> K | None:
        """The page, when it is still true."""
        page = self._pages.get(key)
        if page is None:
            return None
        if page.version != version or (page.true_until is not None and now >= page.true_until):
            self._drop(key)
            return None
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
        return page

    def put(self, key: Key, page: K) -> None:
        """Keep a page; the longest unread ones make room."""
        with self._lock:
            self._forget(key)
            self._pages[key] = page
            self._bytes += page.size()
            while self._bytes > self._most and self._pages:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= oldest.size()

    def _drop(self, key: Key) -> None:
        with self._lock:
            self._forget(key)

    def _forget(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._bytes -= page.size()


def _page_true_until(request: Request, moment: datetime) -> None:
    """Say that the page being made speaks of a time that ends at `moment`; the earliest one counts."""
    known = request.environ.get("portal.true_until")
    request.environ["portal.true_until"] = min(known, moment) if known else moment


def _page_not_stored(request: Request) -> None:
    """Say that no browser may keep a copy of the page being made; here it is kept as any other."""
    request.environ["portal.not_stored"] = True


def kept_view(view: Callable[..., Response], info: Any) -> Callable[..., Response]:
    """View deriver for `kept=True`: marks the request so that the tween outside may keep its answer."""
    if not info.options.get("kept"):
        return view
    if info.options.get("permission") != Permission.READ:
        raise ConfigurationError("Only a page that everybody may read can be kept: kept=True asks Permission.READ.")

    def marked(context: Any, request: Request) -> Response:
        request.environ["portal.kept"] = True
        return view(context, request)

    return marked


kept_view.options = ("kept",)  # type: ignore[attr-defined]


def _rule(request: Request) -> str:
    return KEPT_BY_NOBODY if request.environ.get("portal.not_stored") else ASK_EACH_TIME


def _answer(page: KeptPage, request: Request) -> Response:
    environ = request.environ
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        response = Response(status=304, headerlist=[h for h in page.headers if h[0] != "Content-Type"])
        response.headers["Vary"] = "Accept-Encoding"
        return response
    encoding, body = page.for_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    headers = [*page.headers, ("Vary", "Accept-Encoding"), ("Content-Length", str(len(body)))]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    return Response(body=body, headerlist=headers)


def _press(response: Response, request: Request) -> Response:
    """Press an answer that is not kept; the same rules, once."""
    fits = response.content_type in {"text/html", "application/json", "image/svg+xml"}
    if response.content_encoding or not fits or len(response.body) < SMALLEST_WORTH_PRESSING:
        return response
    accepts = request.environ.get("HTTP_ACCEPT_ENCODING", "")
    name = encoding_for(accepts)
    response.vary = tuple({*(response.vary or ()), "Accept-Encoding"})
    if name:
        response.body = _brotli(response.body, 4) if name == "br" else _gzip(response.body)
        response.content_encoding = name
    return response


def page_cache_tween_factory(handler: Callable[[Request], Response], registry: Any) -> Callable[[Request], Response]:
    """Answer from memory where that is allowed; else keep what comes back."""
    cache: PageCache[KeptPage] = PageCache(registry.portal.page_cache_mib * 1024 * 1024)
    registry.page_cache = cache

    def keep(request: Request, key: Key, version: int, response: Response) -> Response:
        body = response.body
        page = KeptPage(
            headers=[h for h in response.headerlist if h[0] not in {"Content-Length", "Cache-Control", "Vary"}],
            body=body,
            etag=f'"{hashlib.sha256(body).hexdigest()[:20]}"',
            version=version,
            true_until=request.environ.get("portal.true_until"),
        )
        page.headers += [("ETag", "W/" + page.etag), ("Cache-Control", _rule(request))]
        cache.put(key, page)
        return _answer(page, request)

    def page_cache_tween(request: Request) -> Response:
        environ = request.environ
        site = registry.sites.for_host(environ.get("HTTP_HOST", ""))
        if site is None or environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING"):
            return _press(handler(request), request)
        key = (site.key, environ["PATH_INFO"])
        try:
            version = kept(site).version()
        except DBAPIError:  # the database is away: no page can be trusted, the error page speaks
            return _press(handler(request), request)
        page = cache.get(key, version, registry.clock.now())
        if page is not None:
            return _answer(page, request)
        response = handler(request)
        for_all = environ.get("portal.kept") and not environ.get("portal.personal")
        if for_all and response.status_code == 200 and "Set-Cookie" not in response.headers:
            return keep(request, key, version, response)
        return _press(response, request)

    return page_cache_tween


def includeme(config: Configurator) -> None:
    """Outermost of all tweens."""
    config.add_view_deriver(kept_view, "kept")
    config.add_request_method(_page_true_until, "page_true_until")
    config.add_request_method(_page_not_stored, "page_not_stored")
    config.add_tween("portal.foundation.page_cache.page_cache_tween_factory", under=INGRESS)
