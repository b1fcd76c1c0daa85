"""Somebody who asks for help with cleaning in a browser; and a municipality in which nobody asked anything."""

import re
from typing import Any

from sqlalchemy import delete, select

from portal.cases.models import Attempt, Case, Draft
from portal.foundation.db import writing
from portal.foundation.outbox import OutboxRow
from portal.messaging.models import Message
from tests.reading import text

FORM = {"nl": "/nl/schoonmaak-aanvragen", "nl_simple": "/nl-simple/schoonmaak-aanvragen", "ar": "/ar/ask-for-cleaning"}
FOLLOW = {"nl": "/nl/mijn-aanvraag", "nl_simple": "/nl-simple/mijn-aanvraag", "ar": "/ar/my-request"}
#: Nothing of these may stand in a log, in a subject, or in a message to a provider.
NAME, HELPER_NAME, NOTE = "Mevrouw Zonneveld-Kanarie", "Piet Kanariehelper", "De bel is kapot, klop op het kanarieraam"
PHONE, EMAIL, POSTCODE, HOUSE = "0612349876", "zonneveld.kanarie@example.nl", "8011PK", "127-kanarie"
HELPER_EMAIL = "piet.kanariehelper@example.nl"
PERSONAL = (NAME, HELPER_NAME, NOTE, PHONE, EMAIL, POSTCODE, HOUSE, HELPER_EMAIL, "Kanarie", "kanarie")

#: What a resident answers who asks for themselves and wants e-mail.
ME: dict[str, dict[str, Any]] = {
    "who": {"who": "me"},
    "home": {"postcode": "8011 pk", "house": HOUSE},
    "provider": {"provider": "de-bezem"},
    "when": {"parts": ["mo-morning", "fr-afternoon"], "start": "soon"},
    "name": {"name": NAME},
    "reach": {"way": "email", "email": EMAIL, "phone": "06 1234 9876"},
    "language": {"language": "Twents"},
    "note": {"note": NOTE},
}
#: What a carer answers who asks for their mother and gets the messages.
FOR_MOTHER = {
    **ME,
    "who": {"who": "carer"},
    "helper": {"helper_name": HELPER_NAME, "email": HELPER_EMAIL, "knows": "yes", "messages": "helper"},
    "reach": {"way": "phone", "phone": "06 1234 9876"},
}


def fill(form: Any, values: dict[str, Any]) -> Any:
    """Put answers into a form as somebody does who sees it."""
    for name, value in values.items():
        if isinstance(value, list):
            for box in form.fields[name]:
                box.checked = box._value in value
        else:
            form[name] = value
    return form


def question(response: Any) -> str:
    """Which question the page asks."""
    return str(re.search(r"/vraag/([a-z-]+)", response.request.path).group(1))  # type: ignore[union-attr]


def on(visitor: Any, response: Any) -> Any:
    """Where the browser is led."""
    assert response.status_int == 303, f"{response.request.path}: {response.status}"
    return visitor.get(response.location.removeprefix("http://zwolle.test"))


def answer(visitor: Any, page: Any, values: dict[str, Any]) -> Any:
    """Answer the question of a page, and get the next page."""
    return on(visitor, visitor.submit(fill(page.forms["form"], values)))


def to_check(visitor: Any, answers: dict[str, dict[str, Any]] = ME, locale: str = "nl") -> Any:
    """The check page, after all questions were answered."""
    start = visitor.get(FORM[locale])
    page = visitor.get(start.html.select_one("main a.button")["href"])
    while "/vraag/" in page.request.path:
        page = answer(visitor, page, answers[question(page)])
    return page


def send(visitor: Any, answers: dict[str, dict[str, Any]] = ME, locale: str = "nl") -> Any:
    """The confirmation, after everything was answered and sent."""
    return on(visitor, visitor.submit(sending(to_check(visitor, answers, locale))))


def sending(page: Any) -> Any:
    """The form of a check page."""
    return next(form for form in page.forms.values() if "__send_key__" in form.fields)


def button(page: Any, tail: str) -> Any:
    """The form of a page whose address ends so."""
    return next(form for form in page.forms.values() if form.action.endswith(tail))


def reference(page: Any) -> str:
    """The number that a page names."""
    return str(page.html.select_one(".reference bdi, .steps bdi, .soft bdi").text)


def at(visitor, name, answers=ME, locale="nl"):
    """The page of a question, after those before it were answered."""
    page = visitor.get(f"{FORM[locale]}/vraag/who")
    while question(page) != name:
        page = answer(visitor, page, answers[question(page)])
    return page


def faults(page):
    """The messages above the form, and the field that each leads to."""
    return [(link["href"].lstrip("#"), text(link)) for link in page.html.select(".errors a")]


class Books:
    """What a municipality has written down."""

    def __init__(self, site: Any) -> None:
        self.site = site

    def rows(self, table: Any) -> list[Any]:
        """All rows of a table, in the order of its key."""
        with self.site.engine.connect() as connection:
            return list(connection.execute(select(table.__table__).order_by(*table.__table__.primary_key)))

    def the(self, table: Any) -> Any:
        """The only row of a table."""
        (row,) = self.rows(table)
        return row

    def messages(self, recipient: str | None = None) -> list[Any]:
        """The messages, the oldest first."""
        return [row for row in self.rows(Message) if recipient in {None, row.recipient}]

    def link(self, recipient: str, word: str) -> str:
        """The path of the newest link to `word` in the messages to somebody."""
        found = [re.search(rf"https?://[^/\s]+(/\S*/{word}\S*)", row.text) for row in self.messages(recipient)]
        return str([hit for hit in found if hit][-1].group(1))  # type: ignore[union-attr]

    def empty(self) -> None:
        """Forget everything that somebody asked."""
        with writing(self.site.engine) as session:
            for table in (Case, Draft, Attempt, Message):
                session.execute(delete(table))
            session.execute(delete(OutboxRow).where(OutboxRow.kind == "message"))
