"""Who hears of a conversation, and what: who asked, and whom they bring along. A message tells no more than it must."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.bookings.models import Booking
from portal.cases.looking import names_of_staff
from portal.cases.models import Case, CaseEvent, Term
from portal.cases.notices import Notices, Surroundings
from portal.cases.references import spoken
from portal.cases.schemas import email
from portal.cases.texts import Texts
from portal.conversations.kind import CONVERSATION, FIRST_MOMENT, INVESTIGATION, OWN_PLAN, URGENT
from portal.conversations.plan import plan_facts
from portal.foundation.i18n import LOCALES, Locale, reading_order
from portal.foundation.policies import Policy
from portal.messaging.rules import mobile
from portal.messaging.services import Messages
from portal.teams.models import Team, TeamText
from portal.ui.dates import clock_time, day, day_and_year

#: A fact that is not there.
NOTHING = "–"


@dataclass(frozen=True)
class Companion:
    """Somebody who comes along, by the order in which they were named, and how to reach them."""

    number: int
    channel: str
    recipient: str


def company_of(case: Case) -> list[Companion]:
    """Who comes along and can be reached."""
    found = []
    for number, one in enumerate(case.answers["company"], 1):
        channel, recipient = ("email", email(one["reach"])) if email(one["reach"]) else ("sms", mobile(one["reach"]))
        if recipient:
            found.append(Companion(number, channel, recipient))
    return found


class Telling:
    """The facts of a request for a conversation, and the messages about it."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], texts: Texts, now: datetime, site: Surroundings
    ) -> None:
        self._session, self._policies, self._texts = session, policies, texts
        self._now, self._site = now, site

    def tell(
        self, case: Case, booking: Booking | None, moment: str, token: str = "", more: Mapping[str, str] | None = None,
        *, occasion: str | None = None, by_letter: bool = False,
    ) -> bool:  # fmt: skip
        """Tell who asked, with `more` facts; with a token the link opens the request at once.

        `occasion` and `by_letter` as in `Notices.tell`. Returns whether a message goes out, else somebody has to call.
        """
        reader = LOCALES[case.locale]
        door = {"token": token} if token else {}
        path = self._site.path("cases.link" if token else "cases.find", locale=reader.segment, **door)
        facts = {**self.facts(case, booking, reader), "link": self._site.base_url + path, **(more or {})}
        notices = Notices(self._session, self._texts, self._now)
        return notices.tell(case, moment, facts, occasion=occasion, by_letter=by_letter)

    def way(self, case: Case) -> str | None:
        """By which channel our words go out; None when somebody has to call."""
        return Notices(self._session, self._texts, self._now).reach(case).channel

    def invite(self, case: Case, booking: Booking, moment: str) -> None:
        """Tell who comes along the date and the place, once for each thing that happened; never about what."""
        happened = self._session.scalar(select(func.max(CaseEvent.number)).where(CaseEvent.case_id == case.id))
        for one in company_of(case):
            self.tell_companion(case, booking, moment, one, f"{case.id}:{moment}:{happened}:{one.number}")

    def tell_companion(self, case: Case, booking: Booking, moment: str, one: Companion, dedupe_key: str) -> bool:
        """Tell one of them, once for each key; returns whether it is new."""
        reader = LOCALES[case.locale]
        said = self._texts.say(moment, reader, self.facts(case, booking, reader))
        return Messages(self._session, self._now).send(
            dedupe_key=dedupe_key, about=case.id, channel=one.channel, recipient=one.recipient, subject=said.subject,
            text=said.sms if one.channel == "sms" else said.text, locale=said.locale.code,
        )  # fmt: skip

    def facts(self, case: Case, booking: Booking | None, reader: Locale) -> dict[str, str]:
        """What the texts about a request may name, for who reads them in this language."""
        due = self._due(case)
        return {
            "reference": spoken(case.reference), "phone": self._site.phone,
            "asked_on": day_and_year(case.received_at, reader),
            "by": _date(due.get(INVESTIGATION), reader), "first_by": _date(due.get(FIRST_MOMENT), reader),
            "plan_by": day_and_year(self._policies[OWN_PLAN].due(case.received_at), reader),
            "urgent_by": day_and_year(due.get(URGENT) or self._policies[URGENT].due(self._now), reader),
            "kept": str(self._policies[CONVERSATION.retention["withdrawn"]].value),
            **self._moment(booking, reader), **plan_facts(self._session, self._policies, case, self._now, reader),
        }  # fmt: skip

    def _due(self, case: Case) -> dict[str, date]:
        """The date of each promise; of one that was made again, the newest."""
        query = select(Term.key, Term.due_on).where(Term.case_id == case.id).order_by(Term.number)
        return {row.key: row.due_on for row in self._session.execute(query)}

    def _moment(self, booking: Booking | None, reader: Locale) -> dict[str, str]:
        if booking is None:
            empty = ("when", "time", "until", "place", "company_place", "worker", "kept_until")
            return {**dict.fromkeys(empty, NOTHING), "booked": "", "ahead": ""}
        where = self._texts.say(f"place_{booking.place}", reader, self._team(booking, reader))
        names = names_of_staff(self._session.connection(), {booking.staff_id})
        return {
            "when": day(booking.starts_at, reader), "time": clock_time(booking.starts_at, reader),
            "until": clock_time(booking.ends_at, reader), "place": where.status, "company_place": where.text,
            "worker": names.get(booking.staff_id, NOTHING).split()[0], "booked": "yes",
            "ahead": "yes" if booking.starts_at > self._now else "",
            "kept_until": shown(booking.hold_until, reader) if booking.hold_until else NOTHING,
        }  # fmt: skip

    def _team(self, booking: Booking, reader: Locale) -> dict[str, str]:
        team = self._session.get(Team, booking.team_slug)
        rows = self._session.execute(
            select(TeamText.locale, TeamText.name).where(TeamText.team_slug == booking.team_slug)
        )
        names = {row.locale: row.name for row in rows}
        name = next((names[code] for code in (*reading_order(reader), "nl") if code in names), NOTHING)
        return {"team": name, "address": f"{team.address}, {team.city}" if team else NOTHING}


def shown(moment: datetime, reader: Locale) -> str:
    """A moment in words: “dinsdag 24 november, 10:00”."""
    return f"{day(moment, reader)}, {clock_time(moment, reader)}"


def _date(found: date | None, reader: Locale) -> str:
    return day_and_year(found, reader) if found else NOTHING
