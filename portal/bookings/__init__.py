"""The diaries of the teams: who can be met when, a moment that is held and booked, and nothing ever twice."""

from pyramid.config import Configurator

from portal.bookings import clockwork


def includeme(config: Configurator) -> None:
    """Letting go of what was held and not used."""
    config.add_task("bookings", clockwork.look)
