"""Somebody who asks for a conversation in a browser, and a team with a diary."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import delete

from portal.accounts.roles import Role
from portal.bookings.models import Booking, BookingCell, BookingWorker, WorkPattern
from portal.foundation.clock import local_date
from portal.foundation.db import writing
from tests.desk import hire
from tests.staff import forget_everybody
from tests.unit.cleaning.asking import Books, answer, on, question, sending

FORM = {"nl": "/nl/gesprek-vragen", "nl_simple": "/nl-simple/gesprek-vragen", "ar": "/ar/ask-for-a-conversation"}
NAME, HELPER_NAME, WORDS = "Mevrouw Zonneveld-Kanarie", "Piet Kanariehelper", "Ik red het niet meer met de kanarie"
PHONE, EMAIL, HELPER_EMAIL = "0612349876", "zonneveld.kanarie@example.nl", "piet.kanariehelper@example.nl"
FRIEND_EMAIL, FRIEND_PHONE = "buurvrouw.kanarie@example.nl", "0612340000"
PLACES = ["home", "team", "phone", "video", "elsewhere"]
ALL_WEEK = range(5)
#: Take the first moment that the page offers.
FIRST = "first"
NOBODY = {f"{part}_{number}": "" for number in (1, 2) for part in ("name", "role", "reach")}

#: What somebody answers who asks for themselves, at home, by e-mail.
ME: dict[str, dict[str, Any]] = {
    "who": {"who": "me"},
    "about": {"topics": ["home_care", "money"], "words": WORDS},
    "home": {"postcode": "8011 pk", "house": "127"},
    "where": {"place": "home", "other_place": ""},
    "supporter": {"supporter": "tell"},
    "language": {"interpreter": "none", "language": ""},
    "needs": {"needs": ["quiet"], "note": ""},
    "company": NOBODY,
    "moment": {"moment": FIRST},
    "name": {"name": NAME},
    "reach": {"way": "email", "email": EMAIL, "phone": ""},
}
#: Asks for their mother, with an interpreter and two who come along.
FOR_MOTHER = {
    **ME,
    "who": {"who": "carer"},
    "helper": {"helper_name": HELPER_NAME, "email": HELPER_EMAIL, "knows": "yes", "messages": "helper"},
    "language": {"interpreter": "language", "language": "Berbers"},
    "company": {
        "name_1": "Buurvrouw",
        "role_1": "buurvrouw",
        "reach_1": FRIEND_EMAIL,
        "name_2": "Zoon",
        "role_2": "mijn broer",
        "reach_2": FRIEND_PHONE,
    },
    "reach": {"way": "phone", "phone": "06 1234 9876", "email": ""},
}
#: A telephone, and nothing else.
BY_PHONE = {
    **ME,
    "where": {"place": "phone", "other_place": ""},
    "reach": {"way": "phone", "phone": "06 1234 9876", "email": ""},
}
IN_WRITING = {
    **ME,
    "where": {"place": "writing", "other_place": ""},
    "reach": {"way": "letter", "phone": "", "email": ""},
}
CALL_ME = {**BY_PHONE, "moment": {"moment": "call"}}


def offered(page: Any) -> list[str]:
    """The moments of a page, in its order."""
    return [box["value"] for box in page.html.select("input[name=moment]") if box["value"] != "call"]


def chosen(page: Any, values: dict[str, Any]) -> dict[str, Any]:
    """The answer, with the first moment of the page where that is wanted."""
    return {"moment": offered(page)[0]} if values == {"moment": FIRST} else values


def go_on(visitor: Any, page: Any, answers: dict[str, dict[str, Any]] = ME, until: str = "") -> Any:
    """Answer what is asked until this question, or to the check page."""
    while "/vraag/" in page.request.path and question(page) != until:
        page = answer(visitor, page, chosen(page, answers[question(page)]))
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


def said_again(text: str) -> str:
    """A message without its links."""
    return re.sub(r"https?://\S+", "", text)


class Diary:
    """The diaries of Zwolle."""

    def __init__(self, site: Any, clock: Any) -> None:
        self.site, self.clock = site, clock

    def worker(self, name: str, team: str = "midden", days: Any = ALL_WEEK, hours: tuple[str, str] = ("09:00", "17:00"),
               most: int = 8) -> int:  # fmt: skip
        """Somebody of a team who can be booked."""
        now = self.clock.now()
        with writing(self.site.engine) as session:
            staff_id = hire(session, now, name, (Role.TEAM_WORKER, team))
            session.add(BookingWorker(staff_id=staff_id, team_slug=team, most_a_day=most, skills=[], languages=["nl"],
                                      active=True))  # fmt: skip
            session.flush()
            for weekday in days:
                session.add(WorkPattern(staff_id=staff_id, weekday=weekday, start=hours[0], end=hours[1], places=PLACES,
                                        valid_from=local_date(now), valid_until=None, every=1))  # fmt: skip
        return staff_id

    def empty(self) -> None:
        """Nobody works, nothing is booked, and nothing that was found is remembered."""
        self.site.memo.pop("moments", None)
        with writing(self.site.engine) as session:
            for table in (BookingCell, Booking, WorkPattern, BookingWorker):
                session.execute(delete(table))


def a_diary(zwolle: Any, clock: Any) -> Iterator[Diary]:
    """For a fixture: one worker in the middle of Zwolle; nothing before, nothing stays behind."""
    diary, books = Diary(zwolle, clock), Books(zwolle)
    diary.empty()
    books.empty()
    forget_everybody(zwolle)
    diary.worker("Noor de Vries")
    yield diary
    diary.empty()
    books.empty()
    forget_everybody(zwolle)
