"""The moments somebody may choose from: in the form, on the page where they follow their request, and at the desk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import groupby, islice
from typing import Any, Literal

import colander
import deform
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.bookings.availability import Moment, Place, Wish, is_free
from portal.bookings.models import Booking
from portal.bookings.remembered import asked, remembered
from portal.bookings.services import AlreadyBooked, Bookings, MomentTaken
from portal.cases.asking import Answers, Refused
from portal.cases.people import schema_of
from portal.cases.schemas import postcode
from portal.conversations.wishes import features_of, wish_of
from portal.foundation.clock import local_date, today
from portal.teams.placing import team_at
from portal.ui.dates import clock_time, day

_ = TranslationStringFactory("portal")
#: The answer of who finds no moment that suits.
CALL = "call"
#: A page shows so many days, and of each so many moments.
DAYS, A_DAY = 4, 8
#: The parts of a day by their words in an address.
PARTS: Mapping[str, Literal["morning", "afternoon"]] = {"ochtend": "morning", "middag": "afternoon"}
GONE = _("This moment is no longer free. Choose another one: these are free now.")
_MADE, _TEAMS = "portal.moments", "portal.moments.teams"
_FORMAT = "%Y%m%dT%H%MZ"
_JUST_BEFORE = timedelta(seconds=1)


@dataclass(frozen=True)
class Choice:
    """A page of moments: (name of a day, its (value, time)), and where the later ones are."""

    days: list[tuple[str, list[tuple[str, str]]]]
    part: str
    more: str
    minutes: int
    no_team: bool = False
    lost: bool = False


def written(start: datetime) -> str:
    """A moment as the value of a field; it says when, and not with whom."""
    return start.astimezone(UTC).strftime(_FORMAT)


def read_moment(typed: str) -> datetime | None:
    """The moment behind a value; None when it is none."""
    try:
        return datetime.strptime(typed, _FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


class Moments:
    """Looks for the free moments of one team for one wish. Without a team there are none."""

    def __init__(self, request: Request, team: str | None, wish: Wish) -> None:
        self._request, self._team, self._wish = request, team, wish
        self._now: datetime = request.clock.now()
        self.bookings = Bookings(request.looking, request.policies, self._now)

    def at(self, start: datetime | None) -> Moment | None:
        """The free moment that begins then."""
        if self._team is None or start is None:
            return None
        found = self.bookings.free(self._team, self._wish, 1, start - _JUST_BEFORE)
        return next((moment for moment in found if moment.start == start), None)

    def choice(self, own: datetime | None = None, lost: bool = False) -> Choice:
        """The page that was asked for; `own` is a moment that is kept for who looks, and stands among the others."""
        part = self._request.GET.get("deel", "")
        part = part if part in PARTS else ""
        days = self._days(part, read_moment(self._request.GET.get("na", "")))
        shown = days[:DAYS]
        more = written(shown[-1][-1]) if len(days) > DAYS else ""
        starts = {start for day in shown for start in _spread(day)} | ({own} if own else set())
        minutes = int(self._request.policies["slot_hold"].span().total_seconds()) // 60
        return Choice(self._by_day(starts), part, more, minutes, self._team is None, lost)

    def _days(self, part: str, after: datetime | None) -> list[list[datetime]]:
        """All starts of each day of a page, and one of the day after, when there is such a day."""
        if self._team is None:
            return []
        wish, now, policies = replace(self._wish, part=PARTS.get(part, "")), self._now, self._request.policies
        if self._request.method != "GET":  # what this very request wrote is not for others to remember
            return self._look(self._team, wish, after)
        lead, horizon = policies["booking_lead"].span(), policies["booking_horizon"].span()
        question = asked(self._team, wish, after, now, lead, horizon)
        reader, team = self._request.looking.connection(), self._team
        return remembered(self._request.site).days(reader, question, now, lambda: self._look(team, wish, after))

    def _look(self, team: str, wish: Wish, after: datetime | None) -> list[list[datetime]]:
        found = (moment.start for moment in self.bookings.search(team, wish, after))
        by_day = (day for _date, day in groupby(found, local_date))
        return [list(day) for day in islice(by_day, DAYS)] + [list(islice(day, 1)) for day in islice(by_day, 1)]

    def _by_day(self, starts: Iterable[datetime]) -> list[tuple[str, list[tuple[str, str]]]]:
        here = self._request.locale
        return [
            (day(date, here), [(written(start), clock_time(start, here)) for start in group])
            for date, group in groupby(sorted(starts), local_date)
        ]


def _spread(day: list[datetime]) -> list[datetime]:
    """What is shown of a day: the whole hours, else some that lie apart. Nobody looks through thirty quarters."""
    whole = [start for start in day if start.minute == 0] or day
    return whole[:: -(-len(whole) // A_DAY)]


def moment_schema(choice: Choice, call: bool) -> colander.Schema:
    """One radio button a moment; with `call` the way out for who finds none."""

    def chosen(node: Any, value: str) -> None:
        if not (call and value == CALL) and read_moment(value) is None:
            raise colander.Invalid(node, _("Choose a moment."))

    out = [(CALL, _("No moment suits me: call me"))] if call else []
    values = [value for _day, times in choice.days for value, _time in times]
    return schema_of(
        colander.SchemaNode(
            colander.String(), name="moment", oid="moment", title=_("When does it suit you?"), validator=chosen,
            missing_msg=_("Choose a moment."), as_heading=True,
            default=CALL if call and not values else colander.null,
            widget=deform.widget.RadioChoiceWidget(values=out, days=choice.days),
        )
    )  # fmt: skip


# In the form, where a moment is kept for some minutes


def team_of(request: Request, answers: Answers) -> str | None:
    """The team at the address; None at a border and where we know none. Looked up once for a request."""
    at = (postcode(answers["home"]["postcode"]) or "", answers["home"]["house"])
    known: dict[tuple[str, str], str | None] = request.environ.setdefault(_TEAMS, {})
    if at not in known:
        known[at] = team_at(request.looking.connection(), *at, today(request.clock))
    return known[at]


def _moments(request: Request, answers: Answers) -> Moments:
    return Moments(request, team_of(request, answers), _wish(request, answers))


def _wish(request: Request, answers: Answers) -> Wish:
    home = postcode(answers["home"]["postcode"]) or ""
    place, needs = answers["where"]["place"], answers["needs"]["needs"]
    return wish_of(request.looking, request.policies, team_of(request, answers), place, home, needs)


def _kept(request: Request, answers: Answers) -> Booking | None:
    """What was held with the answer, as long as it is for the same team and place."""
    values: Mapping[str, Any] = answers.get("moment", {})
    found: Booking | None = request.looking.get(Booking, values["hold"]) if values.get("hold") else None
    wanted = (team_of(request, answers), answers["where"]["place"])
    fits = found is not None and (found.team_slug, found.place) == wanted
    return found if fits else None


def _is_held(request: Request, booking: Booking) -> bool:
    now = request.clock.now()
    return booking.state == "held" and booking.hold_until is not None and booking.hold_until > now


def holds(request: Request, answers: Answers) -> bool:
    """Whether the chosen moment can still be had: it is held, or nobody else took it since."""
    if answers["moment"]["moment"] == CALL:
        return True
    kept = _kept(request, answers)
    if kept is None or _is_held(request, kept):
        return kept is not None
    return _is_free_again(request, answers, kept)


def _is_free_again(request: Request, answers: Answers, kept: Booking) -> bool:
    """Whether what was held too long can be taken once more; that it is soon by now does not matter."""
    features = features_of(kept.place, answers["needs"]["needs"])
    wish = Wish(Place(kept.place), kept.ends_at - kept.starts_at, kept.starts_at - kept.busy_from, features=features)
    moment, day = Moment(kept.starts_at, kept.ends_at, kept.staff_id), local_date(kept.starts_at)
    bookings = Bookings(request.looking, request.policies, request.clock.now())
    diary, horizon = bookings.diary(kept.team_slug, day, day), request.policies["booking_horizon"].span()
    return is_free(diary, wish, moment, request.clock.now(), timedelta(), horizon)


def _choice(request: Request, answers: Answers) -> Choice:
    """The page of a draft. A page that is only looked at says the same above the form as in it; it is made once."""
    if request.method != "GET":
        return _new_choice(request, answers)
    known = request.environ.setdefault(_MADE, [])
    if not known:
        known.append(_new_choice(request, answers))
    made: Choice = known[0]
    return made


def _new_choice(request: Request, answers: Answers) -> Choice:
    moments = _moments(request, answers)
    kept = _kept(request, answers)
    own = kept.starts_at if kept is not None and _is_held(request, kept) else None
    lost = "moment" in answers and not holds(request, answers)
    return moments.choice(own, lost or "opnieuw" in request.GET)


def ask_moment(request: Request, answers: Answers) -> colander.Schema:
    """The free moments, and the way out."""
    return moment_schema(_choice(request, answers), call=True)


def alike(request: Request, answers: Answers) -> str:
    """The moments on the page, as a name: who is offered the same sees the same page."""
    return blake2b(repr(_choice(request, answers)).encode(), digest_size=16).hexdigest()


def moment_page(request: Request, answers: Answers) -> dict[str, Any]:
    """What stands around them."""
    return {"choice": _choice(request, answers)}


def takes(request: Request, answers: Answers, values: dict[str, Any], key: str) -> dict[str, Any]:
    """Hold the chosen moment for who fills in the form. Raises `Refused` when somebody else was first."""
    start = read_moment(values["moment"])
    if start is None:
        return values
    kept = _kept(request, answers)
    if kept is not None and _is_held(request, kept) and kept.starts_at == start:
        return {**values, "hold": kept.id}
    moments, team = _moments(request, answers), team_of(request, answers)
    moment = moments.at(start)
    if moment is None or team is None:
        raise Refused("moment", GONE)
    try:
        held = moments.bookings.hold(team, _wish(request, answers), moment, key)
    except (MomentTaken, AlreadyBooked) as fault:
        raise Refused("moment", GONE) from fault
    return {**values, "hold": held.id}


def shown_moment(request: Request, values: Mapping[str, Any]) -> list[str]:
    """The chosen moment in words."""
    start = read_moment(values["moment"])
    if start is None:
        return [request.localizer.translate(_("No moment suits me: call me"))]
    comma = "،" if request.locale.direction == "rtl" else ","
    return [f"{day(start, request.locale)}{comma} {clock_time(start, request.locale)}"]
