"""Trying to reach somebody: so often, over two ways at least, then a letter; and never a refusal.

A try is an event of the case with its way as the reason: the resident reads that we tried, and when.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pyramid.i18n import TranslationStringFactory
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseEvent
from portal.foundation.policies import Policy

_ = TranslationStringFactory("portal")
WAYS = [
    ("phone", _("By phone")),
    ("sms", _("By text message (SMS)")),
    ("email", _("By e-mail")),
    ("visit", _("At their door")),
]
#: Over so many ways at least: who does not pick up the phone may read a message.
LEAST_WAYS = 2
#: What happened while somebody was in touch with us, whoever wrote it down; tries from before do not count any more.
IN_TOUCH = ("book", "answered", "talked", "urgent_answered")
THEIR_SIDE = ("resident", "representative")


def tries_of(session: Session, case_id: str) -> Sequence[Any]:
    """The tries since we last heard from somebody, the oldest first: `at` and `reason`, which is the way."""
    of_case = CaseEvent.case_id == case_id
    heard = select(func.max(CaseEvent.number)).where(
        of_case, or_(CaseEvent.author.in_(THEIR_SIDE), CaseEvent.action.in_(IN_TOUCH))
    )
    since = session.scalar(heard) or 0
    query = select(CaseEvent.at, CaseEvent.reason).where(of_case, CaseEvent.action == "tried", CaseEvent.number > since)
    return session.execute(query.order_by(CaseEvent.number)).all()


def what_is_missing(session: Session, policies: Mapping[str, Policy], case: Case) -> Any:
    """What is missing before we may say that we cannot reach somebody, in words for staff; None when nothing is."""
    found, most = tries_of(session, case.id), policies["contact_tries"].value
    ways = {one.reason for one in found}
    if len(found) >= most and len(ways) >= LEAST_WAYS:
        return None
    return _(
        "Try ${most} times first, in at least ${least} ways. Written down: ${count} times, in ${ways} ways. "
        "After that they get a letter, and the request goes on.",
        mapping={"most": most, "least": LEAST_WAYS, "count": len(found), "ways": len(ways)},
    )
