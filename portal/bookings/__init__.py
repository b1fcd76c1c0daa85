"""The diaries of the teams: who can be met when, a moment that is held and booked, and nothing ever twice."""

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.accounts.roles import Role
from portal.bookings import clockwork, feeds, waiting
from portal.bookings.losing import add_moment_lost
from portal.bookings.sweeping import Sweep

_ = TranslationStringFactory("portal")
#: What staff see and keep of their time: name, tail of the address, what it is about.
ROUTES = (
    ("hours", "/agenda/uren", "Diary"),
    ("hours_of", "/agenda/uren/{staff:[0-9]{1,9}}", "DiaryOf"),
    ("leave", "/agenda/vrij", "Diary"),
    ("leave_of", "/agenda/vrij/{staff:[0-9]{1,9}}", "DiaryOf"),
    ("closures", "/agenda/gesloten", "TeamDiary"),
    ("lost", "/agenda/opnieuw", "LostMoments"),
    ("week", "/agenda", "Agenda"),
    ("feed", "/agenda/abonnement", "Agenda"),
    ("feed_end", "/agenda/abonnement/weg", "Agenda"),
)


def includeme(config: Configurator) -> None:
    """Letting go of what was held and not used; what is kept of hours, and what is offered again."""
    config.registry.moment_lost = {}
    config.add_directive("add_moment_lost", add_moment_lost, action_wrap=False)
    for name, tail, resource in ROUTES:
        factory = f"portal.bookings.resources.{resource}"
        config.add_localized_route(f"diary.{name}", WORD, tail, only=LOCALES_OF_STAFF, factory=factory)
    config.add_jinja2_search_path("portal.bookings:templates")
    for room in ("hours_views", "leave_views", "lost_views", "week_views", "feed_views"):
        config.scan(f"portal.bookings.{room}")
    # For calendars, which speak no language: the secret is the whole door.
    public = "portal.foundation.security.PublicResource"
    config.add_route("diary.ics", "/agenda/{token:[A-Za-z0-9_-]{43}}.ics", factory=public)
    config.add_staff_room(_("Diary"), "diary.week", 25, frozenset({Role.TEAM_WORKER, Role.TEAM_COORDINATOR}))
    config.add_staff_room(_("Hours and leave"), "diary.hours", 27, frozenset({Role.TEAM_WORKER, Role.TEAM_COORDINATOR}))
    for screens in ("thing_views", "waiting_views", "figure_views"):
        config.include(f"portal.bookings.{screens}")
    config.add_task("bookings", clockwork.look)
    config.add_task("first_free", waiting.look)
    config.add_task("calendars", feeds.look)
    config.add_task("lost moments", Sweep(config.registry.moment_lost))
