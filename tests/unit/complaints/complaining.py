"""Somebody who complains in a browser, step by step, and what they told."""

from typing import Any

from tests.unit.cleaning.asking import answer, on, question, sending

FORM = {"nl": "/nl/klagen", "nl_simple": "/nl-simple/klagen", "ar": "/ar/make-a-complaint"}
FOLLOW = {"nl": "/nl/mijn-aanvraag", "nl_simple": "/nl-simple/mijn-aanvraag", "ar": "/ar/my-request"}
NAME, HELPER_NAME, WORDS = "Mevrouw Zonneveld-Kanarie", "Piet Kanariehelper", "Er werd niet naar de kanarie geluisterd"
SECOND, THIRD = "Ik kreeg geen antwoord op mijn kanariebrief", "De kanarielift was kapot"
PHONE, EMAIL, HELPER_EMAIL = "0612349876", "zonneveld.kanarie@example.nl", "piet.kanariehelper@example.nl"
WHOM, WISH = "De kanarieman aan de balie", "Een excuus voor de kanarie"
#: What may never stand in a message that is not in an envelope.
PERSONAL = (NAME, WORDS, SECOND, THIRD, WHOM, WISH, "8011", "127")

#: What somebody answers who complains about a team, with a name, by e-mail.
ME: dict[str, dict[str, Any]] = {
    "who": {"who": "me"},
    "about": {"about": "team", "team": "midden", "whom": WHOM},
    "happened": {"what": WORDS, "when": "vorige week", "where": "aan de balie", "more_2": "", "more_3": ""},
    "decision": {"letter": "no", "date": ""},
    "wish": {"wish": WISH, "first": "examine"},
    "named": {"named": "named"},
    "name": {"name": NAME},
    "home": {"postcode": "8011 pk", "house": "127"},
    "reach": {"way": "email", "email": EMAIL, "phone": ""},
}
#: About three things, of which a letter with a decision is one.
WITH_A_DECISION = {
    **ME,
    "happened": {**ME["happened"], "more_2": SECOND, "more_3": THIRD},
    "decision": {"letter": "yes", "date": "16 november 2026"},
}
NAMELESS = {**ME, "named": {"named": "anonymous"}}
FOR_MOTHER = {
    **ME,
    "who": {"who": "carer"},
    "helper": {"helper_name": HELPER_NAME, "email": HELPER_EMAIL, "knows": "yes", "messages": "helper"},
    "reach": {"way": "phone", "phone": "06 1234 9876", "email": ""},
}
BY_LETTER = {**ME, "reach": {"way": "letter", "phone": "", "email": ""}}


def go_on(visitor: Any, page: Any, answers: dict[str, dict[str, Any]] = ME, until: str = "") -> Any:
    """Answer what is asked until this question, or to the check page."""
    while "/vraag/" in page.request.path and question(page) != until:
        page = answer(visitor, page, answers[question(page)])
    return page


def at(visitor: Any, name: str, answers: dict[str, dict[str, Any]] = ME, locale: str = "nl") -> Any:
    """The page of a question, after those before it."""
    return go_on(visitor, visitor.get(f"{FORM[locale]}/vraag/who"), answers, name)


def to_check(visitor: Any, answers: dict[str, dict[str, Any]] = ME, locale: str = "nl") -> Any:
    """The check page, from the very first page."""
    start = visitor.get(FORM[locale])
    return go_on(visitor, visitor.get(start.html.select_one("main a.button")["href"]), answers)


def send(visitor: Any, answers: dict[str, dict[str, Any]] = ME, locale: str = "nl") -> Any:
    """The confirmation."""
    return on(visitor, visitor.submit(sending(to_check(visitor, answers, locale))))
