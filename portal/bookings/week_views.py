"""The week of a team or of one person: as a list by day, or as a grid of days and hours."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.accounts.roles import teams_of
from portal.bookings.resources import Agenda
from portal.bookings.week_labels import LOST, PLACES, STATES, THINGS
from portal.bookings.week_rules import (
    ONE_DAY,
    ONE_WEEK,
    by_day,
    by_hour,
    monday_of,
    read_week,
    shown_days,
    shown_hours,
    the_days,
    week_of,
)
from portal.bookings.weeks import Person, WeekReader, people_with_a_diary
from portal.cases.resources import COORDINATOR, WORKER, OutOfSight
from portal.cases.scope import visible_to
from portal.foundation.clock import today
from portal.foundation.i18n import LOCALES
from portal.foundation.security import Permission
from portal.teams.placing import what_teams_are_called

_ = TranslationStringFactory("portal")
#: Roles inside a team that see its diaries.
SEE_DIARIES = tuple(name.removeprefix("role:") for name in (WORKER, COORDINATOR))
LIST, GRID = "lijst", "rooster"


@dataclass(frozen=True)
class Asked:
    """The question in the address: the week by its Monday, a team, one person of it or all, and how it is shown."""

    monday: date
    team: str
    person: Person | None
    shape: str

    def params(self, **other: Any) -> dict[str, str]:
        """The same question as a query, with something else in it."""
        asked = replace(self, **other)
        whose = {"wie": str(asked.person.staff_id)} if asked.person else {}
        return {"week": week_of(asked.monday), "team": asked.team, **whose, "als": asked.shape}


@view_config(
    route_name="diary.week", renderer="bookings/week.jinja2", permission=Permission.DIARY_READ, request_method="GET"
)
def show_week(context: Agenda, request: Request) -> dict[str, Any]:
    """One week, of oneself to begin with."""
    called = request.kept.get("bookings.teams", what_teams_are_called)
    mine = teams_of(request.identity.principals, SEE_DIARIES)
    teams = [slug for slug in called if slug in mine]
    people = people_with_a_diary(request.reader, mine, request.identity.staff_id)
    asked = _asked(request, teams, people)
    shown = [asked.person] if asked.person else [one for one in people if one.team == asked.team]
    names = {one.staff_id: one.name for one in shown}
    reader = WeekReader(
        request.reader, visible_to(request.identity, request.registry.case_kinds.values()), request.clock.now(),
        request.policies["home_address_shown"].value,
    )  # fmt: skip
    entries = reader.entries(names, asked.monday)
    days = the_days(asked.monday, reader.around(names, [asked.team], asked.monday), names)
    return {
        **_frame(request, asked, [one for one in people if one.team == asked.team]), "asked": asked, "names": names,
        "teams": {slug: called[slug].name for slug in teams}, "days": shown_days(days, entries),
        "by_day": by_day(entries), "cells": by_hour(entries), "hours": shown_hours(entries),
    }  # fmt: skip


def _frame(request: Request, asked: Asked, people: list[Person]) -> dict[str, Any]:
    day = today(request.clock)
    return {
        "people": [one for one in people if one.active or one == asked.person], "today": day, "this": monday_of(day),
        "week": week_of(asked.monday), "last": asked.monday + ONE_WEEK - ONE_DAY, "before": asked.monday - ONE_WEEK,
        "after": asked.monday + ONE_WEEK, "me": request.identity.staff_id, "places": PLACES, "things": THINGS,
        "lost": LOST, "states": STATES, "languages": LOCALES, "LIST": LIST, "GRID": GRID,
    }  # fmt: skip


def _asked(request: Request, teams: list[str], people: list[Person]) -> Asked:
    """What is asked. Raises `OutOfSight` for a team or a person that is not one's own, or that never was."""
    monday = read_week(request.GET.get("week", "")) or monday_of(today(request.clock))
    shape = GRID if request.GET.get("als") == GRID else LIST
    team, who = request.GET.get("team", ""), request.GET.get("wie", "")
    if team and team not in teams and team not in {one.team for one in people if who == str(one.staff_id)}:
        raise OutOfSight()
    wanted = who if who or team else str(request.identity.staff_id)
    person = next((one for one in people if str(one.staff_id) == wanted), None)
    if person is None and (who or not (team or teams)):
        raise OutOfSight()
    return Asked(monday, person.team if person else team or teams[0], person, shape)
