"""When somebody is away, and when a team is closed; what was agreed then is offered again."""

from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from pyramid.view import view_config

from portal.bookings.agendas import closures_of, has_diary, leave_of
from portal.bookings.edits import Away, BackAgain, Close, OpenAgain
from portal.bookings.hours_labels import DONE
from portal.bookings.resources import Diary, DiaryOf, TeamDiary
from portal.bookings.schemas import WHAT, one_of, order, the_day, unseen
from portal.bookings.two_steps import Sent, act
from portal.bookings.whose import Whose, around, led_teams, teams_by_slug, whose
from portal.cases.people import schema_of
from portal.foundation.clock import today
from portal.foundation.security import Permission

_ = TranslationStringFactory("portal")
BACKWARDS = _("The last day comes before the first day.")


def _days(request: Request, form: str, first: Any, *more: Any) -> Any:
    """From and until; without the second it is one day."""
    now = today(request.clock)
    return schema_of(
        unseen(WHAT, form), *more, the_day(form, "first", first, now),
        the_day(form, "last", _("Until and including which day?"), now, missing=None,
                description=_("Leave this empty when it is one day.")),
        validator=order("first", "last", BACKWARDS),
    )  # fmt: skip


def _leave_forms(request: Request, who: Whose) -> dict[str, Sent]:
    now, forms = today(request.clock), dict[str, Sent]()
    if not has_diary(request.reader, who.staff_id):
        return forms

    def away(values: dict[str, Any]) -> Away:
        return Away(who.staff_id, values["first"], values["last"] or values["first"])

    schema = _days(request, "away", _("From which day are you away?"))
    forms["away"] = Sent(request.form(schema, _("Keep this leave"), name="away"), away)
    ill = request.form(schema_of(unseen(WHAT, "ill")), _("Not there today"), name="ill")
    forms["ill"] = Sent(ill, lambda _values: Away(who.staff_id, now, now))
    for row in leave_of(request.reader, who.staff_id, now):
        name = f"back-{row.id}"
        words = _("There again from today") if row.first < now else _("Take this leave away")
        form = request.form(schema_of(unseen(WHAT, name)), words, name=name)
        forms[name] = Sent(form, lambda _values, row_id=row.id: BackAgain(who.staff_id, row_id))  # type: ignore[misc]
    return forms


def _leave_page(request: Request, who: Whose, forms: dict[str, Sent]) -> dict[str, Any]:
    rows = leave_of(request.reader, who.staff_id, today(request.clock))
    return {**around(request, who), **_shown(request, forms), "rows": rows}


def _shown(request: Request, forms: dict[str, Sent]) -> dict[str, Any]:
    return {
        "forms": {name: sent.form for name, sent in forms.items()}, "today": today(request.clock),
        "faults": [fault for sent in forms.values() for fault in sent.form.faults],
        "done": [words for word, words in DONE.items() if word in request.GET],
    }  # fmt: skip


@view_config(
    route_name="diary.leave", renderer="bookings/leave.jinja2", permission=Permission.DIARY_READ, request_method="GET"
)
@view_config(
    route_name="diary.leave_of", renderer="bookings/leave.jinja2", permission=Permission.DIARY_READ,
    request_method="GET",
)  # fmt: skip
def show_leave(context: Diary | DiaryOf, request: Request) -> dict[str, Any]:
    """When somebody is away, from today on. Why is asked nowhere."""
    who = whose(context, request)
    return _leave_page(request, who, _leave_forms(request, who))


@view_config(
    route_name="diary.leave", renderer="bookings/leave.jinja2", permission=Permission.DIARY_KEEP, request_method="POST"
)
@view_config(
    route_name="diary.leave_of", renderer="bookings/leave.jinja2", permission=Permission.DIARY_KEEP,
    request_method="POST",
)  # fmt: skip
def keep_leave(context: Diary | DiaryOf, request: Request) -> Any:
    """Somebody is away, or there again."""
    who = whose(context, request)
    forms = _leave_forms(request, who)
    return act(request, forms, lambda: _leave_page(request, who, forms))


def _closure_forms(request: Request) -> dict[str, Sent]:
    called, led = teams_by_slug(request), led_teams(request)
    teams = [(slug, called[slug].name) for slug in led]
    team = one_of("close", "team", _("Which team?"), teams) if len(teams) > 1 else unseen("team", led[0])

    def close(values: dict[str, Any]) -> Close:
        slug = values["team"] if values["team"] in led else led[0]
        return Close(slug, values["first"], values["last"] or values["first"])

    schema = _days(request, "close", _("From which day is the team closed?"), team)
    forms = {"close": Sent(request.form(schema, _("Keep this closure"), name="close"), close)}
    for row in closures_of(request.reader, led, today(request.clock)):
        if row.team_slug is None:
            continue
        name = f"open-{row.id}"
        form = request.form(schema_of(unseen(WHAT, name)), _("Open after all"), name=name)
        forms[name] = Sent(form, lambda _values, row=row: OpenAgain(row.team_slug, row.id))  # type: ignore[misc]
    return forms


def _closures_page(request: Request, forms: dict[str, Sent]) -> dict[str, Any]:
    rows = closures_of(request.reader, led_teams(request), today(request.clock))
    return {**around(request), **_shown(request, forms), "rows": rows}


@view_config(
    route_name="diary.closures", renderer="bookings/closures.jinja2", permission=Permission.DIARY_READ,
    request_method="GET",
)  # fmt: skip
def show_closures(context: TeamDiary, request: Request) -> dict[str, Any]:
    """When the teams that somebody leads are closed, from today on."""
    return _closures_page(request, _closure_forms(request))


@view_config(
    route_name="diary.closures", renderer="bookings/closures.jinja2", permission=Permission.DIARY_KEEP,
    request_method="POST",
)  # fmt: skip
def keep_closures(context: TeamDiary, request: Request) -> Any:
    """A team is closed, or open after all."""
    forms = _closure_forms(request)
    return act(request, forms, lambda: _closures_page(request, forms))
