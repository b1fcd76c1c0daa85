"""What the pages about waiting show: figures, charts, and until when that is true."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from markupsafe import Markup
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.bookings.availability import Place
from portal.bookings.chart import Point, chart, points
from portal.bookings.waiting import LOOK_EVERY, PLACES, WEEKS, Figure, by_week, newest, since
from portal.foundation.clock import local_now, next_midnight, today
from portal.foundation.i18n import Locale

_ = TranslationStringFactory("portal")
NAMES = {Place.HOME: _("At your home"), Place.TEAM: _("At the neighbourhood team"), Place.PHONE: _("By phone"),
         Place.VIDEO: _("With a video call")}  # fmt: skip
ICONS = {Place.HOME: "house", Place.TEAM: "team", Place.PHONE: "phone", Place.VIDEO: "digital"}
PROMISE, URGENT = "conversation_first_slot", "conversation_first_slot_urgent"
NO_BREAK = "\N{NO-BREAK SPACE}"
#: As long as nobody looked, the page that says so is made anew after this.
SOON = timedelta(minutes=5)


@dataclass(frozen=True)
class Wait:
    """One kind of place: what it is called, its newest figure, whether that keeps our promise, and the last weeks."""

    place: Place
    name: Any
    icon: str
    figure: Figure | None
    kept: bool
    line: list[Point]

    @property
    def days(self) -> list[int]:
        """The days of the weeks in which there was a moment."""
        return [one.days for one in self.line if one.days is not None]

    @property
    def none(self) -> int:
        """In how many weeks there was none."""
        return sum(one.none for one in self.line)

    @property
    def known(self) -> int:
        """In how many weeks we looked."""
        return sum(one.known for one in self.line)


def waits(request: Request, figures: Mapping[Place, Figure], rows: Iterable[Any] = ()) -> list[Wait]:
    """The four kinds of place of one team; with the rows of its last weeks, their lines."""
    promise, day, rows = request.policies[PROMISE], today(request.clock), list(rows)
    found = []
    for place in PLACES:
        figure = figures.get(place)
        line = points(by_week(rows, place), day, WEEKS)
        found.append(Wait(place, NAMES[place], ICONS[place], figure, bool(figure and figure.keeps(promise)), line))
    return found


def all_waits(request: Request) -> dict[str, list[Wait]]:
    """The newest figures of every team that has some; says until when the page is true."""
    found = newest(request.reader, today(request.clock))
    _true_until(request, found)
    return {slug: waits(request, figures) for slug, figures in found.items()}


def waits_of(request: Request, slug: str) -> list[Wait]:
    """Those of one team, with its last weeks; says until when the page is true."""
    found = newest(request.reader, today(request.clock))
    _true_until(request, found)
    return waits(request, found.get(slug, {}), since(request.reader, today(request.clock), slug))


def _true_until(request: Request, found: Mapping[str, Mapping[Place, Figure]]) -> None:
    looked = [figure.looked_at for figures in found.values() for figure in figures.values()]
    now = request.clock.now()
    again = max(looked) + LOOK_EVERY if looked else now
    request.page_true_until(min(max(again, now + SOON), next_midnight(local_now(request.clock))))


def around(request: Request) -> dict[str, Any]:
    """What every page about waiting says beside the figures: the promise, and how far we look ahead."""
    promise, day = request.policies[PROMISE], today(request.clock)
    in_days = (promise.due(day) - day).days
    mirrored = request.locale.direction == "rtl"

    def draw(wait: Wait, words: str) -> Markup:
        first, last = (apart(short(one.monday, request.locale)) for one in (wait.line[0], wait.line[-1]))
        return chart(wait.line, in_days, words, (first, last), mirrored=mirrored)

    return {
        "promise": promise.value, "urgent": request.policies[URGENT].value, "weeks": WEEKS, "draw": draw,
        "short_day": lambda value: short(value, request.locale),
        "horizon": request.policies["booking_horizon"].span() // timedelta(weeks=1),
    }  # fmt: skip


def short(value: date, locale: Locale) -> str:
    """A date where there is little room, on one line: “4 jan”."""
    return format_date(value, "d MMM", locale=locale.formats).replace(" ", NO_BREAK)


def apart(words: str) -> str:
    """Words that keep their own direction where there can be no tag for it."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"
