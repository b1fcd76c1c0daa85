"""A kind of case as a table: which step leads where, and who may take it. Pure; the test of a workflow is its table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Author(StrEnum):
    """Who takes a step."""

    RESIDENT = "resident"
    REPRESENTATIVE = "representative"
    PROVIDER = "provider"
    #: Somebody from outside who judges, through a link of their own.
    EXPERT = "expert"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """An author by name: who of the staff it was."""

    author: Author
    staff_id: int | None = None


class StepRefused(Exception):
    """This step cannot be taken by this author in this state."""


class NotSo(ValueError):
    """This cannot be done as things stand; the text is a word that the screen has a message for (`acts`)."""


@dataclass(frozen=True)
class Step:
    """One row of the table. `starts` are the terms that begin with it, `ends` those that are met by it."""

    action: str
    states: tuple[str, ...]
    to: str
    authors: tuple[Author, ...]
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    guard: Callable[[Mapping[str, Any]], bool] | None = None


@dataclass(frozen=True)
class CaseKind:
    """A kind of case. `title` is a message; `closed` are the states after which nothing happens any more.

    `texts` gives the words of a moment for a reader: subject and text, the same in mail, letter and on screen.
    """

    code: str
    title: Any
    first: str
    steps: tuple[Step, ...]
    closed: frozenset[str]
    panel: str
    #: State → the policy that says how long after it came there a case is kept; every closed state has one.
    retention: Mapping[str, str]
    names: Mapping[str, Any] = field(default_factory=dict)
    #: The states in which somebody waits for an answer: there the promised date is told.
    waiting: frozenset[str] = frozenset()
    #: The states in which the next step is ours.
    ours: frozenset[str] = frozenset()
    #: Each state in two or three words, and each step that staff take as words on a button; a step without words
    #: has its button elsewhere.
    state_names: Mapping[str, Any] = field(default_factory=dict)
    acts: Mapping[str, Any] = field(default_factory=dict)
    #: Action → the moment whose words are sent after it, where that is not the state it leads to.
    told: Mapping[str, str] = field(default_factory=dict)
    #: The steps after which a letter goes to the resident, whatever way they chose.
    by_letter: frozenset[str] = frozenset()
    #: Who sees cases of this kind: roles inside the team of the case, and roles of the whole municipality.
    seen_in_team: tuple[str, ...] = ("team_worker", "team_coordinator")
    seen_by: tuple[str, ...] = ()
    #: The roles that hear of a promise that nobody keeps.
    led_by: tuple[str, ...] = ("team_coordinator",)
    #: Whether cases of this kind are kept from whom they are about (`walls`).
    walled: bool = False
    #: What only staff read of a step, in the place of `names`.
    staff_names: Mapping[str, Any] = field(default_factory=dict)
    #: Whether it is about somebody else than who asked: who asked reads no notes of the team, and can leave its pages
    #: at once without being seen.
    about_another: bool = False
    #: Whether people may send documents along: not, or the words above them.
    documents: Any = False

    @property
    def states(self) -> frozenset[str]:
        """All states of the table."""
        return frozenset(
            {self.first} | {step.to for step in self.steps} | {s for step in self.steps for s in step.states}
        )

    def step(self, action: str, state: str, author: Author, answers: Mapping[str, Any]) -> Step:
        """The row for this step. Raises `StepRefused`."""
        for step in self.steps:
            fits = step.action == action and state in step.states and author in step.authors
            if fits and (step.guard is None or step.guard(answers)):
                return step
        raise StepRefused(f"{self.code}: {author} may not {action} in {state}")

    def may(self, action: str, state: str, author: Author, answers: Mapping[str, Any] | None = None) -> bool:
        """Whether this step can be taken."""
        try:
            self.step(action, state, author, answers or {})
        except StepRefused:
            return False
        return True


def add_case_kind(config: Any, kind: CaseKind) -> None:
    """Directive: a kind of case."""
    config.registry.case_kinds[kind.code] = kind
