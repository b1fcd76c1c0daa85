"""The one place that composes the portal: which packages, in which order. Imported by nobody."""

from contextlib import suppress
from ctypes import CDLL
from linecache import clearcache
from typing import Any

from pyramid.config import Configurator
from pyramid.router import Router

from portal.foundation.settings import read_settings

#: The number by which glibc knows “at most so many heaps” (malloc.h).
_HEAPS = -8


def main(global_config: Any = None, **settings: Any) -> Router:
    """The WSGI application. Raises `SettingsError` when the settings cannot be used."""
    _share_one_heap()
    app = configure(settings).make_wsgi_app()
    clearcache()  # Pyramid reads the source of every module that configures something, for its messages
    return app


def configure(settings: dict[str, Any]) -> Configurator:
    """Everything but the application: for the command line and for tests that look inside."""
    config = Configurator(settings=settings)
    config.registry.portal = read_settings(settings)
    config.include("portal.foundation")
    config.include("portal.ui")
    config.include("portal.messaging")
    config.include("portal.accounts")
    config.include("portal.start")
    config.include("portal.teams")
    config.include("portal.cases")
    config.include("portal.attachments")
    config.include("portal.cleaning")
    config.include("portal.bookings")
    config.include("portal.conversations")
    config.include("portal.complaints")
    config.include("portal.privacy")
    config.include("portal.worries")
    config.include("portal.opinions")
    config.include("portal.ways")
    config.include("portal.backoffice")
    config.include("portal.social_map")
    config.include("portal.pages")
    config.include("portal.editing")
    config.include("portal.sitesearch")
    config.include("portal.pages.last_route")
    config.commit()
    return config


def _share_one_heap() -> None:
    """A heap per thread, as glibc gives, costs 13 MiB; Python's threads take turns, so it gains them nothing."""
    with suppress(AttributeError, OSError):  # another C library
        CDLL(None).mallopt(_HEAPS, 1)
