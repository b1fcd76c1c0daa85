"""Who may knock and what lies behind the doors: one of every role, and a request of every kind of "not mine"."""

from collections.abc import Callable
from copy import copy
from datetime import date, timedelta
from typing import Any

from pyramid.interfaces import IRoutesMapper
from webtest import TestApp, TestResponse

from portal.accounts.roles import OF_A_TEAM, Role
from portal.accounts.services import StaffAccounts
from portal.accounts.sessions import StaffSessions
from portal.backoffice.models import SavedSearch
from portal.bookings.feeds import Feeds
from portal.bookings.models import Booking, BookingWorker, WorkDay
from portal.bookings.thing_keeping import ThingList
from portal.cases.entry import Entry
from portal.cases.form_views import SEND_KEY
from portal.cases.handling import Handling
from portal.cases.models import Case, Contact, Representative
from portal.cases.notices import Surroundings
from portal.cases.references import hashed, new_token
from portal.cases.services import CaseDesk
from portal.cases.tracking import TrackDesk
from portal.cases.workflow import Author
from portal.cleaning.kind import CLEANING
from portal.cleaning.models import Offer
from portal.complaints.services import Complaints, Filed
from portal.complaints.telling import Telling
from portal.complaints.words import TEXTS as COMPLAINT_TEXTS
from portal.conversations.kind import CONVERSATION
from portal.editing.drafting import Drafting, Editor
from portal.editing.previews import Previews
from portal.foundation.clock import today
from portal.foundation.db import writing
from portal.foundation.policies import read_policies
from portal.messaging.models import Message
from portal.messaging.services import Messages
from portal.pages.workflow import Actor
from portal.privacy.services import Filed as Asked
from portal.privacy.services import PrivacyRequests
from portal.privacy.telling import Telling as TellingOfData
from portal.privacy.words import TEXTS as PRIVACY_TEXTS
from portal.worries.services import Named
from tests.security.rows import Kept
from tests.security.ways import address
from tests.unit.complaints.conftest import ANSWERS as COMPLAINT
from tests.unit.complaints.conftest import somebody
from tests.unit.conversations.booked import ANSWERS as TALK
from tests.unit.worries.conftest import ANSWERS as WORRY
from tests.unit.worries.conftest import PERSON, neighbour, service_on

TEAM, ELSEWHERE, IN_LEEUWARDEN = "holtenbroek", "midden", "west"
#: Stands in the cookie and in the form alike: that is all the check asks over http.
TOKEN = "0123456789abcdef0123456789abcdef01234567"
NEVER_WAS, UNREADABLE, NO_ID = "7KD4MW3F", "AAAA0000", 987_654_321
ANSWERS = {"provider": "anyone", "parts": ["mo-morning"], "start": "soon", "note": "De bel is stuk."}
#: What a form asks, and the desk before it.
BY_PHONE = {"channel": "phone", "language": "nl", "knows": "yes"}
ASKED = {
    "who": {"who": "me"}, "home": {"postcode": "8011 PK", "house": "127"}, "provider": {"provider": "anyone"},
    "when": {"parts": "mo-morning", "start": "soon"}, "name": {"name": "Mevrouw Zonneveld"},
    "reach": {"way": "email", "email": "zonneveld@example.nl", "phone": "", "voicemail": "no"},
    "language": {"language": "", "interpreter": "no"}, "note": {"note": ""},
}  # fmt: skip
FACTS = {"reference": "x", "team": "x", "team_phone": "x", "phone": "x", "link": "x"}


def _nowhere(name: str, **_holes: Any) -> str:
    return f"/{name}"


