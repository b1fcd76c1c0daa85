"""Who hears of a worry, and what: who told us of it, little; and the person it is about, everything that was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.looking import names_of_staff
from portal.cases.models import Case, Contact, Term
from portal.cases.notices import Notices, Surroundings, about_for_staff
from portal.cases.references import spoken
from portal.cases.texts import Texts
from portal.foundation.clock import local_date
from portal.foundation.i18n import LOCALES, Locale
from portal.foundation.policies import Policy
from portal.messaging.models import Message
from portal.messaging.services import Messages
from portal.teams.models import KnownPostcode
from portal.ui.dates import day_and_year
from portal.worries.kind import ADVICE, DANGER, INFORM, WORRY
from portal.worries.models import WorryPerson, WorryShare

#: A fact that is not there.
NOTHING = "–"


@dataclass(frozen=True)
class Letter:
    """A letter to the person: in which locale, of which moment, once for an occasion."""

    locale: str
    moment: str
    occasion: str


class Telling:
    """The facts of a worry, and the messages about it."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], texts: Texts, now: datetime, site: Surroundings
    ) -> None:
        self._session, self._policies, self._texts = session, policies, texts
        self._now, self._site = now, site

    def tell(self, case: Case, moment: str, token: str = "") -> bool:
        """Tell who came to us; with the token of a new request the link opens it at once.

        Returns whether a message goes out, else somebody has to call.
        """
        reader = LOCALES[case.locale]
        door = {"token": token} if token else {}
        path = self._site.path("cases.link" if token else "cases.find", locale=reader.segment, **door)
        facts = {**self.facts(case, reader), "link": self._site.base_url + path}
        return Notices(self._session, self._texts, self._now).tell(case, moment, facts)

    def facts(self, case: Case, reader: Locale) -> dict[str, str]:
        """What the texts to who came to us may name: dates, and nothing of the person."""
        due = self._due(case)
        kept = WORRY.retention.get(case.state, "retain_worry_advice")
        return {
            "reference": spoken(case.reference), "phone": self._site.phone, "kept": str(self._policies[kept].value),
            "advice_by": _date(due.get(DANGER) or due.get(ADVICE), reader), "inform_by": _date(due.get(INFORM), reader),
        }  # fmt: skip

    def write(
        self, case: Case, person: WorryPerson, shares: Sequence[WorryShare], letter: Letter, by: int | None
    ) -> None:
        """Write to the person, on paper; it waits for the printer with the other letters.

        It has no number in it: with that, and the phone of a neighbour, one could look into what the neighbour wrote.
        """
        reader = LOCALES[letter.locale]
        said = self._texts.say(letter.moment, reader, self._to_the_person(case, person, shares, reader, by))
        Messages(self._session, self._now).send(
            dedupe_key=f"{case.id}:{letter.moment}:{letter.occasion}", about=about_for_staff(case.id),
            channel="letter", recipient=self._envelope(person), subject=said.subject, text=said.text,
            locale=said.locale.code,
        )  # fmt: skip

    def locale_of_letters(self, case: Case) -> str | None:
        """The locale of the last letter to the person; None when there was none."""
        query = (
            select(Message.locale)
            .where(Message.about == about_for_staff(case.id), Message.channel == "letter")
            .order_by(Message.id.desc())
            .limit(1)
        )
        return self._session.scalar(query)

    def _to_the_person(
        self, case: Case, person: WorryPerson, shares: Sequence[WorryShare], reader: Locale, by: int | None
    ) -> dict[str, str]:
        handler = names_of_staff(self._session.connection(), {by} if by else set()).get(by or 0, NOTHING)
        who = self._session.get(Contact, case.id)
        shown = {"who": who.name} if person.source_shown and who else {}
        source = self._texts.say("source_shown" if shown else "source_hidden", reader, shown)
        lines = [self._share(share, reader) for share in shares]
        return {
            "name": person.name, "said": person.said, "source": source.text, "handler": handler,
            "phone": self._site.phone, "kept": str(self._policies["retain_worry"].value),
            "told_on": day_and_year(local_date(self._now), reader),
            "told_to": "\n\n".join(lines) or self._texts.say("told_nobody", reader, {}).text,
            "newest": lines[-1] if lines else NOTHING,
            "link": self._site.base_url + self._site.path("start.start", locale=reader.segment),
        }  # fmt: skip

    def _share(self, share: WorryShare, reader: Locale) -> str:
        facts = {"party": share.party, "what": share.what, "on": day_and_year(share.on, reader)}
        return self._texts.say(f"told_{share.ground}", reader, facts).text

    def _envelope(self, person: WorryPerson) -> str:
        digits, letters = person.postcode[:4], person.postcode[4:]
        place = self._session.scalar(select(KnownPostcode.place).where(KnownPostcode.postcode == digits)) or ""
        return f"{person.name}\n{digits} {letters} {person.house}\n{place}".rstrip()

    def _due(self, case: Case) -> dict[str, date]:
        query = select(Term.key, Term.due_on).where(Term.case_id == case.id).order_by(Term.number)
        return {row.key: row.due_on for row in self._session.execute(query)}


def _date(day: date | None, reader: Locale) -> str:
    return day_and_year(day, reader) if day else NOTHING
