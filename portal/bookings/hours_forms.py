"""The forms on the screen of somebody's hours, and the change that each asks for."""

from datetime import date, time, timedelta
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.bookings.agendas import Hours
from portal.bookings.changes import is_beside_the_grid
from portal.bookings.edits import About, AddHours, EndHours, SetDay, UsualDay
from portal.bookings.hours_labels import DAY_KINDS, EVERY, PLACES, SKILLS, languages, weekdays
from portal.bookings.models import MIDNIGHT
from portal.bookings.schemas import (
    WHAT,
    a_number,
    one_of,
    order,
    the_day,
    the_time,
    tick,
    ticks,
    unseen,
)
from portal.bookings.two_steps import Sent
from portal.bookings.whose import Whose, teams_by_slug
from portal.cases.people import schema_of, wrong
from portal.cases.schemas import choice
from portal.foundation.clock import today

_ = TranslationStringFactory("portal")
ONE_DAY = timedelta(days=1)
#: What a new diary begins with.
USUAL_TALKS, USUAL_LANGUAGES, USUAL_PLACES = 4, ("nl",), ("home", "team", "phone")
ALL_DAY_OFF = "00:00"
NO_PLACE = _("Choose at least one place.")
BACKWARDS = _("The end is not later than the beginning. Look at both times.")


def hours_forms(request: Request, who: Whose, hours: Hours) -> dict[str, Sent]:
    """Every form of the screen by its name; without a diary there is only the one that begins it."""
    begun = hours.worker is not None and hours.worker.team_slug in who.teams
    if not begun:
        return {"about": _about(request, who, hours)} if who.teams else {}
    forms = {"about": _about(request, who, hours), "add": _add(request, who), "day": _day(request, who)}
    forms |= {f"end-{row.id}": _end(request, who, row) for row in hours.patterns}
    return forms | {f"usual-{row.day}": _usual(request, who, row.day) for row in hours.days}


def _about(request: Request, who: Whose, hours: Hours) -> Sent:
    now, called = hours.worker, teams_by_slug(request)
    spoken = list(now.languages) if now else []
    teams = [(slug, called[slug].name) for slug in who.teams if slug in called]
    schema = schema_of(
        unseen(WHAT, "about"),
        one_of("about", "team", _("In which team?"), teams) if len(teams) > 1 else unseen("team", who.teams[0]),
        a_number("about", "most", _("How many talks a day at most?"), _("Travel and writing take time too.")),
        ticks("about", "languages", _("Which languages do you talk with residents?"), languages(request, spoken),
              _("Choose at least one language.")),
        ticks("about", "skills", _("What may residents ask for?"), SKILLS, "", missing=set(),
              description=_("Tick only what may be known. Residents see no names before they have an appointment.")),
        tick("about", "active", _("Can residents book?"), _("Residents can book a talk in this diary")),
    )  # fmt: skip
    begun = now is not None and now.team_slug in who.teams
    form = request.form(schema, _("Keep this") if begun else _("Begin this diary"), name="about")
    form.fill({
        "team": now.team_slug if begun else who.teams[0], "most": now.most_a_day if now else USUAL_TALKS,
        "languages": spoken or USUAL_LANGUAGES, "skills": now.skills if now else (),
        "active": now.active if begun else True,
    })  # fmt: skip

    def edit(values: dict[str, Any]) -> About:
        team = values["team"] if values["team"] in who.teams else who.teams[0]
        return About(who.staff_id, team, values["most"], tuple(values["skills"]), tuple(values["languages"]),
                     values["active"])  # fmt: skip

    return Sent(form, edit)


def _add(request: Request, who: Whose) -> Sent:
    now = today(request.clock)

    def right(node: Any, values: dict[str, Any]) -> None:
        order("start", "end", BACKWARDS, may_be_equal=False)(node, values)
        order("since", "until", _("The last day comes before the first day."))(node, values)

    schema = schema_of(
        unseen(WHAT, "add"),
        ticks("add", "weekdays", _("On which days?"), weekdays(request), _("Choose at least one day of the week.")),
        the_time("add", "start", _("From what time?")), the_time("add", "end", _("Until what time?")),
        ticks("add", "places", _("Where do you talk with people then?"), PLACES, NO_PLACE),
        one_of("add", "every", _("How often?"), EVERY),
        the_day("add", "since", _("From which day?"), now),
        the_day("add", "until", _("Until and including which day?"), now, missing=None,
                description=_("Leave this empty when it goes on.")),
        validator=right,
    )  # fmt: skip
    form = request.form(schema, _("Add these hours"), name="add")
    form.fill({"since": now, "start": "09:00", "end": "17:00", "places": USUAL_PLACES, "every": "1"})

    def edit(values: dict[str, Any]) -> AddHours:
        return AddHours(
            who.staff_id, tuple(sorted(map(int, values["weekdays"]))), values["start"], values["end"],
            tuple(values["places"]), values["since"], _day_after(values["until"]), int(values["every"]),
        )  # fmt: skip

    return Sent(form, edit, _says_quarter)


def _end(request: Request, who: Whose, row: Any) -> Sent:
    name = f"end-{row.id}"
    schema = schema_of(
        unseen(WHAT, name), the_day(name, "last", _("What is the last day with these hours?"), today(request.clock))
    )
    form = request.form(schema, _("End these hours"), name=name)
    return Sent(form, lambda values: EndHours(who.staff_id, row.id, values["last"] + ONE_DAY))


def _day(request: Request, who: Whose) -> Sent:
    def right(node: Any, values: dict[str, Any]) -> None:
        if values["kind"] == "off":
            return
        for field in ("start", "end"):
            if not values[field]:
                wrong(node, field, _("Write the time, such as 9:00."))
        order("start", "end", BACKWARDS, may_be_equal=False)(node, values)
        if not values["places"]:
            wrong(node, "places", NO_PLACE)

    kind = choice("kind", _("What do you do that day?"), DAY_KINDS, _("Choose what you do that day."))
    kind.oid = "day-kind"
    schema = schema_of(
        unseen(WHAT, "day"), the_day("day", "day", _("Which day?"), today(request.clock)), kind,
        the_time("day", "start", _("From what time?"), missing=""),
        the_time("day", "end", _("Until what time?"), missing=""),
        ticks("day", "places", _("Where do you talk with people then?"), PLACES, NO_PLACE, missing=set()),
        validator=right,
    )  # fmt: skip
    form = request.form(schema, _("Keep this day"), name="day")
    form.fill({"places": USUAL_PLACES})

    def edit(values: dict[str, Any]) -> SetDay:
        if values["kind"] == "off":
            return SetDay(who.staff_id, values["day"], ALL_DAY_OFF, ALL_DAY_OFF, ())
        return SetDay(who.staff_id, values["day"], values["start"], values["end"], tuple(values["places"]))

    return Sent(form, edit, lambda values: _says_quarter(values) if values["kind"] == "hours" else "")


def _usual(request: Request, who: Whose, day: date) -> Sent:
    name = f"usual-{day}"
    form = request.form(schema_of(unseen(WHAT, name)), _("As usual again"), name=name)
    return Sent(form, lambda _values: UsualDay(who.staff_id, day))


def _day_after(last: date | None) -> date | None:
    return last + ONE_DAY if last else None


def _says_quarter(values: dict[str, Any]) -> str:
    """The word for hours that do not begin at a whole quarter."""
    start = values["start"]
    beside = start != MIDNIGHT and is_beside_the_grid(time.fromisoformat(start))
    return "kwartier" if beside else ""
