"""The start of a day, the inbox, and the views on it that somebody keeps."""

from collections.abc import Iterable, Mapping
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import delete, func, select

from portal.backoffice.asked import desk_reader, kinds_of, own_teams, shown_with
from portal.backoffice.inbox import NO_TEAM, InboxQuery
from portal.backoffice.labels import DUE, OWNERS
from portal.backoffice.models import LONGEST_NAME, SavedSearch
from portal.backoffice.rules import Due
from portal.cases.resources import Inbox
from portal.cases.schemas import short
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
#: Views that one person keeps at most.
MOST_SAVED = 20
#: Lines under each heading of the start page.
A_FEW = 5


def allowed(request: Request) -> Mapping[str, Iterable[str]]:
    """What each field of the inbox may ask here."""
    kinds = kinds_of(request)
    return {
        "team": [*own_teams(request), NO_TEAM], "kind": kinds, "state": {s for k in kinds.values() for s in k.states},
        "owner": OWNERS, "due": [str(due) for due in Due], "asks": ["yes"],
        "ours": ["yes"], "done": ["yes"],
    }  # fmt: skip


def read_query(request: Request) -> InboxQuery:
    """The question in the address."""
    return InboxQuery.read(request.GET, allowed(request))


@view_config(
    route_name="desk.today", renderer="backoffice/today.jinja2", permission=Permission.CASE_LIST, request_method="GET"
)
def show_today(context: Inbox, request: Request) -> dict[str, Any]:
    """What asks for somebody now: over time, somebody waits for an answer, nobody has it, mine."""
    reader, every = desk_reader(request), InboxQuery()
    counts = reader.counts()
    ours = sorted({state for kind in kinds_of(request).values() for state in kind.ours})
    heaps = [
        (title, query, counts.of(query), reader.lines(query, A_FEW)[0] if counts.of(query) else [])
        for title, query in (
            (_("Too late"), every.but(due="late")),
            (_("Due today"), every.but(due="today")),
            (_("Somebody wrote and waits for an answer"), every.but(asks="yes")),
            (_("Nobody has these in hand"), every.but(owner="nobody", ours="yes")),
            (_("Yours"), every.but(owner="me")),
        )
    ]
    waits = [(state, every.but(state=state), counts.of(every.but(state=state))) for state in ours]
    return shown_with(
        request, heaps=heaps, waits=[one for one in waits if one[2]], total=counts.of(every), saved=reader.saved(),
        failed=reader.undelivered(), letters=reader.letters_waiting(), words=_state_words(request),
    )  # fmt: skip


@view_config(
    route_name="desk.inbox", renderer="backoffice/inbox.jinja2", permission=Permission.CASE_LIST, request_method="GET"
)
def show_inbox(context: Inbox, request: Request) -> dict[str, Any]:
    """The list, the most pressing first, with links that make it narrower."""
    return _inbox(request, read_query(request), request.form(_name_schema(), _("Keep this view"), _keep_path(request)))


def _keep_path(request: Request) -> str:
    return str(request.route_path("desk.keep", _query=read_query(request).params))


def _inbox(request: Request, query: InboxQuery, form: Form) -> dict[str, Any]:
    reader = desk_reader(request)
    lines, more = reader.lines(query)
    counts = reader.counts()
    return shown_with(
        request, query=query, lines=lines, more=more, facets=_facets(request, query, counts), total=counts.of(query),
        saved=reader.saved(), form=form, words=_state_words(request),
    )  # fmt: skip


def _facets(request: Request, query: InboxQuery, counts: Any) -> list[tuple[Any, str, list[tuple[Any, str, int]]]]:
    """The links of each field: (title, field, [(words, value, count)]); a field with one value tells nothing."""
    kinds, teams = kinds_of(request), shown_with(request)["teams"]
    words: dict[str, Mapping[str, Any]] = {
        "due": DUE, "owner": OWNERS, "state": _state_words(request),
        "kind": {code: kind.title for code, kind in kinds.items()},
        "team": {**{slug: called.name for slug, called in teams.items()}, NO_TEAM: _("No team yet")},
    }  # fmt: skip
    titles = {"due": _("When"), "owner": _("Who"), "state": _("Where it stands"), "kind": _("What"), "team": _("Team")}
    found = []
    for name, title in titles.items():
        values = [value for value in words[name] if value in counts.values(name)]
        if len(values) > 1 or getattr(query, name):
            links = [(words[name][v], v, counts.of(query.but(**{name: v}))) for v in values]
            found.append((title, name, links))
    return found


def _state_words(request: Request) -> dict[str, Any]:
    return {state: words for kind in kinds_of(request).values() for state, words in kind.state_names.items()}


def _name_schema() -> colander.Schema:
    schema = colander.SchemaNode(colander.Mapping())
    schema.add(
        short("name", _("Name of this view"), _("Give this view a name."), most=LONGEST_NAME,
              description=_("Such as: mine, this week."))
    )  # fmt: skip
    return schema


@view_config(
    route_name="desk.keep", renderer="backoffice/inbox.jinja2", permission=Permission.CASE_LIST_KEEP,
    request_method="POST",
)  # fmt: skip
def keep_view(context: Inbox, request: Request) -> Any:
    """Keep this question under a name, for who asks only."""
    query, form = read_query(request), request.form(_name_schema(), _("Keep this view"), _keep_path(request))
    mine = SavedSearch.staff_id == request.identity.staff_id
    try:
        name = form.submit()["name"]
        if (request.db.scalar(select(func.count()).where(mine)) or 0) >= MOST_SAVED:
            form.refuse("name", _("You keep 20 views already. Throw one away first."))
            raise Wrong()
        text = "&".join(f"{field}={value}" for field, value in query.but().params.items())
        request.db.add(SavedSearch(staff_id=request.identity.staff_id, name=name, query=text))
    except Wrong:
        request.response.status_int = 422
        return _inbox(request, query, form)
    except Trapped:
        pass
    return HTTPSeeOther(request.route_path("desk.inbox", _query=query.params))


@view_config(route_name="desk.forget", permission=Permission.CASE_LIST_KEEP, request_method="POST")
def forget_view(context: Inbox, request: Request) -> Any:
    """Throw away a view of one's own; one that is not there is gone already."""
    request.db.execute(
        delete(SavedSearch).where(
            SavedSearch.staff_id == request.identity.staff_id, SavedSearch.id == int(request.matchdict["id"])
        )
    )
    return HTTPSeeOther(request.route_path("desk.inbox"))
