"""The social map: informal and formal help, initiatives, volunteer work and help lines, near people or for everyone.

An entry says what happens there, for whom, when, what it costs and how to come, in plain words, with the date it was
last checked. Facts stand once, texts are rows per locale. Themes are fixed codes with names and everyday words.
"""

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory

from portal.social_map import documents, export, seed

_ = TranslationStringFactory("portal")


def includeme(config: Configurator) -> None:
    """Routes, seeds, search source, themes as concepts, the door in the menu."""
    config.add_localized_route(
        "social_map.search", {"nl": "sociale-kaart", "en": "social-map"},
        factory="portal.social_map.resources.SocialMap",
    )  # fmt: skip
    config.add_localized_route(
        "social_map.entry", {"nl": "sociale-kaart", "en": "social-map"}, "/{slug:[\\w-]+}",
        factory="portal.social_map.resources.EntryPage",
    )  # fmt: skip
    config.add_service("social-map", "social_map.search")
    config.add_public_menu(20, _("Help near you"), "service:social-map")
    config.add_seeder("social_map", seed.seed)
    config.add_exporter("social_map", export.export)
    config.add_search_source("entry", documents.documents)
    config.add_concept_source(documents.concepts)
    config.add_jinja2_search_path("portal.social_map:templates")
    config.scan("portal.social_map.views")
