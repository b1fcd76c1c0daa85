"""Whom somebody brings along to a talk: their names and how to reach them stand in the answers, and are theirs. Pure.

They know no reference and have no visit: they are found only by how they themselves are reached.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

#: Where they stand among the answers of a request, as {name, role, reach}.
COMPANY = "company"
#: What is left of somebody who was taken out: that they were to come along.
NOBODY = {"name": "–", "role": "", "reach": ""}


def company_of(answers: Mapping[str, Any] | None) -> Sequence[Mapping[str, str]]:
    """Who comes along; nobody where that was not asked."""
    return (answers or {}).get(COMPANY) or ()


def without(answers: Mapping[str, Any], places: Collection[int]) -> dict[str, Any]:
    """The answers without those at these places in the list; who comes after keeps their place."""
    left = [dict(NOBODY) if place in places else dict(one) for place, one in enumerate(company_of(answers))]
    return {**answers, COMPANY: left}
