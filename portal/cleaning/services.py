"""Cleaning requests: opened in one sitting, offered to providers, answered by the first who says yes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.cases.entry import Entry
from portal.cases.models import Case, Contact, Representative
from portal.cases.notices import Notices
from portal.cases.references import hashed, new_token, spoken
from portal.cases.services import CaseDesk, Opened
from portal.cases.texts import Texts
from portal.cases.workflow import Author
from portal.cleaning.kind import CLEANING
from portal.cleaning.models import Offer, Provider
from portal.cleaning.rules import ANYONE, works_at
from portal.foundation.i18n import LOCALES, SOURCE, Locale
from portal.foundation.policies import Policy
from portal.messaging.services import Messages
from portal.teams.placing import team_at
from portal.ui.dates import day_and_year

#: How long a provider's link stays open after the promised answer; late is better than never.
GRACE = timedelta(days=14)
#: Providers work here: they are written to in Dutch, whatever the resident reads.
DUTCH = SOURCE


class TooLate(Exception):
    """Somebody else was first, or the request is no longer open."""


@dataclass(frozen=True)
class Place:
    """What links in messages need: the public address of the site and its phone."""

    base_url: str
    phone: str
    path: Any


def read_providers(connection: Connection) -> list[Any]:
    """All providers as rows."""
    return list(connection.execute(select(Provider.__table__).where(Provider.gone.is_(False)).order_by(Provider.slug)))


def may_answer(offer: Offer, case: Case, now: datetime) -> bool:
    """Whether a provider can still say yes or no. Late is better than never, as long as nobody else was asked."""
    return offer.state == "open" and case.state in {"offered", "silent"} and offer.expires_at > now


class CleaningService:
    """What happens to a request for cleaning."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], texts: Texts, now: datetime, place: Place,
        staff_id: int | None = None,
    ) -> None:  # fmt: skip
        self._session, self._texts, self._now, self._place = session, texts, now, place
        self._desk = CaseDesk(session, CLEANING, policies, now, staff_id)
        self._policies = policies

    def request(
        self, send_key: str, answers: dict[str, Any], contact: Contact, entry: Entry,
        representative: Representative | None = None,
    ) -> Opened:  # fmt: skip
        """Open a request, offer it, and tell who asked. Sent twice it is one request."""
        team = team_at(self._session.connection(), contact.postcode, contact.house, self._desk.today)
        opened = self._desk.open(send_key, answers, contact, entry.locale, entry.channel, representative, team)
        if opened.new:
            self.offer(opened.case, answers["provider"], Author.SYSTEM)
            self._tell(opened.case, "received", token=opened.token)
        return opened

    def offer(self, case: Case, choice: str, author: Author) -> None:
        """Show the request to the chosen provider, or to all who work there; each gets a link of its own.

        A provider who said yes and did not come hears that another is asked.
        """
        self._give_up(case)
        self._lapse(case)
        contact = self._session.get(Contact, case.id)
        chosen = [self._session.get(Provider, choice)] if choice != ANYONE else []
        everybody = self._session.scalars(select(Provider).where(Provider.gone.is_(False))).all()
        here = works_at(everybody, contact.postcode[:4] if contact else "")
        said_no = {offer.provider_slug for offer in self.offers(case) if offer.state == "declined"}
        providers = [p for p in chosen if p] or [p for p in here if p.slug not in said_no] or here
        self._desk.take(case, "offer", author)
        for provider in providers:
            token = new_token()
            self._session.add(
                Offer(
                    hash=hashed(token), case_id=case.id, provider_slug=provider.slug, state="open",
                    chosen=choice == provider.slug, made_at=self._now, expires_at=self._now + GRACE,
                )
            )  # fmt: skip
            self._ask(case, provider, token)
        self._session.flush()

    def accept(self, offer: Offer, first_date: date) -> None:
        """The provider comes. Raises `TooLate` when another was first: the database decides."""
        case = self._live(offer)
        try:
            with self._session.begin_nested():
                offer.state, offer.first_date, offer.answered_at = "accepted", first_date, self._now
        except IntegrityError as fault:
            raise TooLate() from fault
        self._desk.take(case, "accept", Author.PROVIDER)
        self._lapse(case, but=offer)
        self._tell(case, "accepted")

    def decline(self, offer: Offer, reason: str) -> None:
        """The provider does not come. The last one who says no leaves the choice with the resident again."""
        case = self._live(offer)
        offer.state, offer.reason, offer.answered_at = "declined", reason, self._now
        self._session.flush()
        if case.state == "offered" and not self._open_offers(case):
            self._desk.take(case, "decline", Author.PROVIDER, reason)
            self._tell(case, "declined")

    def silence(self, case: Case) -> None:
        """The promised time is over and nobody answered."""
        self._desk.take(case, "silence", Author.SYSTEM)
        self._tell(case, "silent")

    def after_step(self, case: Case) -> None:
        """Tell who asked what their own step did; a request that is over is shown to nobody any more."""
        if case.state in {"withdrawn", "let_go"}:
            self._lapse(case)
            self._tell_providers(case)
        self._tell(case, case.state)

    def facts(self, case: Case, reader: Locale) -> dict[str, str]:
        """What the texts about a request may name, for who reads them in this language."""
        offer = self._accepted(case)
        asked = case.answers.get("provider")
        slug = offer.provider_slug if offer else asked if asked != ANYONE else None
        provider = self._session.get(Provider, slug) if slug else None
        return {
            "reference": spoken(case.reference), "phone": self._place.phone,
            "provider": provider.name if provider else "–", "provider_phone": provider.phone if provider else "–",
            "first_date": day_and_year(offer.first_date, reader) if offer and offer.first_date else "–",
            "by": day_and_year(case.due_on, reader) if case.due_on else "–",
            "kept": str(self._policies[CLEANING.retention["withdrawn"]].value),
        }  # fmt: skip

    def offers(self, case: Case) -> Sequence[Offer]:
        """All offers of a request."""
        return self._session.scalars(select(Offer).where(Offer.case_id == case.id)).all()

    def _live(self, offer: Offer) -> Case:
        case = self._session.get(Case, offer.case_id, with_for_update=True)
        if case is None or not may_answer(offer, case, self._now):
            raise TooLate()
        return case

    def _accepted(self, case: Case) -> Offer | None:
        return self._session.scalar(select(Offer).where(Offer.case_id == case.id, Offer.state == "accepted"))

    def _open_offers(self, case: Case) -> Sequence[Offer]:
        return self._session.scalars(select(Offer).where(Offer.case_id == case.id, Offer.state == "open")).all()

    def _lapse(self, case: Case, but: Offer | None = None) -> None:
        query = update(Offer).where(Offer.case_id == case.id, Offer.state == "open")
        self._session.execute(query.where(Offer.hash != but.hash) if but else query, {"state": "lapsed"})

    def _give_up(self, case: Case) -> None:
        """Take a request back from the provider who said yes."""
        offer = self._accepted(case)
        if offer is not None:
            self._tell_providers(case, "tell_provider_other")
            offer.state = "lapsed"
            self._session.flush()

    def _ask(self, case: Case, provider: Provider, token: str) -> None:
        link = self._place.base_url + self._place.path("cleaning.offer", token=token, locale=DUTCH.segment)
        said = self._texts.say("ask_provider", DUTCH, {**self.facts(case, DUTCH), "link": link})
        Messages(self._session, self._now).send(
            dedupe_key=f"{case.id}:ask:{hashed(token)[:16]}", about=case.id, channel="email", recipient=provider.email,
            subject=said.subject, text=said.text, locale="nl",
        )  # fmt: skip

    def _tell_providers(self, case: Case, moment: str = "tell_provider_withdrawn") -> None:
        offer = self._accepted(case)
        provider = self._session.get(Provider, offer.provider_slug) if offer else None
        if offer is None or provider is None:
            return
        said = self._texts.say(moment, DUTCH, self.facts(case, DUTCH))
        Messages(self._session, self._now).send(
            dedupe_key=f"{case.id}:{moment}:{offer.hash[:16]}", about=case.id, channel="email",
            recipient=provider.email, subject=said.subject, text=said.text, locale="nl",
        )  # fmt: skip

    def _tell(self, case: Case, moment: str, token: str = "") -> None:
        # Nobody types 43 signs from paper: a letter leads to where the number is asked.
        on_paper = Notices(self._session, self._texts, self._now).reach(case).channel == "letter"
        token = "" if on_paper else token
        reader, door = LOCALES[case.locale], {"token": token} if token else {}
        path = self._place.path("cases.link" if token else "cases.find", locale=reader.segment, **door)
        facts = {**self.facts(case, reader), "link": self._place.base_url + path}
        Notices(self._session, self._texts, self._now).tell(case, moment, facts)
