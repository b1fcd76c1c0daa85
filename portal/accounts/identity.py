"""Who asks: the cookie of a request, looked up. The only place that knows the cookie."""

import logging
import re
from functools import partial
from typing import Any

from pyramid.csrf import new_csrf_token
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy.exc import DBAPIError

from portal.accounts.keys import Keys
from portal.accounts.reading import AccountReader
from portal.accounts.rules import network_of
from portal.accounts.sessions import HALF, HalfWay, StaffIdentity, StaffSessions
from portal.accounts.sign_in import SignIn
from portal.foundation.clock import today
from portal.foundation.db import writing

log = logging.getLogger(__name__)

#: The first word of every address of the staff, and the languages it is there in.
WORD = {"nl": "werk", "en": "staff"}
LOCALES_OF_STAFF = ("nl", "en")
#: Browsers forget everything of ours when one goes out: the back button shows nothing.
CLEAR_ALL = '"cache", "cookies", "storage"'
_LONGEST_TOKEN = 100
#: A room of ours, as a path: what a cookie says is led to only when it is one.
_OWN_ROOM = re.compile(r"/(?:nl/werk|en/staff)(?:/[A-Za-z0-9_-]{1,60}){0,5}")


def _cookie(request: Request) -> str:
    return "__Host-staff" if request.registry.portal.secure else "staff"


def token_of(request: Request) -> str | None:
    """What the cookie holds."""
    token = request.cookies.get(_cookie(request))
    return token if token and len(token) <= _LONGEST_TOKEN else None


def who_asks(request: Request) -> StaffIdentity | None:
    """The identity provider: one question to the database, and once a minute a line that says one was seen."""
    token = token_of(request)
    if token is None:
        return None
    sessions = _sessions(request, request.reader)
    identity = sessions.who(token)
    if identity is not None and sessions.wants_to_be_seen(identity):
        try:
            with writing(request.site.engine) as session:
                _sessions(request, session).seen(identity)
        except DBAPIError as fault:  # reading goes on; at worst one is out a minute early
            log.warning("a session was not marked as seen: %s", type(fault.orig).__name__)
    return identity


def half_way(request: Request) -> HalfWay | None:
    """Who is between password and code."""
    token = token_of(request)
    return None if token is None else _sessions(request, request.reader).half_way(token)


def _sessions(request: Request, db: Any) -> StaffSessions:
    return StaffSessions(db, request.clock.now(), today(request.clock))


def keys(request: Request) -> Keys:
    """What follows from the portal's key, for this site."""
    return Keys(request.registry.portal.secrets, request.site.key)


def network(request: Request) -> str:
    """Where somebody knocks from. Never from a header that a browser may write."""
    return network_of(request.remote_addr)


def sign_in(request: Request) -> SignIn:
    """The door of this site."""
    now, day = request.clock.now(), today(request.clock)
    return SignIn(partial(writing, request.site.engine), keys(request), now, day, network(request))


def reader(request: Request) -> AccountReader:
    """Reads accounts."""
    return AccountReader(request.reader, request.clock.now(), today(request.clock))


def let_in(request: Request, response: Response, token: str) -> Response:
    """Give the browser its cookie. The token of forms is new too: one from before cannot be used now."""
    _set(request, response, token)
    new_csrf_token(request)
    return response


def _set(request: Request, response: Response, token: str, max_age: int | None = None) -> None:
    secure = request.registry.portal.secure
    response.set_cookie(_cookie(request), token, max_age, path="/", httponly=True, samesite="Lax", secure=secure)


def let_out(request: Request, response: Response) -> Response:
    """Take the cookie back, and all that the browser kept."""
    _set(request, response, "", max_age=0)  # with all that __Host- asks, or browsers do not let go of it
    response.headers["Clear-Site-Data"] = CLEAR_ALL
    return response


def lead_to(request: Request, route: str, **query: str) -> HTTPSeeOther:
    """The way to another room of the staff."""
    return HTTPSeeOther(request.route_path(f"accounts.{route}", _query=query))


def _wanted_cookie(request: Request) -> str:
    return "__Host-staff-wanted" if request.registry.portal.secure else "staff-wanted"


def remember_wanted(request: Request, response: Response) -> Response:
    """Keep which room somebody wanted to enter until they are signed in; a minute longer than that takes at most."""
    if _OWN_ROOM.fullmatch(request.path):
        response.set_cookie(
            _wanted_cookie(request), request.path, max_age=HALF, path="/", httponly=True, samesite="Lax",
            secure=request.registry.portal.secure,
        )  # fmt: skip
    return response


def lead_inside(request: Request) -> Response:
    """To the room that somebody wanted to enter before they were signed in; else to where a day begins."""
    wanted = request.cookies.get(_wanted_cookie(request), "")
    response = HTTPSeeOther(wanted if _OWN_ROOM.fullmatch(wanted) else request.staff_home)
    if wanted:
        response.set_cookie(
            _wanted_cookie(request), "", max_age=0, path="/", httponly=True, samesite="Lax",
            secure=request.registry.portal.secure,
        )  # fmt: skip
    return response
