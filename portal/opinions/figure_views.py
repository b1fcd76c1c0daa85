"""The figures about second opinions, for everybody: a page, and the same as a file."""

from typing import Any

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.foundation.clock import local_now, next_midnight, today
from portal.foundation.lib.hiding import Hidden
from portal.foundation.lib.yearly import Year, as_csv
from portal.foundation.security import Permission, PublicResource
from portal.opinions.figures import figures
from portal.opinions.labels import RIGHT_PLAN

_ = TranslationStringFactory("portal")
TABLES = (
    ("ended", _("How they ended"), [
        ("plan_stays", _("They agree with the plan as it was")),
        ("plan_changed", _("They agree with a changed plan")),
        ("another_way", _("Another way suits them")),
        ("not_content", _("They are not content")),
        ("answered", _("The opinion is there, not finished yet")),
        ("running", _("No opinion yet")),
    ]),
    ("said", _("What the experts said"), list(RIGHT_PLAN.items())),
    ("time", _("The opinion: in time or late"), [("in_time", _("In time")), ("late", _("Too late"))]),
    ("experts", _("Why we looked for another expert"), [
        ("refused", _("Who asked would like another expert")),
        ("stopped", _("The expert could not do it, or stopped")),
    ]),
)  # fmt: skip


def _years(request: Request) -> list[Year]:
    """The figures; they are the same until the day is over."""
    request.page_true_until(next_midnight(local_now(request.clock)))
    return figures(request.reader, today(request.clock), request.policies["aggregate_smallest_cell"].value)


@view_config(
    route_name="opinions.figures", renderer="opinions/figures.jinja2", permission=Permission.READ,
    request_method="GET", kept=True,
)  # fmt: skip
def show_figures(context: PublicResource, request: Request) -> dict[str, Any]:
    """Each year that is over: how many, how they ended, what the experts said."""
    return {"years": _years(request), "tables": TABLES, "least": request.policies["aggregate_smallest_cell"].value,
            "first": today(request.clock).year, "Hidden": Hidden}  # fmt: skip


@view_config(route_name="opinions.figures_file", permission=Permission.READ, request_method="GET", kept=True)
def show_figures_file(context: PublicResource, request: Request) -> Response:
    """The same for programs."""
    return Response(as_csv(_years(request)), content_type="text/csv", charset="utf-8")


def includeme(config: Configurator) -> None:
    """The page and the file."""
    words = {"nl": "second-opinions-in-cijfers", "en": "second-opinions-in-figures"}
    public = "portal.foundation.security.PublicResource"
    config.add_localized_route("opinions.figures", words, factory=public)
    config.add_route("opinions.figures_file", "/second-opinions-in-cijfers.csv", factory=public)
    config.add_service("second-opinions-in-figures", "opinions.figures")
    config.scan("portal.opinions.figure_views")
