"""Staff: accounts, roles with dates, and the door they come in by.

One gets an account by an invitation, signs in with a password and a code, or at the municipality's own provider
(`openid_doors`), and is out as soon as one leaves: each request looks. What one may is a set of roles, per team where
the role is of a team; `identity` turns them into the names that access control lists speak of. Nothing here knows what
the roles are for.
"""

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory

from portal.accounts.identity import LOCALES_OF_STAFF, WORD, who_asks
from portal.accounts.openid_provider import Providers

_ = TranslationStringFactory("portal")
_RESOURCES = "portal.accounts.resources"


def includeme(config: Configurator) -> None:
    """The identity of who asks, the door and the account. Not in the public menu."""
    config.set_identity_provider(who_asks)
    config.include("portal.accounts.menu")
    config.registry.openid_providers = Providers()
    for name, tail, factory in (
        ("entrance", "", "Door"),
        ("sign_in", "/aanmelden", "Door"),
        ("code", "/code", "Door"),
        ("recovery", "/herstelcode", "Door"),
        ("invited", "/uitnodiging", "Door"),
        ("second", "/tweede-stap", "Door"),
        ("openid", "/openid", "Door"),
        ("openid_back", "/openid/terug", "Door"),
        ("sign_out", "/afmelden", "WayOut"),
        ("account", "/account", "StaffRoom"),
        ("codes", "/account/herstelcodes", "OwnAccount"),
    ):
        config.add_localized_route(
            f"accounts.{name}", WORD, tail, only=LOCALES_OF_STAFF, factory=f"{_RESOURCES}.{factory}"
        )
    config.add_jinja2_search_path("portal.accounts:templates")
    config.scan("portal.accounts.doors")
    config.scan("portal.accounts.openid_doors")
    config.scan("portal.accounts.views")
    config.add_staff_room(_("My account"), "accounts.account", 90)
    config.include("portal.accounts.refusals")
