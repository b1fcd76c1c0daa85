"""What who asked about their data hears. A message tells no more than that something is there."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.notices import Notices, Surroundings
from portal.cases.references import spoken
from portal.cases.texts import Texts
from portal.foundation.i18n import LOCALES, Locale
from portal.foundation.policies import Policy
from portal.privacy.models import PrivacyRequest
from portal.ui.dates import day_and_year

#: A fact that is not there.
NOTHING = "–"


class Telling:
    """The facts of a question about data, and the messages about it."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], texts: Texts, now: datetime, site: Surroundings
    ) -> None:
        self._session, self._policies, self._texts = session, policies, texts
        self._now, self._site = now, site

    def tell(
        self, case: Case, row: PrivacyRequest, moment: str, due: date, token: str = "", until: date | None = None
    ) -> bool:
        """Tell who asked; with the token of a new question the link opens it at once. A letter may say more."""
        reader = LOCALES[case.locale]
        door = {"token": token} if token else {}
        path = self._site.path("cases.link" if token else "cases.find", locale=reader.segment, **door)
        letter = f"{moment}_letter" if f"{moment}_letter" in self._texts.moments("nl") else None
        facts = {**self.facts(case, row, reader, due, until or due), "link": self._site.base_url + path}
        return Notices(self._session, self._texts, self._now).tell(case, moment, facts, letter)

    def facts(self, case: Case, row: PrivacyRequest, reader: Locale, due: date, until: date) -> dict[str, str]:
        """What the texts may name, for who reads them in this language; `until` is the last day to object."""
        return {
            "reference": spoken(case.reference), "phone": self._site.phone, "due": day_and_year(due, reader),
            "asked_on": day_and_year(row.received_on, reader), "until": day_and_year(until, reader),
            "why": row.refused_why or row.extended_why or NOTHING, "answer": row.answer or NOTHING,
            "kept": str(self._policies["retain_withdrawn"].value),
        }  # fmt: skip
