"""The one place that composes the portal: which packages, in which order. Imported by nobody."""

from typing import Any

from pyramid.config import Configurator
from pyramid.router import Router

from portal.foundation.settings import read_settings


def main(global_config: Any = None, **settings: Any) -> Router:
    """The WSGI application. Raises `SettingsError` when the settings cannot be used."""
    return configure(settings).make_wsgi_app()


def configure(settings: dict[str, Any]) -> Configurator:
    """Everything but the application: for the command line and for tests that look inside."""
    config = Configurator(settings=settings)
    config.registry.portal = read_settings(settings)
    config.include("portal.foundation")
    config.include("portal.ui")
    config.include("portal.start")
    config.include("portal.teams")
    config.include("portal.social_map")
    config.include("portal.pages")
    config.include("portal.sitesearch")
    config.include("portal.pages.last_route")
    config.commit()
    return config
