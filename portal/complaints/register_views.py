"""The figures about complaints, for everybody: a page, and the same as a file."""

from typing import Any

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.complaints.labels import ABOUT
from portal.complaints.register import register
from portal.foundation.clock import local_now, next_midnight, today
from portal.foundation.lib.hiding import Hidden
from portal.foundation.lib.yearly import Year, as_csv
from portal.foundation.security import Permission, PublicResource

_ = TranslationStringFactory("portal")
TABLES = (
    ("about", _("What they were about"), ABOUT),
    ("ended", _("How they ended"), [
        ("answered", _("We looked into it and sent our answer")),
        ("solved", _("Solved together")),
        ("not_handled", _("Not handled")),
        ("forwarded", _("Passed on to who can handle it")),
        ("running", _("Not finished yet")),
    ]),
    ("parts", _("What we found of each thing"), [
        ("founded", _("We said they are right")),
        ("partly", _("We said they are right in part")),
        ("unfounded", _("We said they are not right")),
        ("no_judgement", _("We could not say who is right")),
    ]),
    ("time", _("In time or late"), [("in_time", _("In time")), ("late", _("Too late"))]),
)  # fmt: skip


def _years(request: Request) -> list[Year]:
    """The figures; they are the same until the day is over."""
    request.page_true_until(next_midnight(local_now(request.clock)))
    least, kept = request.policies["aggregate_smallest_cell"].value, request.policies["retain_complaint"].span()
    return register(request.reader, today(request.clock), least, kept)


@view_config(
    route_name="complaints.register", renderer="complaints/register.jinja2", permission=Permission.READ,
    request_method="GET", kept=True,
)  # fmt: skip
def show_register(context: PublicResource, request: Request) -> dict[str, Any]:
    """Each year that is over: how many, about what, how they ended."""
    return {"years": _years(request), "tables": TABLES, "least": request.policies["aggregate_smallest_cell"].value,
            "first": today(request.clock).year, "Hidden": Hidden}  # fmt: skip


@view_config(route_name="complaints.register_file", permission=Permission.READ, request_method="GET", kept=True)
def show_register_file(context: PublicResource, request: Request) -> Response:
    """The same for programs."""
    return Response(as_csv(_years(request)), content_type="text/csv", charset="utf-8")


def includeme(config: Configurator) -> None:
    """The page and the file."""
    words = {"nl": "klachten-in-cijfers", "en": "complaints-in-figures"}
    public = "portal.foundation.security.PublicResource"
    config.add_localized_route("complaints.register", words, factory=public)
    config.add_route("complaints.register_file", "/klachten-in-cijfers.csv", factory=public)
    config.add_service("complaints-in-figures", "complaints.register")
    config.scan("portal.complaints.register_views")
