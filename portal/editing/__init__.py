"""The editors' desk: pages are written, read over, published and kept true here, in every language.

Plain Dutch is the source. Whoever changes what it says leaves every other text behind until that says the same; a small
correction leaves none. Readers see a text only from `portal.pages`; this desk is the only one that writes there.
"""

from pyramid.config import Configurator

from portal.editing import clockwork


def includeme(config: Configurator) -> None:
    """What goes on and off show at a moment."""
    config.add_task("pages", clockwork.look)
    config.add_jinja2_search_path("portal.editing:templates")
    for room in ("publish_views", "tree_views", "write_views", "text_views"):
        config.include(f"portal.editing.{room}")
