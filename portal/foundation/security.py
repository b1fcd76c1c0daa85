"""Who may do what. The default is: nobody.

Each view names a permission; each resource says in `__acl__` who has it. A view that forgets answers 403, and
`tests/house/test_permissions.py` names it.
"""

from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from pyramid.authorization import ACLHelper, Allow, Everyone
from pyramid.config import Configurator
from pyramid.request import Request


class Permission(StrEnum):
    """Every permission there is, as `resource:action`."""

    #: Read what is published for everybody.
    READ = "public:read"
    #: Leave a reaction without saying who one is.
    REACT = "reaction:send"
    #: Say that a search did not help, without saying who one is.
    SEARCH_REMARK = "search:remark"
    #: Look at the portal's health; holds no personal data.
    HEALTH = "health:read"
    #: Look at the parts of the screens, in development only.
    STYLEGUIDE = "styleguide:read"
    #: The default of a view that named none. Nobody ever gets it.
    NOBODY = "nobody:nothing"


class Nothing:
    """The context of a route that named none: nobody may do anything."""

    __acl__: tuple[Any, ...] = ()

    def __init__(self, request: Request) -> None:
        self.request = request


class PublicResource(Nothing):
    """Something everybody may read."""

    __acl__: tuple[Any, ...] = ((Allow, Everyone, Permission.READ),)


class SecurityPolicy:
    """Nobody signs in yet; the access control lists decide for everyone alike."""

    def __init__(self) -> None:
        self._acl = ACLHelper()

    def identity(self, request: Request) -> None:
        """Who asks: an anonymous visitor."""

    def authenticated_userid(self, request: Request) -> None:
        """Reading asks no name."""

    def permits(self, request: Request, context: Any, permission: str) -> Any:
        """Whether `permission` is granted on `context`."""
        return self._acl.permits(context, (Everyone,), permission)

    def remember(self, request: Request, userid: str, **kw: Any) -> list[tuple[str, str]]:
        """No headers: there is nothing to remember."""
        return []

    def forget(self, request: Request, **kw: Any) -> list[tuple[str, str]]:
        """No headers: there is nothing to forget."""
        return []


def _comes_from_us(request: Request) -> bool:
    """Whether a form was sent from a page of this site, as far as the browser says; for forms without a token."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return bool(site == "same-origin")
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(said).netloc == request.host


def includeme(config: Configurator) -> None:
    """Close every door; resources open them one by one."""
    config.set_security_policy(SecurityPolicy())
    config.set_default_permission(Permission.NOBODY)
    config.set_root_factory(Nothing)
    config.add_request_method(_comes_from_us, "comes_from_us")
