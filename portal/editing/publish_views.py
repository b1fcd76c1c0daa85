"""Deciding: a text goes on show now or at a moment, back to its writer, or away; and the list of what waits."""

from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPNotFound
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import func, select

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.accounts.roles import Role
from portal.cases.looking import names_of_staff
from portal.editing.drafting import NotSo
from portal.editing.history import people, waiting
from portal.editing.places import HERE, refused, way_to
from portal.editing.publish_labels import REFUSED
from portal.editing.publish_schemas import LATER, SEEN, chosen, publish_schema, remark_schema
from portal.editing.publishing import Publishing, too_hard
from portal.editing.resources import PagesDesk, TextFile, editor_of
from portal.foundation.clock import today
from portal.foundation.i18n import LOCALES, SOURCE
from portal.foundation.security import Permission
from portal.pages.models import PageText
from portal.pages.versions import PageVersion
from portal.pages.workflow import State, enough_eyes
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
PUBLISH, SEND_BACK = _("Publish"), _("Send back to the writer")
#: At which question a refusal stands.
WHERE = {"past": "on_day", "order": "off_day", "hard": "reason"}


def _seen(version: PageVersion) -> str:
    return f"{version.number}.{version.revision}"


def _to_decide(context: TextFile) -> PageVersion:
    """The open version; 404 when nothing is open."""
    if context.open is None:
        raise HTTPNotFound()
    return context.open


def _publishing(request: Request) -> Publishing:
    return Publishing(request.db, request.clock.now(), editor_of(request))


def _form(context: TextFile, request: Request, version: PageVersion) -> Form:
    schema = publish_schema(today(request.clock), _seen(version), hard=bool(too_hard(version)))
    form: Form = request.form(schema, PUBLISH)
    return form


def _page(context: TextFile, request: Request, version: PageVersion, form: Form) -> dict[str, Any]:
    shown, key = context.shown, context.page.key
    others = select(func.count()).where(PageText.page_key == key, PageText.locale != SOURCE.code)
    real = context.locale.code == SOURCE.code and not version.small
    return {
        "page": context.page, "text_locale": context.locale, "version": version, "shown": shown, "form": form,
        "hard": too_hard(version), "left_behind": request.looking.scalar(others) if real else 0,
        "moves": shown is not None and shown.slug != version.slug,
        "alone": not enough_eyes(context.page.legal, version.hands, editor_of(request).staff_id),
    }  # fmt: skip


@view_config(
    route_name="editing.publish", renderer="editing/publish.jinja2", permission=Permission.PAGE_PUBLISH,
    request_method="GET",
)  # fmt: skip
def show_publish(context: TextFile, request: Request) -> dict[str, Any]:
    """What will happen, and when."""
    version = _to_decide(context)
    form = _form(context, request, version).fill({"when": "now", SEEN: _seen(version), "on_time": "00:00"})
    return _page(context, request, version, form)


@view_config(
    route_name="editing.publish", renderer="editing/publish.jinja2", permission=Permission.PAGE_PUBLISH,
    request_method="POST",
)  # fmt: skip
def publish(context: TextFile, request: Request) -> Any:
    """On show, now or at a moment; only the version that was looked at."""
    version = _to_decide(context)
    form = _form(context, request, version)
    try:
        values = form.submit()
        if values[SEEN] != _seen(version):
            return refused(context, request, "changed")
        return _decided(context, request, version, values)
    except Wrong:
        pass
    except Trapped:  # never: who is signed in is no program
        return way_to(context, request, "text")
    except NotSo as fault:
        if str(fault) not in WHERE or (str(fault) == "hard" and not too_hard(version)):
            return refused(context, request, str(fault))
        form.refuse(WHERE[str(fault)], REFUSED[str(fault)])
    request.response.status_int = 422
    return _page(context, request, version, form)


