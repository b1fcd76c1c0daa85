"""Work that comes by itself because time passes: the worker looks now and then whether there is some."""

from collections.abc import Callable
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request

from portal.foundation.clock import Clock
from portal.foundation.i18n import LOCALES
from portal.foundation.site import Site

#: Does what is due on a site and returns how much; quick when nothing is. The last argument makes paths.
Task = Callable[[Site, Clock, Callable[..., str]], int]


def add_task(config: Configurator, name: str, task: Task) -> None:
    """Directive: a task of a domain."""
    config.registry.tasks[name] = task


def paths(registry: Any, site: Site) -> Callable[..., str]:
    """Makes paths outside a request, in Dutch: for links in messages that the worker sends."""
    request = Request.blank("/nl/", base_url=site.base_url)
    request.registry = registry
    request.site, request.locale = site, LOCALES["nl"]

    def path(name: str, **elements: Any) -> str:
        return str(request.route_path(name, **elements))

    return path


def run_tasks(registry: Any, site: Site) -> int:
    """Do what is due now on a site; returns how much."""
    return sum(task(site, registry.clock, paths(registry, site)) for task in registry.tasks.values())


def includeme(config: Configurator) -> None:
    """Open the register."""
    config.registry.tasks = {}
    config.add_directive("add_task", add_task, action_wrap=False)
