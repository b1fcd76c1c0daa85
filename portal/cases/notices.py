"""Tells people what happened to their request, in the way they chose, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseEvent, Contact, Representative
from portal.cases.texts import Texts
from portal.foundation.i18n import LOCALES
from portal.foundation.site import Site
from portal.messaging.rules import mobile
from portal.messaging.services import Messages
from portal.teams.models import KnownPostcode


def about_for_staff(case_id: str) -> str:
    """What a message to staff is about: the case, and yet none of the messages of the person it is about."""
    return f"desk:{case_id}"


def notice_key(case: Case, moment: str, occasion: str) -> str:
    """By which the words of a moment go out once for an occasion."""
    return f"{case.id}:{moment}:{occasion}"


@dataclass(frozen=True)
class Surroundings:
    """What messages need of the site: its public address, its phone, paths, and who judges complaints after us."""

    base_url: str
    phone: str
    path: Any
    ombudsman: str = ""


def surroundings(site: Site, path: Any) -> Surroundings:
    """Those of a site; `path` makes the path of a route."""
    profile = site.profile
    return Surroundings(site.base_url, str(profile.contact["phone"]), path, profile.ombudsman)


@dataclass(frozen=True)
class Reach:
    """How words reach somebody: by which channel, None when they have to be called; `helper` when it is not them."""

    channel: str | None
    helper: str | None


class Notices:
    """The messages of one kind of case."""

    def __init__(self, session: Session, texts: Texts, now: datetime) -> None:
        self._session, self._texts, self._now = session, texts, now

    def tell(
        self, case: Case, moment: str, facts: Mapping[str, Any], letter: str | None = None, *,
        occasion: str | None = None, by_letter: bool = False,
    ) -> bool:  # fmt: skip
        """Send the words of a moment to the resident, or to who speaks for them; returns whether something was sent.

        Who is called by phone gets no message: the status page and the team's phone say the same. `letter` names other
        words for who gets paper: in an envelope more may be said than in a mail. `occasion` is what it is sent once
        for, where that is not the last thing that happened. `by_letter` goes on paper to the resident, whatever they
        chose.
        """
        channel, recipient = self._on_paper(case) if by_letter else self._where(case)
        if channel is None:
            return False
        moment = letter if letter and channel == "letter" else moment
        said = self._texts.say(moment, LOCALES[case.locale], {k: str(v) for k, v in facts.items()})
        number = self._session.scalar(
            select(CaseEvent.number).where(CaseEvent.case_id == case.id).order_by(CaseEvent.number.desc()).limit(1)
        )
        return Messages(self._session, self._now).send(
            dedupe_key=notice_key(case, moment, occasion or f"{number}{':letter' if by_letter else ''}"),
            about=case.id, channel=channel, recipient=recipient,
            subject=said.subject, text=said.sms if channel == "sms" else said.text, locale=said.locale.code,
        )  # fmt: skip

    def reach(self, case: Case) -> Reach:
        """How our words would reach somebody now."""
        channel, _recipient = self._where(case)
        helper = self._speaks(case)
        return Reach(channel, helper.name if helper else None)

    def _speaks(self, case: Case) -> Representative | None:
        """Who gets the messages in the place of the resident."""
        helper = self._session.get(Representative, case.id)
        return helper if helper is not None and helper.gets_messages and helper.ended_at is None else None

    def _where(self, case: Case) -> tuple[str | None, str]:
        helper = self._speaks(case)
        if helper is not None:
            if helper.email:
                return "email", helper.email
            return ("sms", helper.phone) if helper.phone and mobile(helper.phone) else (None, "")
        contact = self._session.get(Contact, case.id)
        if contact is None:
            return None, ""
        ways = {"email": contact.email, "sms": contact.phone, "letter": self._on_the_envelope(contact)}
        return (contact.way, str(ways[contact.way])) if ways.get(contact.way) else (None, "")

    def _on_paper(self, case: Case) -> tuple[str | None, str]:
        contact = self._session.get(Contact, case.id)
        return ("letter", self._on_the_envelope(contact)) if contact else (None, "")

    def _on_the_envelope(self, contact: Contact) -> str:
        """Name, door and place. Without a street the number stands with the postcode: the post finds it so."""
        digits, letters = contact.postcode[:4], contact.postcode[4:]
        place = self._session.scalar(select(KnownPostcode.place).where(KnownPostcode.postcode == digits)) or ""
        if contact.street:
            return f"{contact.name}\n{contact.street} {contact.house}\n{digits} {letters}  {place}".rstrip()
        return f"{contact.name}\n{digits} {letters} {contact.house}\n{place}".rstrip()
