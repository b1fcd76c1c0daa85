"""“Which way is right for me?”: talk, complaint, second opinion, objection, or somebody who stands beside you.

At most four questions, each a GET form; the answers stand in the address, and nothing is kept. Where there is a letter
with a decision, the last day for objection comes first: no other way moves it.

What other kinds of requests use, so that a date is the same everywhere:
- `request.objection(day)` gives an `Objection` (date, until, days_left, is_over) by the policies of today;
- the macro `objection_line` of `ways/parts.jinja2` says it on a screen, in the reader's language;
- a service that knows no request asks `rules.objection_until(day, policies)`, for a letter;
- `days.read_day` reads a date as people type it, and `labels.SLIPS` says what is wrong with one.
So it stands below the kinds of requests, and knows none of them.
"""

from datetime import date

from pyramid.config import Configurator
from pyramid.request import Request

from portal.foundation.clock import today
from portal.ways.rules import Objection, objection


def _objection(request: Request, decided_on: date) -> Objection:
    """Until when somebody may object to a decision that was made known on that day."""
    return objection(decided_on, today(request.clock), request.policies)


def includeme(config: Configurator) -> None:
    """One address, one service, one method on requests."""
    config.add_localized_route(
        "ways.start", {"nl": "welke-weg", "en": "which-way"}, factory="portal.ways.resources.WaysDesk"
    )
    config.add_service("which-way", "ways.start")
    config.add_request_method(_objection, "objection")
    config.add_jinja2_search_path("portal.ways:templates")
    config.scan("portal.ways.views")
