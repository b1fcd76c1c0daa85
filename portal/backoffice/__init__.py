"""The desk: where staff see what waits, answer it, and write down what somebody says who calls or comes by.

It knows cases and their kinds, and no kind in particular: what a kind asks, says and may do, it registered itself.
"""

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.backoffice import case_views, clockwork
from portal.backoffice.entering import path_after_entering
from portal.cases.resources import OutOfSight

_ = TranslationStringFactory("portal")
_RESOURCES = "portal.cases.resources"
#: Name, tail of the address, what it is about.
ROUTES = (
    ("today", "/vandaag", "Inbox"),
    ("inbox", "/aanvragen", "Inbox"),
    ("keep", "/aanvragen/bewaren", "Inbox"),
    ("forget", "/aanvragen/vergeten/{id:[0-9]{1,9}}", "Inbox"),
    ("export", "/aanvragen/bestand", "Inbox"),
    ("find", "/zoeken", "Inbox"),
    ("enter", "/invoeren", "Inbox"),
    ("letters", "/brieven", "Inbox"),
    ("letter", "/brieven/{id:[0-9]{1,9}}", "Inbox"),
    ("letter_back", "/brieven/{id:[0-9]{1,9}}/terug", "Inbox"),
    ("case", "/aanvraag/{reference:[A-Za-z0-9]{8}}", "CaseFile"),
    ("write", "/aanvraag/{reference:[A-Za-z0-9]{8}}/bericht", "CaseFile"),
    ("note", "/aanvraag/{reference:[A-Za-z0-9]{8}}/notitie", "CaseFile"),
    ("assign", "/aanvraag/{reference:[A-Za-z0-9]{8}}/toewijzen", "CaseFile"),
    ("take", "/aanvraag/{reference:[A-Za-z0-9]{8}}/nemen", "CaseFile"),
    ("hand_over", "/aanvraag/{reference:[A-Za-z0-9]{8}}/overdragen", "CaseFile"),
    ("answered", "/aanvraag/{reference:[A-Za-z0-9]{8}}/gesproken", "CaseFile"),
    ("code", "/aanvraag/{reference:[A-Za-z0-9]{8}}/code", "CaseFile"),
    ("step", "/aanvraag/{reference:[A-Za-z0-9]{8}}/stap/{action:[a-z_]{1,40}}", "CaseFile"),
)


def includeme(config: Configurator) -> None:
    """The rooms of the desk and what it does by itself. After the kinds: it shows what they registered."""
    for name, tail, factory in ROUTES:
        config.add_localized_route(f"desk.{name}", WORD, tail, only=LOCALES_OF_STAFF, factory=f"{_RESOURCES}.{factory}")
    roles = frozenset(
        role for kind in config.registry.case_kinds.values() for role in (*kind.seen_in_team, *kind.seen_by)
    )
    config.add_staff_room(_("Today"), "desk.today", 10, roles, home=True)
    config.add_staff_room(_("Requests"), "desk.inbox", 20, roles)
    config.add_staff_room(_("Write down a request"), "desk.enter", 30, roles)
    config.add_staff_room(_("Find somebody"), "desk.find", 40, roles)
    config.add_staff_room(_("Letters"), "desk.letters", 50, roles)
    config.add_request_method(path_after_entering, "staff_case_path")
    config.add_task("desk", clockwork.Look(config.registry.case_kinds))
    config.add_exception_view(case_views.keep_what_was_typed, context=OutOfSight, request_method="POST")
    config.add_jinja2_search_path("portal.backoffice:templates")
    for room in ("views", "case_views", "letters", "finding", "export", "entering"):
        config.scan(f"portal.backoffice.{room}")
