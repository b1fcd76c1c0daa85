"""Write down a request for somebody who calls, comes by or writes: every form there is, with one question more."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from portal.cases.resources import Inbox
from portal.foundation.security import Permission


@view_config(
    route_name="desk.enter", renderer="backoffice/enter.jinja2", permission=Permission.CASE_LIST, request_method="GET"
)
def show_enter(context: Inbox, request: Request) -> dict[str, Any]:
    """Which form."""
    return {"doors": request.registry.desk_forms}
