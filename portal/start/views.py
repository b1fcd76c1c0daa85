"""The start page."""

from dataclasses import dataclass
from typing import Any

from pyramid.httpexceptions import HTTPFound
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from portal.foundation.i18n import negotiate
from portal.foundation.security import Permission, PublicResource
from portal.social_map.services import read_themes

_ = TranslationStringFactory("portal")


@dataclass(frozen=True)
class Task:
    """One of the large choices: what somebody comes to do."""

    icon: str
    title: Any
    what: Any
    target: str


TASKS = (
    Task("team", _("My team"), _("Who helps me in my street? Address, phone and opening hours."), "service:find-team"),
    Task(
        "conversation",
        _("A conversation"),
        _("Talk about what is hard. At your home or with us."),
        "page:gesprek-maken",
    ),
    Task(
        "cleaning",
        _("Help with cleaning"),
        _("No questions about your health, no long talk first."),
        "page:schoonmaakondersteuning",
    ),
    Task(
        "complaint",
        _("Complaint or second opinion"),
        _("Not happy with us or with your plan? Say so."),
        "page:klacht-bezwaar-of-second-opinion",
    ),
    Task("follow", _("Follow my request"), _("See how far it is and who is at work on it."), "page:mijn-aanvragen"),
)
HELPERS = (
    Task(
        "heart-hands",
        _("I want to do something for someone else"),
        _("An hour a week or just once. There is always something that suits you."),
        "page:iets-doen-voor-een-ander",
    ),
    Task(
        "carer",
        _("I care for somebody"),
        _("For your partner, child, parent or neighbour. There is help for you too."),
        "page:mantelzorg",
    ),
)


def _with_addresses(tasks: tuple[Task, ...], request: Request) -> list[tuple[Task, str]]:
    """The tasks that lead somewhere in this municipality."""
    pairs = ((task, request.link(task.target)) for task in tasks)
    return [(task, href) for task, href in pairs if href]


@view_config(route_name="start.choose", permission=Permission.READ, request_method="GET")
def choose_language(context: PublicResource, request: Request) -> Response:
    """Lead on to the start page in the language the browser asks for."""
    response = HTTPFound(f"/{negotiate(request).segment}/")
    response.vary = ("Accept-Language",)
    return response


@view_config(
    route_name="start.start", renderer="start/start.jinja2", permission=Permission.READ, request_method="GET", kept=True
)
def show_start(context: PublicResource, request: Request) -> dict[str, Any]:
    """Two questions, five tasks, two doors."""
    themes = request.kept.get("social_map.themes", read_themes)
    return {
        "themes": [theme for theme in themes.values() if theme.start],
        "tasks": _with_addresses(TASKS, request),
        "helpers": _with_addresses(HELPERS, request),
    }
