"""The front door: two questions, five tasks, two doors for helpers. Composes what the domains below offer.

`/` asks the browser once which language it likes and leads on; nothing is remembered.
"""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """The start page in each language, and the address without one."""
    config.add_route("start.choose", "/", factory="portal.foundation.security.PublicResource")
    config.add_localized_route("start.start", tail="/", factory="portal.foundation.security.PublicResource")
    config.add_jinja2_search_path("portal.start:templates")
    config.scan("portal.start.views")
    config.include("portal.start.machines")
