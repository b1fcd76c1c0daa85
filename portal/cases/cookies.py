"""Our cookies, set only when somebody fills in a form or follows a request; none says anything by itself."""

from datetime import timedelta
from typing import Any

from pyramid.request import Request
from pyramid.response import Response

DRAFT, VISIT = "draft", "visit"
#: A draft that staff write for somebody: apart from what they ask for themselves in the same browser.
DESK_DRAFT = "desk-draft"


def _name(request: Request, name: str) -> str:
    return f"__Host-{name}" if request.registry.portal.secure else name


def read(request: Request, name: str) -> str | None:
    """The value of one of our cookies."""
    value: str | None = request.cookies.get(_name(request, name))
    return value if value and len(value) <= 100 else None


def keep(request: Request, response: Response, name: str, value: str, lasts: timedelta) -> Any:
    """Set one of our cookies: out of reach of scripts, and not sent along from other sites."""
    response.set_cookie(
        _name(request, name), value, max_age=lasts, httponly=True, samesite="Lax", path="/",
        secure=request.registry.portal.secure,
    )  # fmt: skip
    return response


def drop(request: Request, response: Response, name: str) -> Any:
    """Take one of our cookies away."""
    # not `delete_cookie`: without Secure a browser ignores what is said of a cookie whose name begins with __Host-
    response.set_cookie(
        _name(request, name), "", max_age=0, httponly=True, samesite="Lax", path="/",
        secure=request.registry.portal.secure,
    )  # fmt: skip
    return response
