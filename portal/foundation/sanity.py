"""Bytes that cannot be read are the sender's fault: they become a 400 before anything else looks at them."""

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPRequestURITooLong
from pyramid.request import Request
from pyramid.response import Response
from pyramid.tweens import EXCVIEW

#: Characters in a path with its query. Our longest honest link has about 400.
LONGEST_URL = 2_000
_CONTROLS = dict.fromkeys([*range(0x00, 0x20), 0x7F])


def _readable(request: Request) -> bool:
    """Whether path, query, form and cookies are text at all."""
    try:
        path = request.path_info
        for pairs in (request.GET, request.cookies):
            list(pairs.items())
        if request.method == "POST":
            list(request.POST.items())
    except (UnicodeDecodeError, ValueError, KeyError):
        return False
    return not any(ord(sign) in _CONTROLS for sign in path)


def sanity_tween_factory(handler: Callable[[Request], Response], registry: Any) -> Callable[[Request], Response]:
    """Answer 400 or 414 where the request is no text; hand on everything else untouched."""

    def sanity_tween(request: Request) -> Response:
        environ = request.environ
        if len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", "")) > LONGEST_URL:
            raise HTTPRequestURITooLong()
        if not _readable(request):
            request.environ["PATH_INFO"], request.environ["QUERY_STRING"] = "/", ""
            raise HTTPBadRequest()
        return handler(request)

    return sanity_tween


def includeme(config: Configurator) -> None:
    """Just inside the error pages, so that a refusal gets a friendly page too."""
    config.add_tween("portal.foundation.sanity.sanity_tween_factory", under=EXCVIEW)
