"""Somebody of the staff who writes a report in a browser, and a resident who reads and answers it."""

from typing import Any

from tests.desk import path_of
from tests.unit.cleaning.asking import FOLLOW, button, fill, on
from tests.unit.cleaning.following import code_in
from tests.unit.conversations.planning import COSTS, FOUND, PLAN

#: What staff type.
TYPED: dict[str, Any] = {"found": FOUND, "plan": PLAN, "costs": COSTS, "budget": True, "choices": True,
                         "evaluate_on": "2027-03-01"}  # fmt: skip
STATUS, READ, WAYS = (f"{FOLLOW['nl']}{tail}" for tail in ("/stand", "/verslag", "/niet-eens"))


def have_talked(staff: Any, reference: str) -> Any:
    """Write down that the talk was."""
    page = staff.browser.get(path_of(reference, "/stap/talked"))
    return on(staff.browser, staff.browser.submit(button(page, "/talked")))


def report_form(staff: Any, reference: str, **typed: Any) -> Any:
    """The form of a report, filled in and not sent yet."""
    form = staff.browser.get(path_of(reference, "/verslag")).forms["form"]
    return fill(form, {**TYPED, **typed})


def report(staff: Any, reference: str, **typed: Any) -> Any:
    """Send a report; gives the page of the request."""
    return on(staff.browser, staff.browser.submit(report_form(staff, reference, **typed)))


def hear(staff: Any, reference: str, view: str, text: str = "") -> Any:
    """Write down what the resident said; gives the page of the request."""
    form = staff.browser.get(path_of(reference, "/mening")).forms["form"]
    return on(staff.browser, staff.browser.submit(fill(form, {"view": view, "text": text})))


def give_code(visitor: Any, books: Any, recipient: str, locale: str = "nl") -> Any:
    """The report, after the code was asked on its page and typed."""
    path = FOLLOW[locale]
    page = on(visitor, visitor.submit(button(visitor.get(f"{path}/verslag"), "/code/sturen")))
    on(visitor, visitor.submit(fill(page.forms["form"], {"code": code_in(books, recipient)})))
    return visitor.get(f"{path}/verslag")


def say(visitor: Any, page: Any, view: str, text: str = "", **more: Any) -> Any:
    """Answer the report of a page; gives where one is led."""
    return on(visitor, visitor.submit(fill(page.forms["form"], {"view": view, "text": text, **more})))
