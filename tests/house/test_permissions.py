"""Each view names its permission; the default is "nobody"."""

from typing import Any

import pytest
from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from webtest import TestApp

from portal.app import configure
from portal.foundation.security import Nothing, Permission, SecurityPolicy

#: Open to all without a permission: what is shown when something is wrong.
OPEN = {
    "pyramid.httpexceptions.default_exceptionresponse_view",
    "portal.ui.errors.show_http_error",
    "portal.ui.errors.show_not_found",
    "portal.ui.errors.show_expired_form",
    "portal.ui.errors.show_database_away",
    "portal.ui.errors.show_broken",
    "portal.sitesearch.api.say_what_is_wrong",
    "portal.accounts.refusals.show_forbidden",
    "portal.accounts.refusals.ask_again",
    "portal.backoffice.case_views.keep_what_was_typed",
}
#: Files only; Pyramid gives their view no method to name. It writes nothing.
FILES = "pyramid.static.static_view"


def name_of(view: Any) -> str:
    named = view["callable"] if hasattr(view["callable"], "__qualname__") else type(view["callable"])
    return f"{named.__module__}.{named.__qualname__}"


def permission_of(item: dict[str, Any]) -> Any:
    found = [one["value"] for one in item["related"] if one.category_name == "permissions"]
    return found[0] if found else NO_PERMISSION_REQUIRED


@pytest.fixture
def views(registry):
    """Every view as (name, permission, methods); no methods means all of them."""
    found = []
    for item in registry.introspector.get_category("views"):
        methods = item["introspectable"]["request_methods"] or ()
        methods = (methods,) if isinstance(methods, str) else tuple(methods)
        found.append((name_of(item["introspectable"]), permission_of(item), methods))
    return found


@pytest.fixture
def factories(registry):
    """The resource behind each route."""
    return {
        item["introspectable"]["factory"]
        for item in registry.introspector.get_category("routes")
        if item["introspectable"]["factory"] is not None
    }


def test_every_view_names_a_permission_or_is_on_the_list_of_open_ones(views):
    assert {name for name, permission, _methods in views if not isinstance(permission, Permission)} == OPEN


def test_no_view_is_left_at_the_default(views):
    assert [name for name, permission, _methods in views if permission == Permission.NOBODY] == []


def test_every_permission_is_asked_for_somewhere(views):
    assert {permission for _name, permission, _methods in views if isinstance(permission, Permission)} == set(
        Permission
    ) - {Permission.NOBODY}


def test_a_view_that_changes_something_never_asks_the_permission_to_read(views):
    reading = {name for name, permission, methods in views if permission == Permission.READ and "POST" in methods}
    assert reading == set()


@pytest.mark.parametrize("only_reads", [Permission.READ, Permission.STAFF_ENTER])
def test_a_way_in_is_no_leave_to_change_something(views, only_reads):
    changing = {
        name for name, permission, methods in views if permission == only_reads and set(methods) - {"GET", "HEAD"}
    }
    assert changing == set()


def test_a_view_that_only_reads_takes_no_other_method(views):
    everything = {name for name, permission, methods in views if permission == Permission.READ and not methods}
    assert everything == {FILES}


def test_nobody_has_what_nobody_has(factories):
    policy = SecurityPolicy()
    assert len(factories) > 8
    for factory in factories:
        request = Request.blank("/")
        assert issubclass(factory, Nothing)
        assert not policy.permits(request, factory(request), Permission.NOBODY), factory


def test_a_resource_opens_only_what_a_view_behind_it_asks(registry, factories):
    asked: dict[Any, set[Any]] = {factory: set() for factory in factories}
    routes = {
        item["introspectable"]["name"]: item["introspectable"]["factory"]
        for item in registry.introspector.get_category("routes")
    }
    for item in registry.introspector.get_category("views"):
        factory = routes.get(item["introspectable"]["route_name"])
        if factory is not None and not item["introspectable"]["exception_only"]:
            asked[factory].add(permission_of(item))
    for factory, permissions in asked.items():
        assert {entry[2] for entry in factory.__acl__} == permissions, factory


def test_a_view_that_forgets_its_permission_is_closed(config, settings, tmp_path):
    another = configure({**settings, "site.zwolle.index": str(tmp_path / "zwolle")})
    another.add_route("forgetful", "/forgetful")
    another.add_view(lambda request: request.response, route_name="forgetful")
    app = TestApp(another.make_wsgi_app())
    app.get("/forgetful", headers={"Host": "zwolle.test"}, status=403)
    for site in another.registry.sites:
        site.engine.dispose()
