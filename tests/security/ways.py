"""Every way in that the portal registered: its name, its methods, who guards it. By introspection, never by hand."""

from dataclasses import dataclass
from typing import Any

from pyramid.authorization import Allow, Everyone
from pyramid.interfaces import IRoutesMapper
from pyramid.request import Request

from portal.accounts.identity import WORD
from portal.accounts.resources import StaffRoom


@dataclass(frozen=True)
class View:
    """What answers on a route: for which methods, with which permission, and what was said when it was added."""

    name: str
    methods: frozenset[str]
    permission: Any
    source: Any


@dataclass(frozen=True)
class Way:
    """One registered route with what answers on it."""

    name: str
    pattern: str
    factory: Any
    views: tuple[View, ...]
    of_staff: bool

    @property
    def methods(self) -> list[str]:
        """GET before POST. HEAD comes with GET; a view that names no method, as for files, is asked by GET."""
        named = frozenset().union(*(view.methods for view in self.views))
        return sorted(named or {"GET"})

    @property
    def for_everybody(self) -> bool:
        """Whether its resource looks at nobody: whatever it opens, it opens to everybody."""
        made = self.factory(Request.blank("/")) if self.factory else None
        return not issubclass(self.factory, StaffRoom) and all(
            (entry[0], entry[1]) == (Allow, Everyone) for entry in getattr(made, "__acl__", ())
        )


def ways(registry: Any) -> dict[str, Way]:
    """All routes by name; what is shown when something is wrong has no route, and is left out."""
    views: dict[str, list[View]] = {}
    for item in registry.introspector.get_category("views"):
        said = item["introspectable"]
        if said["exception_only"] or not said["route_name"]:
            continue
        methods = said["request_methods"] or ()
        methods = (methods,) if isinstance(methods, str) else methods
        permission = next((one["value"] for one in item["related"] if one.category_name == "permissions"), None)
        callable_ = said["callable"]
        name = getattr(callable_, "__qualname__", type(callable_).__qualname__)
        views.setdefault(said["route_name"], []).append(View(name, frozenset(methods), permission, said))
    found = {}
    for item in registry.introspector.get_category("routes"):
        said = item["introspectable"]
        words = registry.localized_words.get(said["name"])
        found[said["name"]] = Way(
            said["name"], said["pattern"], said["factory"], tuple(views.get(said["name"], ())), words == WORD
        )
    return found


def address(registry: Any, name: str, **holes: Any) -> str:
    """The path of a route in plain Dutch."""
    words = registry.localized_words.get(name)
    if words:
        holes["word"] = words["nl"]
    route = registry.getUtility(IRoutesMapper).get_route(name)
    return str(route.generate({"locale": "nl", **holes}))
