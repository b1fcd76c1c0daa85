"""The list as a file for a spreadsheet: a reason is asked and written down, and nobody's name is in it."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import colander
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import ColumnElement, and_, false, or_

from portal.accounts.roles import Role, teams_of
from portal.backoffice.asked import kinds_of, teams_by_slug
from portal.backoffice.models import LONGEST_REASON, DeskEvent
from portal.backoffice.reading import DeskReader, Line
from portal.backoffice.rules import SHORTEST_REASON, without_formula
from portal.backoffice.views import read_query
from portal.cases.models import Case
from portal.cases.references import spoken
from portal.cases.resources import Inbox
from portal.cases.schemas import short
from portal.cases.scope import visible_to
from portal.cases.workflow import CaseKind
from portal.foundation.clock import LOCAL, today
from portal.foundation.security import Identity, Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
#: Rows in one file.
MOST = 10_000
HEAD = (
    _("Number"), _("What"), _("Where it stands"), _("Team"), _("Postcode area"), _("Received"), _("At the latest"),
    _("Days to go"), _("In hand of"), _("Waits for an answer"),
)  # fmt: skip


def _form(request: Request) -> Form:
    def telling(node: Any, value: str) -> None:
        if len(value) < SHORTEST_REASON:
            raise colander.Invalid(node, _("Say in a few words what you need the list for."))
        if len(value) > LONGEST_REASON:
            raise colander.Invalid(node, _("Say it in at most 200 characters."))

    schema = colander.SchemaNode(colander.Mapping())
    node = short(
        "reason", _("What do you need this list for?"), _("Say what you need the list for."), most=LONGEST_REASON,
        description=_("Your name, this reason and the moment are written down."),
    )  # fmt: skip
    node.validator = telling
    schema.add(node)
    path = request.route_path("desk.export", _query=read_query(request).but().params)
    return request.form(schema, _("Make the file"), path)


@view_config(
    route_name="desk.export", renderer="backoffice/export.jinja2", permission=Permission.CASE_EXPORT,
    request_method="GET",
)  # fmt: skip
def show_export(context: Inbox, request: Request) -> dict[str, Any]:
    """Why, before what."""
    return {"form": _form(request), "query": read_query(request)}


@view_config(
    route_name="desk.export", renderer="backoffice/export.jinja2", permission=Permission.CASE_EXPORT,
    request_method="POST",
)  # fmt: skip
def export(context: Inbox, request: Request) -> Any:
    """The file. It is written down first."""
    form, query = _form(request), read_query(request).but()
    try:
        reason = form.submit()["reason"]
    except (Wrong, Trapped):
        request.response.status_int = 422
        return {"form": form, "query": query}
    lines, more = _led(request).lines(replace(query, page=1), MOST)
    if more:
        form.refuse("reason", _("This list is longer than 10,000 lines. Make it shorter first."))
        request.response.status_int = 422
        return {"form": form, "query": query}
    asked = "&".join(f"{name}={value}" for name, value in query.params.items())
    request.db.add(
        DeskEvent(
            at=request.clock.now(), staff_id=request.identity.staff_id, kind="export", reason=reason, query=asked,
            count=len(lines),
        )
    )  # fmt: skip
    response = Response(_file(_rows(request, lines)), content_type="text/csv", charset="utf-8")
    name = f"aanvragen-{today(request.clock):%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _led(request: Request) -> DeskReader:
    """Reads what somebody leads: a coordinator takes a list along of the own teams, or of the kinds of their work."""
    scope = or_(false(), *(_led_of(request.identity, kind) for kind in kinds_of(request).values()))
    return DeskReader(request.reader, scope, request.identity.staff_id, today(request.clock))


def _led_of(identity: Identity, kind: CaseKind) -> ColumnElement[bool]:
    """What somebody leads of the cases of one kind, within what they see."""
    seen = visible_to(identity, [kind])
    if kind.seen_by:
        return seen if any(f"role:{role}" in identity.principals for role in kind.led_by) else false()
    led = teams_of(identity.principals, [Role.TEAM_COORDINATOR])
    return and_(seen, or_(Case.team_slug.in_(sorted(led)), Case.team_slug.is_(None)))


def _rows(request: Request, lines: Iterable[Line]) -> Iterator[list[str]]:
    say, kinds, teams = request.localizer.translate, kinds_of(request), teams_by_slug(request)
    yield [say(title) for title in HEAD]
    for line in lines:
        kind = kinds[line.kind]
        yield [
            spoken(line.reference), say(kind.title), say(kind.state_names[line.state]),
            teams[line.team].name if line.team else "", line.area,
            f"{line.received_at.astimezone(LOCAL):%Y-%m-%d}", f"{line.due_on:%Y-%m-%d}" if line.due_on else "",
            "" if line.days is None else str(line.days), line.owner or "", say(_("yes")) if line.asks else "",
        ]  # fmt: skip


def _file(rows: Iterable[list[str]]) -> str:
    """With a mark that tells spreadsheets it is UTF-8, and semicolons as they expect here."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell if _is_number(cell) else without_formula(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def _is_number(cell: str) -> bool:
    """Whether it is a plain number of our own, such as -3."""
    return cell.removeprefix("-").isdecimal() and cell.isascii()
