"""Who hears of a complaint, and what: who complained, and who handles it. A message tells no more than it must."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.cases.looking import names_of_staff
from portal.cases.models import Case
from portal.cases.notices import Notices, Surroundings
from portal.cases.references import spoken
from portal.cases.texts import Texts
from portal.complaints.models import JUDGEMENTS, Complaint, ComplaintPart, Hearing
from portal.foundation.clock import local_date
from portal.foundation.i18n import LOCALES, SOURCE, Locale
from portal.foundation.policies import Policy
from portal.ui.dates import clock_time, day_and_year

#: A fact that is not there.
NOTHING = "–"


def objection_line(texts: Texts, until: date, today: date, reader: Locale) -> str:
    """Until when one can object, or could."""
    moment = "objection" if today <= until else "objection_over"
    return texts.say(moment, reader, {"until": day_and_year(until, reader)}).text


class Telling:
    """The facts of a complaint, and the messages about it."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], texts: Texts, now: datetime, site: Surroundings
    ) -> None:
        self._session, self._policies, self._texts = session, policies, texts
        self._now, self._site = now, site

    @property
    def site(self) -> Surroundings:
        """What messages need of the site."""
        return self._site

    def after(self, case: Case, complaint: Complaint, action: str, due: date, **more: Any) -> bool:
        """Tell who complained of a step: in the words of the action where it has its own, else of the state it led to.

        Returns whether something was sent. A step without words is told by the page where they follow it.
        """
        known = self._texts.moments("nl")
        for moment in (action, case.state):
            if moment in known and self._texts.say(moment, SOURCE, _Anything()).text:
                return self.tell(case, complaint, moment, due, **more)
        return False

    def tell(self, case: Case, complaint: Complaint, moment: str, due: date, token: str = "", **more: Any) -> bool:
        """Tell who complained; with the token of a new request the link opens it at once. A letter may say more."""
        reader = LOCALES[case.locale]
        door = {"token": token} if token else {}
        path = self._site.path("cases.link" if token else "cases.find", locale=reader.segment, **door)
        facts = {**self.facts(case, complaint, reader, due), **self._more(reader, more)}
        letter = f"{moment}_letter" if f"{moment}_letter" in self._texts.moments("nl") else None
        notices = Notices(self._session, self._texts, self._now)
        return notices.tell(case, moment, {**facts, "link": self._site.base_url + path}, letter)

    def facts(self, case: Case, complaint: Complaint, reader: Locale, due: date) -> dict[str, str]:
        """What the texts may name, for who reads them in this language. The dates are those of the screens."""
        ombudsman = self._policies["ombudsman_term"].due(local_date(complaint.signed_at or self._now))
        names = names_of_staff(self._session.connection(), {case.owner_id} if case.owner_id else set())
        return {
            "reference": spoken(case.reference), "phone": self._site.phone, "due": day_and_year(due, reader),
            "asked_on": day_and_year(complaint.received_on, reader),
            "handler": names.get(case.owner_id or 0, NOTHING), "ombudsman": self._site.ombudsman,
            "ombudsman_by": day_and_year(ombudsman, reader), "objection": self.objection(complaint.decision_on, reader),
            "to": complaint.forwarded_to or NOTHING, "kept": str(self._policies["retain_withdrawn"].value),
            **{f"judged_{code}": self._judgement(code, reader) for code in JUDGEMENTS},
            "findings": complaint.findings or NOTHING, "conclusions": complaint.conclusions or NOTHING,
        }  # fmt: skip

    def objection_until(self, decision_on: date | None) -> date | None:
        """The last day for objection to a decision of that date: a complaint does not stop that clock."""
        return self._policies["bezwaar_window"].due(decision_on) if decision_on else None

    def objection(self, decision_on: date | None, reader: Locale) -> str:
        """The line that says until when one can object, or could; empty without a date."""
        until = self.objection_until(decision_on)
        return objection_line(self._texts, until, local_date(self._now), reader) if until else ""

    def _more(self, reader: Locale, more: Mapping[str, Any]) -> dict[str, str]:
        """What one step has to tell beside the facts of every complaint."""
        hearing: Hearing | None = more.get("hearing")
        parts: Sequence[ComplaintPart] = more.get("parts", ())
        said: Sequence[str] = more.get("said", ())
        return {
            "why": more.get("why", NOTHING), "to": more.get("to", NOTHING),
            "until": day_and_year(more["until"], reader) if "until" in more else NOTHING,
            "when": day_and_year(hearing.starts_at, reader) if hearing else NOTHING,
            "time": clock_time(hearing.starts_at, reader) if hearing else NOTHING,
            "place": hearing.place if hearing else NOTHING,
            "parts": "\n\n".join(self._judged(part, reader) for part in parts) or NOTHING,
            "said": "\n\n".join(f"{number}. {words}" for number, words in enumerate(said, 1)) or NOTHING,
        }  # fmt: skip

    def _judged(self, part: ComplaintPart, reader: Locale) -> str:
        return f"{part.number}. {part.said}\n{self._judgement(str(part.judgement), reader)} {part.why}"

    def _judgement(self, code: str, reader: Locale) -> str:
        return self._texts.say(f"judgement_{code}", reader, {}).status


class _Anything(dict[str, str]):
    """Fills every blank: whether there are words at all does not depend on the facts."""

    def __missing__(self, key: str) -> str:
        return key
