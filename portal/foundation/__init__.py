"""What every domain stands on; knows no domain.

Settings and sites are read once at start. A request then has `request.site`, `request.locale`, `request.clock`,
`request.reader` (a plain connection for reading) and `request.db` (a session, only for requests that write).
"""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Put the floor in: the order matters only where a line says so."""
    for room in (
        "clock",
        "site",
        "db",
        "i18n",
        "security",
        "content_cache",
        "links",
        "outbox",
        "seeding",
        "exporting",
        "policy_files",
        "indexing",
        "tasks",
        "uploads",
    ):
        config.include(f"portal.foundation.{room}")
    # Tweens: the last one added stands outermost, so a kept page costs no header work and no check twice.
    for tween in ("sanity", "headers", "page_cache"):
        config.include(f"portal.foundation.{tween}")
    config.include("portal.foundation.keep_alive")
