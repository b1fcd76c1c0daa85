"""What the desk shows of a second opinion: the plan, who was asked to judge, what they may see, and the end."""

from collections.abc import Sequence
from typing import Any

from pyramid.i18n import TranslationStringFactory
from pyramid.request import Request

from portal.cases.company import COMPANY
from portal.cases.models import Case
from portal.opinions.follow_forms import item_names
from portal.opinions.independence import in_lines
from portal.opinions.labels import BY_ITSELF, RIGHT_PLAN, STANDS
from portal.opinions.sending import service
from portal.teams.placing import what_teams_are_called

_ = TranslationStringFactory("portal")


def answers(request: Request, case: Case) -> Sequence[tuple[Any, list[str]]]:
    """What was told, as (title, lines)."""
    given = case.answers
    company = [", ".join(filter(None, (one["name"], one["role"]))) for one in given.get(COMPANY, ())]
    return [
        (_("What do you doubt?"), [given["doubt"]] if given["doubt"] else []),
        (_("Who comes along?"), company),
        (_("Language"), [given["language"]] if given.get("language") else []),
    ]


def reasons(why: str) -> list[Any]:
    """Why somebody does not judge, as words to translate: what the rule found, or what a person wrote as it is."""
    found = why.split(", ")
    return [BY_ITSELF[one] for one in found] if all(one in BY_ITSELF for one in found) else [why]


def panel(request: Request, case: Case) -> dict[str, Any]:
    """What stands beside every form of it."""
    opinions = service(request)
    asked = opinions.of(case)
    team = what_teams_are_called(request.looking.connection()).get(asked.team_slug or "")
    opinion = opinions.opinion(case)
    named = item_names(request, case)
    return {
        "asked": asked, "team": team.name if team else "", "providers": in_lines(asked.providers), "stands": STANDS,
        "invitations": [(one, opinions.expert(one)) for one in opinions.invitations(case)],
        "reasons": reasons, "given": [named[item] for item in named if item in opinions.given(case)],
        "left": opinions.refusals_left(case), "opinion": opinion, "right_plan": RIGHT_PLAN,
        "reaction": opinions.reaction(case), "due": None, "objection": opinions.objection_until(case),
    }  # fmt: skip
