"""What the writing screen shows beside the form: what to look at, the Dutch text, who is at work, what changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyramid.request import Request
from sqlalchemy import select

from portal.cases.looking import names_of_staff
from portal.editing.checks import Finding, Known, Written, against_source, findings
from portal.editing.differences import Row, differences, near_changes
from portal.editing.drafting import BUSY_FOR, Drafting, Words
from portal.editing.resources import TextFile, editor_of
from portal.foundation.i18n import SOURCE
from portal.foundation.lib.readability import BARS, faults
from portal.pages.models import PageText
from portal.pages.services import read_addresses, read_services
from portal.pages.showing import source_to_follow
from portal.pages.versions import PageVersion
from portal.pages.workflow import State
from portal.ui.prose import fact_names


@dataclass(frozen=True)
class AtWork:
    """Somebody else who is at work in this text: who, and since when."""

    name: str
    since: datetime


@dataclass(frozen=True)
class Source:
    """The Dutch text that a translation follows: number `number` is to be said.

    `changes`: in Dutch since; empty when nothing changed.
    """

    text: Any
    number: int
    changes: list[Row | None]
    behind: bool


def drafting(context: TextFile, request: Request) -> Drafting:
    """Who asks, at work in this text."""
    session = request.db if request.method == "POST" else request.looking
    return Drafting(session, request.clock.now(), editor_of(request))


def who_is_there(context: TextFile, request: Request) -> AtWork | None:
    """Who else is at work in the open version; None when nobody is."""
    version = context.open
    staff_id = drafting(context, request).busy(version) if version else None
    if version is None or staff_id is None or version.busy_until is None:
        return None
    name = names_of_staff(request.looking.connection(), {staff_id}).get(staff_id, "–")
    return AtWork(name, version.busy_until - BUSY_FOR)


def known_names(request: Request) -> Known:
    """What a text may name on this site."""
    pages = {*request.kept.get("pages.addresses", read_addresses), *request.kept.get("pages.services", read_services)}
    return Known(fact_names(request.site.profile), pages, frozenset(request.registry.service_routes))


def written_of(text: PageVersion | PageText | Words) -> Written:
    """A text as it is looked at."""
    return Written(text.title, text.summary, text.slug, text.markdown, tuple(text.actions))


def to_look_at(context: TextFile, request: Request, text: PageVersion | Words) -> list[Finding]:
    """Everything that a writer should look at once more; for a translation also what differs from the Dutch text."""
    found = findings(written_of(text), known_names(request))
    source = _dutch(context, request)
    return found + (against_source(written_of(text), written_of(source)) if source is not None else [])


def hard_to_read(context: TextFile, text: PageVersion | Words) -> list[str]:
    """What keeps a Dutch text from its level; nothing for other languages."""
    if context.locale.code not in BARS:
        return []
    return faults(f"{text.summary}\n\n{text.markdown}", context.locale.code)


def source_of(context: TextFile, request: Request, version: PageVersion) -> Source | None:
    """The Dutch text beside a translation; None for plain Dutch itself, and while there is none on show."""
    text = _dutch(context, request)
    if text is None:
        return None
    session = request.db if request.method == "POST" else request.looking
    newest = source_to_follow(session, version.page_key)
    behind = (version.source_number or 0) < newest
    then = session.scalar(
        select(PageVersion.markdown).where(
            PageVersion.page_key == version.page_key, PageVersion.locale == SOURCE.code,
            PageVersion.number == version.source_number,
        )
    )  # fmt: skip
    rows = near_changes(differences(then, text.markdown)) if behind and then is not None else []
    return Source(text, newest, rows if then != text.markdown else [], behind)


def _dutch(context: TextFile, request: Request) -> PageText | None:
    if context.locale is SOURCE:
        return None
    session = request.db if request.method == "POST" else request.looking
    found: PageText | None = session.get(PageText, (context.page.key, SOURCE.code))
    return found


def is_at_work(version: PageVersion | None) -> bool:
    """Whether a version can be written in."""
    return version is not None and version.state == State.DRAFT
