"""A request with something in every table, full of words that nobody may find afterwards."""

from datetime import date, timedelta

from sqlalchemy import select, update

from portal.attachments.models import Attachment, AttachmentPiece
from portal.bookings.models import Booking
from portal.cases.models import AccessKey, Case, CaseEvent, CaseLook, CaseMessage, Contact, Representative, Term
from portal.cases.notices import about_for_staff
from portal.cases.references import hashed, new_token
from portal.cases.services import CaseDesk
from portal.cases.tracking import TrackDesk
from portal.cases.wall_models import CaseWall
from portal.cases.workflow import Author
from portal.cleaning.kind import CLEANING
from portal.cleaning.models import Offer
from portal.complaints.models import Complaint, ComplaintConcerned, ComplaintPart, ComplaintWait, Hearing
from portal.conversations.models import Reply, Report, Waiting
from portal.foundation.db import Base, reading, writing
from portal.foundation.outbox import OutboxRow
from portal.foundation.policies import read_policies
from portal.messaging.models import Message
from portal.messaging.services import Messages
from portal.opinions.models import (
    Expert,
    ExpertKey,
    ExpertLook,
    Invitation,
    Opinion,
    Reaction,
    Release,
    SecondOpinion,
)
from portal.privacy.models import PrivacyItem, PrivacyRequest
from portal.worries.models import WorryPerson, WorryShare
from tests.clock import START
from tests.unit.cleaning.asking import EMAIL, HELPER_EMAIL, HELPER_NAME, HOUSE, NAME, NOTE, PHONE

CANARIES = (NAME, HELPER_NAME, NOTE, PHONE, EMAIL, HELPER_EMAIL, HOUSE, "anari", "0687651234")
WORDS = "Mijn kanarie fluit, kom gerust binnen"
#: Every table in which there is something of a case.
TABLES = (ExpertKey, ExpertLook, Invitation, Opinion, Reaction, Release, SecondOpinion,
          Complaint, ComplaintConcerned, ComplaintPart, ComplaintWait, Hearing,
          AccessKey, Attachment, AttachmentPiece, Booking, Case, CaseEvent, CaseLook, CaseMessage, CaseWall, Contact,
          Message, Offer, OutboxRow, PrivacyItem, PrivacyRequest,
          Reply, Report, Representative, Term, Waiting,
          WorryPerson, WorryShare)  # fmt: skip


def ask_everything(site, clock, key, **contact):
    """A request with a row in every table that holds something of it; gives its id and the words nobody may keep."""
    who = {"name": NAME, "house": HOUSE, "email": EMAIL, "phone": PHONE, "postcode": "8011PK"} | contact
    row = Contact(way="email", voicemail=False, interpreter=False, language="Kanaries", **who)
    helper = Representative(
        name=HELPER_NAME, relation="carer", phone="0687651234", email=HELPER_EMAIL, gets_messages=True
    )
    with writing(site.engine) as session:
        desk = CaseDesk(session, CLEANING, read_policies(session.connection(), START.date()), clock.now())
        opened = desk.open(key, {"provider": "anyone", "note": NOTE}, row, "nl", representative=helper)
        desk.take(opened.case, "offer", Author.SYSTEM)
        desk.say(opened.case, Author.RESIDENT, WORDS)
        track, door = TrackDesk(session, clock.now()), new_token()
        tokens = (opened.token, door, track.visit(opened.case.id, full=True), track.make_code(opened.case))
        session.add(Offer(hash=hashed(door), case_id=opened.case.id, provider_slug="de-bezem", state="open",
                          chosen=False, made_at=clock.now(), expires_at=clock.now() + timedelta(days=14)))  # fmt: skip
        begin, end = clock.now() + timedelta(days=2), clock.now() + timedelta(days=2, hours=1)
        session.add(Booking(id=opened.case.id, case_id=opened.case.id, hold_key=key, staff_id=1, team_slug="midden",
                            place="home", starts_at=begin, ends_at=end, busy_from=begin, busy_until=end, state="booked",
                            made_at=clock.now()))  # fmt: skip
        session.add(CaseLook(case_id=opened.case.id, staff_id=1, at=clock.now(), why="work"))
        session.add(CaseWall(case_id=opened.case.id, staff_id=1, team_slug=None, since=clock.now()))
        _complain(session, opened.case.id, clock.now())
        session.add(PrivacyRequest(case_id=opened.case.id, wants="access", what="Alles over mijn kanarie.",
                                   received_on=clock.now().date(), proved_at=clock.now()))  # fmt: skip
        session.add(PrivacyItem(case_id=opened.case.id, number=1, reference="7KD4MW3F", kind="cleaning",
                                opened_on=clock.now().date(), found_by="reach", decision="kept",
                                why="Daar staat een kanarie in."))  # fmt: skip
        session.add(Report(case_id=opened.case.id, number=1, staff_id=1, written_at=clock.now(), found="Een kanarie.",
                           plan="Een kanarie erbij.", costs="", budget_discussed=True, choices_shown=True,
                           evaluate_on=clock.now().date()))  # fmt: skip
        session.flush()
        session.add(Reply(case_id=opened.case.id, number=1, at=clock.now(), view="remark", text="Het was een kanarie.",
                          staff_id=None))  # fmt: skip
        session.add(Attachment(id=opened.case.id, case_id=opened.case.id, draft_hash=None, kind="pdf", size=9,
                               name="plan kanarie.pdf", sha256=hashed(key), state="clean", at=clock.now(),
                               author="resident", staff_id=1))  # fmt: skip
        session.flush()
        session.add(AttachmentPiece(attachment_id=opened.case.id, number=0, locked=b"kanarie"))
        session.add(WorryPerson(case_id=opened.case.id, name="Buurman Kanarie", postcode="8011PK", house="127-kanarie",
                                phone="0687650001", said="Een kanarie roept.", source_shown=True))  # fmt: skip
        session.add(WorryShare(case_id=opened.case.id, number=1, party="Kanariehuis", what="Dat een kanarie roept.",
                               ground="law", on=clock.now().date(), by=1))  # fmt: skip
        session.add(Waiting(case_id=opened.case.id, since=clock.now(), hold_key=None, quiet_until=None))
        judged(session, clock, opened.case.id, door)
        for number, (to, path) in enumerate([
            ("planning@de-bezem.example", f"aanbod/{door}"), (HELPER_EMAIL, f"mijn-aanvraag/volg/{opened.token}"),
            (who["email"], "mijn-aanvraag"),
        ]):  # fmt: skip
            write_to(session, clock, opened.case.id, to, f"{site.base_url}/nl/{path}", f"{hashed(door)[:16]}:{number}")
        Messages(session, clock.now()).send(
            dedupe_key=f"{opened.case.id}:term:80:1", about=about_for_staff(opened.case.id), channel="email",
            recipient="collega@example.nl", subject=f"Bijna op tijd klaar? {opened.case.reference}", text="Kijk hier.",
            locale="nl",
        )  # fmt: skip
        return opened.case.id, (*tokens, opened.case.reference, opened.case.id, key)


