"""What is the same for everybody on a page that is not: made once, with holes for what is one reader's own.

`part("closing")` in a template is a piece of the frame. `request.stencil(…)` is a whole page with a form, of which only
the token and the code of a draft are somebody's own. While either is made, nobody's token can be had: a hole stands in
its place. Kept as pages are, see `page_cache`: per site and language, under the content version, until its moment.
"""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from markupsafe import Markup, escape
from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid.events import BeforeRender
from pyramid.renderers import render
from pyramid.request import Request
from pyramid.response import Response

from portal.foundation.page_cache import PageCache

#: Where a hole begins; chance, so that no text can hold one.
_MARK = secrets.token_hex(8)
_HOLE = re.compile(_MARK + r"-(.*?)-" + _MARK)
#: Memory for all of it. A page takes 20 KB and a language 8 KB; the longest unread make room.
MOST_BYTES = 2 * 1024 * 1024
TOKEN = "token"
_MAKING = "portal.making_stencil"

#: Gives what comes into the hole of that name. Raises `KeyError` for one it does not know.
Own = Callable[[str], str]


def hole(name: str) -> Markup:
    """What a template writes where something of one reader's own will stand."""
    return Markup(f"{_MARK}-{name}-{_MARK}")


def making_stencil(request: Request) -> bool:
    """Whether what is made now is for everybody."""
    return bool(request.environ.get(_MAKING))


class Looked(Exception):
    """What is made for everybody looked at what is somebody's own."""


class Unseen(Mapping[str, Any]):
    """Stands for what is somebody's own while a page is made for everybody: who looks at it raises `Looked`."""

    def __getitem__(self, key: str) -> Any:
        raise Looked()

    def __iter__(self) -> Iterator[str]:
        raise Looked()

    def __len__(self) -> int:
        raise Looked()


UNSEEN = Unseen()


class Stencil:
    """Markup with named holes."""

    def __init__(self, markup: str, version: int, true_until: datetime | None) -> None:
        self._pieces: list[str] = _HOLE.split(markup)  # text, name of a hole, text, …
        self.holes = frozenset(self._pieces[1::2])
        self.version, self.true_until = version, true_until

    def fill(self, own: Own) -> Markup:
        """The markup for one reader; what comes into the holes is escaped."""
        pieces = self._pieces.copy()
        pieces[1::2] = [escape(own(name)) for name in pieces[1::2]]
        return Markup("".join(pieces))

    def size(self) -> int:
        """About the bytes of memory it takes."""
        return 2 * sum(map(len, self._pieces)) + 500


def _make(request: Request, version: int, make: Callable[[], str]) -> Stencil:
    environ = request.environ
    before, until = making_stencil(request), environ.pop("portal.true_until", None)
    environ[_MAKING] = True
    try:
        return Stencil(make(), version, environ.get("portal.true_until"))
    finally:
        environ[_MAKING] = before
        if until:
            request.page_true_until(until)


def _for_all(request: Request) -> bool:
    """Whether kept things are to be trusted here: not without a database, and not when somebody was looked up."""
    return not (request.environ.get("portal.database_away") or request.environ.get("portal.personal"))


def _stencil(request: Request, name: tuple[str, ...], make: Callable[[], str]) -> Stencil:
    if not _for_all(request):
        return _make(request, 0, make)
    cache: PageCache[Stencil] = request.registry.stencils
    version, key = request.kept.version(), (request.site.key, request.locale.code, *name)
    found = cache.get(key, version, request.clock.now())
    if found is None:
        found = _make(request, version, make)
        if _for_all(request):
            cache.put(key, found)
    if found.true_until:
        request.page_true_until(found.true_until)
    return found


def _nothing_own(name: str) -> str:
    raise KeyError(name)


def _part(request: Request, name: str, own: Own = _nothing_own) -> Markup:
    """A piece of the frame, `parts/<name>.jinja2`; it may depend on nothing but site, language and day."""
    return _stencil(request, ("part", name), lambda: render(f"parts/{name}.jinja2", {}, request=request)).fill(own)


def stencil(
    request: Request, template: str, name: tuple[str, ...], own: dict[str, str], values: Callable[[], dict[str, Any]]
) -> Response | None:
    """The page of `template`, made once per path and `name`; `own` comes into its holes, the token by itself.

    `values` are made for everybody: of what is somebody's own they hold `hole(…)`, or `UNSEEN`. None when the page
    cannot be made so, or has a query, as people may have typed that.
    """
    if request.environ.get("QUERY_STRING"):
        return None
    try:
        found = _stencil(request, ("page", request.path, *name), lambda: render(template, values(), request=request))
    except Looked:
        return None
    if TOKEN in found.holes:
        own = {**own, TOKEN: get_csrf_token(request)}
    response: Response = request.response
    response.text = found.fill(own.__getitem__)
    return response


def _offer_parts(event: BeforeRender) -> None:
    request = event.get("request")
    event["hole"] = hole
    if request is not None:
        event["part"] = partial(_part, request)


def includeme(config: Configurator) -> None:
    """Parts for templates, stencils for views."""
    config.registry.stencils = PageCache(MOST_BYTES)
    config.add_request_method(stencil, "stencil")
    config.add_subscriber(_offer_parts, BeforeRender)
