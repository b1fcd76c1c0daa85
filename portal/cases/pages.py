"""What a status page and a confirmation show of a case; nothing personal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseEvent, Term
from portal.cases.references import spoken
from portal.cases.texts import Said, Texts
from portal.cases.words import NAMES
from portal.cases.workflow import Author, CaseKind

#: Gives the facts that the texts of a case may name: who acts, by when.
Facts = Any


class Sight(StrEnum):
    """How far staff see where somebody lives; short of `SHOWN` at most the area, and of `NEVER` not even that."""

    SHOWN = "shown"
    LATER = "later"
    NOTHING_AGREED = "nothing_agreed"
    OVER = "over"
    NEVER = "never"


@dataclass(frozen=True)
class AddressSeen:
    """How far staff see an address now; `day` is the first day of `LATER` and the last of `OVER`."""

    sight: Sight
    day: date | None = None


@dataclass(frozen=True)
class DeskPage:
    """What staff see of a kind beside what all kinds have.

    `answers(request, case)` gives what was asked as (title, lines); `panel` is a template for what only this kind has,
    with what `context(request, case)` gives; `standard` is a folder of standard texts. `address_from(request, case)`
    gives an `AddressSeen`; without it the address is shown as long as the case is there.
    """

    answers: Any
    panel: str | None = None
    context: Any = None
    standard: Path | None = None
    address_from: Any = None


@dataclass(frozen=True)
class Shown:
    """How a kind is shown: its words, what they may name, and what staff see of it."""

    kind: CaseKind
    texts: Texts
    facts: Any
    desk: DeskPage


@dataclass(frozen=True)
class Happened:
    """One line of the time line."""

    at: datetime
    title: str


def add_case_page(config: Any, kind: CaseKind, texts: Texts, facts: Any, desk: DeskPage) -> None:
    """Directive: the words of a kind. `facts(session, case, request)` gives what they may name."""
    config.registry.case_pages[kind.code] = Shown(kind, texts, facts, desk)


def offer_exit_for(request: Request, kind: str) -> None:
    """Put the way out on a page of a kind that is about somebody else: whoever it is about may be in the room."""
    if request.registry.case_kinds[kind].about_another:
        request.offer_exit()


def address_seen(request: Request, case: Case) -> AddressSeen:
    """How far the staff who work on a case see the address in it now; its kind says so.

    Every screen of the desk with an address asks this. Letters do not: the letter that waits for a printer has the
    address of its envelope in itself, and somebody who wants letters would get none without it.
    """
    rule = request.registry.case_pages[case.kind].desk.address_from
    seen: AddressSeen = rule(request, case) if rule else AddressSeen(Sight.SHOWN)
    return seen


def case_page(request: Request, case: Case) -> dict[str, Any]:
    """Everything a page about a case needs."""
    session: Session = request.looking
    shown: Shown = request.registry.case_pages[case.kind]
    facts: Mapping[str, str] = shown.facts(session, case, request)
    # Where the state alone does not know best what to say, the facts name the words; `heed` is a line that nobody may
    # miss, and with `says_when` the words have the date in themselves, where a second beside it would puzzle.
    said: Said = shown.texts.say(facts.get("status_moment") or case.state, request.locale, facts)
    events = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.number)).all()
    query = select(Term.due_on).where(Term.case_id == case.id, Term.ended_on.is_(None)).order_by(Term.due_on)
    waits = case.state in shown.kind.waiting and not facts.get("says_when")
    due: date | None = session.scalar(query.limit(1)) if waits else None
    names = {**NAMES, **shown.kind.names}
    if shown.kind.about_another:  # who asked reads no notes, so is not told of them
        del names["note"]
    return {
        "case": case, "reference": spoken(case.reference), "said": said, "due": due, "title": shown.kind.title,
        "happened": [Happened(event.at, names[event.action]) for event in events if event.action in names],
        "can": {step.action for step in shown.kind.steps
                if shown.kind.may(step.action, case.state, Author.RESIDENT, case.answers)},
        "closed": case.state in shown.kind.closed, "panel": shown.kind.panel, "facts": facts,
    }  # fmt: skip