def _decided(context: TextFile, request: Request, version: PageVersion, values: dict[str, Any]) -> Any:
    reason = values.get("reason", "")
    on_at, off_at = chosen(values)
    if values["when"] != LATER:
        _publishing(request).publish(version, reason, off_at)
        return way_to(context, request, "text", gepubliceerd="1")
    if on_at is None:
        raise NotSo("past")
    _publishing(request).schedule(version, on_at, off_at, reason)
    return way_to(context, request, "text", gepland="1")


@view_config(
    route_name="editing.send_back", renderer="editing/send_back.jinja2", permission=Permission.PAGE_PUBLISH,
    request_method="GET",
)  # fmt: skip
def show_send_back(context: TextFile, request: Request) -> dict[str, Any]:
    """What the writer still has to do."""
    form = request.form(remark_schema(), SEND_BACK)
    return {"page": context.page, "text_locale": context.locale, "version": _to_decide(context), "form": form}


@view_config(
    route_name="editing.send_back", renderer="editing/send_back.jinja2", permission=Permission.PAGE_PUBLISH,
    request_method="POST",
)  # fmt: skip
def send_back(context: TextFile, request: Request) -> Any:
    """Back to its writer, with a remark."""
    form = request.form(remark_schema(), SEND_BACK)
    version = _to_decide(context)
    try:
        _publishing(request).send_back(version, form.submit()["remark"])
    except Wrong:
        request.response.status_int = 422
        return {"page": context.page, "text_locale": context.locale, "version": version, "form": form}
    except Trapped:  # never: who is signed in is no program
        return way_to(context, request, "text")
    except NotSo as fault:
        return refused(context, request, str(fault))
    return way_to(context, request, "text", teruggegeven="1")


@view_config(
    route_name="editing.withdraw", renderer="editing/withdraw.jinja2", permission=Permission.PAGE_PUBLISH,
    request_method="GET",
)  # fmt: skip
def show_withdraw(context: TextFile, request: Request) -> dict[str, Any]:
    """What readers will see instead."""
    if context.shown is None:
        raise HTTPNotFound()
    return {"page": context.page, "text_locale": context.locale, "version": context.shown,
            "source": context.locale.code == SOURCE.code}  # fmt: skip


@view_config(
    route_name="editing.withdraw", renderer="editing/refused.jinja2", permission=Permission.PAGE_PUBLISH,
    request_method="POST",
)  # fmt: skip
def withdraw(context: TextFile, request: Request) -> Any:
    """Away, in this language."""
    if context.shown is None:
        raise HTTPNotFound()
    try:
        _publishing(request).withdraw(context.shown)
    except NotSo as fault:
        return refused(context, request, str(fault))
    return way_to(context, request, "text", weggehaald="1")


@view_config(
    route_name="editing.waiting", renderer="editing/waiting.jinja2", permission=Permission.PAGE_READ,
    request_method="GET",
)  # fmt: skip
def show_waiting(context: PagesDesk, request: Request) -> dict[str, Any]:
    """What waits for a publisher, and what goes on show by itself."""
    connection = request.looking.connection()
    rows = waiting(connection)
    return {"rows": rows, "names": names_of_staff(connection, people(rows)), "locales": LOCALES,
            "review": State.REVIEW, "mine": editor_of(request)}  # fmt: skip


def includeme(config: Configurator) -> None:
    """What is decided about a text, and the list of what waits for it."""
    factory = "portal.editing.resources"
    config.add_localized_route(
        "editing.waiting", WORD, "/paginas/wacht", only=LOCALES_OF_STAFF, factory=f"{factory}.WaitingTexts"
    )
    for name, tail in (("publish", "/publiceren"), ("send_back", "/teruggeven"), ("withdraw", "/weghalen")):
        config.add_localized_route(
            f"editing.{name}", WORD, HERE + tail, only=LOCALES_OF_STAFF, factory=f"{factory}.DecidedText"
        )
    config.add_staff_room(_("What waits to be published"), "editing.waiting", 64, frozenset({Role.PUBLISHER}))
    config.scan("portal.editing.publish_views")