def _complain(session, case_id, now):
    """All that a complaint has beside its case."""
    session.add(Complaint(case_id=case_id, about="person", received_on=now.date(), anonymous=False, committee=False,
                          findings="Een kanarie floot.", conclusions="De kanarie mag fluiten.", concluded_by=1,
                          forwarded_to="Kanarieclub", why="Zij gaan over kanaries."))  # fmt: skip
    session.add(ComplaintPart(case_id=case_id, number=1, said="Mijn kanarie werd niet gehoord.", judgement="founded",
                              why="De kanarie had gelijk."))  # fmt: skip
    session.add(ComplaintWait(case_id=case_id, number=1, first=None, until=now.date(), why="De kanarie is ziek.",
                              asked_at=now, answered_at=None, agreed=None))  # fmt: skip
    session.add(Hearing(case_id=case_id, number=1, party="complainant", starts_at=now, place="Kanariestraat 1",
                        interpreter="Kanaries", state="held", report="De kanarie vertelde."))  # fmt: skip
    session.add(ComplaintConcerned(case_id=case_id, staff_id=1, told_at=now, react_by=now.date()))


def judged(session, clock, case_id, door):
    """A second opinion that came to its end. The expert, who stays, is in no pool."""
    expert = session.scalar(select(Expert).where(Expert.email == "ria@expert.example")) or Expert(
        name="Ria Vermeer", employer="Bureau Noord", profession="Wijkverpleegkundige", about="", languages="Nederlands",
        free_hours=0, phone="0611112222", email="ria@expert.example", since=date(2026, 1, 1), left_on=date(2026, 1, 2),
    )  # fmt: skip
    now = clock.now()
    session.add(expert)
    session.flush()
    session.add(SecondOpinion(case_id=case_id, providers="Kanarie Zorg", author_name="Kanarieman"))
    session.add(Invitation(case_id=case_id, number=1, expert_id=expert.id, state="accepted", declaration="Kanarie.",
                           invited_at=now, signed_at=now, answered_at=now))  # fmt: skip
    session.add(Release(case_id=case_id, item="words", given_at=now))
    session.add(Opinion(case_id=case_id, expert_id=expert.id, right_plan="no", change="Een kanarie", why="Kanarie",
                        written_at=now))  # fmt: skip
    session.flush()
    session.add(ExpertLook(case_id=case_id, number=1, item="words", at=now))
    session.add(ExpertKey(hash=hashed(f"expert:{door}"), case_id=case_id, number=1, purpose="link", expires_at=now))
    session.add(Reaction(case_id=case_id, staff_id=1, text="De kanarie bleef.", at=now))
    session.flush()


def write_to(session, clock, case_id, recipient, words, occasion):
    Messages(session, clock.now()).send(
        dedupe_key=f"{case_id}:{occasion}", about=case_id, channel="email", recipient=recipient, subject="Uw vraag",
        text=words, locale="nl",
    )  # fmt: skip


def comes_to_rest(site, case_id, state, moved_at, **more):
    with writing(site.engine) as session:
        session.execute(
            update(Case)
            .where(Case.id == case_id)
            .values(**{"state": state, "moved_at": moved_at, "asks_since": None, **more})
        )


def dump(site):
    """Everything a database holds, as text."""
    with reading(site.engine) as connection:
        return "\n".join(str(tuple(row)) for table in Base.metadata.sorted_tables
                         for row in connection.execute(select(table)))  # fmt: skip
