"""All parts of the screens on one page, in development only: to look at, and to check with tools."""

from typing import Any

import colander
import deform
from pyramid.authorization import Allow, Everyone
from pyramid.config import Configurator
from pyramid.request import Request

from portal.foundation.security import Nothing, Permission
from portal.ui.assets import STATIC


class Styleguide(Nothing):
    """The parts; open in development."""

    __acl__ = ((Allow, Everyone, Permission.STYLEGUIDE),)


class Sample(colander.Schema):
    """One of each widget; the words are Dutch, as only makers see this page."""

    short = colander.SchemaNode(
        colander.String(), oid="short", title="Hoe heet u?", description="Zoals wij u mogen noemen."
    )
    long = colander.SchemaNode(
        colander.String(), oid="long", title="Wat is er gebeurd?", missing="", widget=deform.widget.TextAreaWidget()
    )
    one = colander.SchemaNode(
        colander.String(), oid="one", title="Waar wilt u praten?",
        widget=deform.widget.RadioChoiceWidget(values=[("home", "Bij mij thuis"), ("team", "Bij het team")]),
    )  # fmt: skip
    yes = colander.SchemaNode(
        colander.Boolean(),
        oid="yes",
        title="Mag het?",
        widget=deform.widget.CheckboxWidget(label="Dat mag"),
        missing=False,
    )


def show_styleguide(context: Styleguide, request: Request) -> dict[str, Any]:
    """Every pictogram, colour, button, notice and widget."""
    icons = sorted(path.stem for path in (STATIC / "icons").glob("*.svg"))
    return {"icons": icons, "form": request.form(Sample(), "Stuur")}


def includeme(config: Configurator) -> None:
    """One route, outside the languages."""
    config.add_route("ui.styleguide", "/styleguide", factory=Styleguide)
    config.add_view(
        show_styleguide, route_name="ui.styleguide", renderer="ui/styleguide.jinja2", permission=Permission.STYLEGUIDE,
        request_method="GET",
    )  # fmt: skip
