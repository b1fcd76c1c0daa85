"""What is kept of a conversation for who asked it: appointments, reports with the plan, and what they said of those."""

from collections.abc import Sequence
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.bookings.models import Booking
from portal.cases.company import company_of
from portal.cases.looking import names_of_staff
from portal.cases.models import Case
from portal.conversations.labels import PLACES
from portal.conversations.models import Reply, Report
from portal.ui.dates import clock_time, day_and_year

_ = TranslationStringFactory("portal")


def keeps(session: Session, case: Case, request: Request) -> Sequence[tuple[Any, Sequence[str]]]:
    """What `add_kept` asks."""
    reports = session.scalars(select(Report).where(Report.case_id == case.id).order_by(Report.number))
    replies = session.scalars(select(Reply).where(Reply.case_id == case.id).order_by(Reply.id))
    return [
        (_("Who comes along"), [one["name"] for one in company_of(case.answers)]),
        (_("Your appointment"), _bookings(session, case, request)),
        (_("The report and the plan"), [line for report in reports for line in _report(request, report)]),
        (_("What you said of it"), [f"{_on(request, one.at)} · {one.text}" for one in replies if one.text]),
    ]


def _on(request: Request, at: Any) -> str:
    return day_and_year(at, request.locale)


def _bookings(session: Session, case: Case, request: Request) -> list[str]:
    rows = session.scalars(select(Booking).where(Booking.case_id == case.id).order_by(Booking.starts_at)).all()
    names, places = names_of_staff(session.connection(), {row.staff_id for row in rows}), dict(PLACES)
    say = request.localizer.translate
    return [
        f"{_on(request, row.starts_at)}, {clock_time(row.starts_at, request.locale)}, "
        f"{say(places.get(row.place, row.place))}, {names.get(row.staff_id, '–')}"
        for row in rows
    ]


def _report(request: Request, report: Report) -> list[str]:
    return [_on(request, report.written_at), report.found, report.plan, report.costs]
