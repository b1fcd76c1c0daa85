"""Links by meaning: `page:klacht`, `service:find-team`, `phone:central`. Content and templates name what, not where.

A domain registers a scheme; `request.link("page:klacht")` gives the path in the reader's language.
"""

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request

#: Gives the address of a target for this reader, or None when there is no such thing.
Resolver = Callable[[Request, str], str | None]


def add_link_scheme(config: Configurator, scheme: str, resolver: Resolver) -> None:
    """Directive: who knows the addresses behind `scheme:`."""
    config.registry.link_schemes[scheme] = resolver


def add_service(config: Configurator, name: str, route: str) -> None:
    """Directive: `service:name` leads to a route."""
    config.registry.service_routes[name] = route


def _link(request: Request, target: str) -> str | None:
    scheme, _, rest = target.partition(":")
    if scheme in {"http", "https", "tel", "mailto"}:
        return target
    resolver = request.registry.link_schemes.get(scheme)
    return resolver(request, rest) if resolver else None


def _service(request: Request, target: str) -> str | None:
    name, _, query = target.partition("?")
    route: Any = request.registry.service_routes.get(name)
    if route is None:
        return None
    path: str = request.route_path(route)
    return f"{path}?{query}" if query else path


def _phone(request: Request, target: str) -> str | None:
    return f"tel:{request.site.profile.contact['phone_link']}" if target == "central" else None


def includeme(config: Configurator) -> None:
    """Open the register."""
    config.registry.link_schemes = {"service": _service, "phone": _phone}
    config.registry.service_routes = {}
    config.add_directive("add_link_scheme", add_link_scheme, action_wrap=False)
    config.add_directive("add_service", add_service, action_wrap=False)
    config.add_request_method(_link, "link")
