"""Bytes that cannot be read are the sender's fault: they become a 400 before anything else looks at them.

More than a form holds is a 413: only a route that says so takes more, see `uploads`.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPRequestEntityTooLarge, HTTPRequestURITooLong
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import EXCVIEW

from portal.foundation.uploads import MULTIPART, close_body_afterwards, largest_body, read_parts

#: Characters in a path with its query. Our longest honest link has about 400.
LONGEST_URL = 2_000
_CONTROLS = dict.fromkeys([*range(0x00, 0x20), 0x7F])


def _form_is_text(request: Request) -> bool:
    """WebOb reads a sign for bytes that are no text, so we look at the bytes; PostgreSQL holds no zero byte."""
    if request.content_type == "application/x-www-form-urlencoded":
        unquote_to_bytes(request.body).decode("utf-8")
    elif request.content_type == MULTIPART:
        read_parts(request)
    return not any("\0" in value for value in request.POST.values() if isinstance(value, str))


def _readable(request: Request) -> bool:
    """Whether path, query, form and cookies are text at all."""
    try:
        path = request.path_info
        for pairs in (request.GET, request.cookies):
            list(pairs.items())
        if request.method == "POST" and not _form_is_text(request):
            return False
    except (UnicodeDecodeError, ValueError, KeyError):
        return False
    return not any(ord(sign) in _CONTROLS for sign in path)


def sanity_tween_factory(handler: Callable[[Request], Response], registry: Any) -> Callable[[Request], Response]:
    """Answer 400, 413 or 414 where the request is no text or too much; hand on everything else untouched."""

    def sanity_tween(request: Request) -> Response:
        environ = request.environ
        if len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", "")) > LONGEST_URL:
            raise HTTPRequestURITooLong()
        close_body_afterwards(request)
        if request.content_length and request.content_length > largest_body(request):
            raise HTTPRequestEntityTooLarge()
        if not _readable(request):
            start = "/api/" if environ["PATH_INFO"].startswith("/api/") else "/"
            environ["PATH_INFO"], environ["QUERY_STRING"] = start, ""
            raise HTTPBadRequest()
        return handler(request)

    return sanity_tween


def includeme(config: Configurator) -> None:
    """Just inside the error pages, so that a refusal gets a friendly page too."""
    config.add_tween("portal.foundation.sanity.sanity_tween_factory", under=EXCVIEW)
