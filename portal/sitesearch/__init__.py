"""One search box over everything that registered itself, on screen and as JSON.

The index answers; this package decides what people see around the answers: the words that were read, an urgent block
when a question sounds like danger, a way on when nothing fits. What is typed is kept nowhere.
"""

from pyramid.config import Configurator

from portal.sitesearch import thesaurus


def includeme(config: Configurator) -> None:
    """The screen, and the two questions other programs may ask."""
    config.add_localized_route(
        "sitesearch.search", {"nl": "zoeken", "en": "search"}, factory="portal.sitesearch.resources.SearchDesk"
    )
    config.add_localized_route(
        "sitesearch.suggest", {"nl": "zoeken", "en": "search"}, "/aanvullen",
        factory="portal.sitesearch.resources.SearchDesk",
    )  # fmt: skip
    config.include("portal.sitesearch.tally")
    config.set_thesaurus(thesaurus.base)
    config.add_concept_source(thesaurus.added_words)
    config.add_service("search", "sitesearch.search")
    config.add_jinja2_search_path("portal.sitesearch:templates")
    config.scan("portal.sitesearch.views")
    config.include("portal.sitesearch.api")
