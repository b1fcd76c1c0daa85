"""On the page of a request: the way to what is kept about it and to who looked, for who gave the code."""

from markupsafe import Markup
from pyramid.renderers import render
from pyramid.request import Request

from portal.cases import cookies
from portal.cases.tracking import TrackDesk


def fill(request: Request, name: str) -> Markup:
    """Slot filler."""
    if name != "case-own":
        return Markup("")
    visit = TrackDesk(request.looking, request.clock.now()).current(cookies.read(request, cookies.VISIT))
    if visit is None or not visit.full:
        return Markup("")
    return Markup(render("privacy/own.jinja2", {}, request=request))
