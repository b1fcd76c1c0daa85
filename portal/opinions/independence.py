"""Who is independent of a plan. Pure: the same answer when somebody is asked, and each time that they open it.

The municipality's programme for the teams (§ 4.6) asks for somebody outside; what that means is written here, for
everybody to read: another employer than who wrote the plan and than everybody who earns by it, no earlier part in it,
not in the team, and a signed word that this is so.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: Words that say what kind of body an organisation is, and not which: "Stichting Frion" is Frion.
_FORMS = frozenset(
    {"stichting", "vereniging", "cooperatie", "cooperatief", "bv", "nv", "ua", "vof", "de", "het", "groep", "zorggroep"}
)


class Conflict(StrEnum):
    """Why somebody cannot judge a plan."""

    SAME_EMPLOYER = "same_employer"
    PROVIDER = "provider"
    IN_TEAM = "in_team"
    EARLIER_PART = "earlier_part"
    STOPPED = "stopped"
    NOT_SIGNED = "not_signed"


@dataclass(frozen=True)
class Judge:
    """What is known of who would judge, on the day that it is asked. `teams` are those they work in or did."""

    employer: str
    teams: frozenset[str] = frozenset()
    took_part: bool = False
    stopped: bool = False
    signed: bool = False


@dataclass(frozen=True)
class Plan:
    """What is known of the plan: who employs its author, who earns by it, and the team it is from."""

    author_employer: str
    providers: tuple[str, ...] = ()
    team: str | None = None


def conflicts(judge: Judge, plan: Plan, *, to_sign: bool = False) -> frozenset[Conflict]:
    """Every reason why they cannot judge it; empty when they can.

    With `to_sign` their signature is still to come: before they are asked nobody can have signed.
    """
    found = {
        Conflict.SAME_EMPLOYER: same_body(judge.employer, plan.author_employer),
        Conflict.PROVIDER: any(same_body(judge.employer, name) for name in plan.providers),
        Conflict.IN_TEAM: plan.team is not None and plan.team in judge.teams,
        Conflict.EARLIER_PART: judge.took_part,
        Conflict.STOPPED: judge.stopped,
        Conflict.NOT_SIGNED: not judge.signed and not to_sign,
    }
    return frozenset(conflict for conflict, is_so in found.items() if is_so)


def same_body(one: str, other: str) -> bool:
    """Whether two names are the same organisation, however they are written. A name that is empty is nobody's.

    >>> same_body("Stichting Frion", "frion")
    True
    >>> same_body("Travers B.V.", "Trias")
    False
    """
    return bool(_core(one)) and _core(one) == _core(other)


def in_lines(text: str) -> tuple[str, ...]:
    r"""The names that stand in a field with one on each line.

    >>> in_lines(" Frion \n\nRIBW")
    ('Frion', 'RIBW')
    """
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _core(name: str) -> tuple[str, ...]:
    """The words of a name that make it this one; of a name with no other words, all of them."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = _words(re.sub(r"(?<=\b\w)\.", "", plain))
    return tuple(word for word in words if word not in _FORMS) or tuple(words)


def _words(text: str) -> Iterable[str]:
    return re.findall(r"\w+", text)
