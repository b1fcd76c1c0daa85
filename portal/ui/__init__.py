"""What every screen is made of: layouts, components, forms, style, pictograms, friendly errors. Knows no domain."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Templates, assets and the shell around every page."""
    config.include("pyramid_jinja2")
    config.add_renderer(".jinja2", "portal.ui.rendering.template")
    for room in ("rendering", "assets", "stencils", "shell", "prose", "slots", "forms", "errors", "exit"):
        config.include(f"portal.ui.{room}")
    if config.registry.portal.development:
        config.include("portal.ui.styleguide")
