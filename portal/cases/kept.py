"""What is kept with one case, in words for who asked it: the same for every kind, and what each kind adds.

Walls are no part of it: whom a case is kept from is about somebody else. Of a case about another, only what who asked
told us and heard from us is in it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pyramid.config import Configurator
from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseMessage, Contact, Representative, Term
from portal.cases.pages import Shown
from portal.cases.words import CHANNELS, WAYS
from portal.foundation.clock import local_date
from portal.messaging.models import Message
from portal.ui.dates import day_and_year

_ = TranslationStringFactory("portal")
#: What a kind keeps: `(session, case, request)` gives (heading, lines), in the reader's language.
Keeps = Callable[[Session, Case, Request], Sequence[tuple[Any, Sequence[str]]]]


@dataclass(frozen=True)
class Part:
    """One heading with what is kept under it, a line each."""

    heading: str
    lines: tuple[str, ...]


def add_kept(config: Configurator, kind: str | None, keeps: Keeps) -> None:
    """Directive: what is kept with cases of this kind, or of every kind, beside what all have."""
    config.registry.case_kept.append((kind, keeps))


def kept_of(request: Request, case: Case) -> list[Part]:
    """Everything that is kept with a case; headings without anything are left out."""
    session, say = request.looking, request.localizer.translate
    found: list[tuple[Any, Iterable[str]]] = [
        (_("What you asked"), _asked(request, case)),
        (_("Who you are"), _who(request, session.get(Contact, case.id))),
        (_("Who helps you"), _helper(request, session.get(Representative, case.id))),
    ]
    for kind, keeps in request.registry.case_kept:
        if kind in (None, case.kind):
            found += keeps(session, case, request)
    found += [
        (_("What was written"), _written(request, case)),
        (_("Messages that we sent"), _sent(request, case)),
        (_("What happened"), _happened(request, case)),
        (_("What we promised"), _promised(request, case)),
        (_("How long we keep it"), how_long(request, case)),
    ]
    parts = [Part(say(heading), tuple(line for line in lines if line)) for heading, lines in found]
    return [part for part in parts if part.lines]


def as_text(title: str, parts: Iterable[Part]) -> str:
    """The same as plain text."""
    blocks = ["\n".join([part.heading, "-" * len(part.heading), *part.lines]) for part in parts]
    return "\n\n".join([title, *blocks]) + "\n"


def _about_another(request: Request, case: Case) -> bool:
    return bool(request.registry.case_kinds[case.kind].about_another)


def _asked(request: Request, case: Case) -> list[str]:
    shown: Shown = request.registry.case_pages[case.kind]
    say = request.localizer.translate
    lines = [f"{say(CHANNELS[case.channel])}, {day_and_year(case.received_at, request.locale)}"]
    for title, given in shown.desk.answers(request, case):
        if words := [one for one in given if one]:
            lines.append(f"{say(title)} {', '.join(words)}" if say(title).endswith("?") else
                         f"{say(title)}: {', '.join(words)}")  # fmt: skip
    return lines


def _who(request: Request, contact: Contact | None) -> list[str]:
    if contact is None:
        return []
    say = request.localizer.translate
    home = f"{contact.street or ''} {contact.house}, {contact.postcode[:4]} {contact.postcode[4:]}"
    return [contact.name, home.strip(" ,"), contact.phone or "", contact.email or "", say(WAYS[contact.way])]


def _helper(request: Request, helper: Representative | None) -> list[str]:
    if helper is None:
        return []
    return [helper.name, request.localizer.translate(_("ended")) if helper.ended_at else ""]


def _written(request: Request, case: Case) -> list[str]:
    query = select(CaseMessage).where(CaseMessage.case_id == case.id).order_by(CaseMessage.id)
    if _about_another(request, case):
        query = query.where(CaseMessage.note.is_(False))
    return [_line(request, one.at, f"{_from(request, one)}: {one.text}") for one in request.looking.scalars(query)]


def _from(request: Request, message: CaseMessage) -> str:
    ours = _("a note of the team") if message.note else _("from us")
    who = ours if message.author == "staff" else _("from you")
    return str(request.localizer.translate(who))


def _sent(request: Request, case: Case) -> list[str]:
    query = select(Message).where(Message.about == case.id).order_by(Message.id)
    say = request.localizer.translate
    return [
        _line(request, one.created_at, f"{say(WAYS[one.channel])}: {one.subject}")
        for one in request.looking.scalars(query)
    ]


def _happened(request: Request, case: Case) -> list[str]:
    happened = request.case_page(case)["happened"]
    return [_line(request, one.at, request.localizer.translate(one.title)) for one in happened]


def _promised(request: Request, case: Case) -> list[str]:
    if _about_another(request, case):
        return []
    say, lines = request.localizer.translate, []
    query = select(Term).where(Term.case_id == case.id).order_by(Term.started_on, Term.key, Term.number)
    for term in request.looking.scalars(query):
        due = _("At the latest on ${date}", mapping={"date": day_and_year(term.due_on, request.locale)})
        lines.append(f"{say(due)} ({term.legal_basis})")
    return lines


def how_long(request: Request, case: Case) -> list[str]:
    """How long a case is kept and why; of one that is still open, how long after it came to rest.

    Of a case about another no day is told: it would tell when, and so how, it ended.
    """
    kind, say = request.registry.case_kinds[case.kind], request.localizer.translate
    if case.held is not None and not kind.about_another:
        return [say(_("We keep it for a reason in law: ${why}", mapping={"why": case.held}))]
    policy = request.policies.get(kind.retention.get(case.state, ""))
    if policy is not None and not kind.about_another:
        until = day_and_year(local_date(case.moved_at + policy.span()), request.locale)
        return [say(_("Until ${date}. Then it goes by itself.", mapping={"date": until})),
                say(_("Why: ${why}", mapping={"why": policy.legal_basis}))]  # fmt: skip
    days = sorted({request.policies[key].value for key in kind.retention.values() if key in request.policies})
    if not days or (case.state in kind.closed and not kind.about_another):
        return [say(_("We did not set a last day for this yet. Call us when you want to know more."))]
    most = _("As long as we work on it, and at most ${days} days after.", mapping={"days": days[-1]})
    return [say(most)]


def _line(request: Request, at: Any, words: str) -> str:
    return f"{day_and_year(at, request.locale)} · {words}"
