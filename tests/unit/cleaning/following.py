"""Somebody who follows a request: finds it, gives a code, takes a step; and the provider that said yes."""

import re

from tests.browser import Browser
from tests.unit.cleaning.asking import EMAIL, FOLLOW, button, fill, on

FIND, STATUS, CODE = FOLLOW["nl"], f"{FOLLOW['nl']}/stand", f"{FOLLOW['nl']}/code"
BEZEM = "planning@de-bezem.example"


def find(browser, reference, known, status="*"):
    """Type the number of a request and something one knows."""
    return browser.submit(fill(browser.get(FIND).forms["form"], {"reference": reference, "known": known}), status)


def ask_code(browser):
    """Ask for a code, and get the page where it is typed."""
    return on(browser, browser.submit(button(browser.get(CODE), "/code/sturen")))


def code_in(books, recipient=EMAIL):
    """The code in the newest message."""
    return re.search(r"\b\d{6}\b", books.messages(recipient)[-1].text).group()


def give(browser, page, code, status="*"):
    """Type a code."""
    return browser.submit(fill(page.forms["form"], {"code": code}), status)


def with_code(browser, books, recipient=EMAIL):
    """The page with the personal part."""
    page = ask_code(browser)
    return on(browser, give(browser, page, code_in(books, recipient)))


def said_yes(app, books):
    """The provider said yes."""
    provider = Browser(app, "zwolle.test")
    form = button(provider.get(books.link(BEZEM, "aanbod")), "/ja")
    form["first_date"] = "3-12-2026"
    provider.submit(form)


def step(visitor, action):
    """Take a step: the page that asks whether one is sure, and its button."""
    sure = visitor.get(f"{FIND}/stap/{action}")
    return on(visitor, visitor.submit(button(sure, f"/stap/{action}")))
