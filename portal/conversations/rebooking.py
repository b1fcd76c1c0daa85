"""When we cannot keep an appointment: a colleague comes, or who asked hears it at once and chooses again.

A sick day, other hours, a closed team, somebody who left: the reason is nobody's business and stands in no message.
The request never ends by it. It goes back to where we owe a moment, with a new date for our promise.
"""

from collections.abc import Mapping
from datetime import timedelta

from portal.accounts.models import StaffGrant
from portal.accounts.reading import working_on
from portal.accounts.roles import Role
from portal.bookings.availability import Moment
from portal.bookings.losing import LOST, Scene
from portal.bookings.models import Booking
from portal.bookings.services import BookingIsOver, Bookings
from portal.cases.models import Case
from portal.cases.notices import Notices, Surroundings, about_for_staff
from portal.cases.references import spoken
from portal.cases.services import LINK_LASTS, CaseDesk
from portal.cases.texts import Texts
from portal.cases.tracking import TrackDesk
from portal.cases.workflow import Author
from portal.conversations.kind import CONVERSATION
from portal.conversations.telling import Telling
from portal.conversations.wishes import wish_of_case
from portal.conversations.words import STAFF_TEXTS, TEXTS
from portal.foundation.clock import local_date
from portal.foundation.i18n import LOCALES, SOURCE, Locale
from portal.messaging.services import Messages
from portal.ui.dates import clock_time, day

#: Free moments that a message names.
A_FEW = 3
#: The channels whose words said with whom one would talk; a text message has no room for it.
NAMES_THE_WORKER = frozenset({"email", "letter"})


def lost(scene: Scene, booking: Booking) -> None:
    """What a conversation does when its moment cannot be kept; see `losing.add_moment_lost`."""
    Rebooking(scene).offer_again(booking)


class Rebooking:
    """Offers talks again that we cannot keep. Flushes; who calls it commits."""

    def __init__(self, scene: Scene, texts: Texts = TEXTS) -> None:
        self._scene, self._session, self._now = scene, scene.session, scene.now
        site = Surroundings(scene.base_url, scene.phone, scene.path)
        self._telling = Telling(scene.session, scene.policies, texts, scene.now, site)
        self._notices = Notices(scene.session, texts, scene.now)
        self._desk = CaseDesk(scene.session, CONVERSATION, scene.policies, scene.now, scene.staff_id)
        self._bookings = Bookings(scene.session, scene.policies, scene.now)
        self._author = Author.STAFF if scene.staff_id else Author.SYSTEM

    def offer_again(self, booking: Booking) -> None:
        """A colleague has the talk, or who asked chooses again. What stood no longer stays as it is."""
        case = self._session.get_one(Case, booking.case_id)
        if not CONVERSATION.may(LOST, case.state, self._author, case.answers):
            self._bookings.cancel(booking)
            return
        try:
            wanted = wish_of_case(self._session, self._scene.policies, case)
            taken = self._bookings.take_over(booking, wanted, self._span("takeover_lead"))
        except BookingIsOver:
            return
        if taken is not None:
            self._with_colleague(case, taken)
        else:
            self._without_moment(case, booking)

    def _with_colleague(self, case: Case, taken: Booking) -> None:
        """Day, time and place stay: who asked hears a name, if they were told one before."""
        self._desk.take(case, "colleague", self._author)
        if self._notices.reach(case).channel in NAMES_THE_WORKER:
            self._telling.tell(case, taken, "colleague")
        self._write_staff(case, taken, "taken_over", self._address_of(taken.staff_id))

    def _without_moment(self, case: Case, booking: Booking) -> None:
        """Who asked hears it with what is free now, and who was coming along too."""
        reader = LOCALES[case.locale]
        self._telling.invite(case, booking, "company_off")
        self._bookings.cancel(booking)
        self._desk.take(case, LOST, self._author)
        free = self._free(case)
        facts = {"moments": "\n".join(f"- {_shown(moment, reader)}" for moment in free)}
        token = TrackDesk(self._session, self._now).new_link(case.id, LINK_LASTS)
        told = self._telling.tell(case, booking, LOST if free else "moment_lost_call", token, facts)
        if not told or booking.starts_at < self._now + self._span("booking_lead"):
            self._write_staff(case, booking, "call_them", self._coordinators(case))

    def _free(self, case: Case) -> list[Moment]:
        """The first moments that who asked can choose."""
        if case.team_slug is None:
            return []
        wish = wish_of_case(self._session, self._scene.policies, case)
        return self._bookings.free(case.team_slug, wish, A_FEW)

    def _span(self, policy: str) -> timedelta:
        return self._scene.policies[policy].span()

    # Mails to staff: a number, a moment and a link, and nothing of people

    def _write_staff(self, case: Case, booking: Booking, moment: str, people: Mapping[int, str]) -> None:
        link = self._scene.path("desk.case", locale=SOURCE.segment, reference=case.reference)
        said = STAFF_TEXTS.say(
            moment, SOURCE,
            {"reference": spoken(case.reference), "link": self._scene.base_url + link,
             "when": _shown(booking, SOURCE)},
        )  # fmt: skip
        for staff_id, address in people.items():
            Messages(self._session, self._now).send(
                dedupe_key=f"{booking.id}:{moment}:{staff_id}", about=about_for_staff(case.id), channel="email",
                recipient=address, subject=said.subject, text=said.text, locale=SOURCE.code,
            )  # fmt: skip

    def _address_of(self, staff_id: int) -> dict[int, str]:
        rows = self._session.execute(working_on(local_date(self._now)).where(StaffGrant.staff_id == staff_id))
        return {row.id: row.email for row in rows}

    def _coordinators(self, case: Case) -> dict[int, str]:
        """Of the team of the request; of one without a team, all."""
        in_team = StaffGrant.team_slug == case.team_slug if case.team_slug else StaffGrant.team_slug.is_not(None)
        leads = working_on(local_date(self._now)).where(StaffGrant.role == Role.TEAM_COORDINATOR, in_team)
        return {row.id: row.email for row in self._session.execute(leads)}


def _shown(moment: Moment | Booking, reader: Locale) -> str:
    """A moment in words: “dinsdag 24 november, 10:00”."""
    start = moment.start if isinstance(moment, Moment) else moment.starts_at
    return f"{day(start, reader)}, {clock_time(start, reader)}"
