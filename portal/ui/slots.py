"""Places on a screen that another package fills: `{{ slot("find-team") }}` in a template.

The screen does not know who fills it. Nobody may: then the place stays empty.
"""

from collections.abc import Callable

from markupsafe import Markup
from pyramid.config import Configurator
from pyramid.events import BeforeRender
from pyramid.request import Request

#: Gives what belongs in the place of that name for this reader; empty when nothing does.
Filler = Callable[[Request, str], Markup]


def add_slot_filler(config: Configurator, filler: Filler) -> None:
    """Directive: who fills the places."""
    config.registry.slot_fillers.append(filler)


def _offer_slots(event: BeforeRender) -> None:
    request = event.get("request")
    if request is not None:
        event["slot"] = lambda name: Markup("").join(fill(request, name) for fill in request.registry.slot_fillers)


def includeme(config: Configurator) -> None:
    """Open the register."""
    config.registry.slot_fillers = []
    config.add_directive("add_slot_filler", add_slot_filler, action_wrap=False)
    config.add_subscriber(_offer_slots, BeforeRender)
