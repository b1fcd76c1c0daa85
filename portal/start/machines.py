"""What machines ask: is it well, who may look, where is everything, whom to tell about a leak."""

from datetime import timedelta
from typing import Any
from xml.sax.saxutils import escape

from pyramid.authorization import Allow, Everyone
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPFound
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy.exc import DBAPIError

from portal.foundation.content_cache import ContentVersion
from portal.foundation.i18n import LOCALES
from portal.foundation.security import Nothing, Permission, PublicResource
from portal.pages.services import read_addresses
from portal.ui.assets import static_path

#: How long the address for reports of leaks is promised to hold (RFC 9116 asks for less than a year).
SECURITY_TXT_HOLDS = timedelta(days=180)


class Health(Nothing):
    """How the portal is doing; open, as it holds nothing of anybody."""

    __acl__ = ((Allow, Everyone, Permission.HEALTH),)


@view_config(route_name="start.health", renderer="json", permission=Permission.HEALTH, request_method="GET")
def show_health(context: Health, request: Request) -> dict[str, Any]:
    """Database and index of this site; 503 when one cannot be used."""
    try:
        database = request.reader.execute(ContentVersion.__table__.select().limit(1)).first() is not None
    except DBAPIError:
        database = False
    status = request.registry.indexes.of(request.site).status()
    well = database and status.healthy
    request.response.status_int = 200 if well else 503
    return {
        "ok": well, "site": request.site.key, "database": database,
        "index": {"healthy": status.healthy, "documents": status.count, "generation": status.generation},
    }  # fmt: skip


@view_config(route_name="start.robots", permission=Permission.READ, request_method="GET")
def show_robots(context: PublicResource, request: Request) -> Response:
    """Everything may be read but the answers to single questions."""
    sitemap = f"{request.site.base_url}/sitemap.xml"
    text = f"User-agent: *\nDisallow: /*?waar=\nDisallow: /*?q=\nDisallow: /api/\nSitemap: {sitemap}\n"
    return Response(text, content_type="text/plain", charset="utf-8", cache_control="max-age=86400")


@view_config(route_name="start.security", permission=Permission.READ, request_method="GET")
def show_security(context: PublicResource, request: Request) -> Response:
    """Whom to tell about a leak (RFC 9116)."""
    site = request.site
    until = (request.clock.now() + SECURITY_TXT_HOLDS).strftime("%Y-%m-%dT00:00:00Z")
    text = (
        f"Contact: mailto:{site.profile.contact['email']}\nExpires: {until}\nPreferred-Languages: nl, en\n"
        f"Canonical: {site.base_url}/.well-known/security.txt\n"
    )
    return Response(text, content_type="text/plain", charset="utf-8", cache_control="max-age=86400")


@view_config(route_name="start.sitemap", permission=Permission.READ, request_method="GET")
def show_sitemap(context: PublicResource, request: Request) -> Response:
    """All pages in the languages they are really in."""
    addresses = request.kept.get("pages.addresses", read_addresses)
    paths = [f"/{LOCALES[code].segment}/" for code in request.site.profile.locales]
    paths += [
        request.route_path("pages.page", locale=LOCALES[code].segment, slug=slug)
        for texts in addresses.values()
        for code, (slug, _title) in texts.items()
        if code in request.site.profile.locales
    ]
    urls = "".join(f"<url><loc>{escape(request.site.base_url + path)}</loc></url>" for path in paths)
    xml = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    return Response(xml, content_type="application/xml", charset="utf-8", cache_control="max-age=3600")


@view_config(route_name="start.favicon", permission=Permission.READ, request_method="GET")
def show_favicon(context: PublicResource, request: Request) -> Response:
    """Old browsers ask here; the mark is elsewhere."""
    return HTTPFound(static_path(request, "favicon.svg"))


def includeme(config: Configurator) -> None:
    """Addresses that the outside world has agreed on."""
    public = "portal.foundation.security.PublicResource"
    config.add_route("start.health", "/gezondheid", factory="portal.start.machines.Health")
    config.add_route("start.robots", "/robots.txt", factory=public)
    config.add_route("start.security", "/.well-known/security.txt", factory=public)
    config.add_route("start.sitemap", "/sitemap.xml", factory=public)
    config.add_route("start.favicon", "/favicon.ico", factory=public)
    config.scan("portal.start.machines")
