"""“Exit this page”: away at once from a page that nobody else should see, without a script.

A view of such a page calls `request.offer_exit()`. Then the frame shows a link that stays in view, the first stop after
the skip link. It leads to `/weg`, and that leads on (303) to a page about something else: the weather, or what
`exit_to` in `site.yaml` says. The reader opens that page, ours asks nothing of it, and it is told nothing: no referrer,
and the address in between says nothing either. With a script “back” does not lead here again.

What it cannot do is said on the page: the history of the device stays. The browser is asked to keep no copy of the page
(`no-store`). `Clear-Site-Data: "cache"` is not sent on purpose: Chromium takes seconds for it before it goes on, and
whoever leaves has none; of these pages there is nothing in the cache to take away.
"""

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request

from portal.foundation.security import Permission, PublicResource

#: Whoever reads it may tell others nothing of where they were.
TELL_NOBODY = {"Referrer-Policy": "no-referrer"}
_OFFERED = "portal.exit"


def offer_exit(request: Request) -> None:
    """Put the way out on the page that is being made; browsers keep no copy of it and tell nobody of it."""
    request.environ[_OFFERED] = True
    request.response.headers.update(TELL_NOBODY)
    request.page_not_stored()


def exit_offered(request: Request) -> bool:
    """Whether the page being made has the way out."""
    return bool(request.environ.get(_OFFERED))


def leave(context: PublicResource, request: Request) -> HTTPSeeOther:
    """On to a page about something else."""
    return HTTPSeeOther(request.site.profile.exit_to, headers=TELL_NOBODY)


def includeme(config: Configurator) -> None:
    """One address, outside the languages: it says nothing of what one read."""
    config.add_request_method(offer_exit, "offer_exit")
    config.add_route("ui.exit", "/weg", factory=PublicResource)
    config.add_view(leave, route_name="ui.exit", permission=Permission.READ, request_method="GET")
