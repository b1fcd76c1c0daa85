"""The postbox on screen, in development only: what would have been sent."""

from typing import Any

from pyramid.request import Request
from pyramid.view import view_config

from portal.foundation.clock import LOCAL
from portal.foundation.i18n import LOCALES
from portal.foundation.security import Permission
from portal.messaging import labels
from portal.messaging.resources import Postbox
from portal.messaging.services import newest

#: More than anybody reads.
MOST = 200


@view_config(
    route_name="messaging.postbox", renderer="messaging/postbox.jinja2", permission=Permission.POSTBOX_READ,
    request_method="GET",
)  # fmt: skip
def show_postbox(context: Postbox, request: Request) -> dict[str, Any]:
    """The newest messages and their text."""
    messages = [
        {"row": row, "locale": LOCALES[row.locale], "written": row.created_at.astimezone(LOCAL)}
        for row in newest(request.reader, MOST)
    ]
    return {"messages": messages, "labels": labels}
