"""The door of the experts, their pool, the desk of who coordinates, and the reaction of the team."""

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.accounts.roles import Role
from portal.opinions.desk_views import ACT_DESK
from portal.opinions.reaction_views import on_the_plan

_ = TranslationStringFactory("portal")
DOOR = {"nl": "deskundige", "en": "expert"}
TAILS = (
    ("link", "/{token:[A-Za-z0-9_-]{40,60}}"), ("code", "/code"), ("send_code", "/code/sturen"), ("home", ""),
    ("sign", "/tekenen"), ("stop", "/stoppen"), ("item", "/stuk/{item:words|plan|reach}"),
    ("document", "/document/{id:[A-Za-z0-9_-]{22}}"), ("judge", "/oordeel"), ("leave", "/sluiten"),
    ("done", "/klaar"),
)  # fmt: skip


def includeme(config: Configurator) -> None:
    """Routes and views of staff and experts."""
    config.add_act_desk(ACT_DESK)
    for name, tail in TAILS:
        config.add_localized_route(f"experts.{name}", DOOR, tail, factory="portal.cases.resources.FollowDesk")
    config.add_localized_route(
        "experts.public", {"nl": "wie-kijken-er-mee", "en": "who-looks-along"},
        factory="portal.cases.resources.FormDesk",
    )  # fmt: skip
    resources = "portal.opinions.resources"
    for name, tail, factory in (
        ("list", "/deskundigen", "PoolDesk"), ("one", "/deskundigen/{id:[0-9]{1,9}}", "ExpertFile"),
        ("reaction", "/second-opinion/{reference:[A-Za-z0-9]{8}}", "OpinionFile"),
    ):  # fmt: skip
        config.add_localized_route(
            f"experts.{name}", WORD, tail, only=LOCALES_OF_STAFF, factory=f"{resources}.{factory}"
        )
    config.add_staff_room(_("Experts"), "experts.list", 57, frozenset({Role.SECOND_OPINION_COORDINATOR}))
    config.add_slot_filler(on_the_plan)
    for module in ("door_views", "reading_views", "pool_views", "reaction_views"):
        config.scan(f"portal.opinions.{module}")
