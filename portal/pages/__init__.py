"""Texts that editors own: a page is a key, a page in a language is a row.

Plain Dutch is the source, simple Dutch and the languages derive. A page that is not there in the reader's language
shows its Dutch text under an honest notice. Files in `content/pages/` seed the rows; after that the rows are the truth.
A reader may say whether a page was of use; nothing about the reader is kept.
"""

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory

from portal.pages import documents, export, seed
from portal.pages.service_texts import service_text
from portal.pages.services import page_address

_ = TranslationStringFactory("portal")


def includeme(config: Configurator) -> None:
    """Reactions, links to pages, the doors in the menu that lead to pages."""
    config.add_localized_route(
        "pages.react", {"nl": "reactie", "en": "reaction"}, factory="portal.pages.resources.ReactionDesk"
    )
    config.add_localized_route(
        "pages.thanks", {"nl": "reactie-bedankt", "en": "reaction-thanks"},
        factory="portal.pages.resources.ReactionDesk",
    )  # fmt: skip
    config.add_link_scheme("page", page_address)
    config.add_slot_filler(service_text)
    config.add_public_menu(30, _("A conversation"), "page:keukentafelgesprek")
    config.add_public_menu(40, _("Help with cleaning"), "page:schoonmaakondersteuning")
    config.add_public_menu(50, _("Complaint or second opinion"), "page:klacht-bezwaar-of-second-opinion")
    config.add_public_menu(60, _("Contact"), "page:contact-talen-tolk")
    config.add_seeder("pages", seed.seed)
    config.add_exporter("pages", export.export)
    config.add_search_source("page", documents.documents)
    config.add_jinja2_search_path("portal.pages:templates")
    config.scan("portal.pages.views")
    config.scan("portal.pages.reactions")


def last_route(config: Configurator) -> None:
    """The route that takes whatever is left; `app` includes it after every other."""
    config.add_localized_route("pages.page", tail="/{slug:[\\w-]+}", factory="portal.pages.resources.PageResource")
