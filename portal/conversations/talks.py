"""What happens to a request for a conversation: opened with its moment, moved, given back; and who hears of it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.bookings.availability import Moment, Wish
from portal.bookings.models import Booking
from portal.bookings.services import Bookings, HoldIsOver
from portal.cases.entry import Entry
from portal.cases.handling import newest_event
from portal.cases.models import Case, Contact, Representative
from portal.cases.notices import Surroundings
from portal.cases.services import CaseDesk, Opened
from portal.cases.texts import Texts
from portal.cases.workflow import Author
from portal.conversations.kind import CONVERSATION, URGENT
from portal.conversations.team_mail import tell_coordinators
from portal.conversations.telling import Telling
from portal.conversations.waiting import WaitingList
from portal.conversations.wishes import features_of
from portal.foundation.i18n import Locale
from portal.foundation.policies import Policy

#: The steps after which a moment that is still to come is there for others again.
GIVES_BACK = frozenset({"give_back", "withdraw", "no_contact"})
#: What became of the moment, by the step after it.
ENDS = {"talked": "done", "no_contact": "no_show", "withdraw": "cancelled", "give_back": "cancelled"}
#: What happened while somebody of the team was there: they know it already.
TOLD_FACE_TO_FACE = frozenset({"talked", "urgent_answered"})


class Talks:
    """Requests for a conversation, with the moments that go with them."""

    def __init__(
        self, session: Session, policies: Mapping[str, Policy], texts: Texts, now: datetime, site: Surroundings,
        staff_id: int | None = None,
    ) -> None:  # fmt: skip
        self._session, self._now, self._staff_id = session, now, staff_id
        self._desk = CaseDesk(session, CONVERSATION, policies, now, staff_id)
        self._telling, self._site = Telling(session, policies, texts, now, site), site
        self.bookings, self.waiting = Bookings(session, policies, now), WaitingList(session, policies, now)

    def request(
        self, send_key: str, answers: dict[str, Any], contact: Contact, entry: Entry, team: str | None,
        representative: Representative | None = None,
    ) -> Opened:  # fmt: skip
        """Open a request and take the moment that was held for it. Sent twice it is one request.

        Raises `HoldIsOver` when that moment is somebody else's by now; then nothing was opened.
        """
        author = Author.REPRESENTATIVE if representative else Author.RESIDENT
        with self._session.begin_nested():
            opened = self._desk.open(send_key, answers, contact, entry.locale, entry.channel, representative, team)
            if not opened.new:
                return opened
            self._desk.take(opened.case, "begin", Author.SYSTEM)
            if answers["chosen"]:
                features = features_of(answers["place"], answers["needs"])
                self.bookings.book(send_key, opened.case.id, features)
                self._desk.take(opened.case, "book", Author.STAFF if self._staff_id else author)
        self._telling.tell(opened.case, self.booking(opened.case), opened.case.state, opened.token)
        self._invite(opened.case, "company")
        if answers.get("urgent"):
            self._desk.take(opened.case, "urgent", Author.STAFF if self._staff_id else author)
            self.after_step(opened.case, "urgent")
        return opened

    def choose(self, case: Case, wish: Wish, moment: Moment, author: Author) -> None:
        """Another moment, or the first one. Raises `MomentTaken`, and then everything stays as it was.

        Who waited for an earlier moment is off that list: they say so when they still would like one.
        """
        self.waiting.locked(case.id)
        before = self.booking(case)
        if before is not None and before.team_slug == case.team_slug:
            self.bookings.move(before, wish, moment)
        else:
            self._take(case, before, wish, moment)
        self._chosen(case, author, first=before is None)

    def take_earlier(self, case: Case, author: Author) -> None:
        """The moment that is kept for them takes the place of their own, in one go.

        Raises `HoldIsOver` or `BookingIsOver`, and then everything stays as it was.
        """
        row, before = self.waiting.locked(case.id), self.booking(case)
        if row is None or row.hold_key is None or before is None:
            raise HoldIsOver()
        self.bookings.exchange(before, row.hold_key)
        self._chosen(case, author, first=False)

    def _chosen(self, case: Case, author: Author, *, first: bool) -> None:
        step, words, company = ("book", "booked", "company") if first else ("move", "moved", "company_moved")
        self.waiting.leave(case.id)
        self._desk.take(case, step, author)
        self._telling.tell(case, self.booking(case), words)
        self._invite(case, company)

    def _take(self, case: Case, before: Booking | None, wish: Wish, moment: Moment) -> None:
        """A moment of the team that has the request now; what another team had is over when this one stands."""
        key = f"{case.id}:{case.version}"
        self.bookings.hold(str(case.team_slug), wish, moment, key)
        if before is not None:
            self.bookings.end(before, "moved")
        booked = self.bookings.book(key, case.id)
        booked.sequence = before.sequence + 1 if before is not None else 0

    def after_step(self, case: Case, action: str) -> None:
        """Give the moment back where a step ends it, and tell who asked what happened."""
        booking = self.booking(case)
        if booking is not None and action in GIVES_BACK and booking.starts_at > self._now:
            self._invite(case, "company_off")
            self.bookings.cancel(booking)
        elif booking is not None and action in ENDS:
            self.bookings.end(booking, ENDS[action])
        if action in ENDS:
            self.waiting.leave(case.id)
        if action not in TOLD_FACE_TO_FACE:
            self._tell(case, action)
        if action == "urgent":
            occasion = str(newest_event(self._session, case.id))
            tell_coordinators(self._session, case, "urgent", occasion, self._now, self._site)

    def urgent_by(self, case: Case) -> date | None:
        """By when somebody of the team answers what cannot wait; None when nothing is asked, or it was answered."""
        return next((term.due_on for term in self._desk.open_terms(case) if term.key == URGENT), None)

    def may_wait(self, case: Case) -> bool:
        """Whether hearing of an earlier moment is of use: there is one to win, and we can ask them in time."""
        booking = self.booking(case)
        booked = booking is not None and case.state == "booked" and self.waiting.can_gain(booking)
        return booked and self.reached_by(case) != "letter"

    def reached_by(self, case: Case) -> str | None:
        """By which channel our words go out; None when somebody has to call."""
        return self._telling.way(case)

    def _tell(self, case: Case, action: str) -> None:
        """Tell who asked, in their way; where the table says so, on paper too."""
        moment, booking = CONVERSATION.told.get(action, case.state), self.booking(case)
        self._telling.tell(case, booking, moment)
        if action in CONVERSATION.by_letter and self.reached_by(case) != "letter":
            self._telling.tell(case, booking, moment, by_letter=True)

    def booking(self, case: Case) -> Booking | None:
        """The moment of a request that stands."""
        return self.bookings.of_case(case.id)

    def facts(self, case: Case, reader: Locale) -> dict[str, str]:
        """What the texts about a request may name, for who reads them in this language."""
        return self._telling.facts(case, self.booking(case), reader)

    def _invite(self, case: Case, moment: str) -> None:
        booking = self.booking(case)
        if booking is not None:
            self._telling.invite(case, booking, moment)
