"""A text and its history: where it stands, what can be done, every version beside another, and back to an old one."""

from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.request import Request
from pyramid.view import view_config

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.cases.looking import names_of_staff
from portal.editing.differences import Row, differences, near_changes
from portal.editing.drafting import NotSo
from portal.editing.history import history, people
from portal.editing.places import HERE, refused, way_to
from portal.editing.publish_labels import DONE, STATES
from portal.editing.resources import TextFile, editor_of
from portal.editing.write_page import drafting, who_is_there
from portal.foundation.i18n import LOCALES
from portal.foundation.security import Permission
from portal.pages.models import PageText
from portal.pages.versions import PageVersion
from portal.pages.workflow import MOVES, OPEN, State, may

#: What is compared besides the text itself.
_LINES = ("title", "summary", "slug")


def _can(context: TextFile, request: Request) -> set[str]:
    """What can be done now by who asks, by the table."""
    actors, locale = editor_of(request).actors, context.locale.code
    version = context.open or context.shown
    names = {move.name for move in MOVES} if version else set()
    can = {name for name in names if may(name, State(version.state), actors, locale)} if version else set()
    return can | ({"begin"} if context.open is None and may("save", State.DRAFT, actors, locale) else set())


@view_config(
    route_name="editing.text", renderer="editing/text.jinja2", permission=Permission.PAGE_READ, request_method="GET"
)
def show_text(context: TextFile, request: Request) -> dict[str, Any]:
    """Where a text stands, and all that it was."""
    connection = request.looking.connection()
    rows = history(connection, context.page.key, context.locale.code)
    on_show = request.looking.get(PageText, (context.page.key, context.locale.code))
    codes = [code for code in request.site.profile.locales if code != context.locale.code]
    return {
        "page": context.page, "text_locale": context.locale, "open": context.open, "shown": context.shown,
        "text": on_show, "rows": rows, "names": names_of_staff(connection, people(rows)), "states": STATES,
        "can": _can(context, request), "at_work": who_is_there(context, request),
        "others": [LOCALES[code] for code in codes], "there": set(context.codes),
        "done": next((words for word, words in DONE.items() if word in request.GET), None),
        "public": request.route_path("pages.page", locale=context.locale.segment, slug=on_show.slug)
        if on_show is not None and context.page.state == "published" and context.page.service is None else None,
    }  # fmt: skip


def _compared(before: PageVersion, after: PageVersion) -> list[tuple[str, list[Row | None]]]:
    """What differs, part by part; a part that is the same is left out."""
    pairs = [(name, str(getattr(before, name)), str(getattr(after, name))) for name in _LINES]
    pairs += [("actions", _as_lines(before), _as_lines(after)), ("markdown", before.markdown, after.markdown)]
    return [(name, near_changes(differences(old, new))) for name, old, new in pairs if old != new]


def _as_lines(version: PageVersion) -> str:
    return "\n".join(f"{action['text']} ({action['to']})" for action in version.actions)


@view_config(
    route_name="editing.version", renderer="editing/version.jinja2", permission=Permission.PAGE_READ,
    request_method="GET",
)  # fmt: skip
def show_version(context: TextFile, request: Request) -> dict[str, Any]:
    """A version beside another: the one before it, unless one is chosen."""
    number = int(request.matchdict["number"])
    version, rows = context.numbered(number), history(
        request.looking.connection(), context.page.key, context.locale.code
    )  # fmt: skip
    numbers = [row.number for row in rows if row.number != number]
    asked = request.GET.get("naast", "")
    beside = int(asked) if asked.isdecimal() and len(asked) < 9 else max((n for n in numbers if n < number), default=0)
    if beside and beside not in numbers:
        raise HTTPNotFound()
    other = context.numbered(beside) if beside else None
    return {
        "page": context.page, "text_locale": context.locale, "version": version, "other": other, "numbers": numbers,
        "parts": _compared(other, version) if other else [], "states": STATES, "open": context.open,
        "restores": State(version.state) not in OPEN | {State.PUBLISHED} and "begin" in _can(context, request),
        "names": names_of_staff(request.looking.connection(), people([version])),
    }  # fmt: skip


@view_config(
    route_name="editing.restore", renderer="editing/refused.jinja2", permission=Permission.PAGE_WRITE,
    request_method="POST",
)  # fmt: skip
def restore(context: TextFile, request: Request) -> Any:
    """Write on in an old version: it becomes a new draft, and what is on show stays until that is published."""
    try:
        drafting(context, request).restore(context.page.key, context.locale.code, int(request.matchdict["number"]))
    except LookupError as fault:
        raise HTTPNotFound() from fault
    except NotSo as fault:
        return refused(context, request, str(fault))
    return way_to(context, request, "write", begonnen="1")


def includeme(config: Configurator) -> None:
    """The text, a version of it, and the way back to one."""
    factory = "portal.editing.resources"
    number = "/versie/{number:[0-9]{1,9}}"
    for name, tail, resource in (
        ("text", "", "FramedText"),
        ("version", number, "FramedText"),
        ("restore", f"{number}/terugzetten", "RestoredText"),
    ):
        config.add_localized_route(
            f"editing.{name}", WORD, HERE + tail, only=LOCALES_OF_STAFF, factory=f"{factory}.{resource}"
        )
    config.scan("portal.editing.text_views")
