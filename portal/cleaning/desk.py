"""What the desk shows of a request for cleaning: what was asked, and how the providers answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.workflow import Author
from portal.cleaning.kind import CLEANING
from portal.cleaning.labels import OFFERS, REASONS
from portal.cleaning.models import Offer, Provider
from portal.cleaning.questions import PARTS, STARTS
from portal.cleaning.rules import ANYONE, DAY_PARTS

_ = TranslationStringFactory("portal")


@dataclass(frozen=True)
class Asked:
    """How one provider answered."""

    provider: str
    phone: str
    state: Any
    reason: Any
    made_at: datetime
    first_date: date | None


def answers(request: Request, case: Case) -> Sequence[tuple[Any, list[str]]]:
    """What was asked, as (title, lines)."""
    say, given = request.localizer.translate, case.answers
    wanted = request.looking.get(Provider, given["provider"]) if given["provider"] != ANYONE else None
    return [
        (_("Who may come to clean?"), [wanted.name if wanted else say(_("No preference"))]),
        (_("Which days are good?"), [say(PARTS[part]) for part in DAY_PARTS if part in given["parts"]]),
        (_("When may it begin?"), [say(dict(STARTS)[given["start"]])]),
        (_("Practical"), [given["note"]] if given["note"] else []),
    ]


def panel(request: Request, case: Case) -> dict[str, Any]:
    """Who was asked and what they said; whether another can be asked now."""
    rows = request.looking.execute(
        select(Offer, Provider.name, Provider.phone)
        .join(Provider, Provider.slug == Offer.provider_slug)
        .where(Offer.case_id == case.id)
        .order_by(Offer.made_at.desc(), Provider.name)
    )
    asked = [
        Asked(name, phone, OFFERS[offer.state], REASONS.get(offer.reason or ""), offer.made_at, offer.first_date)
        for offer, name, phone in rows
    ]
    return {"offers": asked, "may_offer": CLEANING.may("offer", case.state, Author.STAFF, case.answers)}
