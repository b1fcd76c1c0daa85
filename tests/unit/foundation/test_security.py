"""Who may do what: lists decide, and who asks is looked up only where that matters."""

import pytest
from pyramid.authorization import Allow
from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationConflictError, ConfigurationError
from pyramid.request import Request
from webtest import TestApp

from portal.app import configure
from portal.foundation.page_cache import kept_view
from portal.foundation.security import Identity, Nothing, Permission, PublicResource, SecurityPolicy, includeme


class Room(PublicResource):
    """Open to read; only people of Holtenbroek come in."""

    __acl__ = (*PublicResource.__acl__, (Allow, "role:team_worker:holtenbroek", Permission.STAFF_ENTER))


class Registry:
    """What the policy looks at."""

    def __init__(self, identity):
        self.looked = 0
        self.identity = identity

    def identity_provider(self, request):
        self.looked += 1
        return self.identity


def asked(*principals):
    request = Request.blank("/")
    request.registry = Registry(Identity("staff:1", frozenset(principals)) if principals else None)
    return request


def test_what_everybody_may_asks_for_nobodys_name():
    request, policy = asked("staff:1"), SecurityPolicy()
    assert policy.permits(request, Room(request), Permission.READ)
    assert request.registry.looked == 0
    assert "portal.personal" not in request.environ


def test_what_nobody_may_asks_for_nobodys_name_either():
    request, policy = asked("staff:1"), SecurityPolicy()
    assert not policy.permits(request, Room(request), Permission.NOBODY)
    assert not policy.permits(request, Nothing(request), Permission.STAFF_ENTER)
    assert request.registry.looked == 0


@pytest.mark.parametrize(
    ("principals", "allowed"),
    [
        (("role:team_worker", "role:team_worker:holtenbroek"), True),
        (("role:team_worker", "role:team_worker:assendorp"), False),
        (("role:administrator",), False),
        ((), False),
    ],
)
def test_a_role_opens_what_names_it_and_nothing_beside_it(principals, allowed):
    request, policy = asked(*principals), SecurityPolicy()
    assert bool(policy.permits(request, Room(request), Permission.STAFF_ENTER)) == allowed


def test_who_asks_is_looked_up_once_a_request_and_makes_the_answer_theirs():
    request, policy = asked("role:team_worker:holtenbroek"), SecurityPolicy()
    for _ in range(3):
        policy.permits(request, Room(request), Permission.STAFF_ENTER)
    assert policy.authenticated_userid(request) == "staff:1"
    assert policy.identity(request).principals == {"role:team_worker:holtenbroek"}
    assert request.registry.looked == 1
    assert request.environ["portal.personal"]


def test_without_anybody_who_knows_everybody_is_a_visitor():
    request, policy = Request.blank("/"), SecurityPolicy()
    request.registry = object()
    assert policy.identity(request) is None
    assert policy.authenticated_userid(request) is None
    assert policy.permits(request, Room(request), Permission.READ)


def test_two_cannot_both_say_who_asks():
    config = Configurator()
    includeme(config)

    def room(name):
        def include(config):
            config.set_identity_provider(lambda request: None)

        include.__name__ = include.__qualname__ = name
        return include

    config.include(room("one"))
    config.include(room("two"))
    with pytest.raises(ConfigurationConflictError):
        config.commit()


def test_a_page_that_asks_more_than_reading_cannot_be_kept():
    class Info:
        options = {"kept": True, "permission": Permission.STAFF_ENTER}  # noqa: RUF012

    with pytest.raises(ConfigurationError):
        kept_view(lambda context, request: None, Info())


def test_a_page_for_which_somebody_was_looked_up_is_not_kept_even_when_its_view_says_so(config, settings, tmp_path):
    another = configure({**settings, "site.zwolle.index": str(tmp_path / "zwolle")})
    shown = []

    def show(context, request):
        shown.append(request.identity)
        request.response.text = "x" * 600
        return request.response

    for name, look in (("seen", show), ("plain", lambda context, request: another_page(request, shown))):
        another.add_route(name, f"/{name}", factory=PublicResource)
        another.add_view(look, route_name=name, permission=Permission.READ, request_method="GET", kept=True)
    web = TestApp(another.make_wsgi_app(), extra_environ={"HTTP_HOST": "zwolle.test"})
    for _ in range(2):
        assert web.get("/seen").headers["Cache-Control"] == "no-store"
    assert len(shown) == 2
    for _ in range(2):
        assert "ETag" in web.get("/plain").headers
    assert len(shown) == 3
    for site in another.registry.sites:
        site.engine.dispose()


def another_page(request, shown):
    shown.append(None)
    request.response.text = "x" * 600
    return request.response
