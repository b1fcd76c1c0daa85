"""Somebody who asks about their data in a browser."""

from typing import Any

from tests.unit.cleaning.asking import EMAIL, NAME, answer, on, question, sending

FORM = {"nl": "/nl/uw-gegevens", "nl_simple": "/nl-simple/uw-gegevens", "ar": "/ar/your-data"}
ME: dict[str, dict[str, Any]] = {
    "wants": {"wants": "erasure"},
    "which": {"what": "Alles wat u hebt", "numbers": ""},
    "who": {"who": "me"},
    "name": {"name": NAME},
    "home": {"postcode": "8011 pk", "house": "127-kanarie"},
    "reach": {"way": "email", "email": EMAIL, "phone": ""},
}
FOR_MOTHER = {
    **ME,
    "who": {"who": "carer"},
    "helper": {
        "helper_name": "Piet Kanariehelper", "email": "piet.kanariehelper@example.nl", "knows": "yes",
        "messages": "resident", "signed": "yes",
    },
}  # fmt: skip


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
