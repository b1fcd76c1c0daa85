"""What a status page and a confirmation show of a case; nothing personal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
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


@dataclass(frozen=True)
class DeskPage:
    """What staff see of a kind beside what all kinds have.

    `answers(request, case)` gives what was asked as (title, lines); `panel` is a template for what only this kind has,
    with what `context(request, case)` gives; `standard` is a folder of standard texts.
    """

    answers: Any
    panel: str | None = None
    context: Any = None
    standard: Path | None = None


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


def case_page(request: Request, case: Case) -> dict[str, Any]:
    """Everything a page about a case needs."""
    session: Session = request.looking
    shown: Shown = request.registry.case_pages[case.kind]
    facts: Mapping[str, str] = shown.facts(session, case, request)
    said: Said = shown.texts.say(case.state, request.locale, facts)
    events = session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.number)).all()
    query = select(Term.due_on).where(Term.case_id == case.id, Term.ended_on.is_(None)).order_by(Term.due_on)
    due: date | None = session.scalar(query.limit(1)) if case.state in shown.kind.waiting else None
    names = {**NAMES, **shown.kind.names}
    return {
        "case": case, "reference": spoken(case.reference), "said": said, "due": due, "title": shown.kind.title,
        "happened": [Happened(event.at, names[event.action]) for event in events if event.action in names],
        "can": {step.action for step in shown.kind.steps
                if shown.kind.may(step.action, case.state, Author.RESIDENT, case.answers)},
        "closed": case.state in shown.kind.closed, "panel": shown.kind.panel, "facts": facts,
    }  # fmt: skip