class Cast:
    """The municipality of Zwolle with somebody in every part; afterwards nobody was ever here."""

    def __init__(self, app: Any, registry: Any, clock: Any) -> None:
        self.registry, self.clock = registry, clock
        self.zwolle, self.leeuwarden = (registry.sites.by_key(key) for key in ("zwolle", "leeuwarden"))
        self._before = [Kept(site) for site in (self.zwolle, self.leeuwarden)]
        self._app = TestApp(app, lint=False)
        self.cookies: dict[str, dict[str, str]] = {"visitor": {}}
        self.staff: dict[str, int] = {}
        self.holes: dict[str, str] = {}
        self.things: dict[str, dict[str, Any]] = {}
        self.hole_of = {"cases": "reference", "letters": "id", "printed": "id", "views": "id", "links": "token",
                        "offers": "token", "feeds": "token", "rooms": "id", "diaries": "staff",
                        "previews": "token"}  # fmt: skip
        self.patterns = {route.name: route.match for route in registry.getUtility(IRoutesMapper).get_routes()}
        with writing(self.zwolle.engine) as session:
            self._hire(session)
        with writing(self.zwolle.engine) as session:
            self._ask(session)
            self._keep_views(session)
            feed = Feeds(session, clock.now()).make(self.staff["team_worker"], with_names=True)
            self.things["feeds"] = {"right": feed, "never_was": "x" * 43}
            self._keep_diaries(session)
            self._write_pages(session)
            rooms = ThingList(session, clock.now())
            self.things["rooms"] = {
                "own_team": rooms.add(TEAM, "room", "Blauwe kamer", ()).id,
                "other_team": rooms.add(ELSEWHERE, "room", "Blauwe kamer", ()).id, "never_was": NO_ID,
            }  # fmt: skip
        with writing(self.leeuwarden.engine) as session:
            self.things["cases"]["of_leeuwarden"] = self._case(session, IN_LEEUWARDEN).reference
            accounts = StaffAccounts(session, clock.now(), today(clock))
            person = accounts.add("collega@leeuwarden.example", "Collega Leeuwarden", "Gemeente Leeuwarden")
            accounts.grant(person, Role.TEAM_COORDINATOR, IN_LEEUWARDEN)
            self.cookies["of_leeuwarden"] = {"staff": self._sessions(session).start(person.id, second_factor=True)}
        self._find_files()
        self.cookies["draft_writer"] = self._write_draft("visitor", "", "draft")
        self.cookies["desk_writer"] = self._write_draft("team_worker", "desk.", "desk-draft")
        self._begin = [Kept(site) for site in (self.zwolle, self.leeuwarden)]

    # Who there is

    def _sessions(self, session: Any) -> StaffSessions:
        return StaffSessions(session, self.clock.now(), today(self.clock))

    def _hire(self, session: Any) -> None:
        accounts, sessions = StaffAccounts(session, self.clock.now(), today(self.clock)), self._sessions(session)
        grants: dict[str, tuple[Role, str | None]] = {
            **{str(role): (role, TEAM if role in OF_A_TEAM else None) for role in Role},
            "worker_elsewhere": (Role.TEAM_WORKER, ELSEWHERE),
            "former_coordinator": (Role.TEAM_COORDINATOR, TEAM),
            "half_signed_in": (Role.TEAM_COORDINATOR, TEAM),
        }
        for name, (role, team) in grants.items():
            person = accounts.add(f"{name}@zwolle.example", f"Collega {name}", "Gemeente Zwolle")
            accounts.grant(person, role, team)
            if name == "former_coordinator":
                accounts.end_grant(person, role, team)
            self.staff[name] = person.id
            self.holes[name] = str(person.id)
            token = sessions.start(person.id, second_factor=name != "half_signed_in")
            self.cookies[name] = {"staff": token}

    # What there is

    def _case(self, session: Any, team: str | None, way: str = "phone", helper: bool = False) -> Case:
        desk = CaseDesk(session, CLEANING, read_policies(session.connection(), today(self.clock)), self.clock.now())
        contact = Contact(
            name="Mevrouw Zonneveld", postcode="8011PK", house="127", way=way, phone="0612349876",
            email="zonneveld@example.nl", voicemail=False, interpreter=False,
        )  # fmt: skip
        speaks = Representative(name="Piet", relation="carer", email="piet@example.nl", gets_messages=True)
        opened = desk.open(
            new_token(), dict(ANSWERS), contact, "nl", representative=speaks if helper else None, team=team
        )
        desk.take(opened.case, "offer", Author.SYSTEM)
        self.holes["follow"] = opened.token
        return opened.case

    def _ask(self, session: Any) -> None:
        desk = CaseDesk(session, CLEANING, read_policies(session.connection(), today(self.clock)), self.clock.now())
        own, other, homeless = (self._case(session, team) for team in (TEAM, ELSEWHERE, None))
        for case in (own, other, homeless):
            desk.take(case, "silence", Author.SYSTEM)  # then there is something to do for the desk
        closed, moved = (self._case(session, TEAM) for _ in range(2))
        desk.take(closed, "withdraw", Author.STAFF)
        Handling(session, self.clock.now(), self.staff["team_coordinator"]).hand_over(moved, ELSEWHERE, FACTS)
        self.things["cases"] = {
            "own_team": own.reference, "other_team": other.reference, "without_team": homeless.reference,
            "closed": closed.reference, "moved_away": moved.reference, "never_was": NEVER_WAS, "unreadable": UNREADABLE,
        }  # fmt: skip
        self._talk(session)
        self._complain(session)
        self._worry(session)
        self._ask_about_data(session)
        letter = self._letter(session)
        printed, elsewhere = letter(own), letter(other)
        for number in (printed, elsewhere):
            Messages(session, self.clock.now()).printed(number)
        self.things["letters"] = {
            "own_team": letter(own), "other_team": letter(other), "without_team": letter(homeless),
            "moved_away": letter(moved), "printed": printed, "a_mail": letter(own, "email", "a@example.nl"),
            "never_was": NO_ID,
        }  # fmt: skip
        waiting = self.things["letters"]["own_team"]
        self.things["printed"] = {
            "own_team": printed, "other_team": elsewhere, "waiting": waiting, "never_was": NO_ID,
        }  # fmt: skip
        self._somebody_follows(session)

    def _talk(self, session: Any) -> None:
        """A conversation of our team and one of another, with a moment each; who asked the latter follows it."""
        now, policies = self.clock.now(), read_policies(session.connection(), today(self.clock))
        desk = CaseDesk(session, CONVERSATION, policies, now)
        for thing, team, who in (("own_talk", TEAM, "team_worker"), ("other_talk", ELSEWHERE, "worker_elsewhere")):
            contact = Contact(
                name="Mevrouw Zonneveld", postcode="8011PK", house="127", way="phone", phone="0612349876",
                voicemail=False, interpreter=False,
            )  # fmt: skip
            case = desk.open(new_token(), dict(TALK), contact, "nl", team=team).case
            desk.take(case, "begin", Author.SYSTEM)
            desk.take(case, "book", Author.RESIDENT)
            begin, end = now + timedelta(days=2), now + timedelta(days=2, hours=1)
            session.add(
                Booking(id=case.id, case_id=case.id, staff_id=self.staff[who], team_slug=team, place="phone",
                        starts_at=begin, ends_at=end, busy_from=begin, busy_until=end, state="booked", made_at=now)
            )  # fmt: skip
            self.things["cases"][thing] = case.reference
        self.cookies["talker"] = {"visit": TrackDesk(session, now).visit(case.id)}

    def _complain(self, session: Any) -> None:
        """A complaint about our team, which is kept from it."""
        now, policies = self.clock.now(), read_policies(session.connection(), today(self.clock))
        telling = Telling(session, policies, COMPLAINT_TEXTS, now, Surroundings("https://zwolle.test", "038", _nowhere))
        told = Complaints(session, policies, now, telling).file(
            new_token(), dict(COMPLAINT), Filed("team", ["Er werd niet geluisterd."], TEAM), somebody("phone"),
            Entry("nl"),
        )  # fmt: skip
        told.case.owner_id = self.staff["complaint_handler"]
        self.things["cases"]["complaint"] = told.case.reference

    def _worry(self, session: Any) -> None:
        """Somebody worries about who lives where our team works."""
        told = service_on(session, self.clock).file(
            new_token(),
            dict(WORRY),
            neighbour(way="phone", email=None),
            Entry("nl"),
            named=Named(**{**PERSON, "postcode": "8031AB"}),
        )
        self.things["cases"]["own_worry"] = told.case.reference

    def _ask_about_data(self, session: Any) -> None:
        """Somebody asks about their data: for the privacy officer and nobody else."""
        now, policies = self.clock.now(), read_policies(session.connection(), today(self.clock))
        place = Surroundings("https://zwolle.test", "038", _nowhere)
        desk = PrivacyRequests(session, policies, now, TellingOfData(session, policies, PRIVACY_TEXTS, now, place))
        asked = desk.file(
            new_token(), {"numbers": "", "signed": ""}, Asked("access", "Alles"), somebody("phone"), Entry("nl")
        )
        self.things["cases"]["privacy"] = asked.case.reference

    def _letter(self, session: Any) -> Callable[..., int]:
        def write(case: Case, channel: str = "letter", to: str = "Mevrouw Zonneveld\n127\n8011PK") -> int:
            key = new_token()
            Messages(session, self.clock.now()).send(
                dedupe_key=key, about=case.id, channel=channel, recipient=to, subject="Uw vraag", text="Wij bellen u.",
                locale="nl",
            )  # fmt: skip
            return int(session.query(Message.id).where(Message.dedupe_key == key).scalar())

        return write

    def _somebody_follows(self, session: Any) -> None:
        """A resident with a helper: a link, a visit, a visit with the code, a code, a draft, and a provider's link."""
        case, now = self._case(session, ELSEWHERE, "email", helper=True), self.clock.now()
        track, offer = TrackDesk(session, now), new_token()
        self.resident = case.reference
        self.cookies["resident"] = {"visit": track.visit(case.id)}
        self.cookies["resident_with_code"] = {"visit": track.visit(case.id, full=True)}
        track.make_code(case)
        session.add(
            Offer(hash=hashed(offer), case_id=case.id, provider_slug="de-bezem", state="open", chosen=False,
                  made_at=now, expires_at=now + timedelta(days=14))
        )  # fmt: skip
        self.things["links"] = {"right": self.holes["follow"], "never_was": "x" * 43}
        self.things["offers"] = {"right": offer, "never_was": "x" * 43}

    def _keep_views(self, session: Any) -> None:
        self.things["views"] = {"never_was": NO_ID}
        for name in ("team_worker", "team_coordinator"):
            row = SavedSearch(staff_id=self.staff[name], name="mijn week", query="due=soon")
            session.add(row)
            session.flush()
            self.things["views"][f"of_{name}"] = row.id

    def _keep_diaries(self, session: Any) -> None:
        """Two workers with a day that is different; one more is of nobody."""
        self.things["diaries"] = {"never_was": NO_ID}
        for thing, name, team in (("own_team", "team_worker", TEAM), ("other_team", "worker_elsewhere", ELSEWHERE)):
            staff_id = self.things["diaries"][thing] = self.staff[name]
            session.add(BookingWorker(staff_id=staff_id, team_slug=team, most_a_day=3, skills=[], languages=["nl"]))
            session.flush()
            session.add(WorkDay(staff_id=staff_id, day=date(2026, 12, 1), start="00:00", end="00:00", places=[]))

    def _write_pages(self, session: Any) -> None:
        """A draft in English with a secret link, and a Turkish text that waits for a publisher."""
        writer = Editor(self.staff["translator"], frozenset({Actor.TRANSLATOR}))
        desk = Drafting(session, self.clock.now(), writer)
        draft = desk.begin("bezwaar", "en")
        desk.ask_review(desk.begin("bezwaar", "tr"))
        token = Previews(session, self.clock.now()).make(draft, writer.staff_id)
        self.things["previews"] = {"right": token, "never_was": "x" * 43}

    def _find_files(self) -> None:
        """The style sheet, by the name that a page gives it."""
        sheet = self.ask("visitor", "GET", "/nl/").html.select_one("link[rel=stylesheet]")
        self.holes["stylesheet"] = sheet["href"].split("/static/")[1]

    def _write_draft(self, writer: str, prefix: str, cookie: str) -> dict[str, str]:
        """A form filled in up to its last question; gives the cookies of who did so."""
        path, held = address(self.registry, f"{prefix}cleaning.check"), {}
        for question, values in {**({"desk": BY_PHONE} if prefix else {}), **ASKED}.items():
            there = address(self.registry, f"{prefix}cleaning.question", question=question)
            answer = self.ask(writer, "POST", there, values, cookies=held)
            held = {cookie: self._cookie_in(answer, cookie)}
        page = self.ask(writer, "GET", path, cookies=held)
        self.holes[cookie] = page.html.find("input", attrs={"name": SEND_KEY})["value"]
        return {**self.cookies[writer], **held}

    @staticmethod
    def _cookie_in(answer: TestResponse, name: str) -> str:
        (found,) = [one for one in answer.headers.getall("Set-Cookie") if one.startswith(f"{name}=")]
        return found.split(";")[0].partition("=")[2]

    # What can be done

    def ask(self, person: str, method: str, path: str, sends: Any = None, **more: Any) -> TestResponse:
        """One request of one person, whose cookies are what they were; a POST brings a token that is right.

        `form` is sent as it is, without one; `cookies` and `headers` overrule, `host` is another municipality.
        """
        cookies = {"csrf": TOKEN, **self.cookies[person], **more.pop("cookies", {})}
        held = "; ".join(f"{name}={value}" for name, value in cookies.items() if value)
        headers = {"Host": more.pop("host", "zwolle.test"), **({"Cookie": held} if held else {})}
        headers |= more.pop("headers", {})
        form = more.pop("form", {"csrf_token": TOKEN, **(sends or {})})
        if method not in {"GET", "HEAD"}:
            more["POST"] = form
        environ = {"REMOTE_ADDR": "192.0.2.1", **more.pop("environ", {})}
        self._app.reset()
        answer: TestResponse = self._app.request(
            path, method=method, headers=headers, environ=environ, status="*", **more
        )
        return answer

    def on(self, app: Any) -> "Cast":
        """The same people and things, in front of another portal on the same databases."""
        other = copy(self)
        other._app = TestApp(app, lint=False)
        return other

    def again(self) -> list[str]:
        """Everything as it was at the beginning; gives what had changed in Zwolle, and in Leeuwarden."""
        return [name for kept in self._begin for name in kept.put_back()]

    def leave(self) -> None:
        """As if nobody was ever here."""
        for kept in self._before:
            kept.put_back()
