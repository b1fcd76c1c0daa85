"""The menu of the staff: each package adds its own room; who may not enter one does not see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request


@dataclass(frozen=True)
class Room:
    """One line of the menu. `roles` are who sees it, none is everybody who works here; `home` is where one begins."""

    title: Any
    route: str
    order: int
    roles: frozenset[str]
    home: bool


@dataclass(frozen=True)
class Entrance:
    """A line as it stands on a page."""

    title: Any
    href: str
    current: bool


def add_staff_room(
    config: Configurator, title: Any, route: str, order: int,
    roles: Callable[[], frozenset[str]] | frozenset[str] = frozenset(), *, home: bool = False,
) -> None:  # fmt: skip
    """Directive: a room in the menu of the staff."""
    seen_by = roles() if callable(roles) else roles
    config.registry.staff_rooms.append(Room(title, route, order, seen_by, home))


def _open_to(request: Request) -> list[Room]:
    mine = request.identity.principals if request.identity else frozenset()
    rooms = sorted(request.registry.staff_rooms, key=lambda room: room.order)
    return [room for room in rooms if not room.roles or any(f"role:{role}" in mine for role in room.roles)]


def staff_menu(request: Request) -> list[Entrance]:
    """The rooms that are open to who asks."""
    here = request.matched_route.name if request.matched_route else ""
    return [Entrance(room.title, request.route_path(room.route), room.route == here) for room in _open_to(request)]


def staff_home(request: Request) -> str:
    """Where a day of work begins: the first room that says so and is open to who asks; else one's own account."""
    home = next((room.route for room in _open_to(request) if room.home), "accounts.account")
    return str(request.route_path(home))


def includeme(config: Configurator) -> None:
    """Open the register."""
    config.registry.staff_rooms = []
    config.add_directive("add_staff_room", add_staff_room, action_wrap=False)
    config.add_request_method(staff_menu, "staff_menu", reify=True)
    config.add_request_method(staff_home, "staff_home", reify=True)
