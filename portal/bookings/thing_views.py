"""The rooms and cars of a team, for who leads it: listed, added, changed, taken out of use."""

from typing import Any

import colander
import deform
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config
from sqlalchemy import select

from portal.accounts.identity import LOCALES_OF_STAFF, WORD
from portal.accounts.roles import Role
from portal.bookings.thing_keeping import Talk, ThingList
from portal.bookings.thing_labels import FEATURES, KIND_NAMES
from portal.bookings.thing_resources import ThingDesk, ThingFile
from portal.bookings.whose import led_teams, teams_by_slug
from portal.cases.looking import names_of_staff
from portal.cases.models import Case
from portal.cases.people import schema_of
from portal.cases.references import spoken
from portal.cases.schemas import choice, short
from portal.cases.scope import visible_to
from portal.foundation.security import Permission
from portal.ui.forms import Form, Trapped, Wrong

_ = TranslationStringFactory("portal")
DONE = {"nieuw": _("Added. It can be taken from now on."), "bewaard": _("Kept."), "uit": _("It is out of use."),
        "weer": _("It is in use again.")}  # fmt: skip


def _list(request: Request) -> ThingList:
    return ThingList(request.looking, request.clock.now())


def _features() -> Any:
    return colander.SchemaNode(
        colander.Set(), name="features", oid="features", title=_("What does the room have?"), missing=set(),
        widget=deform.widget.CheckboxChoiceWidget(values=FEATURES),
        description=_("Who needs this gets a room that has it."),
    )  # fmt: skip


def _name() -> Any:
    return short("name", _("Name"), _("Write the name."), description=_("Such as: the blue room, 1st floor."))


def _new(request: Request) -> Form:
    names = teams_by_slug(request)
    teams = [(slug, names[slug].name) for slug in led_teams(request)]
    which = [choice("team", _("Team"), teams, _("Choose the team."))] if len(teams) > 1 else []
    kinds = choice("kind", _("What is it?"), list(KIND_NAMES.items()), _("Choose a room or a car."))
    return request.form(schema_of(*which, kinds, _name(), _features()), _("Add"))


def _known(found: set[str]) -> set[str]:
    """What is on the list; the form shows nothing else."""
    return found & {code for code, _words in FEATURES}


def _back(request: Request, done: str) -> HTTPSeeOther:
    return HTTPSeeOther(request.route_path("diary.things", _query={done: "1"}))


def _page(request: Request, form: Form) -> dict[str, Any]:
    return {
        "form": form, "lists": _list(request).of_teams(led_teams(request)), "teams": teams_by_slug(request),
        "kinds": KIND_NAMES, "features": dict(FEATURES),
        "done": next((words for word, words in DONE.items() if word in request.GET), None),
    }  # fmt: skip


@view_config(
    route_name="diary.things", renderer="bookings/things.jinja2", permission=Permission.DIARY_READ,
    request_method="GET",
)  # fmt: skip
def show_things(context: ThingDesk, request: Request) -> dict[str, Any]:
    """What there is, team by team, and a form for one more."""
    return _page(request, _new(request))


@view_config(
    route_name="diary.things", renderer="bookings/things.jinja2", permission=Permission.DIARY_KEEP,
    request_method="POST",
)  # fmt: skip
def add_thing(context: ThingDesk, request: Request) -> Any:
    """One more."""
    form = _new(request)
    try:
        values = form.submit()
        team = values.get("team") or led_teams(request)[0]
        _list(request).add(team, values["kind"], values["name"], _known(values["features"]))
    except Wrong:
        request.response.status_int = 422
        return _page(request, form)
    except Trapped:
        pass
    return _back(request, "nieuw")


def _change_form(context: ThingFile, request: Request) -> Form:
    more = [_features()] if context.thing.kind == "room" else []
    form = request.form(schema_of(_name(), *more), _("Keep"))
    return form.fill({"name": context.thing.name, "features": set(context.thing.features)})


def _one(context: ThingFile, request: Request, form: Form) -> dict[str, Any]:
    names = teams_by_slug(request)
    return {"form": form, "thing": context.thing, "kind": KIND_NAMES[context.thing.kind],
            "team": names[context.thing.team_slug].name}  # fmt: skip


@view_config(
    route_name="diary.thing", renderer="bookings/thing.jinja2", permission=Permission.DIARY_READ, request_method="GET"
)
def show_thing(context: ThingFile, request: Request) -> dict[str, Any]:
    """Its name, what it has, and the way to take it out of use."""
    return _one(context, request, _change_form(context, request))


@view_config(
    route_name="diary.thing", renderer="bookings/thing.jinja2", permission=Permission.DIARY_KEEP,
    request_method="POST",
)  # fmt: skip
def change_thing(context: ThingFile, request: Request) -> Any:
    """Another name, or other features."""
    form = _change_form(context, request)
    try:
        values = form.submit()
        features = _known(values["features"]) if "features" in values else context.thing.features
        _list(request).change(context.thing, values["name"], features)
    except Wrong:
        request.response.status_int = 422
        return _one(context, request, form)
    except Trapped:
        pass
    return _back(request, "bewaard")


def _shown(request: Request, talks: list[Talk]) -> list[tuple[Talk, str, str | None]]:
    """Talks with whom they are, and the number of their request where who asks may see it."""
    seen = visible_to(request.identity, request.registry.case_kinds.values())
    ids = [one.case_id for one in talks if one.case_id]
    references = dict(request.looking.execute(select(Case.id, Case.reference).where(Case.id.in_(ids), seen)).all())
    names = names_of_staff(request.looking.connection(), {one.staff_id for one in talks})
    return [(one, names.get(one.staff_id, "–"), references.get(one.case_id)) for one in talks]


@view_config(
    route_name="diary.thing_use", renderer="bookings/thing_use.jinja2", permission=Permission.DIARY_READ,
    request_method="GET",
)  # fmt: skip
def show_use(context: ThingFile, request: Request) -> dict[str, Any]:
    """What happens when it goes out of use: the talks that have it; or that it comes back."""
    return {"thing": context.thing, "spoken": spoken,
            "talks": _shown(request, list(_list(request).talks(context.thing)))}  # fmt: skip


@view_config(route_name="diary.thing_use", permission=Permission.DIARY_KEEP, request_method="POST")
def change_use(context: ThingFile, request: Request) -> Any:
    """Out of use, or in use again, as the button said; what is so already stays so."""
    if "stop" in request.POST:
        _list(request).stop(context.thing)
        return _back(request, "uit")
    _list(request).start(context.thing)
    return _back(request, "weer")


def includeme(config: Configurator) -> None:
    """The screens, and a room for who leads a team."""
    resources, number = "portal.bookings.thing_resources", "{id:[0-9]{1,9}}"
    for name, tail, factory in (
        ("things", "/agenda/ruimtes", "ThingDesk"),
        ("thing", f"/agenda/ruimtes/{number}", "ThingFile"),
        ("thing_use", f"/agenda/ruimtes/{number}/gebruik", "ThingFile"),
    ):
        config.add_localized_route(f"diary.{name}", WORD, tail, only=LOCALES_OF_STAFF, factory=f"{resources}.{factory}")
    config.add_staff_room(_("Rooms and cars"), "diary.things", 55, frozenset({Role.TEAM_COORDINATOR}))
    config.scan("portal.bookings.thing_views")
