"""Neighbourhood teams: who helps in my street, where they sit, when they are open.

A team covers areas; areas are data (neighbourhoods, postcodes, house numbers, with dates), imported with a report of
every gap and overlap. A resident types a postcode or the name of a neighbourhood and gets one team, one more
question, or plain words about what else it is; never a guess and never a dead end.
Rules are pure, `TeamFinder` asks the database at most twice, nothing that was typed is kept.
"""

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory

from portal.teams import documents, export, seed

_ = TranslationStringFactory("portal")


def includeme(config: Configurator) -> None:
    """Routes, seeds, search source and the door in the menu."""
    resources = "portal.teams.resources"
    config.add_localized_route(
        "teams.find", {"nl": "vind-uw-team", "en": "find-your-team"}, factory=f"{resources}.TeamDesk"
    )
    config.add_localized_route(
        "teams.no_address", {"nl": "geen-adres", "en": "no-address"}, factory=f"{resources}.TeamDesk"
    )
    config.add_localized_route("teams.all", {"nl": "teams", "en": "teams"}, factory=f"{resources}.TeamDesk")
    config.add_localized_route("teams.team", {"nl": "team", "en": "team"}, "/{slug}", factory=f"{resources}.TeamPage")
    config.add_localized_route(
        "teams.poster", {"nl": "poster", "en": "poster"}, "/{slug}", factory=f"{resources}.TeamPage"
    )
    config.add_localized_route("teams.code", {"nl": "qr", "en": "qr"}, "/{slug}.svg", factory=f"{resources}.TeamPage")
    config.add_service("find-team", "teams.find")
    config.add_public_menu(10, _("Find your team"), "service:find-team")
    config.add_seeder("teams", seed.seed)
    config.add_exporter("teams", export.export)
    config.add_search_source("team", documents.documents)
    config.add_jinja2_search_path("portal.teams:templates")
    config.scan("portal.teams.views")
