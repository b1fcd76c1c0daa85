"""The forms on the screen of a case: write, note, give to somebody, give to another team."""

from dataclasses import dataclass
from typing import Any

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.accounts.reading import colleagues, colleagues_of_all
from portal.backoffice.asked import teams_by_slug
from portal.cases.handling import newest_event
from portal.cases.resources import CaseFile
from portal.cases.schemas import Text
from portal.cases.scope import roles_that_see
from portal.cases.services import LONGEST_MESSAGE
from portal.cases.walls import kept_from
from portal.foundation.clock import today
from portal.ui.forms import Form

_ = TranslationStringFactory("portal")
#: The value of “nobody” in the list of colleagues.
NOBODY = "0"


@dataclass(frozen=True)
class CaseForms:
    """All forms of one screen; those for which there is no choice are not there."""

    write: Form
    note: Form
    assign: Form | None
    hand_over: Form | None

    def by_name(self, name: str) -> Form:
        """The form that was sent. Raises KeyError for one that is not there."""
        form: Form | None = getattr(self, name)
        if form is None:
            raise KeyError(name)
        return form

    @property
    def faults(self) -> list[tuple[str, str]]:
        """What needs another look, of all forms."""
        return [fault for form in (self.write, self.note, self.assign, self.hand_over) if form for fault in form.faults]


#: The field in which a screen says how far it had read.
SEEN = "__seen__"
#: Where each form tells that something happened meanwhile.
FIELDS = {"write": "text", "note": "text", "assign": "owner", "hand_over": "team"}


def case_forms(context: CaseFile, request: Request) -> CaseForms:
    """The forms for a case. Each holds how far the screen had read, so that nobody answers what they did not see."""
    forms = _case_forms(context, request)
    seen = newest_event(request.looking, context.case.id)
    for name in FIELDS:
        form: Form | None = getattr(forms, name)
        if form is not None:
            form.fill({SEEN: seen})
    return forms


def _who_may_have_it(context: CaseFile, request: Request) -> list[tuple[int, str]]:
    """(id, name) of the colleagues to whom a case can be given: who sees it, and is not kept from it."""
    case, kind, day = context.case, context.kind, today(request.clock)
    found = dict(colleagues(request.reader, case.team_slug, roles_that_see(kind, case.team_slug), day))
    found |= dict(colleagues_of_all(request.reader, kind.seen_by, day)) if kind.seen_by else {}
    outside = kept_from(request.reader, case.id, day) if kind.walled else frozenset()
    return sorted(((key, name) for key, name in found.items() if key not in outside), key=lambda one: (one[1], one[0]))


def _case_forms(context: CaseFile, request: Request) -> CaseForms:

    def path(name: str) -> str:
        return str(request.route_path(f"desk.{name}", reference=context.case.reference))

    people = _who_may_have_it(context, request)
    inside = teams_by_slug(request) if context.kind.seen_in_team else {}
    teams = {slug: called.name for slug, called in inside.items() if slug != context.case.team_slug}
    return CaseForms(
        write=request.form(_text("text", _("Your message"), _("Write what you want to say."), 6),
                           _("Send this message"), path("write"), "write"),
        note=request.form(_text("text", _("Your note"), _("Write what you want to keep."), 3, oid="note-text"),
                          _("Keep this note"), path("note"), "note"),
        assign=request.form(_people(people, context.case.owner_id), _("Give it to this person"), path("assign"),
                            "assign") if people else None,
        hand_over=request.form(_teams(teams), _("Hand over to this team"), path("hand_over"), "hand-over")
        if teams else None,
    )  # fmt: skip


def _with_seen() -> colander.Schema:
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(colander.SchemaNode(colander.Integer(), name=SEEN, missing=None, widget=deform.widget.HiddenWidget()))
    return schema


def _text(name: str, title: Any, missing: Any, rows: int, oid: str = "text") -> colander.Schema:
    schema = _with_seen()
    schema.add(
        colander.SchemaNode(
            Text(), name=name, oid=oid, title=title, missing_msg=missing,
            validator=colander.Length(
                max=LONGEST_MESSAGE,
                max_err=_("Your text is longer than ${max} characters. Make it a little shorter."),
            ),
            widget=deform.widget.TextAreaWidget(rows=rows),
        )
    )  # fmt: skip
    return schema


def _choice(name: str, title: Any, values: list[tuple[str, Any]], missing: Any, default: str) -> colander.Schema:
    schema = _with_seen()
    schema.add(
        colander.SchemaNode(
            colander.String(), name=name, oid=name, title=title, missing_msg=missing, default=default,
            validator=colander.OneOf([value for value, _words in values if value]),
            widget=deform.widget.SelectWidget(values=values),
        )
    )  # fmt: skip
    return schema


def _people(people: list[tuple[int, str]], owner_id: int | None) -> colander.Schema:
    values: list[tuple[str, Any]] = [(NOBODY, _("Nobody: back to the team"))]
    values += [(str(number), name) for number, name in people]
    default = str(owner_id) if owner_id in dict(people) else NOBODY
    return _choice("owner", _("Who has it in hand?"), values, _("Choose a colleague."), default)


def _teams(teams: dict[str, str]) -> colander.Schema:
    values: list[tuple[str, Any]] = [("", _("Choose a team")), *teams.items()]
    return _choice("team", _("Which team?"), values, _("Choose a team."), "")
