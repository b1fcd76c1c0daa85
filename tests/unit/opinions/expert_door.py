"""An expert in a browser of their own: the link from the mail, the code from the phone."""

import re
from typing import Any

from portal.cases.models import Case
from portal.cases.workflow import Author
from portal.opinions.models import Invitation
from tests.browser import Browser
from tests.reading import main, text
from tests.unit.cleaning.asking import Books, fill, on
from tests.unit.opinions.asking import FACTS, Office, an_expert

DOOR = {"nl": "/nl/deskundige", "en": "/en/expert"}
PHONE, MAIL = "+31611112222", "ria.vermeer@expert.example"


def asked(office: Office, employer: str = "Adviesbureau Noord") -> str:
    """Somebody of the pool was asked to judge; gives the path of their link."""

    def act(desk: Any, case: Any, session: Any) -> str:
        desk.acknowledge(case)
        desk.check_plan(case, FACTS)
        _invitation, token = desk.invite(case, an_expert(session, "Ria Vermeer", employer))
        return str(token)

    return f"{DOOR['nl']}/{office.does(act)}"


def code_of(books: Books) -> str:
    """The last code that went to the phone."""
    return re.findall(r"\b[0-9]{6}\b", [m for m in books.messages() if m.channel == "sms"][-1].text)[0]


def knock(browser: Browser, link: str) -> Any:
    """The page where the code is typed."""
    page = browser.get(link)
    return on(browser, browser.submit(next(one for one in page.forms.values() if one.action.endswith(link))))


def come_in(browser: Browser, books: Books, link: str) -> Any:
    """The first page behind link and code."""
    page = knock(browser, link)
    return on(browser, browser.submit(fill(page.forms["form"], {"code": code_of(books)})))


def at_work(office: Office, items: tuple[str, ...] = ("words",)) -> None:
    """Who asked said yes, and gave these things."""

    def act(desk: Any, case: Any, _session: Any) -> None:
        desk.accept(case, Author.STAFF)
        desk.release(case, Author.STAFF, items)

    office.does(act)


def signs(browser: Browser) -> Any:
    """They sign that they are independent."""
    page = browser.get(DOOR["nl"] + "/tekenen")
    return on(browser, browser.submit(fill(page.forms["form"], {"signed": True, "name": "Ria Vermeer"})))


def stands(books: Books) -> tuple[str, str]:
    """The state of the request and of the newest invitation."""
    return books.the(Case).state, books.rows(Invitation)[-1].state


def says(page: Any) -> str:
    """What a page says."""
    return text(main(page))
