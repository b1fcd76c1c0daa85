"""Somebody who worries about somebody else, in a browser."""

from typing import Any

from tests.unit.cleaning.asking import fill, on, question, sending

FORM = {
    "nl": "/nl/zorgen-om-iemand",
    "nl_simple": "/nl-simple/zorgen-om-iemand",
    "ar": "/ar/worried-about-somebody",
}
#: Nothing of the person may stand in a log, a subject, an address, or a message to who worries.
PERSON_NAME, PERSON_SAID, PERSON_WHY = "Meneer Geheim-Kanarie", "Hij roept als een kanarie", "De kanarie wordt dan boos"
MY_PHONE, MY_EMAIL = "0612349876", "buurvrouw@example.nl"

#: What somebody answers who wants advice.
ADVICE: dict[str, dict[str, Any]] = {
    "danger": {"danger": "no"},
    "what": {"what": "Een oude man roept in de nacht.", "did": "Ik belde aan."},
    "further": {"further": "advice"},
    "reach": {"name": "Ans", "way": "email", "email": MY_EMAIL, "phone": MY_PHONE, "area": "8031"},
}
PERSON = {
    "name": PERSON_NAME, "postcode": "8011 PK", "house": "12", "said": PERSON_SAID, "source": "no",
    "hidden_why": PERSON_WHY,
}  # fmt: skip
#: What somebody answers who says who it is, and does not want to be named to them.
NAMED = {
    **ADVICE,
    "further": {"further": "named"},
    "person": PERSON,
    "reach": {"name": "Ans", "way": "email", "email": MY_EMAIL, "phone": MY_PHONE},
}
#: What somebody answers who sees danger and cannot call.
DANGER = {**ADVICE, "danger": {"danger": "yes"}, "call": {"call": "cannot"}}


def walk(visitor: Any, answers: dict[str, dict[str, Any]], locale: str = "nl", until: str = "") -> Any:
    """The check page, or the page of the question `until`."""
    start = visitor.get(FORM[locale])
    page = visitor.get(start.html.select_one("main .go a.button")["href"])
    while "/vraag/" in page.request.path and question(page) != until:
        page = on(visitor, visitor.submit(fill(page.forms["form"], answers[question(page)])))
    return page


def tell(visitor: Any, answers: dict[str, dict[str, Any]] = ADVICE, locale: str = "nl") -> Any:
    """The confirmation, after everything was answered and sent."""
    return on(visitor, visitor.submit(sending(walk(visitor, answers, locale))))
