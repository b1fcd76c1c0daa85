"""A conversation that was had, and what comes of it: the report, the plan, and who hears of it."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from portal.cases.models import Case, Contact
from portal.cases.notices import Surroundings
from portal.cases.services import CaseDesk
from portal.cases.workflow import Author
from portal.conversations.kind import CONVERSATION
from portal.conversations.reports import Reports
from portal.conversations.words import TEXTS
from portal.foundation.clock import local_date
from portal.foundation.policies import read_policies

#: Words that stand behind a code, and in no mail.
FOUND, PLAN, COSTS = "De kanarie zingt te hard.", "De buurvrouw dekt de kanarie toe.", "Niets voor de kanarie."
IN_SPRING = date(2027, 3, 1)
#: What a report says, unless told otherwise.
REPORT: dict[str, Any] = {
    "found": FOUND, "plan": PLAN, "costs": COSTS, "evaluate_on": IN_SPRING, "budget_discussed": True,
    "choices_shown": True,
}  # fmt: skip
#: What was asked, as far as anybody looks at it here.
ANSWERS: dict[str, Any] = {"topics": [], "words": "", "place": "home", "other_place": "", "supporter": "no",
                           "interpreter": "none", "language": "", "needs": [], "note": "", "company": [],
                           "chosen": False}  # fmt: skip
WHO: dict[str, Any] = {"name": "Mevrouw Zonneveld-Kanarie", "postcode": "8011PK", "house": "127", "way": "email",
                       "email": "zonneveld.kanarie@example.nl", "phone": "0612349876", "voicemail": False,
                       "interpreter": False}  # fmt: skip


def path(name: str, **elements: Any) -> str:
    """An address that says what it was made of."""
    return f"/{name}/" + "/".join(str(value) for value in elements.values())


SITE = Surroundings("https://zwolle.test", "038 000 02 00", path)


def reports(session: Session, now: Any, staff_id: int | None = None) -> Reports:
    """The service as it is at this moment."""
    return Reports(session, read_policies(session.connection(), local_date(now)), TEXTS, now, SITE, staff_id)


def asked(session: Session, now: Any, key: str = "sent-1", team: str | None = "midden", locale: str = "nl",
          representative: Any = None, **contact: Any) -> Case:  # fmt: skip
    """A request for a conversation whose six weeks have begun."""
    desk = CaseDesk(session, CONVERSATION, read_policies(session.connection(), local_date(now)), now)
    case = desk.open(
        key, dict(ANSWERS), Contact(**WHO | contact), locale, representative=representative, team=team
    ).case
    desk.take(case, "begin", Author.SYSTEM)
    return case


def talked(session: Session, now: Any, **asked_for: Any) -> Case:
    """The same, after the talk."""
    case = asked(session, now, **asked_for)
    desk = CaseDesk(session, CONVERSATION, read_policies(session.connection(), local_date(now)), now, 1)
    desk.take(case, "talked", Author.STAFF)
    return case
