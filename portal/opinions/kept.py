"""What is kept of a second opinion for who asked it: what the expert could see and looked at, and what was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.opinions.follow_forms import item_names
from portal.opinions.judging import Judging
from portal.opinions.labels import RIGHT_PLAN
from portal.opinions.models import Release
from portal.opinions.sending import service
from portal.ui.dates import clock_time, day_and_year

_ = TranslationStringFactory("portal")
_GONE = _("a document that is not here any more")
_Kept = Sequence[tuple[Any, Sequence[str]]]


def keeps(_session: Session, case: Case, request: Request) -> _Kept:
    """What `add_kept` asks. The opinion is theirs to read from the moment that it is written."""
    opinions, names = service(request), item_names(request, case)
    gone = request.localizer.translate(_GONE)
    given = [_given(request, one, names.get(one.item, gone)) for one in opinions.releases(case)]
    looks = [f"{_moment(request, at)} · {name}: {names.get(item, gone)}" for name, item, at in opinions.looks(case)]
    return [(_("What the expert may see"), given), (_("Who looked at what"), looks), *_said(request, opinions, case)]


def _moment(request: Request, at: datetime) -> str:
    return f"{day_and_year(at, request.locale)}, {clock_time(at, request.locale)}"


def _given(request: Request, one: Release, name: str) -> str:
    until = f" – {_moment(request, one.taken_back_at)}" if one.taken_back_at else ""
    return f"{_moment(request, one.given_at)}{until} · {name}"


def _said(request: Request, opinions: Judging, case: Case) -> _Kept:
    opinion, reaction = opinions.opinion(case), opinions.reaction(case)
    if opinion is None:
        return []
    answer = request.localizer.translate(RIGHT_PLAN[opinion.right_plan])
    found = [f"{_moment(request, opinion.written_at)} · {opinions.expert_of(opinion).name}: {answer}",
             opinion.change, opinion.why]  # fmt: skip
    team = [f"{_moment(request, reaction.at)} · {reaction.text}"] if reaction else []
    return [(_("What the expert says"), found), (_("What the team says to it"), team)]
