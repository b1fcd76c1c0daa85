"""What the desk shows of a question about data: what was asked, its month, who it is, and what was found."""

from collections.abc import Sequence
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.acts import ActDesk
from portal.cases.models import Case
from portal.cases.people import say, title_of
from portal.cases.references import spoken
from portal.privacy.desk_forms import ACTS
from portal.privacy.kind import PRIVACY
from portal.privacy.labels import AS, DECISIONS, FOUND_BY, NOT_SO, PROOFS, SIGNED, WANTS
from portal.privacy.sending import service

_ = TranslationStringFactory("portal")


def answers(request: Request, case: Case) -> Sequence[tuple[Any, list[str]]]:
    """What was asked, as (title, lines)."""
    row, given = service(request).of(case), case.answers
    return [
        (_("What do you want?"), say(request, title_of(WANTS, row.wants))),
        (_("Which data is it about?"), [row.what]),
        (_("Numbers of your requests"), [given["numbers"]] if given["numbers"] else []),
        (_("Did this person sign that you may ask for them?"),
         say(request, title_of(SIGNED, given["signed"])) if given["signed"] else []),
    ]  # fmt: skip


def panel(request: Request, case: Case) -> dict[str, Any]:
    """The month, who it is, and what was found with what becomes of it."""
    questions = service(request)
    row, items = questions.of(case), questions.items.of(case)
    return {
        "row": row, "due": questions.due(row), "items": items, "things": questions.items.things(case) if items else {},
        "kinds": request.registry.case_kinds, "found_by": FOUND_BY, "roles": AS, "decisions": dict(DECISIONS),
        "proofs": dict(PROOFS), "spoken": spoken, "to_erase": questions.items.to_erase(case),
    }  # fmt: skip


ACT_DESK = ActDesk(PRIVACY, "privacy", "gegevens", ACTS, service, panel, NOT_SO)


def on_case(request: Request, case: Case) -> dict[str, Any]:
    """What the page of a case shows of it, with the forms that lead on now; the next step comes first."""
    shown = panel(request, case)
    idle = set() if shown["to_erase"] else {"privacy.carry_out"}
    idle |= {"privacy.answer"} if shown["to_erase"] or any(not one.decision for one in shown["items"]) else set()
    idle |= set() if shown["items"] else {"privacy.decide"}
    forms = [(name, words) for name, words in ACT_DESK.open(request, case) if name not in idle]
    done = shown["items"] and "privacy.answer" not in idle
    first = "privacy.answer" if done else "privacy.carry_out" if shown["to_erase"] else "privacy.decide"
    return {**shown, "forms": sorted(forms, key=lambda form: form[0] != first)}
