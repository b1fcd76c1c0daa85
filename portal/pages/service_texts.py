"""The text an editor wrote for a service screen (find your team, the social map), shown below its question."""

from markupsafe import Markup
from pyramid.renderers import render
from pyramid.request import Request

from portal.foundation.i18n import SOURCE
from portal.pages.services import PageReader, PageView


def service_text(request: Request, service: str) -> Markup:
    """Fills the slot named after a service; empty when there is no text for it. Read once per content version."""

    def read(connection: object) -> PageView | None:
        return PageReader(connection, request.locale).by_service(service)  # type: ignore[arg-type]

    view = request.kept.get(("pages.service", service, request.locale.code), read)
    if view is None:
        return Markup("")
    in_dutch_only = view.locale is SOURCE and not request.locale.dutch
    values = {"page": view.page, "text": view.text, "text_locale": view.locale, "in_dutch_only": in_dutch_only}
    return Markup(render("pages/service_text.jinja2", values, request=request))
