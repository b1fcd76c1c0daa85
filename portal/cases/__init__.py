"""Requests of residents, from the first answer to the last message: the spine that every kind of request shares.

A kind registers its table of steps, its form and its words; this package keeps the case, the promise with its date,
the chain of what happened, and the door by which somebody follows it without an account.
"""

from collections.abc import Mapping
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.acts import add_act_desk
from portal.cases.asking import Sent, add_case_form
from portal.cases.kept import add_kept
from portal.cases.models import Case
from portal.cases.pages import add_case_page, address_seen, case_page
from portal.cases.retention import Hourly
from portal.cases.workflow import add_case_kind
from portal.foundation.clock import today
from portal.foundation.db import writes
from portal.foundation.policies import Policy, read_policies


def _looking(request: Request) -> Session:
    """A session to look with: the one that writes where there is one, else one that takes no lock and never commits."""
    if writes(request):
        found: Session = request.db
        return found
    session = Session(request.reader, autoflush=False)
    request.add_finished_callback(lambda _request: session.close())
    return session


def _policies(request: Request) -> Mapping[str, Policy]:
    """The rules that hold today."""
    day = today(request.clock)
    found: Mapping[str, Policy] = request.kept.get(("policies", day), lambda connection: read_policies(connection, day))
    return found


def _sent_before(request: Request, send_key: str) -> Sent | None:
    """The request that was sent with this key; None when there is none."""
    if not send_key:
        return None
    row = request.db.execute(select(Case.id, Case.reference).where(Case.send_key == send_key)).first()
    return Sent(row.id, row.reference) if row else None


def add_case_step(config: Configurator, kind: str, action: str, after: Any, bar: Any = None) -> None:
    """Directive: a step that residents take on the status page, and what follows from it.

    `bar(request, case)` gives, in words for who would take it, what is missing before it can be taken; else None.
    """
    config.registry.case_steps[kind, action] = after
    config.registry.case_bars[kind, action] = bar


def _missing(request: Request, case: Case, action: str) -> Any:
    """What is missing before a step can be taken, in words; None when nothing is."""
    bar = request.registry.case_bars.get((case.kind, action))
    return bar(request, case) if bar else None


def includeme(config: Configurator) -> None:
    """Directives for kinds, and the door for who follows a request."""
    config.registry.case_kinds, config.registry.case_forms, config.registry.desk_forms = {}, {}, {}
    config.registry.case_pages, config.registry.case_steps, config.registry.case_bars = {}, {}, {}
    config.registry.case_kept = []
    for name, directive in (("add_case_kind", add_case_kind), ("add_case_form", add_case_form),
                            ("add_case_page", add_case_page), ("add_case_step", add_case_step),
                            ("add_act_desk", add_act_desk), ("add_kept", add_kept)):  # fmt: skip
        config.add_directive(name, directive, action_wrap=False)
    config.add_request_method(_looking, "looking", reify=True)
    config.add_request_method(_policies, "policies", reify=True)
    config.add_request_method(_sent_before, "sent_before")
    config.add_request_method(case_page, "case_page")
    config.add_request_method(_missing, "missing_for")
    config.add_request_method(address_seen, "address_seen")
    words, factory = {"nl": "mijn-aanvraag", "en": "my-request"}, "portal.cases.resources.FollowDesk"
    for name, tail in (("find", ""), ("status", "/stand"), ("code", "/code"),
                       ("send_code", "/code/sturen"), ("leave", "/sluiten"), ("end_helper", "/helper"),
                       ("step", "/stap/{action:[a-z_]+}"), ("link", "/volg/{token:[A-Za-z0-9_-]{20,60}}")):  # fmt: skip
        config.add_localized_route(f"cases.{name}", words, tail, factory=factory)
    config.add_service("follow", "cases.find")
    config.add_jinja2_search_path("portal.cases:templates")
    config.add_task("retention", Hourly(config.registry.case_kinds))
    config.scan("portal.cases.follow_views")
