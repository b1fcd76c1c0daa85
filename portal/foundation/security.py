"""Who may do what. The default is: nobody.

Each view names a permission; each resource says in `__acl__` who has it. A view that forgets answers 403, and
`tests/house/test_permissions.py` names it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from pyramid.authorization import ACLHelper, Allow, Everyone
from pyramid.config import Configurator
from pyramid.request import Request, RequestLocalCache


class Permission(StrEnum):
    """Every permission there is, as `resource:action`."""

    #: Read what is published for everybody.
    READ = "public:read"
    #: Leave a reaction without saying who one is.
    REACT = "reaction:send"
    #: Say that a search did not help, without saying who one is.
    SEARCH_REMARK = "search:remark"
    #: Fill in a form and send a request; whoever one is.
    ASK = "case:ask"
    #: Follow a request with a key that opens it; the key is looked at by the service.
    FOLLOW = "case:follow"
    #: Look at the portal's health; holds no personal data.
    HEALTH = "health:read"
    #: Look at the parts of the screens, in development only.
    STYLEGUIDE = "styleguide:read"
    #: Look at every message the portal wrote, in development only.
    POSTBOX_READ = "postbox:read"
    #: Knock at the door of the staff: e-mail and password, code, invitation, and going out again.
    STAFF_KNOCK = "staff:knock"
    #: Come into the rooms of the staff; opens nobody's data.
    STAFF_ENTER = "staff:enter"
    #: Change something of one's own account.
    STAFF_OWN = "staff:own"
    #: See the list of the requests of one's teams, and look for one in it.
    CASE_LIST = "case:list"
    #: Save a view on that list, and throw it away again.
    CASE_LIST_KEEP = "case:list-keep"
    #: Take the list out of the portal; a reason is asked and written down.
    CASE_EXPORT = "case:export"
    #: Write down a request for somebody who calls or comes by.
    CASE_ENTER = "case:enter"
    #: Open a request; it is written down who did.
    CASE_READ = "case:read"
    #: Do something with a request: take it, answer it, give it away, take a step.
    CASE_HANDLE = "case:handle"
    #: Look at a diary: one's own, or that of who works in a team that one leads.
    DIARY_READ = "diary:read"
    #: Keep hours, leave and closures in a diary.
    DIARY_KEEP = "diary:keep"
    #: Make the secret address at which one's own calendar reads one's diary, and take it away.
    DIARY_FEED = "diary:feed"
    #: Look at who judges plans, with how to reach them.
    POOL_READ = "pool:read"
    #: Add, change and end who judges plans.
    POOL_KEEP = "pool:keep"
    #: Look at pages as their writers see them: what is open, what was, what is behind.
    PAGE_READ = "page:read"
    #: Write in a text, hand it to a publisher, say that a translation is good.
    PAGE_WRITE = "page:write"
    #: Make pages, hang them elsewhere, keep their facts, take them away.
    PAGE_ARRANGE = "page:arrange"
    #: Put texts on show, now or at a moment; send them back; take them away.
    PAGE_PUBLISH = "page:publish"
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


@dataclass(frozen=True)
class Identity:
    """Who asks, as far as somebody signed in: `principals` are the names that access control lists speak of."""

    userid: str
    principals: frozenset[str]


#: Says who asks; None for a visitor. One question to the database at most.
IdentityProvider = Callable[[Request], Identity | None]


class SecurityPolicy:
    """The access control lists decide. Who asks is looked up only where what everybody may is not enough.

    So reading takes no look at a cookie; lists may therefore never deny somebody what they allow to everybody. An
    answer for which somebody was looked up is theirs: it is kept by nobody (`portal.personal`, see `page_cache`).
    """

    def __init__(self) -> None:
        self._acl = ACLHelper()
        self._known = RequestLocalCache(self._look_up)

    def _look_up(self, request: Request) -> Identity | None:
        provider: IdentityProvider | None = getattr(request.registry, "identity_provider", None)
        if provider is None:
            return None
        request.environ["portal.personal"] = True
        return provider(request)

    def identity(self, request: Request) -> Identity | None:
        """Who asks; None for a visitor."""
        return self._known.get_or_create(request)

    def authenticated_userid(self, request: Request) -> str | None:
        """Their name among the principals."""
        identity = self.identity(request)
        return identity.userid if identity else None

    def permits(self, request: Request, context: Any, permission: str) -> Any:
        """Whether `permission` is granted on `context`."""
        allowed = self._acl.permits(context, (Everyone,), permission)
        if allowed or not self._names_somebody(context, permission):
            return allowed
        identity = self.identity(request)
        return self._acl.permits(context, (Everyone, *identity.principals), permission) if identity else allowed

    def _names_somebody(self, context: Any, permission: str) -> bool:
        """Whether anybody at all may; else there is no need to ask who it is."""
        return any(entry[2] == permission for entry in getattr(context, "__acl__", ()))

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
    try:
        return urlsplit(said).netloc == request.host
    except ValueError:  # no address at all
        return False


def set_identity_provider(config: Configurator, provider: IdentityProvider) -> None:
    """Directive: who says who asks. There is one; two would clash."""
    config.action("identity provider", lambda: setattr(config.registry, "identity_provider", provider))


def includeme(config: Configurator) -> None:
    """Close every door; resources open them one by one."""
    config.add_directive("set_identity_provider", set_identity_provider)
    config.set_security_policy(SecurityPolicy())
    config.set_default_permission(Permission.NOBODY)
    config.set_root_factory(Nothing)
    config.add_request_method(_comes_from_us, "comes_from_us")
